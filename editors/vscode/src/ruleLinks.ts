// The code of a diagnostic is a link that explains its rule.

import { type Diagnostic, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient/node";

/** The code of a diagnostic of ours, `TXT001`. */
export function codeOf({ code }: Diagnostic): string | undefined {
  const value = typeof code === "object" ? code.value : code;
  return value === undefined ? undefined : String(value);
}

function link<T extends Diagnostic>(diagnostics: readonly T[]): void {
  for (const diagnostic of diagnostics) {
    const value = codeOf(diagnostic);
    if (value === undefined) continue;
    const target = Uri.parse(`command:cable.explain?${encodeURIComponent(JSON.stringify([value]))}`);
    diagnostic.code = { value, target };
  }
}

/**
 * Links the codes of all diagnostics, whichever way they come. Where they are converted, and not as middleware: that is
 * not shown the diagnostics of files that are not open.
 */
export function linkRules({ protocol2CodeConverter: converter }: BaseLanguageClient): void {
  const convert = converter.asDiagnostics.bind(converter);
  converter.asDiagnostics = async (diagnostics, token) => {
    const converted = await convert(diagnostics, token);
    link(converted);
    return converted;
  };
}
