// Text files that read as a cable: offered the language, or given it, as `cable.detect-text-files` says.

import { ConfigurationTarget, type Disposable, type TextDocument, languages, window, workspace } from "vscode";

import { readsAsCable } from "./recognise";
import { type DetectTextFiles, detectTextFiles } from "./settings";

/** No text to recognise a cable by is longer. */
const BEGINNING = 12_000;

/** Watches documents that are opened. Each is asked about once. */
export function watchTextFiles(): Disposable {
  const seen = new Set<string>();
  const look = (document: TextDocument): void => {
    const { scheme, path } = document.uri;
    if (document.languageId !== "plaintext" || !["file", "vscode-vfs"].includes(scheme) || !/\.txt$/i.test(path)) return;
    if (detectTextFiles() === "off" || seen.has(document.uri.toString())) return;
    const beginning = document.getText().slice(0, BEGINNING);
    if (!readsAsCable(beginning)) return;
    seen.add(document.uri.toString());
    void offer(document);
  };
  workspace.textDocuments.forEach(look);
  return workspace.onDidOpenTextDocument(look);
}

async function offer(document: TextDocument): Promise<void> {
  if (detectTextFiles() === "ask") {
    const [always, notNow, never] = ["Always", "Not Now", "Never"] as const;
    const name = document.uri.path.replace(/.*\//, "");
    const answer = await window.showInformationMessage(
      `${name} reads as a cable. Open such text files as cables?`,
      always,
      notNow,
      never,
    );
    if (answer === always) await remember("on");
    if (answer === never) await remember("off");
    if (answer !== always) return;
  }
  if (!document.isClosed) await languages.setTextDocumentLanguage(document, "cable");
}

async function remember(choice: DetectTextFiles): Promise<void> {
  await workspace.getConfiguration("cable").update("detect-text-files", choice, ConfigurationTarget.Global);
}
