// The scenarios: how VS Code is started, and what is checked in it. Most checks are in host/; here is a person's view.

import fs from "node:fs";
import path from "node:path";

import { EDITION, readBeside } from "./edition.mjs";
import { firstMinute } from "./first_minute.mjs";
import { PICTURES, takePictures } from "./pictures.mjs";
import { actionsAt, colourOf, command, equal, holds, line, notification, open, press, squiggles } from "./hands.mjs";
import { PROSE, TYPING, cableToType, toType, typeText } from "./typing.mjs";

const FULL = `cable-${process.platform}-${process.arch}.vsix`;

export const scenarios = {
  host: {
    options: ({ binary, artefacts }) => ({
      vsix: FULL,
      trust: false,
      driver: true,
      settings: { "cable.detect-text-files": "off" },
      env: { CABLE_LSP_BIN: binary, CABLE_HOST_LINES: path.join(artefacts, "host.lines") },
      workspace: (world) => {
        // A second folder with a setting of its own.
        const second = path.join(world.home, "second");
        fs.mkdirSync(path.join(second, ".vscode"), { recursive: true });
        fs.copyFileSync(world.file("broken.cable"), path.join(second, "broken.cable"));
        fs.writeFileSync(path.join(second, ".vscode/settings.json"), JSON.stringify({ "cable.ignore": ["CLS005"] }));
        const folders = [{ path: world.workspace }, { path: second }];
        fs.writeFileSync(path.join(world.home, "two.code-workspace"), JSON.stringify({ folders }));
      },
    }),
    async run(world, { here, until, artefacts }) {
      const remote = (file) => `vscode-remote://127.0.0.1:${world.port}${path.join(here, "host", file)}`;
      const payload = JSON.stringify([
        ["extensionDevelopmentPath", remote("")],
        ["extensionTestsPath", remote("index.js")],
        ["skipWelcome", "true"],
      ]);
      let exit;
      await world.page.exposeFunction("codeAutomationLog", (type, args) => console.error(type, ...args));
      await world.page.exposeFunction("codeAutomationExit", (code) => (exit = code));
      const lines = path.join(artefacts, "host.lines");
      // VS Code may open without the workspace that it was given, a few times in a hundred: then nothing was tested.
      for (let attempt = 1; attempt <= 3; attempt++) {
        exit = undefined;
        fs.writeFileSync(lines, "");
        await world.page.goto(world.url({ workspace: path.join(world.home, "two.code-workspace"), payload }));
        await until(() => exit !== undefined, 720_000).catch(() => undefined);
        if (!fs.readFileSync(lines, "utf8").endsWith("no workspace\n")) break;
        console.error(`VS Code opened without its workspace, attempt ${attempt}`);
        if (attempt === 3) throw new Error("VS Code opened three times without its workspace: nothing was tested");
      }
      await world.shot("end");
      // Its lines are checks already; a failure among them must end this scenario as failed.
      process.stdout.write(fs.readFileSync(lines, "utf8"));
      if (exit !== 0) throw new Error(`the extension host tests ended with ${exit}`);
    },
  },
  // A person opens a cable, looks around, fixes it and saves it.
  ui: {
    options: () => ({ vsix: FULL, trust: false }),
    async run(world, { test, until }) {
      const { page } = world;
      const started = Date.now();
      await page.goto(world.url({ folder: world.workspace }));
      const entry = page.getByRole("treeitem", { name: "broken.cable" }).first();
      await entry.waitFor();
      const asked = Date.now();
      await open(page, "broken.cable");
      await test("slips are underlined", () => squiggles(page).first().waitFor());
      const after = (start) => `${Date.now() - start} ms after`;
      console.log(`first squiggle ${after(asked)} the file was opened, ${after(started)} the window`);
      await test("keywords, codes and numbers have colours of their own", async () => {
        const words = ["VZCZC", "RUEHTA", "SENSITIVE", "11", "(SBU)", "RUNWAY LIGHTS"];
        // A word is in pieces while the colours of the grammar give way to those of the server.
        await until(async () => {
          const plain = await colourOf(page, "director said that he could not promise that.");
          const colours = await Promise.all(words.map((word) => colourOf(page, word)));
          words.forEach((word, index) => holds(colours[index] && colours[index] !== plain, `${word}: ${colours[index]}`));
          holds(new Set(colours).size >= 3, colours.join(" "));
          return true;
        });
      });
      await test("the language is named in the status bar", () =>
        page.locator(".statusbar-item", { hasText: /^Cable$/ }).waitFor());
      await command(page, "Problems: Focus on Problems View");
      const row = page.locator(".markers-panel .monaco-list-row", { hasText: "did you mean SIPDIS?" }).first();
      await test("the Problems panel says what and where", async () => {
        await row.waitFor();
        const text = (await row.innerText()).replace(/\s+/g, " ");
        holds(/CLS005/.test(text) && /Ln 11, Col 1/.test(text), text);
      });
      await world.shot("open");
      await test("the code of a problem opens its explanation", async () => {
        await row.getByText("CLS005").click();
        await page.locator(".tab", { hasText: "CLS005" }).waitFor();
        await until(async () => {
          const texts = page.frames().map((frame) => frame.locator("body").innerText({ timeout: 1000 }).catch(() => ""));
          return (await Promise.all(texts)).some((text) => text.includes("a caption is misspelled"));
        });
      });
      await world.shot("explain");
      await page.locator(".tab", { hasText: "CLS005" }).click({ button: "middle" });
      await page.locator(".tab", { hasText: "CLS005" }).waitFor({ state: "detached" });
      await page.keyboard.press("Control+J");
      await command(page, "Explorer: Focus on Outline View");
      await page.locator(".pane-header", { hasText: "workspace" }).click();
      await test("the outline lists headings and paragraphs", async () => {
        const entries = page.locator(".outline-pane .outline-element");
        await entries.filter({ hasText: "envelope" }).first().waitFor();
        // Only the rows in sight are there.
        await page.locator(".outline-pane .monaco-list").hover();
        await until(async () => {
          await page.mouse.wheel(0, 100);
          return (await entries.filter({ hasText: "RUNWAY LIGHTS" }).count()) > 0;
        });
      });
      await line(page, "TAGS").getByText("KZ", { exact: true }).first().hover();
      await test("pointing at a TAG says what it means", () =>
        page.locator(".monaco-hover:visible", { hasText: "Kazakhstan" }).first().waitFor());
      await world.shot("read");
      await page.keyboard.press("Escape");
      await test("a slip is fixed with a key", async () => {
        await actionsAt(page, "STPDIS", "Write SIPDIS");
        await world.shot("repair");
        await page.keyboard.press("Enter");
        await line(page, "SIPDIS").waitFor();
      });
      await test("all slips are fixed by the command, and saved", async () => {
        await command(page, "Cable: Repair This Cable");
        await line(page, "1. (SBU) Summary.").waitFor();
        await page.keyboard.press("Control+S");
        await until(() => fs.readFileSync(world.file("broken.cable"), "utf8").includes("\n1. (SBU) Summary."));
        holds(fs.readFileSync(world.file("broken.cable"), "utf8").includes("\nSIPDIS\n"), "SIPDIS is not saved");
      });
      await world.shot("fixed");
      await page.locator(".pane-header", { hasText: "workspace" }).click();
      await open(page, "harare.txt");
      await test("a text file that reads as a cable is asked about", async () => {
        const toast = notification(page, "harare.txt reads as a cable");
        await toast.waitFor();
        await world.shot("text-file");
        await press(toast, "Always");
        await page.locator(".statusbar-item", { hasText: /^Cable$/ }).waitFor();
      });
      await test("the answer is remembered", async () => {
        await open(page, "cairo.txt");
        // A code has its own colour only in a cable.
        await until(() => colourOf(page, "EWWT"));
        equal(await notification(page, "reads as a cable").count(), 0, "questions");
      });
      await world.shot("harare");
      await test("the walkthrough opens and shows its pictures", async () => {
        // Pictures are shown where there is room for them.
        await page.keyboard.press("Control+B");
        await command(page, "Welcome: Open Walkthrough...");
        await page.keyboard.insertText("Get Started with Cables");
        await page.locator(".quick-input-widget .monaco-list-row", { hasText: "Get Started with Cables" }).first().click();
        await page.locator(".gettingStartedContainer", { hasText: "Open a cable" }).waitFor();
        const image = page.locator(".gettingStartedContainer .getting-started-media img").first();
        await until(() => image.evaluate((one) => one.complete && one.naturalWidth > 0));
      });
      await world.shot("walkthrough");
    },
  },

  // A person types whole cables, with the settings as they come.
  typing: {
    options: () => ({
      vsix: FULL,
      trust: false,
      workspace: (world) => ["list.cable", "prose.cable", ...toType].forEach((name) => fs.writeFileSync(world.file(name), "")),
    }),
    async run(world, { test, until }) {
      const { page } = world;
      await page.goto(world.url({ folder: world.workspace }));
      /** What is on the disk after the text was typed into an empty file and saved. */
      const typed = async (name, text, type = () => typeText(page, text)) => {
        await open(page, name);
        await page.locator(".editor-instance .view-lines").first().click();
        await page.locator(".statusbar-item", { hasText: /^Cable$/ }).waitFor();
        await type();
        await world.shot(name.replace(".cable", ""));
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+S");
        // The editor may have saved some of it before.
        const saved = () => fs.readFileSync(world.file(name), "utf8");
        await until(() => saved() === text, 20_000).catch(() => undefined);
        return saved();
      };
      await test("Enter is a new line while a list is open, and Tab takes what is offered", async () => {
        const text = "UNCLAS ASTANA 002541\n\nTAGS: PREL ECO\nSUBJECT: A ROAD\n";
        // The server may still have been starting when the word was typed: then the list is asked for.
        const offered = async (code) => {
          const row = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: code }).first();
          for (let tries = 1; ; tries += 1) {
            try {
              return await row.waitFor({ timeout: 15_000 });
            } catch (error) {
              if (tries === 6) throw error;
              await page.keyboard.press("Control+Space");
            }
          }
        };
        const type = async () => {
          await typeText(page, "UNCLAS ASTANA 002541\n\nTAGS: PRE");
          await offered("PREL");
          await page.keyboard.press("Tab");
          await line(page, "TAGS: PREL").waitFor();
          await page.keyboard.type(" ECO", { delay: 8 });
          await offered("ECON");
          await world.shot("list-open");
          await page.keyboard.press("Enter");
          await typeText(page, "SUBJECT: A ROAD\n");
        };
        equal(await typed("list.cable", text, type), text, "list");
      });
      await test("prose stays what was typed, whatever word its lines end in", async () => {
        equal(await typed("prose.cable", PROSE), PROSE, "prose");
      });
      if (toType.length === 0) console.log(`skipped: ${TYPING} is not there`);
      for (const name of toType) {
        const text = cableToType(name);
        await test(`${name} is what was typed`, async () => equal(await typed(name, text), text, name));
      }
    },
  },

  minute: {
    options: () => ({ vsix: FULL, trust: false, workspace: (world) => fs.writeFileSync(world.file("cable-lsp.toml"), "") }),
    run: firstMinute,
  },

  edition: { options: () => ({ vsix: FULL, trust: false, ...EDITION }), run: readBeside },

  // The pictures of the walkthrough and of the README. Not a test: it runs where they are asked for.
  pictures: { options: () => ({ vsix: FULL, trust: false, ...PICTURES }), run: takePictures },

  // The package without a server, on a machine without one.
  missing: {
    options: () => ({ vsix: "cable.vsix", trust: false }),
    async run(world, { test, until }) {
      const { page } = world;
      await page.goto(world.url({ folder: world.workspace }));
      await open(page, "broken.cable");
      const toast = notification(page, "cable-lsp program was not found");
      await test("a message says that there is no server", () => toast.waitFor());
      await world.shot("message");
      await test("the cable is coloured all the same", () =>
        until(async () => {
          // Without the server a line of plain words is one piece, in the colour that VS Code calls its first.
          const plain = await page.evaluate(() => getComputedStyle(document.querySelector(".view-lines .mtk1")).color);
          const word = await colourOf(page, "VZCZC");
          return word && word !== plain;
        }));
      await test("the message leads to the setting", async () => {
        await press(toast, "Open Settings");
        await page.locator(".settings-editor .setting-item", { hasText: "Server: Path" }).first().waitFor();
      });
      await world.shot("settings");
      // Newer versions show the settings before the editor.
      await page.keyboard.press("Escape");
      await test("there is one message, not one for each cable", async () => {
        await open(page, "clean.cable");
        await page.locator(".view-line", { hasText: "OLD MAPS" }).first().waitFor();
        equal(await page.locator(".notification-toast").count(), 0, "messages");
      });
    },
  },

  // A workspace that names a program of its own, and that nobody has trusted yet.
  untrusted: {
    options: () => ({
      vsix: FULL,
      trust: true,
      settings: { "security.workspace.trust.startupPrompt": "always" },
      workspace: (world) => {
        world.proof = path.join(world.home, "ran");
        const program = world.file("server.sh");
        fs.writeFileSync(program, `#!/bin/sh\ntouch ${world.proof}\nexec ${process.env.CABLE_LSP_BIN} "$@"\n`, { mode: 0o755 });
        fs.mkdirSync(world.file(".vscode"));
        fs.writeFileSync(world.file(".vscode/settings.json"), JSON.stringify({ "cable.server.path": program }));
      },
    }),
    async run(world, { test, until }) {
      const { page } = world;
      await page.goto(world.url({ folder: world.workspace }));
      // Some versions ask at once, others show a line at the top.
      await page.addLocatorHandler(page.getByRole("button", { name: "No, I don't trust the authors" }), (no) => no.click());
      await open(page, "broken.cable");
      await test("an untrusted workspace is checked by the server of the package", async () => {
        await squiggles(page).first().waitFor();
        await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
        holds(!fs.existsSync(world.proof), "the program of the workspace ran");
      });
      await world.shot("restricted");
      await test("once it is trusted, its own program runs", async () => {
        await command(page, "Workspaces: Manage Workspace Trust");
        await page.locator(".workspace-trust-editor").getByRole("button", { name: /^Trust/ }).first().click();
        await until(() => fs.existsSync(world.proof));
      });
      await world.shot("trusted");
    },
  },
};
