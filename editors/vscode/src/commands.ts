// The commands. The server has some under the same names; here they get the document and the place they are about.

import {
  type Disposable,
  type ExtensionContext,
  type TextEditor,
  Uri,
  ViewColumn,
  commands,
  window,
  workspace,
} from "vscode";

import { EditionPanel } from "./edition";
import { exportJson } from "./exportJson";
import { newCable } from "./newCable";
import { explainRule } from "./rules";
import type { Session } from "./session";

export function registerCommands(context: ExtensionContext, session: Session): Disposable[] {
  const register = (name: string, run: (...args: unknown[]) => unknown): Disposable =>
    commands.registerCommand(name, async (...args: unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        session.output.appendLine(`${name}: ${reason}`);
        void window.showErrorMessage(reason);
        return undefined;
      }
    });
  /** A command on the cable in front. */
  const registerForCable = (name: string, run: (editor: TextEditor) => unknown): Disposable =>
    register(name, () => {
      const editor = window.activeTextEditor;
      return editor?.document.languageId === "cable" ? run(editor) : undefined;
    });
  /** A command along the archive from the cursor, or from the place that a lens names; the server shows what it comes to. */
  const registerAlong = (name: string): Disposable =>
    register(name, (uri, position) => {
      const editor = window.activeTextEditor;
      if (typeof uri === "string") return session.execute(name, uri, position);
      return editor?.document.languageId === "cable" ? session.execute(name, addressOf(editor), placeOf(editor)) : undefined;
    });
  const readme = Uri.joinPath(context.extensionUri, "README.md");
  const edition = new EditionPanel(context.extensionUri, session);
  return [
    edition,
    register("cable.restartServer", () => session.restart()),
    register("cable.showOutput", () => session.output.show()),
    register("cable.showServerHelp", () =>
      commands.executeCommand("markdown.showPreview", readme.with({ fragment: "the-server" })),
    ),
    register("cable.newCable", (about) => newCable(session, about)),
    // Called with a rule by the code of a diagnostic, with a file by a menu.
    register("cable.explain", (rule) => explainRule(typeof rule === "string" ? rule : undefined)),
    // What the server's action for it names.
    register("cable.showExplanation", (rule) => explainRule(typeof rule === "string" ? rule : undefined)),
    registerForCable("cable.repair", (editor) => change(session, "cable.repair", "Nothing to repair.", addressOf(editor))),
    registerForCable("cable.renumber", (editor) =>
      change(session, "cable.renumber", "The paragraphs are numbered from 1 already.", addressOf(editor), placeOf(editor)),
    ),
    ...["cable.nextOfPost", "cable.previousOfPost", "cable.thread", "cable.rebuildArchive"].map(registerAlong),
    registerForCable("cable.openEdition", (editor) => edition.show(editor)),
    registerForCable("cable.showSyntaxTree", async (editor) =>
      showBeside("plaintext", String(await session.execute("cable.showSyntaxTree", addressOf(editor)))),
    ),
    registerForCable("cable.exportJson", async ({ document }) =>
      showBeside("json", await exportJson(session.binary().path, document.getText())),
    ),
  ];
}

const placeOf = ({ selection: { active } }: TextEditor): object => ({ line: active.line, character: active.character });

const addressOf = ({ document }: Pick<TextEditor, "document">): string => document.uri.toString();

/** Runs a command of the server that changes the text; says how much it changed, or that there was nothing to change. */
async function change(session: Session, command: string, otherwise: string, ...args: unknown[]): Promise<void> {
  const [uri] = args;
  let places = 0;
  const listener = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document.uri.toString() === uri) places += contentChanges.length;
  });
  const asked = session.execute(command, ...args) as Promise<{ applied: boolean } | null>;
  const answer = await asked.finally(() => listener.dispose());
  const said = places === 1 ? "1 place changed." : `${places} places changed.`;
  void window.showInformationMessage(answer?.applied ? `${said} One undo takes all back.` : otherwise);
}

async function showBeside(language: string, content: string): Promise<void> {
  const document = await workspace.openTextDocument({ language, content });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
}
