-- +goose Up

-- Whose feed this is, now with the pseudonym that reads of outside accounts are noted under.
-- +goose StatementBegin
DROP FUNCTION open_feed(bytea);
CREATE FUNCTION open_feed(hash bytea)
RETURNS TABLE (feed_id uuid, pseudonym text, role text, used_at timestamptz, program_id uuid, slug text, timezone text, entry_no bigint, recorded_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT f.id, a.pseudonym, a.role, f.used_at, p.id, p.slug, p.timezone, h.entry_no, h.recorded_at
    FROM feeds f
    JOIN accounts a ON a.id = f.account_id AND a.disabled_at IS NULL
    JOIN memberships m ON m.account_id = a.id AND m.program_id = f.program_id
    JOIN programs p ON p.id = f.program_id
    JOIN program_heads h ON h.program_id = p.id
    WHERE f.token_hash = hash AND f.revoked_at IS NULL;
END
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION open_feed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_feed(bytea) TO tenggat_reader, tenggat_app;
