// The settings of the editor are those of cable-lsp.toml: same names, same meaning.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { settingsOf, withSettings } from "../scripts/settings.mjs";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const manifest = read("../package.json");
const schema = read("../../../server/lint/cable-lsp.schema.json");

test("package.json holds the settings of the schema", () => {
  assert.deepEqual(withSettings(manifest, schema), manifest);
});

test("nested settings are spelt with a dot, choices and limits stay", () => {
  const settings = settingsOf({
    properties: {
      style: { description: "How.", $ref: "#/$defs/Style" },
      format: { $ref: "#/$defs/Format" },
      "extra-tags": { description: "More.", type: "object", additionalProperties: { $ref: "#/$defs/Style" } },
    },
    $defs: {
      Style: { type: "string", enum: ["plain", "pilcrow"] },
      Format: { properties: { column: { description: "Where.", type: ["integer", "null"], minimum: 0, default: null } } },
    },
  });
  assert.deepEqual(Object.keys(settings), ["cable.style", "cable.format.column", "cable.extra-tags"]);
  assert.deepEqual(settings["cable.style"].enum, ["plain", "pilcrow"]);
  assert.equal(settings["cable.format.column"].type, "integer");
  assert.equal(settings["cable.format.column"].minimum, 0);
  assert.deepEqual(settings["cable.extra-tags"].additionalProperties, { type: "string", enum: ["plain", "pilcrow"] });
});

test("every key of the schema is a setting, and every setting has words and a default", () => {
  const settings = settingsOf(schema);
  for (const name of Object.keys(schema.properties)) {
    const known = Object.keys(settings).some((key) => key === `cable.${name}` || key.startsWith(`cable.${name}.`));
    assert.ok(known, name);
  }
  for (const [key, setting] of Object.entries(settings)) {
    assert.ok(setting.markdownDescription, key);
    assert.notEqual(setting.default, undefined, key);
    assert.doesNotMatch(key, /^cable\.(?:server\.|detect-text-files$)/);
  }
});

test("a workspace that is not trusted does not choose the server program", () => {
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, "limited");
  assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes("cable.server.path"));
});

test("the lock files name no host", () => {
  for (const path of ["../package-lock.json", "../../../tests/editors/vscode/package-lock.json"]) {
    assert.doesNotMatch(readFileSync(new URL(path, import.meta.url), "utf8"), /"resolved"/);
  }
});
