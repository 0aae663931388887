// Finds the server program: the path of the settings, then the one in this package, then the one on PATH.

import { constants, accessSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const NAME = process.platform === "win32" ? "cable-lsp.exe" : "cable-lsp";

export interface Binary {
  readonly path: string;
  readonly origin: "settings" | "package" | "PATH";
}

/** Why there is no server, in words for the person at the screen. */
export class NoBinary extends Error {}

/**
 * A path of the settings is taken at its word: if it names no program, that is said, and nothing else is tried.
 */
export function findBinary(fromSettings: string, packageFolder: string): Binary {
  if (fromSettings !== "") {
    const path = fromSettings.replace(/^~(?=[/\\])/, homedir());
    if (isProgram(path)) return { path, origin: "settings" };
    throw new NoBinary(`The setting cable.server.path names no program: ${path}`);
  }
  const packaged = join(packageFolder, "server", NAME);
  if (isProgram(packaged)) return { path: packaged, origin: "package" };
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, NAME))
    .find(isProgram);
  if (onPath !== undefined) return { path: onPath, origin: "PATH" };
  throw new NoBinary(
    "The cable-lsp program was not found: this package carries none for your system, and none is on PATH. " +
      "Until it is there, cables are coloured but not checked.",
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
