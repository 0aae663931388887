// The commands. Those of the server come here too: called by an action of the server they carry arguments and go back to
// it; called from the palette or a key they carry none, and are done with the editor's own means.

import { type Disposable, Uri, commands, window, workspace, type ExtensionContext } from "vscode";

import { exportJson } from "./exportJson";
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
  /** The server's command if it is called with arguments, else `otherwise`. */
  const shared = (name: string, otherwise: () => unknown): Disposable =>
    register(name, (...args) => (args.length > 0 ? session.execute(name, args) : otherwise()));
  const readme = Uri.joinPath(context.extensionUri, "README.md");
  return [
    register("cable.restartServer", () => session.restart()),
    register("cable.showOutput", () => session.output.show()),
    register("cable.showServerHelp", () =>
      commands.executeCommand("markdown.showPreview", readme.with({ fragment: "the-server" })),
    ),
    register("cable.exportJson", () => exportJson(session.binary().path)),
    register("cable.explain", (code) => explainRule(typeof code === "string" ? code : undefined)),
    shared("cable.repair", () => applyAction("editor.action.sourceAction", "source.fixAll.cable")),
    shared("cable.renumber", () => applyAction("editor.action.refactor", "refactor.rewrite.cable.renumber")),
    shared("cable.newCable", newCable),
  ];
}

/** Applies the one action of a kind, or says that there is none. */
async function applyAction(command: string, kind: string): Promise<void> {
  await commands.executeCommand(command, { kind, apply: "first" });
}

/** An unsaved cable with its envelope and header, the first field selected. */
async function newCable(): Promise<void> {
  const document = await workspace.openTextDocument({ language: "cable" });
  await window.showTextDocument(document);
  await commands.executeCommand("editor.action.insertSnippet", { langId: "cable", name: "New cable" });
}
