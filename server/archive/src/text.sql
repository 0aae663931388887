-- With --text: the subject and the clean text of each cable (as `export --text` has it), and an index of its words (FTS5).
--   SELECT canonical_id FROM words JOIN cable ON cable.id = words.rowid WHERE words MATCH 'grain AND port';
CREATE TABLE body (
    cable INTEGER PRIMARY KEY REFERENCES cable(id),
    text TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5(
    text, content = 'body', content_rowid = 'cable', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER body_comes AFTER INSERT ON body BEGIN
    INSERT INTO words(rowid, text) VALUES (new.cable, new.text);
END;
CREATE TRIGGER body_goes AFTER DELETE ON body BEGIN
    INSERT INTO words(words, rowid, text) VALUES ('delete', old.cable, old.text);
END;
CREATE TRIGGER body_changes AFTER UPDATE ON body BEGIN
    INSERT INTO words(words, rowid, text) VALUES ('delete', old.cable, old.text);
    INSERT INTO words(rowid, text) VALUES (new.cable, new.text);
END;
