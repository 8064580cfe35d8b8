-- +goose Up

-- The files of signed progress reports, byte for byte as they were when each was signed, under the SHA-256 of the report's content.
-- They are stored before the entry that signs the report, which names each by its own SHA-256; what no entry names is swept.
CREATE TABLE report_files (
    program_id uuid        NOT NULL REFERENCES programs,
    report     bytea       NOT NULL CHECK (octet_length(report) = 32),
    name       text        NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9.-]{0,99}$'),
    media_type text        NOT NULL CHECK (length(media_type) BETWEEN 3 AND 120),
    sha256     bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    size       bigint      NOT NULL CHECK (size > 0), -- bytes
    quotes     boolean     NOT NULL,                  -- whether texts of people stand in it
    content    bytea       CHECK (sha256(content) = sha256 AND octet_length(content) = size), -- null: erased with a text that it quoted
    stored_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (program_id, report, name)
);

-- What people wrote that a report quotes. Its content holds only salted hashes of it, so that a text can be erased and the content
-- still has its SHA-256.
CREATE TABLE report_texts (
    program_id uuid  NOT NULL REFERENCES programs,
    report     bytea NOT NULL CHECK (octet_length(report) = 32),
    hash       bytea NOT NULL CHECK (octet_length(hash) = 32),
    salt       bytea NOT NULL CHECK (octet_length(salt) = 32),
    indonesian text  NOT NULL,
    english    text  NOT NULL,
    PRIMARY KEY (program_id, report, hash)
);
CREATE INDEX report_texts_by_text ON report_texts USING hash (indonesian);
CREATE INDEX report_texts_by_translation ON report_texts USING hash (english);

-- A number is given once, whatever the application does.
CREATE UNIQUE INDEX ledger_entries_report_number ON ledger_entries (program_id, entry_member(canonical, 'body', 'number')) WHERE kind = 'progress_report';

GRANT SELECT, INSERT, DELETE ON report_files, report_texts TO tenggat_app;
GRANT UPDATE (content) ON report_files TO tenggat_app;
GRANT SELECT ON report_files, report_texts TO tenggat_reader;

-- Content can be taken away, never changed: the checks above hold every byte to the names. A report that was signed is not deleted.
ALTER TABLE report_files ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_reads ON report_files FOR SELECT TO tenggat_app USING (true);
CREATE POLICY app_stores ON report_files FOR INSERT TO tenggat_app WITH CHECK (content IS NOT NULL);
CREATE POLICY app_erases ON report_files FOR UPDATE TO tenggat_app USING (quotes) WITH CHECK (content IS NULL);
CREATE POLICY app_sweeps ON report_files FOR DELETE TO tenggat_app USING (NOT EXISTS (
    SELECT FROM ledger_entries e WHERE e.program_id = report_files.program_id AND e.kind = 'progress_report'
      AND entry_member(e.canonical, 'body', 'content_sha256') = encode(report_files.report, 'hex')));
CREATE POLICY reader_opened ON report_files FOR SELECT TO tenggat_reader USING (program_id = ANY ((SELECT opened_programs())::uuid[]));
ALTER TABLE report_texts ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_all ON report_texts TO tenggat_app USING (true) WITH CHECK (true);
CREATE POLICY reader_opened ON report_texts FOR SELECT TO tenggat_reader USING (program_id = ANY ((SELECT opened_programs())::uuid[]));
