// The item beside the language's name in the status bar: whether the server runs, and which one.

import { type Disposable, LanguageStatusSeverity, languages } from "vscode";

import type { Session, Status } from "./session";

export function showStatus(session: Session): Disposable {
  const item = languages.createLanguageStatusItem("cable.server", { language: "cable" });
  item.name = "Cable Server";
  const show = (status: Status): void => {
    const failed = status.kind === "failed";
    item.busy = status.kind === "starting";
    item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.text = status.kind === "running" ? `cable-lsp ${status.version}` : `cable-lsp: ${status.kind}`;
    if (status.kind === "running") item.detail = `from ${status.binary.origin}`;
    else item.detail = status.kind === "failed" ? status.reason : undefined;
    item.command = failed
      ? { title: "Restart", command: "cable.restartServer" }
      : { title: "Show Output", command: "cable.showOutput" };
  };
  show(session.status);
  const listener = session.onDidChange(show);
  return { dispose: () => [listener, item].forEach((part) => part.dispose()) };
}
