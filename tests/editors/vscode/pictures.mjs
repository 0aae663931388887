// The pictures of the walkthrough and of the README, taken anew into the extension.

import fs from "node:fs";
import path from "node:path";

import { actionsAt, command, line, open, squiggles } from "./hands.mjs";

const BROKEN = "07ASTANA1208.cable";
const CLEAN = "07ASTANA1207.cable";

/** A small window with nothing in it but what is talked of: a picture is shown at half of its size and less. */
export const PICTURES = {
  screen: { viewport: { width: 960, height: 640 }, deviceScaleFactor: 1.5 },
  settings: {
    "workbench.activityBar.location": "hidden",
    "workbench.layoutControl.enabled": false,
    "window.commandCenter": false,
    "breadcrumbs.enabled": false,
  },
  workspace: (world) => {
    fs.renameSync(world.file("broken.cable"), world.file(BROKEN));
    fs.renameSync(world.file("clean.cable"), world.file(CLEAN));
    for (const name of ["harare.txt", "cairo.txt", "letter.txt"]) fs.rmSync(world.file(name));
  },
};

export async function takePictures(world, { test, extension }) {
  const { page } = world;
  const picture = (name) => page.screenshot({ path: path.join(extension, "media", `${name}.png`) });
  await page.goto(world.url({ folder: world.workspace }));
  await open(page, BROKEN);
  await squiggles(page).first().waitFor();
  await test("a cable and its problems", async () => {
    await page.keyboard.press("Control+B");
    await command(page, "Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row", { hasText: "did you mean SIPDIS?" }).first().waitFor();
    await settled(page);
    await picture("open");
  });
  await test("the fixes of a slip", async () => {
    await page.keyboard.press("Control+J");
    await line(page, "STPDIS").click({ position: { x: 20, y: 8 } });
    await settled(page);
    await actionsAt(page, "STPDIS", "Explain CLS005");
    await settled(page);
    await picture("repair");
    await page.keyboard.press("Escape");
  });
  await test("the reading edition beside the cable", async () => {
    await command(page, "Cable: Open Reading Edition to the Side");
    const tab = page.locator(".tab", { hasText: "Edition of" });
    await tab.waitFor();
    await settled(page);
    await picture("edition");
    await tab.click({ button: "middle" });
    await tab.waitFor({ state: "detached" });
  });
  await test("the outline, and what a TAG means", async () => {
    await page.keyboard.press("Control+B");
    await open(page, CLEAN);
    await command(page, "Explorer: Focus on Outline View");
    await page.locator(".pane-header", { hasText: "workspace" }).click();
    await page.locator(".outline-pane .outline-element", { hasText: "envelope" }).first().waitFor();
    await settled(page);
    // What a cable says is below what it is addressed by.
    for (const part of ["header", "envelope"]) {
      const row = page.locator(".outline-pane .monaco-list-row", { has: page.getByText(part, { exact: true }) });
      await row.first().locator(".monaco-tl-twistie").click();
    }
    await page.locator(".outline-pane .outline-element", { hasText: "COMMENT" }).first().waitFor();
    await line(page, "TAGS").getByText("KZ", { exact: true }).first().hover();
    await page.locator(".monaco-hover:visible", { hasText: "Kazakhstan" }).first().waitFor();
    await page.waitForTimeout(1000);
    await picture("read");
  });
}

/** What is shown comes bit by bit: colours, hints, what the status bar says of the start. */
async function settled(page) {
  // Beside the text, where it points at nothing.
  await page.mouse.move(800, 200);
  await page.locator(".view-lines", { hasText: "2007-06-28" }).waitFor();
  await page.waitForTimeout(4000);
  await page.locator(".statusbar-item", { hasText: "Activating Extensions" }).waitFor({ state: "hidden" });
}
