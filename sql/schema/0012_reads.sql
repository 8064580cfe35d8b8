-- +goose Up

-- What outside accounts (regulators, and API tokens that read) saw of a program, and writes that were refused to accounts that only
-- look. No facts of the program: they are in no ledger, added up by the hour, and may be purged. Readers are pseudonyms.
CREATE TABLE reads (
    program_id uuid        NOT NULL REFERENCES programs,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    refused    boolean     NOT NULL,                               -- a write that was refused
    reader     text        NOT NULL CHECK (length(reader) BETWEEN 1 AND 200), -- a pseudonym, or "job:" and the job's key
    role       text        NOT NULL CHECK (role IN ('executive', 'regulator', 'job')),
    path       text        NOT NULL CHECK (length(path) <= 2000),  -- of the page, file or answer, without its query
    as_of      timestamptz,                                        -- null: the present
    hour       timestamptz NOT NULL,                               -- its beginning, UTC
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL CHECK (last_at >= first_at),
    times      bigint      NOT NULL CHECK (times > 0),
    PRIMARY KEY (program_id, id),
    UNIQUE NULLS NOT DISTINCT (program_id, refused, reader, role, path, as_of, hour)
);

GRANT SELECT, INSERT, DELETE ON reads TO tenggat_app;
GRANT UPDATE (first_at, last_at, times) ON reads TO tenggat_app;
GRANT SELECT ON reads TO tenggat_reader;
ALTER TABLE reads ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_all ON reads TO tenggat_app USING (true) WITH CHECK (true);
CREATE POLICY reader_opened ON reads FOR SELECT TO tenggat_reader USING (program_id = ANY ((SELECT opened_programs())::uuid[]));
