// Texts that read as a cable but are not called one: offered the language, or given it, as `cable.detect-text-files` says.

import { ConfigurationTarget, type Disposable, TabInputText, type TextDocument, Uri, languages, window, workspace } from "vscode";

import { readsAsCable } from "./recognise";
import { detectTextFiles } from "./settings";

/** No text to recognise a cable by is longer. */
const BEGINNING = 12_000;

/** Watches texts that are opened, and unsaved ones that are written. A folder is asked about once in a session. */
export function watchTextFiles(): Disposable {
  const texts = new Texts();
  workspace.textDocuments.forEach((document) => texts.look(document));
  const listeners = [
    workspace.onDidOpenTextDocument((document) => texts.look(document)),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.isUntitled) texts.look(document);
    }),
  ];
  return { dispose: () => listeners.forEach((listener) => listener.dispose()) };
}

class Texts {
  /** The folders and the unsaved texts that were asked about. */
  private readonly asked = new Set<string>();
  /** The folders outside a workspace whose texts are cables, in this session. */
  private readonly folders = new Set<string>();

  look(document: TextDocument): void {
    if (!isText(document) || detectTextFiles(document.uri) === "off") return;
    const place = placeOf(document);
    const isDecided = detectTextFiles(document.uri) === "on" || this.folders.has(place);
    if ((!isDecided && this.asked.has(place)) || !readsAsCable(document.getText().slice(0, BEGINNING))) return;
    if (isDecided) return void makeCable(document);
    this.asked.add(place);
    void this.ask(document, place);
  }

  private async ask(document: TextDocument, place: string): Promise<void> {
    const [one, folder, always, never] = [document.isUntitled ? "This Text" : "This File", "This Folder", "Always", "Never"] as const;
    const choices = document.isUntitled ? [one, always, never] : [one, folder, always, never];
    const name = document.isUntitled ? "This text" : document.uri.path.replace(/.*\//, "");
    const answer = await window.showInformationMessage(`${name} reads as a cable. What shall be opened as cables?`, ...choices);
    if (answer === never) await remember("off", ConfigurationTarget.Global);
    if (answer === always) await remember("on", ConfigurationTarget.Global);
    if (answer === folder) {
      this.folders.add(place);
      if (workspace.getWorkspaceFolder(document.uri)) await remember("on", ConfigurationTarget.WorkspaceFolder, document.uri);
    }
    if (answer === one || answer === folder || answer === always) await makeCable(document);
    if (answer === folder || answer === always) await this.takeTabsAlong();
  }

  /** The tabs that are open, also those that were not looked at yet. */
  private async takeTabsAlong(): Promise<void> {
    const tabs = window.tabGroups.all.flatMap(({ tabs }) => tabs);
    for (const { input } of tabs) {
      if (!(input instanceof TabInputText) || !/\.txt$/i.test(input.uri.path)) continue;
      // One that cannot be opened any more is no reason to leave the others.
      await workspace.openTextDocument(input.uri).then((document) => this.look(document), () => undefined);
    }
  }
}

function isText({ languageId, isUntitled, uri }: TextDocument): boolean {
  if (languageId !== "plaintext") return false;
  return isUntitled || (["file", "vscode-vfs", "vscode-remote"].includes(uri.scheme) && /\.txt$/i.test(uri.path));
}

/** What an answer is about: the folder of the workspace, else the folder of the file; an unsaved text is its own. */
function placeOf({ isUntitled, uri }: TextDocument): string {
  if (isUntitled) return uri.toString();
  return (workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, "..")).toString();
}

async function makeCable(document: TextDocument): Promise<void> {
  if (!document.isClosed) await languages.setTextDocumentLanguage(document, "cable");
}

async function remember(choice: "on" | "off", target: ConfigurationTarget, uri?: Uri): Promise<void> {
  await workspace.getConfiguration("cable", uri).update("detect-text-files", choice, target);
}
