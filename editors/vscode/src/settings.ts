// The settings as the server takes them: only what the user has set, so that the defaults stay the server's.

import { type Uri, type WorkspaceConfiguration, workspace } from "vscode";

/** Settings that the server never sees. */
const EDITOR_ONLY = /^cable\.(?:server\.|detect-text-files$)/;

export const serverPath = (): string => cable().get("server.path", "").trim();
export const traceLevel = (): string => cable().get("server.trace", "off");

export type DetectTextFiles = "off" | "ask" | "on";
/** A folder of a workspace can have its own. */
export const detectTextFiles = (resource: Uri): DetectTextFiles =>
  workspace.getConfiguration("cable", resource).get("detect-text-files", "ask");

const cable = (): WorkspaceConfiguration => workspace.getConfiguration("cable");

/**
 * What a `cable-lsp.toml` would hold, for one file or folder: `{ ignore: [...], hints: { date: true } }`.
 * `keys` are those of the package, `cable.hints.date` and so on.
 */
export function serverSettings(keys: readonly string[], resource?: Uri): object {
  const configuration = workspace.getConfiguration(undefined, resource ?? null);
  const settings: Record<string, unknown> = {};
  for (const key of keys.filter((key) => !EDITOR_ONLY.test(key))) {
    const { defaultValue: _, key: __, languageIds: ___, ...set } = configuration.inspect(key) ?? {};
    if (Object.values(set).every((value) => value === undefined)) continue;
    const path = key.split(".").slice(1);
    const last = path.pop() ?? "";
    let place = settings;
    for (const step of path) place = (place[step] ??= {}) as Record<string, unknown>;
    place[last] = configuration.get(key);
  }
  return settings;
}
