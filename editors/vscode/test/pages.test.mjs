// The README names the commands, settings and keys of the extension as they are, and every command.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const page = read("../README.md");
const { contributes } = JSON.parse(read("../package.json"));

const titles = contributes.commands.map(({ category, title }) => `${category}: ${title}`);
const settings = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));

test("each command is in the README, and no other", () => {
  for (const title of titles) assert.ok(page.includes(title), title);
  const table = page.split("## Commands")[1].split("\n## ")[0];
  const named = table.split("\n").flatMap((row) => row.match(/^\| (Cable: [^|]*) \|/)?.[1].split(/, (?=Cable: )/) ?? []);
  assert.deepEqual(named.sort(), titles.sort());
});

test("a setting or an action that the README names is there", () => {
  const named = [...page.matchAll(/`(cable\.[a-z.-]*[a-z])`/g)].map((found) => found[1]);
  assert.ok(named.length > 2);
  for (const name of named) assert.ok(settings.includes(name), name);
});

test("the keys of the README are those of the commands", () => {
  const keys = contributes.keybindings.map(({ key }) => key);
  assert.deepEqual(keys.sort(), ["ctrl+k v", "shift+alt+m"]);
  for (const shown of ["Ctrl+K V", "Shift+Alt+M"]) assert.ok(page.includes(`\`${shown}\``), shown);
});
