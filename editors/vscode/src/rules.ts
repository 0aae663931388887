// Rules explained: the code of a diagnostic is a link that opens what the server says of its rule.

import { type Diagnostic, Uri, commands, languages, window, workspace, type Disposable } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient/node";

import type { Session } from "./session";

const SCHEME = "cable-rule";

/** The code of a diagnostic of ours, `TXT001`. */
export function codeOf({ code }: Diagnostic): string | undefined {
  const value = typeof code === "object" ? code.value : code;
  return value === undefined ? undefined : String(value);
}

function link<T extends Diagnostic>(diagnostics: readonly T[]): void {
  for (const diagnostic of diagnostics) {
    const value = codeOf(diagnostic);
    if (value === undefined) continue;
    const target = Uri.parse(`command:cable.explain?${encodeURIComponent(JSON.stringify([value]))}`);
    diagnostic.code = { value, target };
  }
}

/**
 * Links the codes of all diagnostics, whichever way they come. Where they are converted, and not as middleware: that is
 * not shown the diagnostics of files that are not open.
 */
export function linkRules({ protocol2CodeConverter: converter }: BaseLanguageClient): void {
  const convert = converter.asDiagnostics.bind(converter);
  converter.asDiagnostics = async (diagnostics, token) => {
    const converted = await convert(diagnostics, token);
    link(converted);
    return converted;
  };
}

/** Serves the explanations as Markdown documents, `cable-rule:/TXT001.md`. */
export function serveRules(session: Session): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri) {
      return String(await session.execute("cable.explain", uri.path.replace(/^\/|\.md$/g, "")));
    },
  });
}

/** Shows what a rule says: the one named, else one at the cursor. */
export async function explainRule(code?: string): Promise<void> {
  const rule = code ?? (await ruleAtCursor());
  if (rule !== undefined) {
    await commands.executeCommand("markdown.showPreviewToSide", Uri.from({ scheme: SCHEME, path: `/${rule}.md` }));
  }
}

async function ruleAtCursor(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = languages.getDiagnostics(editor.document.uri).filter((diagnostic) => {
    const { start, end } = diagnostic.range;
    const { line } = editor.selection.active;
    return diagnostic.source === "cable" && start.line <= line && line <= end.line;
  });
  const atCursor = here.filter(({ range }) => range.contains(editor.selection.active));
  const codes = new Set((atCursor.length > 0 ? atCursor : here).map(codeOf).filter((code) => code !== undefined));
  if (codes.size > 1) return window.showQuickPick([...codes].sort(), { title: "Explain Rule" });
  const [only] = codes;
  if (only === undefined) void window.showInformationMessage("No diagnostic of a cable is on this line.");
  return only;
}
