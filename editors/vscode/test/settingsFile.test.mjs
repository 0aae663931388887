// cable-lsp.toml in the editor: what is right has no problem, what is wrong has one in its place, and keys are offered.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

/** As much of the editor as the checks touch. */
const EDITOR = `
export class Range { constructor(line, from, endLine, to) { Object.assign(this, { line, from, endLine, to }); } }
export class Diagnostic { constructor(range, message) { Object.assign(this, { range, message }); } }
export class CompletionItem { constructor(label, kind) { Object.assign(this, { label, kind }); } }
export class SnippetString {
  value = "";
  appendText(text) { this.value += text; return this; }
  appendTabstop(number) { this.value += "$" + number; return this; }
  appendChoice(words) { this.value += "<" + words.join("|") + ">"; return this; }
  constructor(value = "") { this.value = value; }
}
export const DiagnosticSeverity = {}, CompletionItemKind = {}, Uri = {}, languages = {}, workspace = {};
export const extensions = { getExtension: () => undefined };
`;

const built = await build({
  entryPoints: [fileURLToPath(new URL("../src/settingsFile.ts", import.meta.url))],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  plugins: [{
    name: "editor",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^vscode$/ }, () => ({ path: "vscode", namespace: "editor" }));
      onLoad({ filter: /.*/, namespace: "editor" }, () => ({ contents: EDITOR }));
    },
  }],
});
const { Settings } = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString("base64")}`);
const schema = new URL("../../../server/lint/cable-lsp.schema.json", import.meta.url);
const settings = new Settings(JSON.parse(readFileSync(schema, "utf8")));

const problems = (text) => settings.check(text).map(({ range, message }) => `${range.line + 1}:${range.from + 1} ${message}`);
const offered = (text) => {
  const lines = text.split("\n");
  return settings.complete(lines.slice(0, -1), lines.at(-1), text).map(({ label }) => label);
};

test("the settings of the README have no problem", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const [, toml] = /```toml\n([^]*?)```/.exec(readme);
  assert.match(toml, /paragraph-style/);
  assert.deepEqual(problems(toml), []);
});

test("other ways to write them have none either", () => {
  assert.deepEqual(problems('format = { wrap = 69 }\nextra-posts = ["ATLANTIS"]\n"ignore" = [\n  "TXT001",\n]\n[hints]\ndate = false\n'), []);
  assert.deepEqual(problems('format.wrap = "unwrap"\nextra-captions.ROSE = "a caption"\n'), []);
  assert.deepEqual(problems(""), []);
});

test("what is wrong is said in its place", () => {
  assert.deepEqual(problems('ignroe = []\n'), ['1:1 No setting is named "ignroe": did you mean "ignore"?']);
  assert.deepEqual(problems('[format]\nwarp = 3\n'), ['2:1 No setting is named "warp": did you mean "wrap"?']);
  assert.deepEqual(problems('colour = "red"\n'), ['1:1 No setting is named "colour".']);
  assert.deepEqual(problems('ignore = "TXT001"\n'), ["1:10 This takes a list of texts."]);
  assert.deepEqual(problems('ignore = ["TXT001", 3]\n'), ["1:21 This takes a text."]);
  assert.deepEqual(problems('paragraph-style = "fancy"\n'), ['1:19 This takes "plain" or "pilcrow".']);
  assert.deepEqual(problems('[severity]\nTXT007 = "loud"\n'), ['2:10 This takes "off" or "hint" or "information" or "warning" or "error".']);
  assert.deepEqual(problems('hints.date = "no"\n'), ["1:14 This takes true or false."]);
  assert.deepEqual(problems('[ignore]\n'), ['1:2 "ignore" is not a table: it takes a list of texts.']);
  assert.equal(problems('ignore = [\n').length, 1);
});

test("keys are offered where they can stand, and values where there are few", () => {
  assert.ok(offered("").includes("paragraph-style"));
  assert.ok(!offered('ignore = []\n').includes("ignore"));
  assert.ok(offered('ignore = []\n').includes("extend-select"));
  assert.deepEqual(offered("hints."), ["number", "date", "code"]);
  assert.deepEqual(offered("[hints]\nda"), ["number", "date", "code"]);
  assert.deepEqual(offered("paragraph-style = "), ['"plain"', '"pilcrow"']);
  assert.deepEqual(offered('paragraph-style = "'), ["plain", "pilcrow"]);
  assert.ok(offered("[").includes("severity"));
  assert.deepEqual(offered('ignore = ["'), []);
});
