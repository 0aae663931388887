// Markdown as markdown-it reads it: between head and foot stand the blocks of `export --text`, and nothing else.
//
//   node markdown.mjs FOLDER ROWS

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, require, rows, shown } from "./common.mjs";

const markdownIt = require("markdown-it");
const yaml = require("yaml");
const [folder, file] = process.argv.slice(2);

let matter;
// HTML is left on, as static sites have it: none may come of a text.
const parser = markdownIt("commonmark", { html: true })
  .enable(["table", "strikethrough"])
  .use(require("markdown-it-footnote"))
  .use(require("markdown-it-front-matter"), (text) => (matter = text));

// The text that a reader sees of what stands inside a paragraph; marks of notes are not part of it.
const seen = (tokens) =>
  tokens
    .map((token) => {
      if (token.type === "hardbreak" || token.type === "softbreak") return "\n";
      if (token.type === "html_inline") throw new Error(`a mark of HTML came of the text: ${token.content}`);
      return ["text", "code_inline", "text_special"].includes(token.type) ? token.content : "";
    })
    .join("");

// The parts of a page at its top, each with its text.
function parts(tokens) {
  const found = [];
  let open = null;
  for (const token of tokens) {
    if (token.type === "html_block") throw new Error(`a mark of HTML came of the text: ${token.content}`);
    if (token.type === "front_matter") continue;
    // The notes themselves come last.
    if (token.type === "footnote_block_open") break;
    if (token.level === 0 && token.nesting === 1) open = { type: token.tag, text: "" };
    if (token.type === "inline" && open) open.text += (open.text && "\n") + seen(token.children);
    if (token.type === "inline" && token.children.some((child) => child.type === "image")) throw new Error("a picture came of the text");
    if (token.type === "fence") found.push({ type: "fence", text: token.content.replace(/\n$/, "") });
    else if (token.type === "hr" || token.type === "code_block") found.push({ type: token.type, text: token.content });
    if (token.level === 0 && token.nesting === -1 && open) {
      found.push(open);
      open = null;
    }
  }
  return found;
}

const expected = (block) => {
  const text = shown(block.text);
  if (block.kind === "table") return { type: "fence", text };
  if (block.kind === "paragraph" && block.n !== null)
    return { type: "p", text: `${block.n}.${block.mark === null ? "" : ` (${shown(block.mark)})`} ${text}` };
  if (block.n === null && block.mark !== null) return { type: "p", text: `(${shown(block.mark)}) ${text}` };
  return { type: { heading: "h2", quote: "blockquote" }[block.kind] ?? "p", text };
};
// Blanks beside each other are one in Markdown, except in a table.
const plain = ({ type, text }) => `${type}: ${type === "fence" ? text : text.replace(/[ \t\n]+/g, " ").trim()}`;

const faults = [];
let blocks = 0;
let notes = 0;
const all = rows(file);
for (const row of all) {
  const page = `${row.name}.md`;
  try {
    matter = undefined;
    const environment = {};
    const tokens = parser.parse(readFileSync(join(folder, page), "utf8"), environment);
    const head = yaml.parse(matter);
    if ((head.id ?? null) !== row.canonical_id) throw new Error(`front matter: id is ${head.id}`);
    if (row.subject !== null && head.title !== shown(row.subject)) throw new Error(`front matter: title is ${head.title}`);
    const found = parts(tokens).map(plain);
    const wanted = row.blocks.map(expected).map(plain).filter((text) => text !== "p: ");
    blocks += wanted.length;
    // Below a table with corrections stand the marks of its notes, alone.
    const rest = found.filter((text) => text !== "p: ");
    // From below: where a cable has no text, only the foot follows the head.
    let at = rest.length - wanted.length - 1;
    while (at > 0 && !wanted.every((text, more) => rest[at + more] === text)) at -= 1;
    if (at < 1) {
      const first = wanted.find((text) => !rest.includes(text));
      throw new Error(first ? `not found: ${first.slice(0, 300)}` : "the blocks do not stand together");
    }
    if (!rest[0].startsWith("h1: ")) throw new Error("no heading at the top");
    if (at > 5) throw new Error(`${at} parts before the text`);
    const foot = rest.slice(at + wanted.length);
    if (!/^p: Source: /.test(foot.at(-1) ?? "") || foot.length > 2) throw new Error(`below the text: ${foot}`);
    // A note for each correction of the text that is no number of a paragraph, and a call for each note.
    const own = row.corrections.filter((correction) => correction.block !== null).length;
    const called = environment.footnotes?.list?.length ?? 0;
    if (called !== own) throw new Error(`${called} notes for ${own} corrections`);
    notes += called;
  } catch (error) {
    faults.push(`${page}: ${error.message}`);
  }
}
if (blocks === 0) faults.push("there is no block");
check(`Markdown: ${all.length} pages, ${blocks} blocks, ${notes} notes`, faults);
