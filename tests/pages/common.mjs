// What the checks share: packages, results, and which page belongs to which row of `export --text`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";

// They are kept outside of the repository's own folders, where `import` would not find them.
export const require = createRequire(join(process.env.PAGES_PACKAGES, "/"));

export const ok = (what) => console.log(`ok    ${what}`);
export const fail = (what) => console.log(`FAIL  ${what}`);

// check(WHAT, FAULTS): a line for the whole, and under it the first faults.
export function check(what, faults) {
  if (faults.length === 0) return ok(what);
  fail(`${what}: ${faults.length} faults`);
  for (const fault of faults.slice(0, 10)) console.log(`      ${fault}`);
}

// The rows of JSON Lines, each with the name of its page. Pages are named by the id of their cable, or by its file; a name
// that comes again gets the next number.
export function rows(file) {
  const used = new Set(["index"]);
  const next = new Map();
  return lines(file).map((line) => {
    const row = JSON.parse(line);
    const wanted = [...(row.canonical_id ?? basename(row.path, extname(row.path)))].slice(0, 100);
    const name = wanted.map((sign) => (/[\p{Alphabetic}\p{N}_-]/u.test(sign) ? sign : "-")).join("") || "cable";
    let own = name;
    while (used.has(own.toLowerCase())) {
      const number = next.get(name.toLowerCase()) ?? 2;
      next.set(name.toLowerCase(), number + 1);
      own = `${name}-${number}`;
    }
    used.add(own.toLowerCase());
    return { ...row, name: own };
  });
}

// Cut by bytes: all rows together may be longer than a string can be.
function* cut(bytes) {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    yield bytes.toString("utf8", from, to);
    from = to + 1;
  }
}
const lines = (file) => [...cut(readFileSync(file))];

// What acts in place of being seen stands in a page by its code; what parts lines in Unicode is a blank.
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|[\u{fffe}\u{ffff}\u{1fffe}\u{1ffff}]/gu;
export const shown = (text) =>
  text.replace(/[\u2028\u2029]/g, " ").replace(hidden, (sign) => `[U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
