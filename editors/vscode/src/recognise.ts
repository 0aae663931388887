// Whether a text reads as a cable, from its first lines alone.

/** How far to look: an extract has its notice first, a page of the 1970s its distribution. */
const LINES = 60;

/** Lines that stand in a cable and hardly anywhere else. One of them is enough. */
const SIGNS: readonly RegExp[] = [
  // Transmission identification: VZCZCXRO7654
  /^V?ZCZC[A-Z]{3}\d{3,4}\s*$/,
  // DE line: DE RUEHTA #2541/01 2570826
  /^DE R[A-Z]{3,7} #?\d{4}(?:\/\d{2})? [0-3]\d{6}Z?\s*$/,
  // Classification line with a reference number: C O N F I D E N T I A L SECTION 01 OF 04 ASTANA 000605
  /^(?:UNCLAS(?:SIFIED)?|LIMITED OFFICIAL USE|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T)(?: E ?F ?T ?O|\/\/?[A-Z ]+)?(?: SECTION \d{1,2} [Oo][Ff] \d{1,2})? +[A-Z][A-Z .'-]{2,24} \d{4,6}\b/,
  // Page line: PAGE 01 STATE 150591
  /^PAGE \d{2} +[A-Z][A-Z .'-]*? +\d{4,6}\b/,
  /^This record is a partial extract of the original cable\./,
  /^MRN: \d{2} [A-Z][A-Z .'-]* \d{1,6}\s*$/,
];

export function readsAsCable(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/, LINES);
  return lines.some((line) => line.length < 200 && SIGNS.some((sign) => sign.test(line)));
}
