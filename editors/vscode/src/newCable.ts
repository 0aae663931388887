// A new cable: asks what cannot be computed, or takes it from the cable that is answered; the server writes the text.

import {
  type Disposable,
  type QuickInput,
  QuickInputButtons,
  type QuickPickItem,
  SnippetString,
  type TextDocument,
  window,
  workspace,
} from "vscode";

import type { Session } from "./session";

/** What the server is told. Each part may be missing; what it cannot know gets a place to fill in. */
export interface About {
  post?: string;
  classification?: string;
  precedence?: string;
  addressees?: string[];
  subject?: string;
  tags?: string[];
  references?: string[];
  /** The address of the open cable that is answered. */
  answers?: string;
}

/** Where no server can be asked: the lines of a short cable, to be filled in. */
const WITHOUT_SERVER = [
  "${1|R,P,O,Z|} ${2:010000}Z ${3|JAN,FEB,MAR,APR,MAY,JUN,JUL,AUG,SEP,OCT,NOV,DEC|} ${4:10}",
  "FM ${5:AMEMBASSY} ${6:ASTANA}",
  "TO RUEHC/SECSTATE WASHDC ${7:0001}",
  "BT",
  "UNCLAS ${6} ${8:000001}",
  "",
  "SIPDIS",
  "",
  "E.O. 12958: N/A",
  "TAGS: ${9:PREL}",
  "SUBJECT: ${10:SUBJECT}",
  "",
  "1. (U) $0",
  "",
].join("\n");

interface Question {
  readonly part: "post" | "classification" | "precedence" | "addressees" | "subject" | "tags" | "references";
  readonly prompt: string;
  readonly example?: string;
  readonly choices?: readonly string[];
  /** What stands between the entries of one answer. */
  readonly between?: RegExp;
}

const QUESTIONS: readonly Question[] = [
  { part: "post", prompt: "Who sends it?", example: "ASTANA, or AMEMBASSY ASTANA" },
  {
    part: "classification",
    prompt: "How is it classified?",
    choices: ["UNCLASSIFIED", "SBU", "CONFIDENTIAL", "SECRET", "TOP SECRET", "LIMITED OFFICIAL USE"],
  },
  { part: "precedence", prompt: "How urgent is it?", choices: ["ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH"] },
  {
    part: "addressees",
    prompt: "To whom? Commas between them; INFO before those who are only told of it",
    example: "SECSTATE WASHDC, TASHKENT PRIORITY, INFO MOSCOW",
    between: /,/,
  },
  { part: "subject", prompt: "What is its subject?", example: "KAZAKHSTAN: NOTES ON A ROAD" },
  { part: "tags", prompt: "Which TAGS?", example: "PREL ECON KZ, or Kazakhstan", between: /[,\s]/ },
  { part: "references", prompt: "Which cables does it refer to? Commas between them", example: "06 MOSCOW 121, STATE 4567", between: /,/ },
];

/** A command may say what the cable is about, `{}` for nothing; without, the person is asked. */
export async function newCable(session: Session, given?: unknown): Promise<void> {
  const about = typeof given === "object" && given !== null ? (given as About) : await askAll(cableInFront());
  if (about === undefined) return;
  const said = Object.keys(about).length > 0;
  // It may be the first cable of this window.
  if (session.status.kind === "stopped") await session.start();
  const asked = session.execute("cable.newCable", ...(said ? [about] : []));
  // Where a server runs, its objection is worth more than a text that ignores the answers.
  const answer = (await (session.status.kind === "failed" ? asked.catch(() => undefined) : asked)) as
    | { text: string; snippet: string | null }
    | null
    | undefined;
  const editor = await window.showTextDocument(await workspace.openTextDocument({ language: "cable" }));
  // A text without places to fill in is put in as it is: a dollar in it is a dollar.
  const text = answer && answer.snippet === null ? new SnippetString().appendText(answer.text) : undefined;
  await editor.insertSnippet(text ?? new SnippetString(answer?.snippet ?? WITHOUT_SERVER));
}

function cableInFront(): TextDocument | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === "cable" && /\S/.test(document.getText()) ? document : undefined;
}

/** What the person says; undefined when they leave. */
async function askAll(front: TextDocument | undefined): Promise<About | undefined> {
  if (front !== undefined) {
    const name = front.uri.path.replace(/.*\//, "");
    const [fresh, answer] = ["A cable of its own", `An answer to ${name}`] as const;
    const choice = await window.showQuickPick([fresh, answer], { title: "New Cable", placeHolder: "What shall it be?" });
    if (choice === undefined) return undefined;
    if (choice === answer) return { answers: front.uri.toString() };
  }
  const answers: string[] = [];
  while (answers.length < QUESTIONS.length) {
    const step = answers.length;
    const answer = await ask(QUESTIONS[step]!, step);
    if (answer === undefined) return undefined;
    if (answer === BACK) answers.pop();
    else answers.push(answer);
  }
  return Object.fromEntries(
    QUESTIONS.map(({ part, between }, step) => {
      const answer = answers[step]!.trim();
      return [part, between === undefined ? answer : answer.split(between).map((one) => one.trim()).filter((one) => one !== "")] as const;
    }).filter(([, answer]) => answer.length > 0),
  );
}

const BACK = Symbol("back");

function ask({ prompt, example, choices }: Question, step: number): Promise<string | typeof BACK | undefined> {
  return new Promise((resolve) => {
    const picking = choices && window.createQuickPick();
    const input = picking ?? window.createInputBox();
    const listeners: Disposable[] = [];
    const close = (answer: string | typeof BACK | undefined): void => {
      resolve(answer);
      listeners.forEach((listener) => listener.dispose());
      input.dispose();
    };
    const common: Partial<QuickInput> = { title: "New Cable", step: step + 1, totalSteps: QUESTIONS.length, ignoreFocusOut: true };
    Object.assign(input, common, { buttons: step > 0 ? [QuickInputButtons.Back] : [] });
    if (picking) {
      picking.placeholder = prompt;
      picking.items = (choices ?? []).map((label): QuickPickItem => ({ label }));
      listeners.push(picking.onDidAccept(() => close(picking.selectedItems[0]?.label ?? "")));
    } else {
      Object.assign(input, { prompt: `${prompt} Leave it empty to fill it in later.`, placeholder: example });
      listeners.push(input.onDidAccept(() => close(input.value)));
    }
    listeners.push(
      input.onDidTriggerButton(() => close(BACK)),
      input.onDidHide(() => close(undefined)),
    );
    input.show();
  });
}
