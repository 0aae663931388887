// Where VS Code comes in: starts the server, and what the editor offers around it.

import { type Disposable, type ExtensionContext, type TextDocument, window, workspace } from "vscode";

import { registerCommands } from "./commands";
import { serveRules } from "./rules";
import { Session } from "./session";
import { serveSettingsFile } from "./settingsFile";
import { showStatus } from "./status";
import { watchTextFiles } from "./textFiles";

let session: Session | undefined;

export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel("Cable");
  const started = (session = new Session(context, output));
  context.subscriptions.push(
    output,
    showStatus(started),
    serveRules(started),
    watchTextFiles(),
    ...registerCommands(context, started),
    startWithFirstCable(() => {
      // A command may have come first.
      if (started.status.kind === "stopped") void started.start();
    }),
  );
  void serveSettingsFile(context).then((part) => context.subscriptions.push(part));
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

/** A window where only plain text was opened needs no server; a folder of cables is checked before one is opened. */
function startWithFirstCable(start: () => void): Disposable {
  const isCable = (document: TextDocument): boolean => document.languageId === "cable";
  if (workspace.textDocuments.some(isCable)) {
    start();
    return { dispose: () => undefined };
  }
  const listener = workspace.onDidOpenTextDocument((document) => {
    if (isCable(document)) startOnce();
  });
  let started = false;
  const startOnce = (): void => {
    if (started) return;
    started = true;
    listener.dispose();
    start();
  };
  void holdsCables().then((holds) => {
    if (holds) startOnce();
  });
  return listener;
}

/** Whether there is a cable, or the settings of an archive: first at the top of the folders, where no search is needed. */
async function holdsCables(): Promise<boolean> {
  for (const { uri } of workspace.workspaceFolders ?? []) {
    const entries = await workspace.fs.readDirectory(uri).then((all) => all, () => []);
    if (entries.some(([name]) => name === "cable-lsp.toml" || name.endsWith(".cable"))) return true;
  }
  return (await workspace.findFiles("**/{*.cable,cable-lsp.toml}", undefined, 1)).length > 0;
}
