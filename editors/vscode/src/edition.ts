// The reading edition beside the cable: a page that follows the cable in front, and scrolls with it.

import { randomBytes } from "node:crypto";
import {
  type Disposable,
  Range,
  type TextDocument,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";

import type { Session } from "./session";

/** So many milliseconds after the last change the page is made anew. */
const PAUSE = 200;
/** So long an editor may take to scroll where it was told to. */
const SETTLING = 300;

/** What the server answers: lines count from 1. */
interface Edition {
  readonly version: number;
  readonly content: string;
  readonly lines: readonly { readonly id: string; readonly lines: readonly (readonly [number, number])[] }[];
}

/** What the page says. */
type Said =
  | { readonly kind: "ready" }
  | { readonly kind: "scrolled" | "line"; readonly line: number }
  | { readonly kind: "open"; readonly target: string };

export class EditionPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private document: TextDocument | undefined;
  private shown: Edition | undefined;
  private pause: NodeJS.Timeout | undefined;
  /** Where the page has just scrolled the editor to, and when. */
  private sent = { line: -1, at: 0 };
  private readonly listeners: Disposable[];

  constructor(
    private readonly extension: Uri,
    private readonly session: Session,
  ) {
    this.listeners = [
      window.onDidChangeActiveTextEditor((editor) => {
        if (this.panel !== undefined && editor?.document.languageId === "cable") this.follow(editor.document);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document === this.document && contentChanges.length > 0) this.updateLater();
      }),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (textEditor === this.editor()) this.scrollPage(textEditor);
      }),
      session.onDidChange(({ kind }) => {
        if (kind === "running") this.updateLater();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.panel?.dispose();
    for (const listener of this.listeners) listener.dispose();
  }

  /** Shows the edition of a cable in a column beside it. */
  async show({ document }: TextEditor): Promise<void> {
    if (this.panel === undefined) {
      const script = await workspace.fs.readFile(Uri.joinPath(this.extension, "webview", "edition.js"));
      this.panel = this.create(Buffer.from(script).toString("utf8"));
    } else {
      this.panel.reveal(undefined, true);
    }
    this.follow(document);
  }

  private create(script: string): WebviewPanel {
    const panel = window.createWebviewPanel(
      "cable.edition",
      "Reading Edition",
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [], enableFindWidget: true },
    );
    panel.webview.onDidReceiveMessage((said: Said) => this.hear(said));
    panel.onDidDispose(() => {
      clearTimeout(this.pause);
      this.panel = this.document = this.shown = undefined;
    });
    panel.webview.html = pageOf(script);
    return panel;
  }

  private follow(document: TextDocument): void {
    if (document === this.document) return;
    this.document = document;
    this.shown = undefined;
    if (this.panel !== undefined) this.panel.title = `Edition of ${document.uri.path.split("/").pop()}`;
    void this.update();
  }

  private updateLater(): void {
    clearTimeout(this.pause);
    if (this.panel !== undefined) this.pause = setTimeout(() => void this.update(), PAUSE);
  }

  private async update(): Promise<void> {
    const { document } = this;
    if (document === undefined) return;
    const version = document.version;
    try {
      const edition = await this.session.execute("cable.edition", document.uri.toString(), { format: "html" });
      // A later change makes a later page.
      if (document !== this.document || document.version !== version) return;
      this.shown = edition as Edition;
      this.send();
    } catch (error) {
      if (document !== this.document) return;
      const isOld = error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified;
      if (isOld && document.version === version) this.updateLater();
      else if (!isOld) this.session.output.appendLine(`cable.edition: ${String(error)}`);
    }
  }

  private send(): void {
    if (this.shown === undefined || this.document === undefined) return;
    const line = topOf(this.editor()) ?? 1;
    void this.panel?.webview.postMessage({ kind: "page", uri: this.document.uri.toString(), line, ...this.shown });
  }

  private hear(said: Said): void {
    // A page that was hidden begins anew.
    if (said.kind === "ready") this.send();
    else if (said.kind === "scrolled") this.scrollEditor(said.line);
    else if (said.kind === "line") void this.goTo(said.line);
    else if (said.kind === "open") void this.open(said.target);
  }

  /** The editor that shows the cable. */
  private editor(): TextEditor | undefined {
    const all = window.visibleTextEditors.filter(({ document }) => document === this.document);
    return all.find((editor) => editor === window.activeTextEditor) ?? all[0];
  }

  private scrollPage(editor: TextEditor): void {
    const line = topOf(editor);
    const isOurs = line === this.sent.line || Date.now() - this.sent.at < SETTLING;
    if (line !== undefined && !isOurs) void this.panel?.webview.postMessage({ kind: "line", line });
    if (!isOurs) this.sent.line = -1;
  }

  private scrollEditor(line: number): void {
    const editor = this.editor();
    const whole = Math.floor(line);
    if (editor === undefined || topOf(editor) === whole) return;
    this.sent = { line: whole, at: Date.now() };
    editor.revealRange(rangeOf(whole), TextEditorRevealType.AtTop);
  }

  private async goTo(line: number): Promise<void> {
    const { document } = this;
    if (document === undefined) return;
    const viewColumn = this.editor()?.viewColumn ?? ViewColumn.One;
    const editor = await window.showTextDocument(document, { viewColumn, selection: rangeOf(line) });
    editor.revealRange(rangeOf(line), TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Opens the cable that a reference leads to. Its address is one that the server gave: of a file, and maybe a line of it. */
  private async open(target: string): Promise<void> {
    const uri = Uri.parse(target, true);
    if (uri.scheme !== "file") return;
    const line = Number(/^L(\d+)$/.exec(uri.fragment)?.[1] ?? 1);
    const document = await workspace.openTextDocument(uri.with({ fragment: "" }));
    const viewColumn = this.editor()?.viewColumn ?? ViewColumn.One;
    await window.showTextDocument(document, { viewColumn, selection: rangeOf(line) });
  }
}

/** The first line in sight. */
function topOf(editor: TextEditor | undefined): number | undefined {
  const first = editor?.visibleRanges[0]?.start.line;
  return first === undefined ? undefined : first + 1;
}

function rangeOf(line: number): Range {
  const index = Math.max(0, line - 1);
  return new Range(index, 0, index, 0);
}

/**
 * The page before anything is in it. Nothing but this script and the sheet it is given acts in it; the colours of the theme
 * take the place of the sheet's own.
 */
function pageOf(script: string): string {
  const nonce = randomBytes(16).toString("base64");
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Reading Edition</title>
<style nonce="${nonce}" id="sheet"></style>
<style nonce="${nonce}">
html:has(body.vscode-light, body.vscode-high-contrast-light) { color-scheme: light; }
html:has(body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light)) { color-scheme: dark; }
html:root {
  --paper: var(--vscode-editor-background); --ink: var(--vscode-editor-foreground);
  --faint: var(--vscode-descriptionForeground); --line: var(--vscode-panel-border, currentColor);
  --mark: var(--vscode-textLink-foreground); --tint: var(--vscode-textBlockQuote-background, transparent);
}
html body { padding: 0; }
</style>
</head>
<body>
<main></main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}
