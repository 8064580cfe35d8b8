-- +goose Up

-- Signed heads of each program's tree, as C2SP signed notes. What may be signed is decided by the signer, which remembers outside the
-- database what it signed last; these rows are the copies that pages, exports and readers take.
CREATE TABLE checkpoints (
    program_id  uuid        NOT NULL REFERENCES programs,
    epoch       bigint      NOT NULL CHECK (epoch > 0),
    tree_size   bigint      NOT NULL CHECK (tree_size > 0),
    origin      text        NOT NULL,
    root        bytea       NOT NULL CHECK (octet_length(root) = 32),
    recorded_at timestamptz NOT NULL, -- of the last entry in it
    signed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason      text        NOT NULL CHECK (reason IN ('interval', 'day_end', 'request', 'report', 'stop', 'epoch')),
    note        text        NOT NULL,
    PRIMARY KEY (program_id, epoch, tree_size)
);
CREATE INDEX checkpoints_by_time ON checkpoints (program_id, signed_at);

-- What witnesses signed below a checkpoint: whole lines, as they stand in the note.
CREATE TABLE cosignatures (
    program_id uuid        NOT NULL,
    epoch      bigint      NOT NULL,
    tree_size  bigint      NOT NULL,
    line       text        NOT NULL CHECK (line LIKE '— %' AND line NOT LIKE E'%\n%' AND length(line) <= 400),
    added_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (program_id, epoch, tree_size, line),
    FOREIGN KEY (program_id, epoch, tree_size) REFERENCES checkpoints
);

CREATE TRIGGER checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cosignatures_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cosignatures
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE checkpoints ENABLE ALWAYS TRIGGER checkpoints_append_only;
ALTER TABLE cosignatures ENABLE ALWAYS TRIGGER cosignatures_append_only;

GRANT SELECT, INSERT ON checkpoints, cosignatures TO tenggat_app;
GRANT SELECT ON checkpoints, cosignatures TO tenggat_reader;
ALTER TABLE checkpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE cosignatures ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_all ON checkpoints TO tenggat_app USING (true) WITH CHECK (true);
CREATE POLICY app_all ON cosignatures TO tenggat_app USING (true) WITH CHECK (true);
CREATE POLICY reader_opened ON checkpoints FOR SELECT TO tenggat_reader USING (program_id = ANY ((SELECT opened_programs())::uuid[]));
CREATE POLICY reader_opened ON cosignatures FOR SELECT TO tenggat_reader USING (program_id = ANY ((SELECT opened_programs())::uuid[]));

-- Who is asking also learns when the program's newest checkpoint was signed: pages name it, so they change with it.
DROP FUNCTION open_session(bytea, text);
DROP FUNCTION open_token(bytea);
-- +goose StatementBegin
CREATE FUNCTION open_session(hash bytea, slug_wanted text)
RETURNS TABLE (account_id uuid, pseudonym text, name text, role text, seen_at timestamptz,
               program_id uuid, timezone text, entry_no bigint, recorded_at timestamptz, checkpoint_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT a.id, a.pseudonym, a.name, a.role, s.seen_at, p.id, p.timezone, h.entry_no, h.recorded_at,
           (SELECT max(c.signed_at) FROM checkpoints c WHERE c.program_id = p.id)
    FROM sessions s
    JOIN accounts a ON a.id = s.account_id AND a.disabled_at IS NULL
    LEFT JOIN (programs p JOIN program_heads h ON h.program_id = p.id)
           ON p.slug = slug_wanted AND EXISTS (SELECT FROM memberships m WHERE m.account_id = a.id AND m.program_id = p.id)
    WHERE s.token_hash = hash AND s.idle_expires_at > clock_timestamp() AND s.expires_at > clock_timestamp();
END
$$;

CREATE FUNCTION open_token(hash bytea)
RETURNS TABLE (token_id uuid, job text, scopes text[], milestones text[],
               program_id uuid, slug text, timezone text, entry_no bigint, recorded_at timestamptz, checkpoint_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.id, t.job, t.scopes, t.milestones, p.id, p.slug, p.timezone, h.entry_no, h.recorded_at,
           (SELECT max(c.signed_at) FROM checkpoints c WHERE c.program_id = p.id)
    FROM tokens t
    JOIN programs p ON p.id = t.program_id
    JOIN program_heads h ON h.program_id = p.id
    WHERE t.token_hash = hash AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp();
END
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION open_session(bytea, text), open_token(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_session(bytea, text), open_token(bytea) TO tenggat_reader, tenggat_app;
