-- An index of cables, as `cable-lsp archive build` makes it: one SQLite file.
-- application_id 0x4361626C ("Cabl"); user_version is the number of this schema.
-- A file's rows follow from that file alone. What a cable cites is kept as text, never as a row id.

-- What is known of the index itself: root (the folder that paths are below), reading (what the texts were read with),
-- refreshed_ns (when the last refresh began, in nanoseconds since 1970).
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- A file as it was read. A text that is no cable has a row here and none in cable.
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,      -- below meta.root, with / between folders
    size INTEGER NOT NULL,          -- bytes
    mtime_ns INTEGER NOT NULL,      -- last change, in nanoseconds since 1970
    hash INTEGER NOT NULL           -- XXH3 of the text; 0 where it is no cable
);

-- A cable. Null is what its text does not say.
CREATE TABLE cable (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file(id),
    start INTEGER NOT NULL,         -- first byte in the file's text as UTF-8
    length INTEGER NOT NULL,        -- bytes
    line INTEGER NOT NULL,          -- first line in the file, from 1
    canonical_id TEXT,              -- 07ASTANA2541
    id_from TEXT,                   -- 'text'; 'name' where only the file name gives the year
    mrn TEXT,                       -- ASTANA 002541, as written
    post TEXT,                      -- as ids write it, without blanks
    year INTEGER,                   -- four digits
    serial INTEGER,
    dtg TEXT,                       -- 2007-09-14T08:26:00Z
    classification TEXT,            -- UNCLASSIFIED, CONFIDENTIAL, ...
    sensitive INTEGER NOT NULL,     -- 1 under the caption SENSITIVE
    subject TEXT,
    sender TEXT,                    -- the address on the FM line
    section INTEGER,                -- 1 of SECTION 01 OF 02
    sections INTEGER,               -- 2 of SECTION 01 OF 02
    joined INTEGER NOT NULL,        -- 1 where it holds text of other sections as well
    text_hash INTEGER NOT NULL      -- XXH3 of its lines without the blanks at their ends
);
CREATE INDEX cable_of_file ON cable(file);
-- What is asked of each of those that cite one cable, without the rows, which lie all over the table.
CREATE INDEX cable_in_brief ON cable(id, file, year, serial);

CREATE TABLE tag (
    cable INTEGER NOT NULL REFERENCES cable(id),
    position INTEGER NOT NULL,      -- from 1
    tag TEXT NOT NULL,              -- PREL, KZ
    name TEXT,                      -- (ROE, JANE) of OVIP (ROE, JANE)
    PRIMARY KEY (cable, position)
) WITHOUT ROWID;

-- Plain language addresses: AMEMBASSY ASTANA.
CREATE TABLE plad (
    id INTEGER PRIMARY KEY,
    plad TEXT NOT NULL UNIQUE
);

CREATE TABLE addressee (
    cable INTEGER NOT NULL REFERENCES cable(id),
    position INTEGER NOT NULL,      -- from 1, action addressees first
    plad INTEGER NOT NULL REFERENCES plad(id),
    info INTEGER NOT NULL,          -- 0 on a TO line, 1 on an INFO line
    PRIMARY KEY (cable, position)
) WITHOUT ROWID;

-- An entry of a REF list. post, serial and cited_id are null where the entry names no cable of a known post.
CREATE TABLE ref (
    cable INTEGER NOT NULL REFERENCES cable(id),
    position INTEGER NOT NULL,      -- from 1
    letter TEXT,
    text TEXT NOT NULL,
    post TEXT,
    year INTEGER,                   -- as written; null where the entry has none
    serial INTEGER,
    cited_id TEXT,                  -- with the year of the citing cable where the entry has none
    start INTEGER NOT NULL,         -- first byte in the text of the citing cable
    line INTEGER NOT NULL,          -- the line in the file where it begins, from 1
    first_column INTEGER,           -- first letter in that line, from 1; null where the line has letters beyond ASCII
    end_column INTEGER,             -- the one after its last letter in that line
    PRIMARY KEY (cable, position)
) WITHOUT ROWID;

-- Who cites whom by the exact id. The program also looks for other years where there is no such cable.
CREATE VIEW citation(citing, cited, present) AS
    SELECT cable.canonical_id, ref.cited_id,
        EXISTS (SELECT 1 FROM cable AS other WHERE other.canonical_id = ref.cited_id)
    FROM ref JOIN cable ON cable.id = ref.cable
    WHERE ref.cited_id IS NOT NULL;
