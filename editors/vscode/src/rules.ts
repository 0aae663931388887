// Rules explained: what the server says of a rule, as a document beside the cable.

import { Uri, commands, languages, window, workspace, type Disposable } from "vscode";

import { codeOf } from "./ruleLinks";
import type { Session } from "./session";

const SCHEME = "cable-rule";

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
