// Builds the package of one platform, with the server program inside: `npm run package` → cable-<target>.vsix
// The program is $CABLE_LSP_BIN, else the release build of this repository. The platform is $VSCE_TARGET, else this
// machine's; `none` builds a package without a server, for people who have one on PATH.

import { execFileSync, execSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const target = process.env.VSCE_TARGET ?? `${process.platform}-${process.arch}`;
const name = target.startsWith("win32") ? "cable-lsp.exe" : "cable-lsp";
const program = process.env.CABLE_LSP_BIN || `../../target/release/${name}`;

rmSync("server", { recursive: true, force: true });
if (target !== "none") {
  if (!existsSync(program)) {
    console.error(`${program} is not there. Build it with \`cargo build --release\`, or name one by CABLE_LSP_BIN.`);
    process.exit(2);
  }
  mkdirSync("server");
  copyFileSync(program, `server/${name}`);
  chmodSync(`server/${name}`, 0o755);
}
mkdirSync("schemas", { recursive: true });
copyFileSync("../../server/lint/cable-lsp.schema.json", "schemas/cable-lsp.schema.json");
for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(`../../${licence}`, licence);

// What npm puts into node_modules/.bin, and npm itself, are scripts that Windows starts from a shell alone.
const run = (script, ...args) => execFileSync(process.execPath, [`node_modules/${script}`, ...args], { stdio: "inherit" });
run("typescript/bin/tsc", "-p", ".");
execSync("npm run --silent bundle", { stdio: "inherit" });
const platform = target === "none" ? [] : ["--target", target];
const out = target === "none" ? "cable.vsix" : `cable-${target}.vsix`;
run("@vscode/vsce/vsce", "package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--no-rewrite-relative-links", ...platform, "--out", out);
