// Writes syntaxes/cable.tmLanguage.json: the colours of a cable before the server answers.
//   node scripts/grammar.mjs          writes it
//   node scripts/grammar.mjs --check  fails if it is not what this file says
//
// A grammar sees one line at a time and does not count. So it colours shapes, damaged ones too, and leaves to the server
// what depends on neighbours. The shapes are those of FORMAT.md, "Envelope", "Header", "Paragraph markers", in their loose
// form. No pattern may run away on a long line: a repetition that something else can follow is bounded, and no repetition
// holds another of the same characters. The tests hold it to a second for a megabyte.

import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../syntaxes/cable.tmLanguage.json", import.meta.url);
const r = String.raw;

const ROUTING_INDICATOR = r`R[A-Z]{3,7}`;
const LEVEL = r`(?:UNCLAS(?:SIFIED)?|Unclas|LIMITED OFFICIAL USE|C{0,2} ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|T ?O ?P {1,3}S ?E ?C ?R ?E ?T|S ?E ?C ?R ?E ?T)`;
const MONTH = r`(?i:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)`;
// Address, precedence, serial: `SECSTATE WASHDC PRIORITY 8686`
const ADDRESSEE = r`([A-Z][A-Z0-9 .,'():/-]{0,99}?)(?: (FLASH|NIACT IMMEDIATE|IMMEDIATE(?: NIACT)?|PRIORITY|ROUTINE))?(?: (\d{1,4}(?:-\d{1,4})?))?[ \t]{0,99}$`;
const PAGE_LINE = r`[A-Z][A-Za-z.'-]{0,19}(?: [A-Z][A-Za-z.'-]{0,19}){0,3} {1,2}\d{8} {1,2}\d{3}(?:\.\d)? [Oo][Ff] \d{3}`;

const MARK_WORD = r`(?i:TS|SBU|LOU|FOUO|U|C|S|SECRET|CONFIDENTIAL|UNCLASSIFIED)`;
const MARK_INSIDE = r`[ \t]?${MARK_WORD}(?: ?/{1,2} ?[A-Za-z ,/]{1,40})?(?: ?- ?ENTIRE TEXT)?[ \t]?`;
// What is left of the pilcrow: a link, another reading of the sign, the sign.
const SIGN = r`(?:\[[1¶]\]\([^)\s]{0,40}\)|[¶§P|]|[1I]\[)`;
// Letters that recognition takes for digits count as such only before a mark.
const DIGITS = r`(?:\d[\dlIO|]{0,3}|[lIO|][\dlIO|]{0,3}(?=\.?[ \t]*\())`;
const LIST_DASH = r`[-*•][ \t]+`;
const MARKER = r`[ \t]*(?:${LIST_DASH})?(?:\$\\P\d|\(${MARK_WORD}\)[ \t]*\d{1,3}\.|${SIGN}?[ \t]?${DIGITS}(?:[.)](?:[ \t(]|[A-Z"])|[ \t]+\(${MARK_WORD}\b))`;

// Header keywords may start inside a line.
const KEYWORD = r`(?<![A-Za-z])(?:E\. ?O\. ?:? ?\d|TAGS[ \t]*[:;/]|SUBJ(?:ECT)?[ \t]*:|Subject:|(?:REF|Ref|REFTEL)[Ss]?(?:\(S\))?[ \t]*[:;]|(?i:classified by)|(?i:derived from)|Reference:)`;
// Where a header field ends: at the next keyword, or at a line that cannot continue it.
const FIELD_END = r`(?=${KEYWORD})|^(?=[ \t]*$|PAGE \d|${MARKER}|-{5,}[ \t]*$|${PAGE_LINE})`;

const CAPTION = r`(?:SIPDIS|SENSITIVE|NODIS|EXDIS|STADIS|LIMDIS|NOFORN|ORCON|PROPIN|NOCONTRACT|WNINTEL|SPECAT(?: EXCLUSIVE)?|(?:US-UK )?EYES ONLY|TERREP|PRIVACY|USSALTTWO|AIDAC|ALDAC|VISAS VIPER|MINIMIZE CONSIDERED|INFORM CONSULS|INFORM ALL STATE EMPLOYEES|(?:TOSEC|SECTO|PARTO|CAHTO|DULTE|HAKTO) \d+|(?:ROGER|DIRGEN|DS|MED|TM|AGR[EÉ]MENT|DISSENT|HR|ECON(?:OMIC)?) CHANNEL|OFFICIAL[ -]INFORMAL|C ?O ?R ?R ?E ?C ?T ?E ?D {1,3}C ?O ?P ?Y)`;
// The letter of a reference in the text.
const LETTER = r`(?:\([A-Z]\)|[A-Z](?![A-Za-z]))`;
const BLOCK = r`(?i:SUMMARY|COMMENT|NOTE|ACTION REQUEST(?:ED)?|INTRODUCTION|TEXT|QUOTE)`;

// Scopes: those that themes give to the kinds of the server's semantic tokens, so that no colour changes when it answers.
const ENVELOPE = "keyword.control.envelope";
const KEY = "keyword.control.header";
const LEVEL_WORD = "entity.name.function.decorator.classification";
const MARK = "entity.name.function.decorator.portion-mark";
const CAPTION_WORD = "entity.name.function.decorator.caption";
const INDICATOR = "variable.other.property.routing-indicator";
const ADDRESS = "entity.name.namespace.address";
const OFFICE = "entity.name.namespace.office";
const TAG = "variable.other.enummember.tag";
const PRECEDENCE = "variable.other.enummember.precedence";
const SERIAL = "constant.numeric.serial";
const TIME = "constant.numeric.time";
const NUMBER = "constant.numeric.paragraph";
const LINK = "markup.underline.link entity.name.function.reference";
const HEADING = "markup.heading entity.name.type.class.heading";
const SEPARATOR = "punctuation.separator";
const RESIDUE = "comment.block.residue";

/** Several scopes are separated by a blank, the outer first. */
const scope = (names) => names.replace(/[^ ]+/g, "$&.cable");
const one = (name, match) => ({ match, name: scope(name) });
const include = (...names) => names.map((name) => ({ include: `#${name}` }));
const captures = (...names) =>
  Object.fromEntries(
    names.map((name, index) => [index + 1, typeof name === "string" ? { name: scope(name) } : { patterns: name }]),
  );
/** A pattern whose groups have these scopes, in order; a list of patterns in place of a scope looks inside the group. */
const groups = (match, ...names) => ({ match, captures: captures(...names) });
const region = (name, begin, names, end, patterns, content) => ({
  name: scope(name),
  begin,
  beginCaptures: captures(...names),
  end,
  ...(content ? { contentName: scope(content) } : {}),
  patterns,
});

const repository = {
  envelope: {
    patterns: [
      one("comment.line.notice", r`^This record is a partial extract of the original cable\..*$`),
      // VZCZCXRO7654
      groups(r`^(V?ZCZC)([A-Z]{3})?(\d{3,4})?[ \t]*$`, ENVELOPE, "variable.other.property.channel", SERIAL),
      // RR RUEHAST
      groups(r`^(?:(ZZ|OO|PP|RR) )?(${ROUTING_INDICATOR}(?: ${ROUTING_INDICATOR})*)[ \t]*$`, PRECEDENCE, INDICATOR),
      // DE RUEHTA #2541/01 2570826
      groups(r`^(DE) (${ROUTING_INDICATOR}) (#?\d{1,4}(?:/\d{1,2})?)[ \t]+(\d{3} ?\d{4}Z?)`, ENVELOPE, INDICATOR, SERIAL, TIME),
      // ZNR UUUUU ZZH
      groups(r`^(ZN[RY]) ([A-Z]{4,6})\b(.*)$`, ENVELOPE, LEVEL_WORD, [one(ENVELOPE, r`\bZ[A-Z]{2}\d?\b`)]),
      // R 140826Z SEP 07
      groups(
        r`^(?:([ZOPR])(?: ([ZOPR]))? )?(\d{6} ?Z? ${MONTH} \d{2,4})\b(?:[ \t]+(Z[A-Z]{2}\d?)\b)?`,
        PRECEDENCE,
        PRECEDENCE,
        TIME,
        ENVELOPE,
      ),
      // The distribution block of 1973-2002: ACTION EUR-12, INFO OCT-01 ISO-00 /026 R
      groups(r`^(ORIGIN|ACTION|INFO)[ \t]+(?=[A-Z]{1,5}-\d\d\b)(.*)$`, ENVELOPE, include("office")),
      groups(r`^[ \t]*(?=[A-Z]{1,5}-\d\d[ \t])(.*)$`, include("office")),
      groups(r`^[ \t]*(-{15,})[ \t]?(.*)$`, "comment.line.dashes", TIME),
      groups(r`^(DRAFTED BY|APPROVED BY|CLEARED BY|DESIRED DISTRIBUTION)\b(.*)$`, ENVELOPE, OFFICE),
      // TO RUEHC/SECSTATE WASHDC 0680, and the addressees below
      groups(
        r`^(FM|TO|INFO|XMT)(?: |(?=${ROUTING_INDICATOR}/))(?:ZEN/)?(?:(${ROUTING_INDICATOR})(/))?${ADDRESSEE}`,
        ENVELOPE,
        INDICATOR,
        SEPARATOR,
        ADDRESS,
        PRECEDENCE,
        SERIAL,
      ),
      groups(r`^(?:ZEN/)?(${ROUTING_INDICATOR})(/)${ADDRESSEE}`, INDICATOR, SEPARATOR, ADDRESS, PRECEDENCE, SERIAL),
      groups(
        r`^(?=(?:AMEMBASSY|AMCONSUL|USMISSION|USOFFICE|USINT|SECSTATE|SECDEF)\b)${ADDRESSEE}`,
        ADDRESS,
        PRECEDENCE,
        SERIAL,
      ),
      groups(r`^(XMT|ZEN|AIG)[ /](.+)$`, ENVELOPE, ADDRESS),
      one(ENVELOPE, r`^BT[ \t]*$`),
    ],
  },
  office: {
    patterns: [
      one(OFFICE, r`\b[A-Z]{1,5}(?=-\d\d\b)`),
      one("constant.numeric.copies", r`(?<=-)\d\d\b|/\d{3}[A-Z]?(?: [A-Z])?`),
    ],
  },

  // From the classification line to the first paragraph.
  header: region(
    "meta.header",
    r`^[ \t]*(${LEVEL})((?:[ \t]*/{0,2}[ \t]*(?:E ?F ?T ?O|NOFORN|FOR OFFICIAL USE ONLY))*)(?:[ \t]*\b([A-Z]{3,8}ION)[ \t]*(\d{1,2} ?[A-Za-z0]{2} ?\d{1,2}))?[ \t]*(?!SECTION\b)([A-Z][A-Za-z .'-]{1,30}?)[ \t]+([\dOQ]{4,6})(?![\dA-Z])`,
    [LEVEL_WORD, CAPTION_WORD, KEY, "constant.numeric.section", "entity.name.function.post", "entity.name.function.serial"],
    r`^(?=${MARKER}|V?ZCZC|NNNN)`,
    include("page-line", "header-line", "caption", "handling", "rule", "heading", "inline"),
  ),
  "header-line": { patterns: include("order", "tags", "subject", "reference", "classified-by") },
  order: groups(
    r`(?<![A-Za-z])([EeB]\.? ?[O0o]\.?|EO) ?(:)? ?(\d{4,6})[ \t]*(:)?[ \t]*(N/?A\b|(?:ADS|X?GDS(?:-\d)?|[RX]DS-?\d?)\b.*|(?i:DECL|DNG)[ \t]*:?[ \t]*(?:\d{1,4}/\d{1,2}/\d{1,4}|OADR|X[1-8]\b|25X\d[A-Z-]{0,20})?|\d{1,4}/\d{1,2}/\d{1,4})?`,
    KEY,
    SEPARATOR,
    "constant.numeric.order",
    SEPARATOR,
    "variable.other.enummember.declassification",
  ),
  tags: region(
    "meta.tags",
    r`(?<![A-Za-z])(?:(TAGE?S|TAG|TABS|TGS|TAS)[ \t]*([:;,/])|^(TAGS|TAGES)(?=[ \t]))`,
    [KEY, SEPARATOR, KEY],
    FIELD_END,
    [
      // [PREL](#)
      groups(r`(\[)([A-Z][A-Z/-]{0,30})(\]\([^)\s]{0,60}\))`, RESIDUE, TAG, RESIDUE),
      // (KISSINGER, HENRY A.)
      one("variable.parameter.person", r`\([A-Z][^)]{0,80}\)`),
      one(TAG, r`\b[A-Z][A-Z0-9]*(?:[-/][A-Z0-9]+)*\b`),
    ],
  ),
  subject: region(
    "meta.subject",
    r`(?<![A-Za-z])(SUBJECT|SUBJ|Subject|UBJECT)[ \t]*(:)`,
    [KEY, SEPARATOR],
    FIELD_END,
    include("portion-mark"),
    "markup.heading string.unquoted.subject",
  ),
  reference: region(
    "meta.reference",
    r`(?<![A-Za-z])((?:REF|Ref|REFTEL|RefTel|Reference)[Ss]?(?:\(S\))?)[ \t]*([:;])`,
    [KEY, SEPARATOR],
    FIELD_END,
    [
      one(RESIDUE, r`\[[1¶]\]\([^)\s]{0,40}\)|¶`),
      one("entity.name.function.reference-letter", r`(?<![A-Za-z0-9])(?:[A-Z][.):](?=[ \t]*[A-Z0-9'])|\([A-Z]\)|\[[A-Z]\])`),
      one(CAPTION_WORD, r`\(?\bNOTAL\b\)?`),
      one(
        LINK,
        r`\b(?:(?:19|20)?\d\d )?[A-Z][A-Za-z.'-]{1,19}(?: [A-Z][A-Za-z.'-]{1,19}){0,3} #?\d{1,6}\b(?: ?\(\d{2,4}\))?`,
      ),
    ],
  ),
  "classified-by": region(
    "meta.classified-by",
    r`(?<![A-Za-z])((?i:classified by|derived from|reasons?(?= ?:)))[ \t]*(:)?`,
    [KEY, SEPARATOR],
    FIELD_END,
    [
      // 1.4 (b) and (d)
      one(
        "variable.other.enummember.reason",
        r`\b1[.,] ?[2-6]\b(?:[ \t]*\(?[a-hA-H]\)?(?:[ \t]*(?:,|(?i:and)|&|/|\+)[ \t]*\(?[a-hA-H]\)?)*(?![A-Za-z]))?`,
      ),
      one(KEY, r`\b(?i:reasons?)\b`),
    ],
  ),
  // The labelled fields of 2010 and later: `From: AMEMBASSY ASTANA`
  "smart-label": groups(
    r`^(MRN|Date/DTG|From|Action|Info|E\.O\.|DECL|Captions|Pass Line|Signature)(:)[ \t]*(.*)$`,
    KEY,
    SEPARATOR,
    ADDRESS,
  ),
  caption: groups(
    r`^[ \t]*(${CAPTION}(?:[,/ ]+(?:SIPDIS|SENSITIVE|NOFORN|NODIS|EXDIS|STADIS|LIMDIS))*)\b`,
    CAPTION_WORD,
  ),
  // STATE FOR SCA/CEN, EUR/RPM
  handling: one(
    "entity.name.function.decorator.handling",
    r`^(?:(?:PLEASE )?PASS(?: TO)? .+|(?:[A-Z][A-Z0-9/]{0,19}[, ]{1,3}){1,6}?(?:ALSO )?(?:FOR|PLEASE PASS|PASS(?: TO)?) [A-Z].*|[A-Z]+/[A-Z/]+(?: ?\([^)]{0,60}\))?(?:,.*)?)$`,
  ),
  "page-line": {
    patterns: [
      // ASTANA 00002541 002 OF 002, also within a line
      one("comment.line.page", r`(?:^|(?<=[ \t]))${PAGE_LINE}`),
      // PAGE 02 RIYADH 00905 01 OF 03 060018Z
      one(
        "comment.line.page",
        r`^[ \t]*PAGE \d{1,2}[ \t]+[A-Z][A-Z .'-]{0,30}?[ \t]+\d{4,6}(?:[ \t]+\d\d OF \d\d)?(?:[ \t]+\d{6}Z)?`,
      ),
      one(LEVEL_WORD, r`^[ \t]*${LEVEL}(?:[ \t]+PT[A-Z]\d+)?[ \t]*$`),
    ],
  },

  paragraph: {
    name: scope("meta.paragraph"),
    begin: r`^(?=${MARKER})`,
    // Until a blank line, a page line, a classification line or the end.
    while: r`^(?![ \t]*$|[ \t]*PAGE \d|NNNN|V?ZCZC|[ \t]*${LEVEL}(?:$|.* \d{4,6}[ \t]*$)|${PAGE_LINE})`,
    patterns: include("marker", "list-item", "block", "inline"),
  },
  marker: {
    patterns: [
      // $\P7$. (SBU)
      groups(
        r`^[ \t]*(${LIST_DASH})?(\$\\P)(\d{1,3})(\$\.?|\.)(?:[ \t]*(\(${MARK_INSIDE}\)))?`,
        RESIDUE,
        RESIDUE,
        NUMBER,
        RESIDUE,
        MARK,
      ),
      // (C) 7.
      groups(r`^[ \t]*(${LIST_DASH})?(\(${MARK_WORD}\))[ \t]*(\d{1,3}\.)`, RESIDUE, MARK, NUMBER),
      // 7. (C), 17. (C), ¶7. (C), [1](#)7. (C), I7. (C), 7 (C), 7) (C), 7. [C], 7. C)
      groups(
        r`^[ \t]*(${LIST_DASH})?(?:(¶)|(${SIGN}))?[ \t]?(${DIGITS}[.)]?)(?:[ \t]*([(\[]${MARK_INSIDE}[)\]]|\(${MARK_INSIDE}(?![A-Za-z])|(?:TS|SBU|[CSU])\)))?`,
        RESIDUE,
        "punctuation.definition.pilcrow",
        RESIDUE,
        NUMBER,
        MARK,
      ),
    ],
  },
  "portion-mark": one(MARK, r`\(${MARK_INSIDE}\)`),
  "list-item": groups(
    r`^[ \t]*(--|[-*•–]|\((?:[a-z]|[ivx]{1,5})\)|[a-hj-z]\.|[A-Z]\.)(?=[ \t]+\S)`,
    "punctuation.definition.list.begin",
  ),
  block: one(
    "keyword.control.block",
    r`(?<![A-Za-z])(?:(?i:BEGIN|END)[ \t]+${BLOCK}|(?:SUMMARY|Summary|COMMENT|Comment|NOTE|Note|ACTION REQUEST(?:ED)?|Action Request|INTRODUCTION|Introduction|BACKGROUND|Background)(?=[ \t]{0,3}[.:])|UNQUOTE)\b`,
  ),
  inline: {
    patterns: [
      // ref A, refs A and B, reftel, septel
      one(
        LINK,
        r`(?<![A-Za-z])(?i:ref(?:s|tels?)?) ${LETTER}(?:(?:,| and| AND)+ ${LETTER})*|(?<![A-Za-z])(?i:reftels?|septel)\b`,
      ),
      // 07ASTANA2541
      one(LINK, r`\b\d{2}[A-Z]{3,18}\d{1,6}\b`),
      one("comment.block.redaction", r`\bX{4,}\b`),
      one("comment.line.page", r`(?<=[ \t])${PAGE_LINE}`),
      one("constant.character.entity", r`&#x?[0-9A-Fa-f]{1,6};|&(?:amp|lt|gt|quot|apos|nbsp);`),
    ],
  },
  rule: one("comment.line.rule", r`^[ \t]*[-=*_]{3,}[-=*_ ]*$`),
  trailer: {
    patterns: [
      one(ENVELOPE, r`^(?:NNNN?|#\d{4})[ \t]*$`),
      one("comment.line.note", r`^NOTE(?: BY [A-Z/]+)?:.*$`),
      one("comment.line.wrapper", r`^={5,}.*$`),
      one("comment.line.release", r`^.{0,80}Declassified/Released.*$`),
    ],
  },
  // A short line that stands alone, in capitals or Title Case. A signature looks the same.
  heading: {
    patterns: [
      one(HEADING, r`^[A-Z0-9"“'][A-Z0-9 ,'"’“”&/():?!-]{2,68}[A-Z0-9"”')?!][ \t]*$`),
      one(
        HEADING,
        r`^["“]?[A-Z][\w'’,-]{0,24}(?: (?:[A-Z0-9&"“][\w'’,"”.-]{0,24}|--?|an?|the|of|and|or|in|on|for|to|with|by|from|at|as|but)){1,11}[?!]?["”]?[ \t]*$`,
      ),
    ],
  },
};

const grammar = {
  name: "Cable",
  scopeName: "text.cable",
  patterns: include(
    "envelope",
    "header",
    "smart-label",
    "page-line",
    "header-line",
    "paragraph",
    "block",
    "rule",
    "trailer",
    "caption",
    "heading",
    "inline",
  ),
  repository,
};

const text = `${JSON.stringify(grammar, null, 2)}\n`;
if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== text) throw new Error("the grammar is not what scripts/grammar.mjs says: run it");
} else {
  writeFileSync(file, text);
}
