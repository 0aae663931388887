// What Ctrl+. offers on a slip besides the fixes of the server: all safe fixes of the cable, and why it is a slip.

import { CodeAction, CodeActionKind, type Diagnostic } from "vscode";
import type { Middleware } from "vscode-languageclient/node";

import { codeOf } from "./rules";

const IGNORES = /^Ignore\b/;

/** The order of the list: the fix, all alike, all safe fixes, ignore, explain. */
export const offerMore: Middleware = {
  async provideCodeActions(document, range, context, token, next) {
    const offered = await next(document, range, context, token);
    const ours = context.diagnostics.filter(({ source }) => source === "cable");
    const asksForFixes = context.only === undefined || context.only.contains(CodeActionKind.QuickFix);
    if (ours.length === 0 || !asksForFixes) return offered;
    const all = offered ?? [];
    const quick = all.filter((action) => action instanceof CodeAction && action.kind?.value === CodeActionKind.QuickFix.value);
    const ignoring = quick.filter(({ title }) => IGNORES.test(title));
    const list = [
      ...quick.filter((action) => !ignoring.includes(action)),
      command("Apply all safe fixes of this cable", "cable.repair", [], ours),
      ...ignoring,
      ...[...new Set(ours.map(codeOf))].filter((code) => code !== undefined).map((code) =>
        command(`Explain ${code}`, "cable.explain", [code], ours.filter((one) => codeOf(one) === code)),
      ),
    ];
    // The editor puts what names a diagnostic before what names none, and keeps the order of those that do.
    for (const action of list) if (action instanceof CodeAction && !action.diagnostics?.length) action.diagnostics = ours;
    return [...list, ...all.filter((action) => !quick.includes(action))];
  },
};

function command(title: string, name: string, args: unknown[], diagnostics: Diagnostic[]): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { title, command: name, arguments: args };
  action.diagnostics = diagnostics;
  return action;
}
