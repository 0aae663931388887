// The reading of a cable as `cable-lsp export` writes it.

import { spawn } from "node:child_process";

/** The reading of the cables of a text. */
export function exportJson(program: string, text: string): Promise<string> {
  return run(program, ["export", "-", "--format", "json"], text);
}

/** What a program prints for an input. Fails with what it says went wrong. */
function run(program: string, args: string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args);
    const [printed, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (data: Buffer) => printed.push(data));
    child.stderr.on("data", (data: Buffer) => errors.push(data));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(Buffer.concat(printed).toString("utf8"))
        : reject(new Error(Buffer.concat(errors).toString("utf8").trim() || `${program} ended with ${code}`)),
    );
    // A program that ends early closes its input; its exit code says why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
