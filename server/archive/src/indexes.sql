CREATE INDEX IF NOT EXISTS cable_of_id ON cable(canonical_id);
CREATE INDEX IF NOT EXISTS cable_of_post ON cable(post, year, serial);
CREATE INDEX IF NOT EXISTS cable_of_serial ON cable(post, serial);
-- With the subject, so that words in it are looked for from the latest cable back without reading the cables.
CREATE INDEX IF NOT EXISTS cable_of_dtg ON cable(dtg, subject);
CREATE INDEX IF NOT EXISTS tag_of_name ON tag(tag);
-- With the year and the id, and with the place: who cites a cable is counted and found without reading the rows, which lie all
-- over the table.
CREATE INDEX IF NOT EXISTS ref_of_serial ON ref(post, serial, year, cited_id, line, first_column, end_column);
CREATE INDEX IF NOT EXISTS ref_of_id ON ref(cited_id);
CREATE INDEX IF NOT EXISTS cable_of_text ON cable(text_hash);
