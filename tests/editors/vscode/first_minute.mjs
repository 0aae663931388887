// What somebody meets first: a folder that has cables, texts that are called something else, the settings file.

import fs from "node:fs";
import path from "node:path";

import { actionsAt, command, equal, holds, line, notification, open, press, squiggles } from "./hands.mjs";

export async function firstMinute(world, { test, samples }) {
  const { page } = world;
  const language = (name) => page.locator(".statusbar-item", { hasText: name }).waitFor();
  const buttons = async (toast) => (await toast.getByRole("button").allInnerTexts()).map((text) => text.trim()).filter(Boolean);
  await page.goto(world.url({ folder: world.workspace }));
  await page.getByRole("treeitem", { name: "broken.cable" }).first().waitFor();
  await test("the cables of a folder are checked before one is opened", async () => {
    await command(page, "Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row", { hasText: "broken.cable" }).first().waitFor();
  });
  await world.shot("folder");
  await page.keyboard.press("Control+J");

  await test("an unsaved text that reads as a cable is asked about", async () => {
    // By its key: versions of the editor name the command differently.
    await page.keyboard.press("Control+Alt+N");
    await page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
    await page.keyboard.insertText(fs.readFileSync(path.join(samples, "era-c-clean.cable"), "utf8"));
    const toast = notification(page, "This text reads as a cable");
    await toast.waitFor();
    equal((await buttons(toast)).join("|"), "This Text|Always|Never", "buttons");
    await press(toast, "This Text");
    await language(/^Cable$/);
  });
  await test("a text file that reads as a cable is asked about, once for its folder", async () => {
    await open(page, "cairo.txt");
    const toast = notification(page, "cairo.txt reads as a cable");
    await toast.waitFor();
    equal((await buttons(toast)).join("|"), "This File|This Folder|Always|Never", "buttons");
    await open(page, "harare.txt");
    await language(/^Plain Text$/);
    equal(await notification(page, "harare.txt reads as a cable").count(), 0, "questions");
    await world.shot("question");
    await press(toast, "This Folder");
  });
  await test("the tabs that are open are taken along", async () => {
    await language(/^Cable$/);
    await open(page, "cairo.txt");
    await language(/^Cable$/);
    await open(page, "letter.txt");
    await language(/^Plain Text$/);
  });

  await test("on a slip there are its fix, all safe fixes, ignore, and why", async () => {
    await open(page, "broken.cable");
    await squiggles(page).first().waitFor();
    await actionsAt(page, "STPDIS", "Explain CLS005");
    const rows = page.locator(".action-widget .monaco-list-row.action");
    await world.shot("actions");
    const titles = (await rows.allInnerTexts()).map((text) => text.trim());
    const places = ["Write SIPDIS", "Apply all safe fixes", "Ignore CLS005", "Explain CLS005"].map((start) =>
      titles.findIndex((title) => title.startsWith(start)),
    );
    holds(places.every((place, index) => place > (places[index - 1] ?? -1)), titles.join(" | "));
    await page.keyboard.press("Escape");
  });
  await test("a button repairs the cable, and says what it did", async () => {
    await page.locator(".editor-actions .action-item a[aria-label^='Repair This Cable']").click();
    await line(page, "1. (SBU) Summary.").waitFor();
    await notification(page, /\d+ places changed\. One undo takes all back\./).waitFor();
    await world.shot("repaired");
  });
  await test("one undo takes all back, and a key repairs again", async () => {
    await line(page, "SIPDIS").click();
    await page.keyboard.press("Control+Z");
    await line(page, "STPDIS").waitFor();
    await page.keyboard.press("Shift+Alt+M");
    await line(page, "1. (SBU) Summary.").waitFor();
    await command(page, "Notifications: Clear All Notifications");
  });

  await test("the keys of cable-lsp.toml are completed, and wrong ones are underlined", async () => {
    await open(page, "cable-lsp.toml");
    await page.locator(".editor-instance .view-lines").first().click();
    await page.keyboard.type("paragraph", { delay: 20 });
    await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "paragraph-style" }).first().waitFor();
    await world.shot("settings-file");
    await page.keyboard.press("Tab");
    await line(page, 'paragraph-style = "plain"').waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText('ignroe = ["CLS006"]\nhints.date = "no"');
    await command(page, "Problems: Focus on Problems View");
    const row = (text) => page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
    await row('did you mean "ignore"?').waitFor();
    await row("This takes true or false.").waitFor();
    await world.shot("settings-wrong");
    await page.keyboard.press("Control+J");
  });

  await test("New Cable asks what cannot be computed", async () => {
    await command(page, "Cable: New Cable");
    const input = page.locator(".quick-input-widget:visible");
    const answers = ["ASTANA", "CONFIDENTIAL", "PRIORITY", "SECSTATE WASHDC, INFO MOSCOW", "KAZAKHSTAN: A ROAD", "PREL KZ", "06 MOSCOW 121"];
    for (const [index, answer] of answers.entries()) {
      await input.locator(".quick-input-title", { hasText: `(${index + 1}/${answers.length})` }).waitFor();
      if (index === 0) await world.shot("new-cable");
      await page.keyboard.insertText(answer);
      await page.keyboard.press("Enter");
    }
    await line(page, "SUBJECT").waitFor();
    await language(/^Cable$/);
    await world.shot("new-cable-text");
  });
}
