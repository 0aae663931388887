// Runs inside the real extension host. VS Code calls run(); each check is a line of the file CABLE_HOST_LINES.

const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const vscode = require("vscode");

const binary = process.env.CABLE_LSP_BIN;
const folder = () => vscode.workspace.workspaceFolders[0].uri;
const uriOf = (name) => vscode.Uri.joinPath(folder(), name);

async function until(condition, limit = 90_000) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the command line says of a text, in the editor's terms. */
function checked(text) {
  const args = ["check", "-", "--format", "json", "--exit-zero", "--stdin-filename", uriOf("x.cable").fsPath];
  const found = JSON.parse(execFileSync(binary, args, { input: text, encoding: "utf8" }));
  return found.map(({ code, line, column }) => `${code} ${line}:${column}`).sort();
}

const codeOf = ({ code }) => (typeof code === "object" ? code.value : code);
const shown = (uri) =>
  vscode.languages
    .getDiagnostics(uri)
    // What a cable is beside others of the folder, the command line says only where it is asked.
    .filter((diagnostic) => !codeOf(diagnostic).startsWith("ARC"))
    .map((diagnostic) => `${codeOf(diagnostic)} ${diagnostic.range.start.line + 1}:${diagnostic.range.start.character + 1}`)
    .sort();

/** Until the editor shows what the command line says of the buffer. */
async function agrees(document) {
  const expected = checked(document.getText());
  await until(() => JSON.stringify(shown(document.uri)) === JSON.stringify(expected)).catch(() => undefined);
  assert.deepEqual(shown(document.uri), expected);
  return expected;
}

const positionOf = (document, text) => document.positionAt(document.getText().indexOf(text) + 1);
const names = (symbols) => symbols.flatMap((symbol) => [symbol.name, ...names(symbol.children)]);
const setting = (key, value) =>
  vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Workspace);
async function hoverText(uri, position) {
  const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", uri, position);
  return hovers.flatMap(({ contents }) => contents.map((content) => content.value ?? content)).join("\n");
}
/** The language servers that run under this extension host. */
const servers = () => {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,comm="], { encoding: "utf8" });
  const children = table.split("\n").map((line) => line.trim().split(/\s+/));
  return children.filter(([, parent, name]) => Number(parent) === process.pid && name === "cable-lsp").map(([pid]) => pid);
};

exports.run = async function run() {
  const lines = process.env.CABLE_HOST_LINES;
  const say = (line) => fs.appendFileSync(lines, `${line}\n`);
  let failed = 0;
  const test = async (what, body) => {
    try {
      await body();
      say(`ok ${what}`);
    } catch (error) {
      failed += 1;
      say(`FAIL ${what}: ${String(error.stack).replaceAll("\n", "\n      ")}`);
    }
  };
  let broken;
  say(`VS Code ${vscode.version}`);

  // Some versions run the tests before the workspace is opened: then no file has a folder, and no setting a place. Now and
  // then it is not opened at all, and whoever started this has to start it again.
  try {
    await until(() => vscode.workspace.workspaceFolders?.length === 2, 45_000);
  } catch {
    say("no workspace");
    return;
  }

  await test("a .cable file has the language, and the server of the package runs", async () => {
    broken = await vscode.workspace.openTextDocument(uriOf("broken.cable"));
    await vscode.window.showTextDocument(broken);
    assert.equal(broken.languageId, "cable");
    await until(() => servers().length === 1);
    const program = fs.readlinkSync(`/proc/${servers()[0]}/exe`);
    assert.match(program, /extensions\/cable-lsp\.cable-.*\/server\/cable-lsp$/);
  });
  await test("diagnostics are those of the command line, in the same places", async () => {
    const expected = await agrees(broken);
    assert.ok(expected.includes("CLS005 11:1"), expected.join(", "));
  });
  await test("a diagnostic's code opens its explanation", async () => {
    const [diagnostic] = vscode.languages.getDiagnostics(broken.uri).filter((one) => codeOf(one) === "CLS005");
    assert.equal(diagnostic.code.target.scheme, "command");
    assert.equal(diagnostic.code.target.path, "cable.explain");
    assert.deepEqual(JSON.parse(diagnostic.code.target.query), ["CLS005"]);
    const rule = await vscode.workspace.openTextDocument(vscode.Uri.parse("cable-rule:/CLS005.md"));
    assert.equal(rule.languageId, "markdown");
    assert.match(rule.getText(), /^##? CLS005 misspelt-caption\n/);
    const page = await vscode.commands.executeCommand("markdown.api.render", rule);
    assert.match(page, /<h[12][^>]*>CLS005 misspelt-caption<\/h[12]>/);
    assert.match(page, /<pre><code/);
  });
  await test("the outline is a tree of headings and paragraphs", async () => {
    const symbols = await vscode.commands.executeCommand("vscode.executeDocumentSymbolProvider", broken.uri);
    const all = names(symbols);
    assert.ok(all.includes("RUNWAY LIGHTS"), all.join(" | "));
    const heading = (function find(list) {
      return list.find(({ name }) => name === "RUNWAY LIGHTS") ?? list.map(({ children }) => find(children)).find(Boolean);
    })(symbols);
    assert.ok(heading.children.length >= 2, names([heading]).join(" | "));
  });
  await test("hover says what a TAG and a routing indicator mean", async () => {
    assert.match(await hoverText(broken.uri, positionOf(broken, "KZ](#)")), /Kazakhstan/);
    assert.match(await hoverText(broken.uri, positionOf(broken, "RUEHTA #")), /ASTANA/);
  });
  await test("a folder of the workspace has its own settings", async () => {
    const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[1].uri, "broken.cable");
    const second = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(second);
    const expected = checked(second.getText()).filter((one) => !one.startsWith("CLS005"));
    await until(() => JSON.stringify(shown(uri)) === JSON.stringify(expected)).catch(() => undefined);
    assert.deepEqual(shown(uri), expected);
    assert.ok(shown(broken.uri).some((one) => one.startsWith("CLS005")));
  });
  await test("a setting counts at once, and its default stays the server's", async () => {
    await vscode.window.showTextDocument(broken);
    await setting("cable.ignore", ["CLS005"]);
    await until(() => shown(broken.uri).every((one) => !one.startsWith("CLS005")));
    await setting("cable.ignore", undefined);
    await agrees(broken);
  });
  await test("a settings file that is written counts at once", async () => {
    const file = uriOf("cable-lsp.toml").fsPath;
    fs.writeFileSync(file, 'ignore = ["CLS005"]\n');
    await until(() => shown(broken.uri).every((one) => !one.startsWith("CLS005")));
    fs.unlinkSync(file);
    await agrees(broken);
  });
  await test("a TAG is completed from its meaning", async () => {
    const text = fs.readFileSync(uriOf("clean.cable").fsPath, "utf8").replace("SENV KZ", "SENV kazakh");
    const document = await vscode.workspace.openTextDocument({ language: "cable", content: text });
    const at = document.positionAt(text.indexOf("kazakh") + 6);
    const offered = await until(async () => {
      const list = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", document.uri, at);
      return list.items.find(({ label }) => (label.label ?? label) === "KZ");
    });
    // The editor filters by this text: the word that was typed must begin it, or stand in it.
    assert.match(String(offered.filterText ?? offered.label).toLowerCase(), /kazakh/);
  });
  await test("a quick fix removes one problem, and the file is saved with it", async () => {
    const at = positionOf(broken, "STPDIS");
    // While the cable is read anew the server has nothing to offer.
    const actions = await until(async () => {
      const offered = await vscode.commands.executeCommand(
        "vscode.executeCodeActionProvider", broken.uri, new vscode.Range(at, at), vscode.CodeActionKind.QuickFix.value, 50,
      );
      return offered.length > 0 && offered;
    });
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes("Explain CLS005 (misspelt-caption)") && titles.some((title) => /^Apply all safe fixes/.test(title)), titles.join(" | "));
    assert.equal(titles.filter((title) => title.startsWith("Explain")).length, 1, titles.join(" | "));
    const action = actions.find(({ title }) => title === "Write SIPDIS");
    assert.ok(action, actions.map(({ title }) => title).join(" | "));
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.ok(await broken.save());
    const saved = fs.readFileSync(broken.uri.fsPath, "utf8");
    assert.match(saved, /^SIPDIS$/m);
    assert.doesNotMatch(saved, /STPDIS/);
    await agrees(broken);
  });
  await test("Repair This Cable does what --fix does", async () => {
    const copy = path.join(folder().fsPath, "copy.cable");
    fs.writeFileSync(copy, broken.getText());
    execFileSync(binary, ["check", "--fix", "--exit-zero", copy]);
    await vscode.window.showTextDocument(broken);
    await vscode.commands.executeCommand("cable.repair");
    await until(() => broken.getText() === fs.readFileSync(copy, "utf8")).catch(() => undefined);
    assert.equal(broken.getText(), fs.readFileSync(copy, "utf8"));
    await agrees(broken);
    fs.unlinkSync(copy);
    await broken.save();
  });
  await test("what was fixed is underlined no more", async () => {
    const left = shown(broken.uri).map((one) => one.split(" ")[0]);
    for (const code of ["CLS005", "TXT001", "TXT003", "TXT004", "TXT005", "TXT006", "HDR013", "PAR006"]) {
      assert.ok(!left.includes(code), left.join(", "));
    }
  });
  await test("source.fixAll.cable on save", async () => {
    await setting("editor.codeActionsOnSave", { "source.fixAll.cable": "explicit" });
    const clean = await vscode.workspace.openTextDocument(uriOf("clean.cable"));
    const editor = await vscode.window.showTextDocument(clean);
    const before = clean.getText();
    const at = clean.getText().indexOf("SIPDIS");
    await editor.edit((edit) => edit.replace(new vscode.Range(clean.positionAt(at), clean.positionAt(at + 6)), "STPDIS"));
    // At once: what the editor saves by itself after a while is saved without these actions.
    assert.ok(await clean.save());
    assert.equal(fs.readFileSync(clean.uri.fsPath, "utf8"), before);
    await setting("editor.codeActionsOnSave", undefined);
  });
  await test("an unsaved cable is checked", async () => {
    const untitled = await vscode.workspace.openTextDocument({ language: "cable", content: broken.getText().replace("SIPDIS", "STPDIS") });
    await vscode.window.showTextDocument(untitled);
    await until(() => shown(untitled.uri).some((one) => one.startsWith("CLS005")));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });
  await test("New Cable starts one, without a question where the command says what it is about", async () => {
    await vscode.commands.executeCommand("cable.newCable", {});
    const { document } = await until(() => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.isUntitled && editor.document.getText() !== "" ? editor : undefined;
    });
    assert.equal(document.languageId, "cable");
    assert.match(document.getText(), /^SUBJECT: /m);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });
  await test("New Cable writes what it is told, where the server takes that", async () => {
    const unsaved = () => vscode.workspace.textDocuments.filter(({ isUntitled, languageId }) => isUntitled && languageId === "cable").length;
    const before = unsaved();
    await vscode.commands.executeCommand("cable.newCable", { nonsense: true });
    const takesWhatItIsTold = unsaved() === before;
    await vscode.commands.executeCommand("cable.newCable", { post: "ASTANA", subject: "A ROAD", tags: ["PREL", "KZ"] });
    const text = vscode.window.activeTextEditor.document.getText();
    assert.match(text, /^SUBJECT: /m);
    if (takesWhatItIsTold) assert.match(text, /^SUBJECT: A ROAD$/m);
    else say("an older server: it writes places to fill in");
    while (vscode.window.activeTextEditor?.document.isUntitled) {
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  });
  await test("what is typed into a cable is not changed, whatever the editor does elsewhere", async () => {
    const settings = vscode.workspace.getConfiguration("editor", { languageId: "cable" });
    for (const [key, value] of Object.entries({
      acceptSuggestionOnEnter: "off", autoIndent: "none", autoClosingBrackets: "never", autoClosingQuotes: "never",
      colorDecorators: false, "bracketPairColorization.enabled": false, "guides.indentation": false,
      "stickyScroll.enabled": false,
    })) {
      assert.equal(settings.get(key), value, key);
    }
    const { contributes } = vscode.extensions.getExtension("cable-lsp.cable").packageJSON;
    assert.equal(contributes.snippets, undefined);
  });
  await test("the reading as JSON opens beside the cable", async () => {
    await vscode.window.showTextDocument(broken);
    await vscode.commands.executeCommand("cable.exportJson");
    const json = await until(() => vscode.workspace.textDocuments.find(({ languageId, isUntitled }) => languageId === "json" && isUntitled));
    const [reading] = JSON.parse(json.getText());
    assert.equal(reading.mrn, "ASTANA 001208");
    await vscode.commands.executeCommand("workbench.action.closeOtherEditors");
  });
  await test("the syntax tree opens beside the cable", async () => {
    await vscode.window.showTextDocument(broken);
    await vscode.commands.executeCommand("cable.showSyntaxTree");
    const tree = await until(() => vscode.workspace.textDocuments.find(({ languageId, isUntitled }) => languageId === "plaintext" && isUntitled));
    assert.match(tree.getText(), /ASTANA/);
    await vscode.commands.executeCommand("workbench.action.closeOtherEditors");
  });
  await test("Renumber Paragraphs counts them anew", async () => {
    const text = fs.readFileSync(uriOf("clean.cable").fsPath, "utf8").replace("3. (U)", "5. (U)").replace("4. (SBU)", "6. (SBU)");
    const document = await vscode.workspace.openTextDocument({ language: "cable", content: text });
    await vscode.window.showTextDocument(document);
    await until(() => shown(document.uri).length > 0);
    await vscode.commands.executeCommand("cable.renumber");
    await until(() => document.getText().includes("\n4. (SBU)")).catch(() => undefined);
    assert.match(document.getText(), /^3\. \(U\)/m);
    assert.match(document.getText(), /^4\. \(SBU\)/m);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });
  await test("references lead along the archive", async () => {
    const cable = (serial, day, references) => `P ${day}0826Z SEP 06\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n\nUNCLAS ASTANA ${String(serial).padStart(6, "0")}\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: GRAIN ${serial}\n${references}\n1. Text.\n\nDOE\n`;
    const archive = path.join(folder().fsPath, "archive");
    fs.mkdirSync(archive, { recursive: true });
    const write = (serial, day, references) => fs.writeFileSync(path.join(archive, `06ASTANA${serial}.cable`), cable(serial, day, references));
    write(10, "09", "");
    write(30, "17", "\nREF: ASTANA 20\n");
    write(20, "14", "\nREF: A. ASTANA 10\n     B. ASTANA 25\n");
    const document = await vscode.workspace.openTextDocument(uriOf("archive/06ASTANA20.cable"));
    await vscode.window.showTextDocument(document);
    const ask = (command, text) => vscode.commands.executeCommand(command, document.uri, positionOf(document, text));
    const leadsTo = async (text, name) => {
      let found;
      await until(async () => {
        found = (await ask("vscode.executeDefinitionProvider", text)).map(({ uri, targetUri }) => path.basename((uri ?? targetUri).path));
        return found.includes(name);
      }).catch(() => assert.deepEqual(found, [name]));
    };
    await leadsTo("ASTANA 10", "06ASTANA10.cable");
    const citing = await ask("vscode.executeReferenceProvider", "GRAIN");
    assert.deepEqual(citing.map(({ uri, range }) => `${path.basename(uri.path)}:${range.start.line}`), ["06ASTANA30.cable:10"]);
    assert.match(await hoverText(document.uri, positionOf(document, "ASTANA 25")), /between .06ASTANA20. \(14 Sep\) and .06ASTANA30. \(17 Sep\)/);
    const [item] = await ask("vscode.prepareCallHierarchy", "Text.");
    assert.equal(item.name, "06ASTANA20");
    const incoming = await vscode.commands.executeCommand("vscode.provideIncomingCalls", item);
    const outgoing = await vscode.commands.executeCommand("vscode.provideOutgoingCalls", item);
    assert.deepEqual([incoming[0].from.name, outgoing[0].to.name], ["06ASTANA30", "06ASTANA10"]);
    const symbols = await vscode.commands.executeCommand("vscode.executeWorkspaceSymbolProvider", "06ASTANA3");
    assert.deepEqual(symbols.map(({ name }) => name), ["06ASTANA30 GRAIN 30"]);
    // From outside, while it is open.
    write(25, "15", "");
    await leadsTo("ASTANA 25", "06ASTANA25.cable");
    await vscode.commands.executeCommand("cable.nextOfPost");
    await until(() => vscode.window.activeTextEditor?.document.uri.path.endsWith("06ASTANA25.cable"));
    await vscode.commands.executeCommand("cable.thread");
    await until(() => vscode.workspace.textDocuments.some((one) => /^06ASTANA25 .*\n.*cited by  06ASTANA20/.test(one.getText())));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    fs.rmSync(archive, { recursive: true });
  });
  await test("Restart Server ends one and starts another", async () => {
    const [before] = servers();
    await vscode.commands.executeCommand("cable.restartServer");
    await until(() => servers().length === 1 && servers()[0] !== before);
    await agrees(broken);
  });
  await test("a server that dies comes back", async () => {
    const [before] = servers();
    process.kill(Number(before), "SIGKILL");
    await until(() => servers().length === 1 && servers()[0] !== before);
    await agrees(broken);
  });
  await test("a text file that reads as a cable is opened as one; a letter is not", async () => {
    await setting("cable.detect-text-files", "on");
    const letter = await vscode.workspace.openTextDocument(uriOf("letter.txt"));
    await vscode.window.showTextDocument(letter);
    const cable = await vscode.workspace.openTextDocument(uriOf("harare.txt"));
    await until(() => cable.languageId === "cable" || vscode.workspace.textDocuments.some(({ uri, languageId }) => uri.path === cable.uri.path && languageId === "cable"));
    // Files are looked at in the order in which they were opened.
    assert.equal(letter.languageId, "plaintext");
    await setting("cable.detect-text-files", undefined);
  });
  await test("words are what a person would take for one", async () => {
    const text = "E.O. 12958: DECL (S/NF) #2541/01 RUEHC/SECSTATE 1.4 (b) O'MARA N/A";
    const document = await vscode.workspace.openTextDocument({ language: "cable", content: text });
    const word = (at) => document.getText(document.getWordRangeAtPosition(document.positionAt(text.indexOf(at) + 1)));
    assert.equal(word("E.O."), "E.O.");
    assert.equal(word("S/NF"), "S/NF");
    assert.equal(word("#2541"), "#2541/01");
    assert.equal(word("RUEHC"), "RUEHC");
    assert.equal(word("SECSTATE"), "SECSTATE");
    assert.equal(word("1.4"), "1.4");
    assert.equal(word("O'MARA"), "O'MARA");
    assert.equal(word("N/A"), "N/A");
  });
  await test("the trace can be turned on and off while the server runs", async () => {
    await setting("cable.server.trace", "verbose");
    await vscode.window.showTextDocument(broken);
    assert.match(await hoverText(broken.uri, positionOf(broken, "RUEHTA #")), /ASTANA/);
    await setting("cable.server.trace", undefined);
    await agrees(broken);
  });
  if (failed > 0) throw new Error(`${failed} failed`);
};
