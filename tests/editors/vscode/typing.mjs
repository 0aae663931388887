// Texts that are typed key by key, and what has to come of them: the same text.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Correct cables to be typed, beside the repository; where they are not, they are left out. */
export const TYPING = process.env.CABLE_TYPING ?? fileURLToPath(new URL("../../../../shared/typing", import.meta.url));
export const toType = fs.existsSync(TYPING) ? fs.readdirSync(TYPING).filter((name) => name.endsWith(".cable")).sort() : [];
export const cableToType = (name) => fs.readFileSync(path.join(TYPING, name), "utf8");

const WORDS = ["cable", "para", "text", "comment", "reply", "summary", "ref", "decl", "classified"];

/** Prose whose lines end in words that were once the names of snippets, and in what else editors like to add to. */
export const PROSE = [
  "UNCLAS ASTANA 002541",
  "",
  "TAGS: PREL",
  "SUBJECT: A ROAD",
  "REF: A. ASTANA 515",
  "     B. NEW DELHI 812",
  "",
  ...WORDS.flatMap((word, index) => [
    `${index + 1}. (U) The minister said that he had not read the ${word}`,
    word,
    "and that is all.",
    "",
  ]),
  '10. (U) Points (a) to (c, and "as he put it',
  "-- one point",
  'no point: "[sic" he said (twice',
  "* a star",
  "  two blanks",
  "and none.",
  "",
].join("\n");

/** Types a text as a person does: key by key, with a rest at the end of each line, where lists come up. */
export async function typeText(page, text) {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    await page.keyboard.type(line, { delay: 8 });
    if (index === lines.length - 1) break;
    await page.waitForTimeout(100);
    await page.keyboard.press("Enter");
  }
}
