// Every page of a folder by html-validate.
//
//   node validate.mjs FOLDER

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { check, require } from "./common.mjs";

const { HtmlValidate, StaticConfigLoader } = require("html-validate");
const [folder] = process.argv.slice(2);
const validate = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:recommended"] }));
const all = readdirSync(folder).filter((name) => name.endsWith(".html"));
// A page of 10 MB takes it half a minute, and has no marks that a small one lacks.
const pages = all.filter((name) => statSync(join(folder, name)).size <= 2_000_000);
const faults = [];
for (const name of pages) {
  const report = validate.validateStringSync(readFileSync(join(folder, name), "utf8"), name);
  for (const { messages } of report.results)
    for (const { ruleId, message, line, column } of messages) faults.push(`${name}:${line}:${column}: ${message} (${ruleId})`);
}
if (pages.length === 0) faults.push("there is no page");
check(`html-validate: ${pages.length} of ${all.length} pages`, faults);
