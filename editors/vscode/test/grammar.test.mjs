// The colours of cables of every era, damaged lines, and that no line is slow.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { cost, tokenize } from "./grammar.mjs";

const samples = new URL("../../../tests/samples/", import.meta.url);

/** Each line as `word<scope>`, the scope by its last word; what has none is left out. */
const shown = (text) =>
  tokenize(text).map((tokens) =>
    tokens.map(([word, scope]) => (scope ? `${word.trim()}<${scope.split(".").at(-1)}>` : "")).filter(Boolean).join(" "),
  );

/** Each sample, and what its lines must show, in order. */
const ERAS = {
  "era-p-page-lines.cable": [
    "LIMITED OFFICIAL USE<classification>",
    "PAGE 01 LAGOS 02217 041533Z<page>",
    "ACTION<envelope> AF<office> 18<copies>",
    "---------------------<dashes> 091144<time>",
    "R<precedence> 041445Z MAR 75<time>",
    "FM<envelope> AMEMBASSY LAGOS<address>",
    "TO<envelope> SECSTATE WASHDC<address> 3349<serial>",
    "LIMITED OFFICIAL USE<classification> LAGOS<post> 02217<serial>",
    "E.O.<header> 11652<order> :<separator> N/A<declassification>",
    "TAGS<header> :<separator> EWWT<tag> ETRD<tag> NI<tag>",
    "SUBJ<header> :<separator> CEMENT SHIPS WAITING OFF THE HARBOR<subject>",
    "REF<header> :<separator> STATE 044120<reference>",
    "1.<paragraph>",
    "PAGE 02 LAGOS 02217 041533Z<page>",
    "2.<paragraph>",
    "NNN<envelope>",
  ],
  "era-q-entire-text.cable": [
    "O<precedence> 141015Z FEB 84<time>",
    "TO<envelope> SECSTATE WASHDC<address> IMMEDIATE<precedence> 2290<serial>",
    "C O N F I D E N T I A L<classification> CAIRO<post> 04417<serial>",
    "E.O.<header> 12356<order> :<separator> DECL: OADR<declassification>",
    "1.<paragraph> (C - ENTIRE TEXT)<portion-mark>",
  ],
  "era-r-section.cable": [
    "CONFIDENTIAL     PTQ1001<classification>",
    "PAGE 01        HARARE  04410  01 OF 02  181402Z<page>",
    "C O N F I D E N T I A L<classification> SECTION<header> 01 OF 02<section> HARARE<post> 004410<serial>",
    "SIPDIS<caption>",
    "LONDON FOR JOHN EXAMPLE<handling>",
    "CLASSIFIED BY<header> REASONS<header> 1.5 (B) AND (D)<reason>",
    "SUMMARY<heading>",
    "-------<rule>",
    "END SUMMARY<block>",
    "3.<paragraph> (C)<portion-mark> COMMENT<block> END COMMENT<block>",
  ],
  "era-c-clean.cable": [
    "VZCZC<envelope> XRO<channel> 4410<serial>",
    "RR<precedence> RUEHAST<routing-indicator>",
    "DE<envelope> RUEHTA<routing-indicator> #1207/01<serial> 1790934<time>",
    "ZNR<envelope> UUUUU<classification> ZZH<envelope>",
    "RUEHVEN<routing-indicator> /<separator> USMISSION USOSCE<address> 1712<serial>",
    "STATE FOR SCA/CEN, EUR/RPM<handling>",
    "SUBJECT<header> :<separator> KAZAKHSTAN: LAKE COMMISSION MEETS FOR THE FIRST TIME IN<subject>",
    "THREE YEARS<subject>",
    "REF<header> :<separator> A.<reference-letter> ASTANA 998<reference>",
    "B.<reference-letter> 06 ALMATY 4211<reference>",
    "OLD MAPS, NEW NUMBERS<heading>",
    "ASTANA 00001207  002 OF 002<page>",
    "septel<reference> ref B<reference>",
  ],
  "era-c-broken.cable": [
    "TAGS<header> [<residue> PREL<tag> ](#)<residue> [<residue> EAIR<tag> ](#)<residue> [<residue> ECOMN<tag> ](#)<residue> [<residue> KZ<tag> ](#)<residue>",
    "[1](#)<residue> B.<reference-letter> ASTANA 1002<reference>",
    "11.<paragraph> (SBU)<portion-mark> Summary<block> ref A<reference> End summary<block>",
    "-<residue> 12.<paragraph> (SBU)<portion-mark>",
    "[1](#)<residue> 3.<paragraph> (SBU)<portion-mark>",
    "$\\P<residue> 4<paragraph> $.<residue> (SBU)<portion-mark>",
    "I6.<paragraph> (SBU)<portion-mark> Comment<block> End comment<block>",
  ],
  "era-c-extract.cable": [
    "This record is a partial extract of the original cable. The full text of the original cable is not available.<notice>",
    "E.O.<header> 12958<order> :<separator> DECL: 05/02/2014<declassification>",
    "A Million Apple Trees<heading>",
    "¶<pilcrow> 2.<paragraph> (C)<portion-mark>",
    "NNNN<envelope>",
  ],
  "era-m-smart.cable": [
    "MRN<header> :<separator> 12 ASTANA 123<address>",
    "Subject<header> :<separator> First Ducks Back on the Lake<subject>",
    "Reference<header> :<separator> 12 STATE 345<reference>",
    "1.<paragraph> Summary<block> End summary<block>",
  ],
};

test("there is an expectation for every sample", () => {
  assert.deepEqual(Object.keys(ERAS).sort(), readdirSync(samples).sort());
});

for (const [name, expected] of Object.entries(ERAS)) {
  test(name, () => {
    const lines = shown(readFileSync(new URL(name, samples), "utf8"));
    for (const line of expected) assert.ok(lines.includes(line), `${line}\nis not among\n${lines.join("\n")}`);
  });
}

test("damaged markers keep their number and mark", () => {
  const forms = {
    "17. (C) Text": "17.<paragraph> (C)<portion-mark>",
    "¶7. (SBU) Text": "¶<pilcrow> 7.<paragraph> (SBU)<portion-mark>",
    "[¶](#par7)7. (U) Text": "[¶](#par7)<residue> 7.<paragraph> (U)<portion-mark>",
    "$\\P7$. (S/NF) Text": "$\\P<residue> 7<paragraph> $.<residue> (S/NF)<portion-mark>",
    "§7. (C) Text": "§<residue> 7.<paragraph> (C)<portion-mark>",
    "ll. (C) Text": "ll.<paragraph> (C)<portion-mark>",
    "1O. (C) Text": "1O.<paragraph> (C)<portion-mark>",
    "7 (C) Text": "7<paragraph> (C)<portion-mark>",
    "7) (C) Text": "7)<paragraph> (C)<portion-mark>",
    "7.(C) Text": "7.<paragraph> (C)<portion-mark>",
    "7. [C] Text": "7.<paragraph> [C]<portion-mark>",
    "7. C) Text": "7.<paragraph> C)<portion-mark>",
    "7. (C Text": "7.<paragraph> (C<portion-mark>",
    "(C) 7. Text": "(C)<portion-mark> 7.<paragraph>",
    "- ¶7. (C) Text": "-<residue> ¶<pilcrow> 7.<paragraph> (C)<portion-mark>",
    "2. (S//REL to USA, ACGU) Text": "2.<paragraph> (S//REL to USA, ACGU)<portion-mark>",
  };
  for (const [line, expected] of Object.entries(forms)) assert.deepEqual(shown(line), [expected], line);
});

test("what only looks like a marker is none", () => {
  for (const line of ["1.4 (b) and (d)", "1961 was a dry year.", "I. M. Example wrote it.", "7 of them came."]) {
    assert.ok(!shown(line)[0].includes("<paragraph>"), shown(line)[0]);
  }
});

test("damaged header lines keep their fields", () => {
  const forms = {
    "UNCLAS SECTION 01 0F 02 ASTANA 002541": "UNCLAS<classification> SECTION<header> 01 0F 02<section> ASTANA<post> 002541<serial>",
    "SECRET//NOFORN KABUL 000693 \\": "SECRET<classification> //NOFORN<caption> KABUL<post> 000693<serial>",
    "C O N F I D E N T I A L STATE 000284 SIPDIS E.O. 12958: DECL: 01/04/2020 TAGS: MASS, IZ":
      "C O N F I D E N T I A L<classification> STATE<post> 000284<serial> E.O.<header> 12958<order> :<separator> DECL: 01/04/2020<declassification> TAGS<header> :<separator> MASS<tag> IZ<tag>",
    "EO 12958 DECL: 09/21/10": "EO<header> 12958<order> DECL: 09/21/10<declassification>",
    "E.0. 12356: N/A": "E.0.<header> 12356<order> :<separator> N/A<declassification>",
    "TAGS/ PBOR, EFIS, JA": "TAGS<header> /<separator> PBOR<tag> EFIS<tag> JA<tag>",
    "TAGS: OVIP (CLINTON, HILLARY), PREL": "TAGS<header> :<separator> OVIP<tag> (CLINTON, HILLARY)<person> PREL<tag>",
    "REF: (A) 06 ASTANA 121 (NOTAL)":
      "REF<header> :<separator> (A)<reference-letter> 06 ASTANA 121<reference> (NOTAL)<caption>",
    "P R 041820Z JAN 10": "P<precedence> R<precedence> 041820Z JAN 10<time>",
    "TORUEHC/SECSTATE WASHDC PRIORITY 8009":
      "TO<envelope> RUEHC<routing-indicator> /<separator> SECSTATE WASHDC<address> PRIORITY<precedence> 8009<serial>",
  };
  for (const [line, expected] of Object.entries(forms)) assert.deepEqual(shown(line), [expected], line);
});

test("a subject ends where the next field begins", () => {
  const lines = shown("SUBJECT: A LAKE\nAND ITS SHORE\nREF: ASTANA 1\n\n1. (U) Text");
  assert.deepEqual(lines.slice(1, 3), ["AND ITS SHORE<subject>", "REF<header> :<separator> ASTANA 1<reference>"]);
});

// A clock depends on the machine, a ratio does not: eight times the text may cost eight times as much, and no more than
// a busy machine adds to that. A megabyte takes about a second at most.
test("no line costs more than its length", () => {
  const units = {
    prose: ["1. (SBU) ", "The director said that prices rise. "],
    capitals: ["1. (C) ", "THE MILLERS WILL NOT RAISE THE PRICE "],
    "no paragraph": ["", "The director said that prices rise. "],
    "one word": ["", "A"],
    "a blank": ["", " ", "x"],
    "a rule": ["", "-", "x"],
    "an addressee": ["INFO A", " ", "x"],
    subject: ["SUBJECT: ", "A LAKE "],
    references: ["REF: ", "ASTANA TEL AVIV "],
    offices: ["", "STATE "],
    "opened marks": ["1. ", "(C/"],
    tags: ["TAGS: ", "[PREL](#) "],
  };
  const line = ([head, unit, tail = ""], length) => head + unit.repeat(Math.ceil(length / unit.length)) + tail;
  for (const [name, parts] of Object.entries(units)) {
    for (const before of [[], ["UNCLAS ASTANA 002541"]]) {
      const eighth = Math.max(cost(before, line(parts, 2 ** 17)), 5);
      const whole = cost(before, line(parts, 2 ** 20));
      assert.ok(whole < 24 * eighth, `${name}, after ${before.length} lines: ${whole} ms, an eighth of it ${eighth} ms`);
    }
  }
});
