// Writes the settings of cable-lsp.toml into package.json, so that the editor spells and explains them alike.
//   node scripts/settings.mjs          writes them
//   node scripts/settings.mjs --check  fails if they are not what the schema says

import { readFileSync, writeFileSync } from "node:fs";

const packageFile = new URL("../package.json", import.meta.url);
const schemaFile = new URL("../../../server/lint/cable-lsp.schema.json", import.meta.url);

/** What the settings page shows where nothing is set. It is never sent: the server's own defaults hold. */
const SHOWN = {
  "paragraph-style": "plain",
  "format.wrap": 0,
  "hints.number": true,
  "hints.date": true,
  "hints.code": false,
  "lens.citations": false,
};
const EMPTY = { array: [], object: {} };

/** The properties of the settings page for a schema of cable-lsp.toml. */
export function settingsOf(schema) {
  const resolve = ({ $ref, ...rest }) => ({ ...(schema.$defs[$ref?.split("/").at(-1)] ?? {}), ...rest });
  const flatten = (properties, prefix) =>
    Object.entries(properties).flatMap(([name, property]) => {
      const { properties: inner, ...setting } = resolve(property);
      return inner ? flatten(inner, `${prefix}${name}.`) : [[`${prefix}${name}`, setting]];
    });
  return Object.fromEntries(
    flatten(schema.properties, "").map(([name, setting]) => [`cable.${name}`, property(name, setting, resolve)]),
  );
}

function property(name, { description, default: _, format: __, additionalProperties, ...shape }, resolve) {
  // Unset is not sent to the server, so null needs no place on the page.
  const types = [shape.type ?? "object"].flat().filter((type) => type !== "null");
  const type = types.length === 1 ? types[0] : types;
  return {
    // A folder of a workspace can have its own.
    scope: "resource",
    markdownDescription: description,
    ...shape,
    ...(shape.anyOf ? {} : { type }),
    ...(additionalProperties ? { additionalProperties: resolve(additionalProperties) } : {}),
    default: SHOWN[name] ?? EMPTY[type],
  };
}

/** package.json with the settings in their place: the second group of the settings page. */
export function withSettings(manifest, schema) {
  const [editor, archive] = manifest.contributes.configuration;
  const configuration = [editor, { ...archive, properties: settingsOf(schema) }];
  return { ...manifest, contributes: { ...manifest.contributes, configuration } };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const before = readFileSync(packageFile, "utf8");
  const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
  const after = `${JSON.stringify(withSettings(JSON.parse(before), schema), null, 2)}\n`;
  if (process.argv.includes("--check")) {
    if (after !== before) throw new Error("package.json is not what the schema says: run `npm run settings`");
  } else {
    writeFileSync(packageFile, after);
  }
}
