// cable-lsp.toml: its keys are completed, and what is wrong in it is underlined, from the schema of the settings. No other
// extension has to be there; where one reads TOML, such as Even Better TOML, it colours the file.

import {
  CompletionItem,
  CompletionItemKind,
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  type ExtensionContext,
  Range,
  SnippetString,
  type TextDocument,
  Uri,
  extensions,
  languages,
  workspace,
} from "vscode";
import { type AST, ParseError, parseTOML } from "toml-eslint-parser";

const NAME = "cable-lsp.toml";

/** As much of a JSON schema as the settings use. */
interface Schema {
  readonly description?: string;
  readonly type?: string | string[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

export async function serveSettingsFile(context: ExtensionContext): Promise<Disposable> {
  const file = Uri.joinPath(context.extensionUri, "schemas", "cable-lsp.schema.json");
  const settings = new Settings(JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(file))) as Schema);
  const problems = languages.createDiagnosticCollection("cable settings");
  const look = (document: TextDocument): void => {
    if (isSettingsFile(document)) problems.set(document.uri, settings.check(document.getText()));
  };
  workspace.textDocuments.forEach(look);
  const parts = [
    problems,
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeTextDocument(({ document }) => look(document)),
    workspace.onDidCloseTextDocument(({ uri }) => problems.delete(uri)),
    languages.registerCompletionItemProvider(
      { pattern: `**/${NAME}` },
      {
        provideCompletionItems(document, position) {
          const before = Array.from({ length: position.line }, (_, line) => document.lineAt(line).text);
          return settings.complete(before, document.lineAt(position).text.slice(0, position.character), document.getText());
        },
      },
      "[",
      ".",
      "=",
      '"',
    ),
  ];
  return { dispose: () => parts.forEach((part) => part.dispose()) };
}

const isSettingsFile = ({ uri }: TextDocument): boolean => uri.path.endsWith(`/${NAME}`);

export class Settings {
  constructor(private readonly root: Schema) {}

  private resolve(schema: Schema): Schema {
    const { $ref, ...rest } = schema;
    return $ref === undefined ? schema : { ...this.root.$defs?.[$ref.split("/").at(-1) ?? ""], ...rest };
  }

  /** What stands under a key of a table; undefined where there is no such key. */
  private under(table: Schema, key: string): Schema | undefined {
    const { properties, additionalProperties, anyOf } = this.resolve(table);
    const named = properties?.[key] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    if (named !== undefined) return this.resolve(named);
    return anyOf?.map((one) => this.under(one, key)).find((one) => one !== undefined);
  }

  private isTable(schema: Schema): boolean {
    const { type, properties, anyOf } = this.resolve(schema);
    return type === "object" || properties !== undefined || (anyOf ?? []).some((one) => this.isTable(one));
  }

  check(text: string): Diagnostic[] {
    const found: Diagnostic[] = [];
    const say = ({ loc: { start, end } }: AST.TOMLNode, message: string): void => {
      const diagnostic = new Diagnostic(new Range(start.line - 1, start.column, end.line - 1, end.column), message, DiagnosticSeverity.Error);
      diagnostic.source = "cable";
      found.push(diagnostic);
    };
    try {
      const [top] = parseTOML(text).body;
      for (const entry of top.body) this.checkEntry(this.root, entry, say);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      // Even Better TOML says so, too; of our keys it knows nothing.
      if (extensions.getExtension("tamasfe.even-better-toml")) return found;
      const line = error.lineNumber - 1;
      const diagnostic = new Diagnostic(new Range(line, error.column, line, error.column + 1), error.message, DiagnosticSeverity.Error);
      diagnostic.source = "cable";
      found.push(diagnostic);
    }
    return found;
  }

  private checkEntry(table: Schema, entry: AST.TOMLKeyValue | AST.TOMLTable, say: (node: AST.TOMLNode, message: string) => void): void {
    let place = table;
    for (const key of entry.key.keys) {
      const name = key.type === "TOMLBare" ? key.name : key.value;
      const next = this.under(place, name);
      if (next === undefined) {
        const near = Object.keys(this.resolve(place).properties ?? {}).find((known) => isNear(known, name));
        say(key, `No setting is named "${name}"${near === undefined ? "." : `: did you mean "${near}"?`}`);
        return;
      }
      place = next;
    }
    if (entry.type === "TOMLKeyValue") this.checkValue(place, entry.value, say);
    else if (!this.isTable(place)) say(entry.key, `"${entry.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value)).join(".")}" is not a table: it takes ${this.words(place)}.`);
    else for (const inner of entry.body) this.checkEntry(place, inner, say);
  }

  private checkValue(schema: Schema, value: AST.TOMLContentNode, say: (node: AST.TOMLNode, message: string) => void): void {
    const expected = this.resolve(schema);
    if (value.type === "TOMLInlineTable" && this.isTable(expected)) {
      for (const entry of value.body) this.checkEntry(expected, entry, say);
    } else if (value.type === "TOMLArray" && this.listOf(expected) !== undefined) {
      for (const element of value.elements) this.checkValue(this.listOf(expected)!, element, say);
    } else if (!this.takes(expected, value)) {
      say(value, `This takes ${this.words(expected)}.`);
    }
  }

  private listOf(schema: Schema): Schema | undefined {
    const { items, anyOf } = this.resolve(schema);
    return items ?? anyOf?.map((one) => this.listOf(one)).find((one) => one !== undefined);
  }

  private takes(schema: Schema, value: AST.TOMLContentNode): boolean {
    const { type, anyOf, enum: words, minimum } = this.resolve(schema);
    if (anyOf !== undefined) return anyOf.some((one) => this.takes(one, value));
    if (value.type !== "TOMLValue") return false;
    if (words !== undefined) return value.kind === "string" && words.includes(value.value);
    if (value.kind === "integer" && [type].flat().includes("integer")) return minimum === undefined || value.value >= minimum;
    return [type].flat().includes(value.kind);
  }

  /** What a key takes, in words. */
  private words(schema: Schema): string {
    const { type, anyOf, enum: words, items } = this.resolve(schema);
    if (anyOf !== undefined) {
      return [...new Set(anyOf.map((one) => this.words(one)).filter((one) => one !== ""))].join(", or ");
    }
    if (words !== undefined) return words.map((word) => `"${word}"`).join(" or ");
    const one: Record<string, string> = { string: "a text", integer: "a whole number", boolean: "true or false", object: "a table", array: "a list" };
    if (items !== undefined) return "a list of texts";
    return [type].flat().map((name) => one[name ?? "object"] ?? "").filter((word) => word !== "").join(" or ");
  }

  complete(above: readonly string[], before: string, text: string): CompletionItem[] {
    const header = before.match(/^\s*\[([\w.-]*)$/);
    if (header) return this.tables().map((name) => item(name, this.at(name), new SnippetString(name)));
    const table = above.map((line) => /^\s*\[([^\][]+)\]/.exec(line)?.[1]).findLast((name) => name !== undefined);
    const place = table === undefined ? this.root : this.at(table);
    const value = before.match(/^\s*([\w.-]+)\s*=\s*("?)\w*$/);
    if (value) return this.values(this.at(value[1]!, place), value[2] === '"');
    const key = before.match(/^\s*((?:[\w-]+\.)*)[\w-]*$/);
    if (!key) return [];
    const inner = key[1] === "" ? place : this.at(key[1]!.slice(0, -1), place);
    const isThere = (name: string): boolean => table === undefined && new RegExp(`^\\s*\\[?${key[1]}${name}\\b(?!-)`, "m").test(text);
    return Object.entries(this.resolve(inner ?? {}).properties ?? {})
      .filter(([name]) => !isThere(name))
      .map(([name, schema]) => item(name, this.resolve(schema), this.assignment(name, this.resolve(schema))));
  }

  private at(path: string, from: Schema = this.root): Schema | undefined {
    return path.split(".").reduce<Schema | undefined>((place, key) => place && this.under(place, key.replaceAll('"', "")), from);
  }

  private tables(): string[] {
    return Object.entries(this.root.properties ?? {}).filter(([, schema]) => this.isTable(schema)).map(([name]) => name);
  }

  private values(schema: Schema | undefined, isQuoted: boolean): CompletionItem[] {
    const all = (one: Schema): string[] => {
      const { enum: words, anyOf, type } = this.resolve(one);
      if (anyOf) return anyOf.flatMap(all);
      return words ? words.map((word) => (isQuoted ? word : ` "${word}"`)) : type === "boolean" && !isQuoted ? [" true", " false"] : [];
    };
    return schema === undefined ? [] : all(schema).map((value) => item(value.trim(), undefined, new SnippetString(value.trim()), CompletionItemKind.Value));
  }

  private assignment(name: string, schema: Schema): SnippetString {
    const { enum: words, type, items, properties } = schema;
    const snippet = new SnippetString();
    if (properties) return snippet.appendText(`${name}.`);
    snippet.appendText(`${name} = `);
    if (words) return snippet.appendText('"').appendChoice([...words]).appendText('"');
    if (items) return snippet.appendText('["').appendTabstop(1).appendText('"]');
    if (type === "boolean") return snippet.appendChoice(["true", "false"]);
    if (this.isTable(schema)) return snippet.appendText("{ ").appendTabstop(1).appendText(" }");
    return snippet.appendTabstop(1);
  }
}

function item(name: string, schema: Schema | undefined, insert: SnippetString, kind = CompletionItemKind.Property): CompletionItem {
  const made = new CompletionItem(name, kind);
  made.insertText = insert;
  if (schema?.description !== undefined) made.documentation = schema.description;
  return made;
}

/** Whether a word is a slip for another: the same letters, or one more, fewer or other. */
function isNear(known: string, typed: string): boolean {
  const sorted = (word: string): string => [...word].sort().join("");
  if (known.length === typed.length && sorted(known) === sorted(typed)) return true;
  const [long, short] = known.length >= typed.length ? [known, typed] : [typed, known];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return long.slice(at + 1) === short.slice(long.length === short.length ? at + 1 : at);
}
