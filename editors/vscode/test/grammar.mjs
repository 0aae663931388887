// Tokenises as VS Code does: the same library, the same engine of regular expressions.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const require = createRequire(import.meta.url);
const file = new URL("../syntaxes/cable.tmLanguage.json", import.meta.url);

await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(readFileSync(file, "utf8"), file.pathname),
});
const grammar = await registry.loadGrammar("text.cable");

/** The tokens of each line: `[text, innermost scope without its ending, or ""]`. */
export function tokenize(text) {
  let state = textmate.INITIAL;
  return text.split(/\r?\n/).map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => {
      const scope = scopes.findLast((scope) => scope !== "text.cable" && !scope.startsWith("meta.")) ?? "";
      return [line.slice(startIndex, endIndex), scope.replace(/\.cable$/, "")];
    });
  });
}

/** Processor time in milliseconds to tokenise one line that follows others. */
export function cost(before, line) {
  let state = textmate.INITIAL;
  for (const one of before) state = grammar.tokenizeLine(one, state).ruleStack;
  const start = process.cpuUsage().user;
  grammar.tokenizeLine(line, state);
  return (process.cpuUsage().user - start) / 1000;
}
