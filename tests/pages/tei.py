"""TEI: valid by the schema of all of TEI P5, and its text is that of `export --text`.

usage: tei.py FOLDER ROWS

What is written (`sic`), and what the row calls furniture, give back the source: every sign that is not blank, in its order.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import schemas
from lxml import etree

folder, rows_file = Path(sys.argv[1]), Path(sys.argv[2])
SCHEMA = Path(schemas.__path__[0]) / "tei_all.rng"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
TEI = "{http://www.tei-c.org/ns/1.0}"
BLOCKS = {TEI + name for name in ("p", "head", "item", "ab", "quote", "signed")}
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufffe\uffff\U0001fffe\U0001ffff]"
)
PARSER = etree.XMLParser(huge_tree=True, resolve_entities=False)


def shown(text):
    """What acts in place of being seen by its code; what parts lines in Unicode is a blank."""
    text = text.replace("\u2028", " ").replace("\u2029", " ")
    return HIDDEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)


def check(what, faults):
    print(f"{'FAIL ' if faults else 'ok   '} {what}{f': {len(faults)} faults' if faults else ''}")
    for fault in faults[:10]:
        print(f"      {fault}")


def names(rows):
    """Each row with the name of its page: its id or its file, with the next number where that comes again."""
    used, following = {"index"}, {}
    for row in rows:
        wanted = (row["canonical_id"] or Path(row["path"]).stem)[:100]
        name = "".join(sign if sign.isalnum() or sign in "_-" else "-" for sign in wanted) or "cable"
        own = name
        while own.lower() in used:
            number = following.get(name.lower(), 2)
            following[name.lower()] = number + 1
            own = f"{name}-{number}"
        used.add(own.lower())
        yield own, row


def text_of(element, hidden):
    """The text of an element without what stands in elements of one name."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != TEI + hidden:
            parts.append(text_of(child, hidden))
        parts.append(child.tail or "")
    return "".join(parts)


def elements(tree):
    for element in tree.iter(*BLOCKS):
        if element.get(XML_ID) and not element.get(XML_ID).startswith("ref-"):
            yield element


def decoded(path):
    raw = Path(path).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def dense(text):
    return "".join(text.split())


pages = sorted(folder.glob("*.xml"))
if shutil.which("jing"):
    by, said = "jing", []
    for first in range(0, len(pages), 500):
        ran = subprocess.run(["jing", SCHEMA, *pages[first : first + 500]], capture_output=True, text=True)
        said += [line for line in (ran.stdout + ran.stderr).splitlines() if not line.startswith("[warning]")]
else:
    by, said = "lxml", []
    schema = etree.RelaxNG(etree.parse(str(SCHEMA)))
    for page in pages:
        if not schema.validate(etree.parse(page, PARSER)):
            said += [f"{page.name}: {error.message}" for error in schema.error_log][:3]
if not pages:
    said.append("there is no page")
check(f"TEI: {len(pages)} pages valid by {by}", said)

texts, sources, blocks, given_back = [], [], 0, 0
with open(rows_file, encoding="utf-8") as lines:
    rows = [json.loads(line) for line in lines]
shared = {}
for row in rows:
    shared[row["path"]] = shared.get(row["path"], 0) + 1
for name, row in names(rows):
    tree = etree.parse(folder / f"{name}.xml", PARSER)
    found = [(element.get(XML_ID), text_of(element, "sic")) for element in elements(tree)]
    wanted = [(block["id"], shown(block["text"])) for block in row["blocks"]]
    blocks += len(wanted)
    if found != wanted:
        first = next((pair for pair in zip(found, wanted) if pair[0] != pair[1]), (len(found), len(wanted)))
        texts.append(f"{name}.xml: {str(first)[:400]}")
    source = decoded(row["path"]) if shared[row["path"]] == 1 else None
    if source is None:
        continue
    # What is furniture goes, and what is left is the text as it is written.
    for piece in reversed(row["furniture"]):
        line, start = piece["line"] - 1, piece["column"] - 1
        source[line] = source[line][:start] + source[line][start + piece["length"] :]
    written = dense("".join(text_of(element, "corr") for element in elements(tree)))
    given_back += 1
    if written != dense(shown("\n".join(source))):
        sources.append(f"{name}.xml: what is written and the furniture are not {row['path']}")
if not blocks:
    texts.append("there is no block")
check(f"TEI: text of {blocks} blocks", texts)
check(f"TEI: {given_back} sources given back", sources)
