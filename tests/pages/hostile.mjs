// Invented cables that a page must survive: what their text holds would be marks, scripts or requests anywhere else. Also
// three that cite each other, for the links and the search.
//
//   node hostile.mjs FOLDER LARGE    LARGE gets one of 10 MB

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, large] = process.argv.slice(2);
for (const one of [folder, large]) mkdirSync(one, { recursive: true });

// A script would leave this on the window, and so would every handler below.
const harm = "window.harmed=1";

// telegram({ serial, subject, references, paragraphs, ... }): a cable with what matters in its places.
function telegram({ serial, post = "LIMA", subject = "THE FERRY", references = [], paragraphs, captions = ["SIPDIS"], tags = "PREL, PE", signed = "ROE" }) {
  return [
    "R 140826Z SEP 07",
    `FM AMEMBASSY ${post}`,
    "TO SECSTATE WASHDC 1234",
    "INFO AMEMBASSY QUITO 5678",
    `UNCLAS ${post} ${String(serial).padStart(6, "0")}`,
    "",
    ...captions,
    "",
    "E.O. 12958: N/A",
    `TAGS: ${tags}`,
    `SUBJECT: ${subject}`,
    "",
    ...(references.length ? [`REF: ${references.join("\n     ")}`, ""] : []),
    ...paragraphs.flatMap((paragraph, index) => [`${index + 1}. (U) ${paragraph}`, ""]),
    signed,
    "",
  ].join("\n");
}

const marks = [
  `<script>${harm}</script>`,
  `<img src=x onerror=${harm}>`,
  `<svg onload=${harm}><style>*{display:none}</style></svg>`,
  `</style><script>${harm}</script>`,
  `--></pre></article></main><script>${harm}</script>`,
  `]]><script>${harm}</script><![CDATA[`,
  `" onmouseover="${harm}" autofocus onfocus="${harm}`,
  `' onmouseover='${harm}`,
  `[a link](javascript:${harm}) and ![a picture](http://127.0.0.1:9/x.png)`,
  `<javascript:${harm}> and <http://127.0.0.1:9/>`,
  "http://127.0.0.1:9/page and someone@example.org and www.example.org",
  "&lt;b&gt; &amp;amp; &#60;script&#62; &copy; &nosuch; & alone",
  "<iframe srcdoc=\"<script>parent.harmed=1</script>\"></iframe>",
  "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9/\">",
  "<base href=\"http://127.0.0.1:9/\"><link rel=stylesheet href=x.css>",
  "*bold* _thin_ `code` ~~gone~~ **x** __y__ ***z*** $a$ | a | b |",
  "[^a]: not a note [^a] ^[inline] [x]: http://127.0.0.1:9/ [[wiki]] {{ liquid }} {% raw %}",
  "\\<b\\> a\\*b\\\\ trailing backslash \\",
  "<!-- a comment --> <?php echo 1 ?> <!DOCTYPE x> <xmp> <plaintext> <textarea> <title>",
];
const controls = "before\u0000nul \u0007bell \u001b[31mred\u001b[0m \u007f \u0085 \u009b31m \ufffe \ufdd0 \u{1fffe}";
const directions = "\u202Egnitirw\u202C \u2066apart\u2069 \u200Fmark\u200E \u061C one\u2028two\u2029three zero\u200Bwidth\u00ADsoft";

const cables = {
  "marks.cable": telegram({ serial: 1, subject: "<b>MARKS</b> & \"QUOTES\" </title><script>" + harm + "</script>", paragraphs: marks }),
  "marks-at-line-starts.cable": telegram({
    serial: 2,
    paragraphs: [
      marks.join("\n"),
      "# not a heading\n## nor this\n> not a quote\n- no list\n+ nor here\n* or here\n1) no\n=====\n-----\n***\n~~~\n```\n    no code\n\ttab\n: term\n| a | b |\n|---|---|",
      ...["# one", "> one", "- one", "+ one", "* one", "```", "~~~", "---", "===", "| a |", "<div>", "[x]: y", "\tone", "1. one", "2) one", ": one", "&gt; one", "\\"],
    ],
  }),
  "heads.cable": telegram({
    serial: 3,
    subject: "A [SUBJECT](javascript:alert(1)) --> ]]> # {x} \\",
    captions: ["SIPDIS", "<SCRIPT>", "SENSITIVE"],
    tags: "PREL, <B>, \"X\", KZ (KAZAKHSTAN), A&B",
    references: ["A. 07 LIMA 1", "B. <script>x</script> 07 \"LIMA\" 2", "C. [x](javascript:alert(1))"],
    paragraphs: ["A head with everything."],
    signed: "<O'NEILL>",
  }),
  "controls.cable": telegram({ serial: 4, subject: "CONTROLS \u0001 IN \u0000 THE HEAD", paragraphs: [controls, `${controls}\n${controls}`] }),
  "directions.cable": telegram({ serial: 5, subject: "\u202EGNITIRW", paragraphs: [directions, `${directions}\n${directions}`] }),
  "a long line.cable": telegram({ serial: 6, subject: "X".repeat(3000), paragraphs: ["x".repeat(200_000), "word ".repeat(40_000), `${"=".repeat(500)}\n${"-".repeat(500)}`] }),
  "table.cable": telegram({
    serial: 7,
    paragraphs: [
      `Figures:\n\n    Year      Tons      <b>Share</b>\n    2005      1,200     10\n    2006      1,300     \`\`\`\`\n    2007      1,400     12   ${"wide ".repeat(60)}`,
      "A list:\n\n-- <i>one</i>\n-- two ](javascript:alert(1))\n-- three \u202E",
      "Letters:\n\na. one\nb. two & three\nc. <four>",
    ],
  }),
  "odd ünïcode & 'name' #1?.cable": telegram({ serial: 8, post: "SÃO/PAULO", subject: "Ünïcödé 𝄞 漢字 עברית العربية e\u0301 👩‍👩‍👧", paragraphs: ["Ünïcödé 𝄞 漢字 עברית العربية e\u0301 👩‍👩‍👧", "zalgo " + "a\u0300\u0301\u0302\u0303".repeat(200)] }),
  "header-only.cable": telegram({ serial: 9, paragraphs: [] }),
  "two-of-one-id.cable": telegram({ serial: 1, paragraphs: ["Another with the same number."] }),
  "many.cable": Array.from({ length: 25 }, (_, index) => telegram({ serial: 100 + index, subject: `CABLE ${index} <i>`, paragraphs: [`Text ${index} <script>${harm}</script>`, "SUMMARY: <b>One</b>. END SUMMARY."] })).join("\n"),
  "slips.cable": telegram({ serial: 10, captions: ["STPDIS"], paragraphs: ["SUMMARY: He said <one>. END SUMMARY.", "It [*was*] 1O percent & [more](#) of <it>, [*\u202Eso*].", "BEGIN TEXT:\n\n\"A <quote>\"\n\nEND TEXT.", "COMMENT: Done. END COMMENT."] })
    .replace("2. (U)", "12. (U)")
    .replace("3. (U)", "¶3. (U)"),
  "paged.cable": telegram({
    serial: 11,
    paragraphs: ["The first page ends in the\n\nLIMA 00000011  002 OF 002\n\nmiddle of a sentence.", "The second <b>paragraph</b>.\n\nLIMA 00000011  003 OF 003\n\nA HEADING ON THE NEXT PAGE\n--------------------------", "The third."],
  }),
  "no-cable-1.txt": `<html><body onload="${harm}"><script>${harm}</script>\n1. (U) This is no cable.\n</body></html>\n`,
  "crlf.cable": telegram({ serial: 12, paragraphs: marks.slice(0, 4) }).replaceAll("\n", "\r\n"),
  "cr.cable": telegram({ serial: 13, paragraphs: marks.slice(0, 4) }).replaceAll("\n", "\r"),
  "headings.cable": telegram({ serial: 14, paragraphs: ["First.\n\n<H2>A HEADING</H2>\n--------------------", "Second.\n\nA HEADING & MORE\n----------------", "Third."] }),
  "many-paragraphs.cable": telegram({ serial: 15, paragraphs: Array.from({ length: 400 }, (_, index) => `Paragraph <${index}> of many.`) }),
  "capitals.cable": telegram({ serial: 16, subject: "POLOFF & EMBOFF", paragraphs: ["POLOFF MET \"EMBOFF\" AND THE PM <PM>.", "Poloff met the GOP & the MFA; see reftel and septel."] }),
  "empty-paragraphs.cable": telegram({ serial: 17, paragraphs: ["", " ", "text", "\u00a0"] }),
  // Three that lead to each other; `marzipan` is said in one text alone, `quillwort` only where a search does not look.
  "quillwort.cable": telegram({ serial: 20, references: ["A. 07 LIMA 21", "B. 07 LIMA 9999"], paragraphs: ["The ferry carries marzipan."] }),
  "linked-2.cable": telegram({ serial: 21, references: ["07 LIMA 22"], paragraphs: ["The ferry carries oats."] }),
  "linked-3.cable": telegram({ serial: 22, references: ["07 LIMA 20"], paragraphs: ["The ferry carries no one."] }),
};

for (const [name, text] of Object.entries(cables)) writeFileSync(join(folder, name), text);
// What is no text in any encoding.
writeFileSync(join(folder, "bytes.cable"), Buffer.concat([Buffer.from(telegram({ serial: 18, paragraphs: ["Bytes:"] })), Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))]));
const sentence = "The ferry <b>left</b> at noon & came back \"late\". ".repeat(20);
writeFileSync(join(large, "ten-megabytes.cable"), telegram({ serial: 19, paragraphs: Array.from({ length: 10_000 }, () => sentence) }));
