-- +goose Up

-- Files that evidence and recorded acts cite, by their SHA-256. They lie in the database, so that they are saved, restored and
-- guarded with the rest, and nothing serves them but the one route that hands them out as downloads.
CREATE TABLE files (
    program_id uuid        NOT NULL REFERENCES programs,
    sha256     bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    size       bigint      NOT NULL CHECK (size > 0), -- bytes
    media_type text        NOT NULL CHECK (media_type IN (
        'application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'text/csv', 'text/plain', 'application/json', 'application/zip',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')),
    name       text        NOT NULL CHECK (length(name) <= 200), -- as it was uploaded, made safe; emptied with the content
    stored_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    cited_by   bigint,                                            -- the first entry that cites it; null: swept after a day
    erased_at  timestamptz,                                       -- when its content was erased
    PRIMARY KEY (program_id, sha256)
);

CREATE INDEX files_uncited ON files (stored_at) WHERE cited_by IS NULL;

CREATE TABLE file_chunks (
    program_id uuid    NOT NULL,
    sha256     bytea   NOT NULL,
    number     integer NOT NULL CHECK (number >= 0),
    content    bytea   NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 524288),
    PRIMARY KEY (program_id, sha256, number),
    FOREIGN KEY (program_id, sha256) REFERENCES files ON DELETE CASCADE
);
ALTER TABLE file_chunks ALTER COLUMN content SET STORAGE EXTERNAL; -- documents are compressed already

-- Who said a thing: pages show who added evidence and who proposed a correction.
ALTER TABLE facts ADD COLUMN actor text NOT NULL DEFAULT '';
UPDATE facts f SET actor = convert_from(e.canonical, 'UTF8')::json ->> 'actor'
FROM ledger_entries e WHERE e.program_id = f.program_id AND e.entry_no = f.entry_no;
ALTER TABLE facts ALTER COLUMN actor DROP DEFAULT;

-- The last reopening of a milestone, and of each of its days: what evidence and letters said before it is withdrawn.
ALTER TABLE milestone_states ADD COLUMN reopened_at timestamptz, ADD COLUMN reopened_key text NOT NULL DEFAULT '';
ALTER TABLE milestone_days ADD COLUMN reopened_at timestamptz;

-- What waits for a second person is found by its key in the hashed bytes, and settled once. Reading them is called immutable because
-- a database's encoding is.
-- +goose StatementBegin
CREATE FUNCTION entry_member(canonical bytea, VARIADIC path text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT convert_from(canonical, 'UTF8')::json #>> path $$;
-- +goose StatementEnd
CREATE UNIQUE INDEX ledger_entries_asking ON ledger_entries (program_id, kind, entry_member(canonical, 'body', 'key')) WHERE kind IN ('evidence', 'proposal');
CREATE UNIQUE INDEX ledger_entries_decided ON ledger_entries (program_id, entry_member(canonical, 'body', 'proposal')) WHERE kind = 'decision';

-- Nobody judges what they themselves brought. The application refuses it with words; this refuses it to whoever gets past the
-- application. It reads the hashed bytes, never the projections, which the application may change.
-- +goose StatementBegin
CREATE FUNCTION guard_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    e record;
    asked_by text;
BEGIN
    -- Reports come by the thousand. Their bytes say "kind": once, since no body of theirs has such a member and a string's quotation
    -- marks are escaped; so it need not be parsed to know that no other kind hides in them.
    IF EXISTS (SELECT FROM added a WHERE CASE a.kind
        WHEN 'report' THEN split_part(convert_from(a.canonical, 'UTF8'), '"kind":', 2) NOT LIKE '"report",%'
                        OR split_part(convert_from(a.canonical, 'UTF8'), '"kind":', 3) <> ''
        ELSE entry_member(a.canonical, 'kind') IS DISTINCT FROM a.kind END) THEN
        RAISE EXCEPTION 'an entry''s kind is not the one in its bytes' USING ERRCODE = 'check_violation';
    END IF;
    FOR e IN
        SELECT a.program_id, a.entry_no, a.kind, c.doc ->> 'actor' AS actor, c.doc -> 'body' AS body
        FROM added a CROSS JOIN LATERAL (SELECT convert_from(a.canonical, 'UTF8')::jsonb AS doc) c
        WHERE a.kind IN ('review', 'decision', 'correction', 'reopening', 'evidence', 'acceptance', 'sanction_step', 'audit')
        ORDER BY a.entry_no
    LOOP
        IF e.kind IN ('review', 'decision') THEN
            SELECT entry_member(l.canonical, 'actor') INTO asked_by FROM ledger_entries l
            WHERE l.program_id = e.program_id AND l.entry_no < e.entry_no
              AND l.kind = CASE e.kind WHEN 'review' THEN 'evidence' ELSE 'proposal' END AND l.kind IN ('evidence', 'proposal')
              AND entry_member(l.canonical, 'body', 'key') = CASE e.kind WHEN 'review' THEN e.body ->> 'evidence_key' ELSE e.body ->> 'proposal' END;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'entry % judges nothing that was recorded before', e.entry_no USING ERRCODE = 'check_violation';
            ELSIF (asked_by = e.actor) <> (e.kind = 'decision' AND e.body ->> 'outcome' = 'withdrawn') THEN
                RAISE EXCEPTION 'entry %: a second person judges, and whoever asked withdraws', e.entry_no USING ERRCODE = 'check_violation';
            END IF;
        ELSIF e.body ? 'proposal' AND NOT EXISTS (
            SELECT FROM ledger_entries l
            WHERE l.program_id = e.program_id AND l.entry_no < e.entry_no AND l.kind = 'decision'
              AND entry_member(l.canonical, 'body', 'proposal') = e.body ->> 'proposal'
              AND entry_member(l.canonical, 'body', 'outcome') = 'approved') THEN
            RAISE EXCEPTION 'entry % carries out a proposal that nobody approved', e.entry_no USING ERRCODE = 'check_violation';
        END IF;
        IF coalesce(e.body ->> 'sha256', e.body ->> 'file', '') <> '' THEN
            UPDATE files f SET cited_by = coalesce(f.cited_by, e.entry_no)
            WHERE f.program_id = e.program_id AND f.sha256 = decode(coalesce(e.body ->> 'sha256', e.body ->> 'file'), 'hex') AND f.erased_at IS NULL;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'entry % cites a file that is not stored', e.entry_no USING ERRCODE = 'check_violation';
            END IF;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER ledger_entries_second_person AFTER INSERT ON ledger_entries REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION guard_second_person();
ALTER TABLE ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_second_person;

GRANT SELECT, INSERT, DELETE ON files, file_chunks TO tenggat_app;
GRANT UPDATE (name, stored_at, cited_by, erased_at) ON files TO tenggat_app;
GRANT SELECT ON files, file_chunks TO tenggat_reader;

-- A file that an entry cites stays; its content goes only once its erasure is noted.
ALTER TABLE files ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_reads ON files FOR SELECT TO tenggat_app USING (true);
CREATE POLICY app_stores ON files FOR INSERT TO tenggat_app WITH CHECK (cited_by IS NULL AND erased_at IS NULL);
CREATE POLICY app_notes ON files FOR UPDATE TO tenggat_app USING (true) WITH CHECK (true);
CREATE POLICY app_sweeps ON files FOR DELETE TO tenggat_app USING (cited_by IS NULL);
CREATE POLICY reader_opened ON files FOR SELECT TO tenggat_reader USING (program_id = ANY ((SELECT opened_programs())::uuid[]));
ALTER TABLE file_chunks ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_reads ON file_chunks FOR SELECT TO tenggat_app USING (true);
CREATE POLICY app_stores ON file_chunks FOR INSERT TO tenggat_app WITH CHECK (true);
CREATE POLICY app_erases ON file_chunks FOR DELETE TO tenggat_app USING (EXISTS (
    SELECT FROM files f WHERE f.program_id = file_chunks.program_id AND f.sha256 = file_chunks.sha256 AND (f.cited_by IS NULL OR f.erased_at IS NOT NULL)));
CREATE POLICY reader_opened ON file_chunks FOR SELECT TO tenggat_reader USING (program_id = ANY ((SELECT opened_programs())::uuid[]));
