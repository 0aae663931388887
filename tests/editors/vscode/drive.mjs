// Runs one scenario: a VS Code server with the extension installed, a workspace of its own, and a browser on it. Prints a
// line for each check (`ok WHAT`, `FAIL WHAT`) and `done` at its end.

import { spawn, execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const { CABLE_NODE: node, CABLE_VSCODE: code, CABLE_ARTEFACTS: artefacts, CABLE_EXTENSION: extension } = process.env;
const samples = path.join(here, "../../samples");
const binary = process.env.CABLE_LSP_BIN;

const USER_SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "security.workspace.trust.banner": "never",
};

/** The longest that anything is waited for: what is good comes sooner, even beside a build. */
const PATIENCE = 120_000;

/** What a scenario needs of the world: its folders, a server on a port of its own, a page. */
class World {
  static async create(name, { vsix, trust, driver = false, settings = {}, env = {}, workspace = () => undefined, screen = {} }) {
    const world = new World();
    world.name = name;
    world.home = fs.mkdtempSync(path.join(os.tmpdir(), "cable-vscode-"));
    world.workspace = path.join(world.home, "workspace");
    world.data = path.join(world.home, "data");
    for (const folder of ["workspace", "bin", "data/data/Machine", "data/data/User"]) {
      fs.mkdirSync(path.join(world.home, folder), { recursive: true });
    }
    fs.mkdirSync(artefacts, { recursive: true });
    fs.copyFileSync(path.join(samples, "era-c-broken.cable"), world.file("broken.cable"));
    fs.copyFileSync(path.join(samples, "era-c-clean.cable"), world.file("clean.cable"));
    fs.copyFileSync(path.join(samples, "era-r-section.cable"), world.file("harare.txt"));
    fs.copyFileSync(path.join(samples, "era-q-entire-text.cable"), world.file("cairo.txt"));
    fs.writeFileSync(world.file("letter.txt"), "Dear reader,\n\n1. (U) is a mark in a letter too.\nSECRET: none.\n");
    workspace(world);
    fs.writeFileSync(
      path.join(world.data, "data/Machine/settings.json"),
      JSON.stringify({ ...USER_SETTINGS, ...settings }),
    );
    // No gallery, and no server on PATH unless the scenario puts one there.
    world.env = {
      HOME: world.home,
      PATH: `${path.join(world.home, "bin")}:/usr/bin:/bin`,
      LANG: "C.UTF-8",
      EXTENSIONS_GALLERY: "{}",
      ...env,
    };
    const base = [path.join(code, "out/server-main.js"), "--server-data-dir", world.data, "--accept-server-license-terms"];
    const install = [...base, "--install-extension", path.join(extension, vsix)];
    execFileSync(node, install, { env: world.env, stdio: ["ignore", "ignore", "inherit"] });
    world.port = await freePort();
    const serve = ["--host", "127.0.0.1", "--port", String(world.port), "--without-connection-token"];
    const flags = ["--telemetry-level", "off", ...(trust ? [] : ["--disable-workspace-trust"])];
    // Needed for tests in the extension host; it also hides messages, so that no other scenario has it.
    if (driver) flags.push("--enable-smoke-test-driver");
    // In a group of its own, so that extension host, watchers and language server end with it.
    world.server = spawn(node, [...base, ...serve, ...flags], { env: world.env, detached: true, stdio: ["ignore", 2, 2] });
    await until(async () => (await fetch(`${world.url()}/version`)).ok);
    world.browser = await chromium.launchPersistentContext(path.join(world.home, "browser"), {
      executablePath: "/usr/bin/chromium",
      headless: true,
      viewport: { width: 1280, height: 800 },
      ...screen,
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
        "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    });
    world.page = world.browser.pages()[0] ?? (await world.browser.newPage());
    world.page.setDefaultTimeout(PATIENCE);
    world.page.on("request", (request) => {
      const url = request.url();
      // Webviews live under a host name that the server serves nowhere else; here they stay empty.
      if (!/^(?:https?|wss?):\/\/127\.0\.0\.1|^(?:data|blob):|vscode-cdn\.net/.test(url)) world.outside.add(url);
    });
    return world;
  }

  outside = new Set();

  file(name) {
    return path.join(this.workspace, name);
  }

  url(query = {}) {
    const search = new URLSearchParams(query).toString();
    return `http://127.0.0.1:${this.port}${search ? `/?${search}` : ""}`;
  }

  async shot(name) {
    await this.page.screenshot({ path: path.join(artefacts, `${this.name}-${name}.png`) });
  }

  async close() {
    await this.browser?.close();
    try {
      if (this.server) process.kill(-this.server.pid);
    } catch {
      // It has ended.
    }
    await until(() => this.server.exitCode !== null || this.server.signalCode !== null);
    fs.rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Until the condition holds and does not throw. */
export async function until(condition, limit = PATIENCE) {
  const end = Date.now() + limit;
  let last;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${condition}${last ? `: ${last.message}` : ""}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** One check. The first that fails ends the scenario, with a picture. */
export async function test(what, run) {
  await run();
  console.log(`ok ${what}`);
}

const name = process.argv[2];
const { scenarios } = await import("./scenarios.mjs");
const { options, run } = scenarios[name];
let world;
let failed = false;
try {
  world = await World.create(name, options({ binary, artefacts }));
  await run(world, { binary, test, until, artefacts, extension, here, samples });
  await test("no request leaves the machine", () => {
    if (world.outside.size > 0) throw new Error([...world.outside].join(" "));
  });
} catch (error) {
  failed = true;
  console.log(`FAIL ${String(error.stack).replaceAll("\n", "\n      ")}`);
  await world?.shot("fail").catch(() => undefined);
} finally {
  await world?.close().catch((error) => console.error(error));
}
console.log("done");
process.exit(failed ? 1 : 0);
