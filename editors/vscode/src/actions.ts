// What Ctrl+. offers on a problem in addition to what the server does: all safe fixes of the cable.

import { CodeAction, CodeActionKind, CodeActionTriggerKind, type Diagnostic } from "vscode";
import type { Middleware } from "vscode-languageclient/node";

const IGNORES = /^Ignore\b/;
const EXPLAIN = CodeActionKind.Empty.append("explain.cable");

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
    // Shown with the fixes, also to who asks for fixes alone; its own kind would be under a heading of its own.
    const asksOnce = context.only === undefined || context.triggerKind === CodeActionTriggerKind.Automatic;
    const more = asksOnce ? all : ((await next(document, range, { ...context, only: EXPLAIN }, token)) ?? []);
    const explaining = more.filter((action) => action instanceof CodeAction && action.kind?.value === EXPLAIN.value);
    for (const action of explaining) if (action instanceof CodeAction) action.kind = CodeActionKind.QuickFix;
    const list = [
      ...quick.filter((action) => !ignoring.includes(action)),
      command("Apply all safe fixes of this cable", "cable.repair", ours),
      ...ignoring,
      ...explaining,
    ];
    // The editor puts what names a diagnostic before what names none, and keeps the order of those that do.
    for (const action of list) if (action instanceof CodeAction && !action.diagnostics?.length) action.diagnostics = ours;
    return [...list, ...all.filter((action) => !quick.includes(action) && !explaining.includes(action))];
  },
};

function command(title: string, name: string, diagnostics: Diagnostic[]): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { title, command: name };
  action.diagnostics = diagnostics;
  return action;
}
