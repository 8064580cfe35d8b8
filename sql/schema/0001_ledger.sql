-- +goose Up

-- Three roles share a database. The owner changes the schema; tenggat_app writes; tenggat_reader only selects, and only
-- what its credential opens. Where the roles exist already (the private PostgreSQL makes them) they are left as they are.
-- +goose StatementBegin
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['tenggat_app', 'tenggat_reader'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- another database of this cluster made it in the same moment
        END;
        -- Lets the owner's own login take the role on, for a single DATABASE_URL.
        -- Since 16 being a member is not enough for that; 15 does not know the privilege SET.
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
           AND NOT pg_has_role(current_user, wanted, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
    END LOOP;
END
$$;
-- +goose StatementEnd

-- Programs: the identity only. Everything said about a program is in its ledger.
CREATE TABLE programs (
    id         uuid        PRIMARY KEY,
    slug       text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    timezone   text        NOT NULL, -- IANA name; fixed, because recorded days are cut by it
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The head of each ledger. Its row lock is the only thing that orders a program's entries.
CREATE TABLE program_heads (
    program_id  uuid        PRIMARY KEY REFERENCES programs,
    entry_no    bigint      NOT NULL DEFAULT 0 CHECK (entry_no >= 0),
    recorded_at timestamptz NOT NULL DEFAULT '0001-01-01 00:00:00+00'
);

-- The ledger. Rows are never changed: canonical is what was hashed, the other columns are copies for indexes.
-- No foreign key to programs here and in the projections: every append holds the lock on the head row, which has one.
CREATE TABLE ledger_entries (
    program_id  uuid        NOT NULL,
    entry_no    bigint      NOT NULL CHECK (entry_no > 0),
    kind        text        NOT NULL,
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    milestone   text,
    observed_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    canonical   bytea       NOT NULL,
    sha256      bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    stored_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (program_id, entry_no),
    UNIQUE (program_id, source, event_id)
);
CREATE INDEX ledger_entries_of_milestone ON ledger_entries (program_id, milestone, entry_no) WHERE milestone IS NOT NULL;
CREATE INDEX ledger_entries_by_time ON ledger_entries (program_id, recorded_at, entry_no);

-- Free text and names, kept apart so that they can be erased; the entry holds only their salted hash.
CREATE TABLE entry_texts (
    program_id uuid   NOT NULL,
    entry_no   bigint NOT NULL,
    field      text   NOT NULL,
    salt       bytea  NOT NULL CHECK (octet_length(salt) = 32),
    content    text   NOT NULL,
    PRIMARY KEY (program_id, entry_no, field),
    FOREIGN KEY (program_id, entry_no) REFERENCES ledger_entries
);

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_append_only;

-- Projections: caches of the fold, written in the append's own transaction and derived anew by "dashboard rebuild".
-- Each row carries the entry it rests on, so that a page as of entry N reads rows with entry_no <= N and nothing else.

-- The newest body said about each thing that is not a report: the program itself, areas, milestones, weights, deadlines …
CREATE TABLE facts (
    program_id  uuid        NOT NULL,
    kind        text        NOT NULL,
    key         text        NOT NULL,
    entry_no    bigint      NOT NULL,
    observed_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    body        jsonb       NOT NULL,
    PRIMARY KEY (program_id, kind, key, entry_no)
);

-- A milestone's state after each append that touched it (metrics.Progress). entry_no is the last entry folded in.
CREATE TABLE milestone_states (
    program_id      uuid        NOT NULL,
    milestone       text        NOT NULL,
    entry_no        bigint      NOT NULL,
    recorded_at     timestamptz NOT NULL,
    done            bigint      CHECK (done >= 0),
    total           bigint      CHECK (total >= done),
    failed          bigint      CHECK (failed >= 0),
    skipped         bigint      CHECK (skipped >= 0),
    counted_at      timestamptz,
    counted_key     text        NOT NULL DEFAULT '',
    counted_entry   bigint      NOT NULL DEFAULT 0, -- the entry that the count comes from
    base_at         timestamptz,
    base_key        text        NOT NULL DEFAULT '',
    base_done       bigint,
    base_total      bigint,
    latest_at       timestamptz NOT NULL,
    latest_key      text        NOT NULL,
    latest_state    text        NOT NULL,
    latest_run      text        NOT NULL,
    next_due_at     timestamptz,
    reports         bigint      NOT NULL,
    same_count      bigint      NOT NULL, -- reports in a row that left the count where it was
    PRIMARY KEY (program_id, milestone, entry_no)
);

-- What was observed of a milestone on one calendar day (program's zone), as recorded up to the end of recorded_day.
CREATE TABLE milestone_days (
    program_id   uuid        NOT NULL,
    milestone    text        NOT NULL,
    day          date        NOT NULL,
    recorded_day date        NOT NULL,
    entry_no     bigint      NOT NULL,
    done         bigint,
    total        bigint,
    failed       bigint,
    skipped      bigint,
    counted_at   timestamptz,
    counted_key  text        NOT NULL DEFAULT '',
    corrected_at timestamptz,
    corrected_key text       NOT NULL DEFAULT '',
    reports      bigint      NOT NULL,
    PRIMARY KEY (program_id, milestone, day, recorded_day)
);

-- The last entry recorded on each calendar day (program's zone): resolves "as of a date" and feeds the date stepper.
CREATE TABLE program_days (
    program_id  uuid        NOT NULL,
    day         date        NOT NULL,
    entry_no    bigint      NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (program_id, day)
);

-- People and credentials. Not part of any ledger; secrets are stored hashed.
CREATE TABLE accounts (
    id            uuid        PRIMARY KEY,
    email         text        NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) <= 254),
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    role          text        NOT NULL CHECK (role IN ('executive', 'regulator', 'engineer', 'compliance', 'admin')),
    pseudonym     text        NOT NULL UNIQUE,
    password_hash text        NOT NULL,
    failures      integer     NOT NULL DEFAULT 0 CHECK (failures >= 0), -- consecutive failed sign-ins
    disabled_at   timestamptz,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE memberships (
    account_id uuid        NOT NULL REFERENCES accounts,
    program_id uuid        NOT NULL REFERENCES programs,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, program_id)
);

CREATE TABLE sessions (
    token_hash      bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    account_id      uuid        NOT NULL REFERENCES accounts,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    idle_expires_at timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account_id);

CREATE TABLE tokens (
    id         uuid        PRIMARY KEY,
    token_hash bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    program_id uuid        NOT NULL REFERENCES programs,
    job        text        NOT NULL CHECK (job ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    scopes     text[]      NOT NULL CHECK (scopes <@ ARRAY['report', 'read'] AND cardinality(scopes) > 0),
    milestones text[]      NOT NULL DEFAULT '{}', -- empty: all of the program
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX tokens_of_program ON tokens (program_id);

-- A credential in plain is the key to rows: whoever cannot show it sees none, whatever SQL they manage to run.
-- +goose StatementBegin
CREATE FUNCTION opened_programs() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    hash bytea := sha256(convert_to(nullif(current_setting('tenggat.credential', true), ''), 'UTF8'));
    opened uuid[];
BEGIN
    SELECT array_agg(program_id) INTO opened FROM (
        SELECT m.program_id
        FROM sessions s
        JOIN accounts a ON a.id = s.account_id AND a.disabled_at IS NULL
        JOIN memberships m ON m.account_id = a.id
        WHERE s.token_hash = hash AND s.idle_expires_at > clock_timestamp() AND s.expires_at > clock_timestamp()
        UNION ALL
        SELECT t.program_id
        FROM tokens t
        WHERE t.token_hash = hash AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
    ) shown;
    RETURN coalesce(opened, '{}');
END
$$;

-- One round trip answers who is asking, what role, and how far the named program's ledger has come. PL/pgSQL because it keeps its
-- plans for the connection; a function in plain SQL that nobody can inline is planned anew at every call.
CREATE FUNCTION open_session(hash bytea, slug_wanted text)
RETURNS TABLE (account_id uuid, pseudonym text, name text, role text, seen_at timestamptz,
               program_id uuid, timezone text, entry_no bigint, recorded_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT a.id, a.pseudonym, a.name, a.role, s.seen_at, p.id, p.timezone, h.entry_no, h.recorded_at
    FROM sessions s
    JOIN accounts a ON a.id = s.account_id AND a.disabled_at IS NULL
    LEFT JOIN (programs p JOIN program_heads h ON h.program_id = p.id)
           ON p.slug = slug_wanted AND EXISTS (SELECT FROM memberships m WHERE m.account_id = a.id AND m.program_id = p.id)
    WHERE s.token_hash = hash AND s.idle_expires_at > clock_timestamp() AND s.expires_at > clock_timestamp();
END
$$;

CREATE FUNCTION open_token(hash bytea)
RETURNS TABLE (token_id uuid, job text, scopes text[], milestones text[],
               program_id uuid, slug text, timezone text, entry_no bigint, recorded_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.id, t.job, t.scopes, t.milestones, p.id, p.slug, p.timezone, h.entry_no, h.recorded_at
    FROM tokens t
    JOIN programs p ON p.id = t.program_id
    JOIN program_heads h ON h.program_id = p.id
    WHERE t.token_hash = hash AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp();
END
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION opened_programs(), open_session(bytea, text), open_token(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION opened_programs(), open_session(bytea, text), open_token(bytea) TO tenggat_reader, tenggat_app;

GRANT SELECT ON schema_changes TO tenggat_app, tenggat_reader;

-- Rights. The ledger takes new rows only; projections are the app's to keep; the reader selects program rows and no secrets.
GRANT USAGE ON SCHEMA public TO tenggat_app, tenggat_reader;
GRANT SELECT, INSERT ON ledger_entries, entry_texts, programs TO tenggat_app;
GRANT SELECT, INSERT, UPDATE ON program_heads, program_days TO tenggat_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON facts, milestone_states, milestone_days, memberships, sessions TO tenggat_app;
GRANT DELETE ON program_days TO tenggat_app;
GRANT SELECT, INSERT, UPDATE ON accounts, tokens TO tenggat_app;
GRANT SELECT ON programs, program_heads, ledger_entries, entry_texts, facts, milestone_states, milestone_days, program_days TO tenggat_reader;

-- +goose StatementBegin
DO $$
DECLARE name text; col text;
BEGIN
    FOREACH name IN ARRAY ARRAY['programs', 'program_heads', 'ledger_entries', 'entry_texts', 'facts', 'milestone_states', 'milestone_days', 'program_days'] LOOP
        col := CASE name WHEN 'programs' THEN 'id' ELSE 'program_id' END;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY app_all ON %I TO tenggat_app USING (true) WITH CHECK (true)', name);
        EXECUTE format('CREATE POLICY reader_opened ON %I FOR SELECT TO tenggat_reader USING (%I = ANY ((SELECT opened_programs())::uuid[]))', name, col);
    END LOOP;
END
$$;
-- +goose StatementEnd
