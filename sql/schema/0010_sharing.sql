-- +goose Up

-- Addresses of feeds that calendars and news readers fetch. They cannot sign in, so the secret is in the address: it opens one
-- program to reading, for as long as its account is a member, and can be revoked. Stored hashed, like every secret.
CREATE TABLE feeds (
    id         uuid        PRIMARY KEY,
    token_hash bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    account_id uuid        NOT NULL REFERENCES accounts,
    program_id uuid        NOT NULL REFERENCES programs,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE INDEX feeds_of_account ON feeds (account_id, program_id);
GRANT SELECT, INSERT, UPDATE ON feeds TO tenggat_app;

-- What a credential opens, now also the secret of a feed.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION opened_programs() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
        UNION ALL
        SELECT f.program_id
        FROM feeds f
        JOIN accounts a ON a.id = f.account_id AND a.disabled_at IS NULL
        JOIN memberships m ON m.account_id = a.id AND m.program_id = f.program_id
        WHERE f.token_hash = hash AND f.revoked_at IS NULL
    ) shown;
    RETURN coalesce(opened, '{}');
END
$$;

-- Whose feed this is, and the head of its program. No row once the feed is revoked, the account disabled or the membership over.
CREATE FUNCTION open_feed(hash bytea)
RETURNS TABLE (feed_id uuid, role text, used_at timestamptz, program_id uuid, slug text, timezone text, entry_no bigint, recorded_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT f.id, a.role, f.used_at, p.id, p.slug, p.timezone, h.entry_no, h.recorded_at
    FROM feeds f
    JOIN accounts a ON a.id = f.account_id AND a.disabled_at IS NULL
    JOIN memberships m ON m.account_id = a.id AND m.program_id = f.program_id
    JOIN programs p ON p.id = f.program_id
    JOIN program_heads h ON h.program_id = p.id
    WHERE f.token_hash = hash AND f.revoked_at IS NULL;
END
$$;

-- Of many open pages at once: which may still be told anything, and how far their ledgers have come. hashes[n] is a page's session
-- or token, wanted[n] its program or NULL for all that it opens. A page that may be told nothing any more has no row.
CREATE FUNCTION open_streams(hashes bytea[], wanted uuid[])
RETURNS TABLE (stream integer, role text, entry_no bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT asked.n::integer, min(opened.role), coalesce(sum(h.entry_no), 0)::bigint
    FROM unnest(hashes, wanted) WITH ORDINALITY AS asked (hash, program, n)
    CROSS JOIN LATERAL (
        SELECT m.program_id, a.role
        FROM sessions s
        JOIN accounts a ON a.id = s.account_id AND a.disabled_at IS NULL
        LEFT JOIN memberships m ON m.account_id = a.id
        WHERE s.token_hash = asked.hash AND s.idle_expires_at > clock_timestamp() AND s.expires_at > clock_timestamp()
          AND (asked.program IS NULL OR m.program_id = asked.program)
        UNION ALL
        SELECT t.program_id, 'job'
        FROM tokens t
        WHERE t.token_hash = asked.hash AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
          AND (asked.program IS NULL OR t.program_id = asked.program)
    ) opened
    LEFT JOIN program_heads h ON h.program_id = opened.program_id
    GROUP BY asked.n;
END
$$;

-- What compliance released of a program to everybody: the newest release and nothing else of the program. It needs no credential,
-- so this function is all that stands between the public pages and the tables.
CREATE FUNCTION released(slug_wanted text)
RETURNS TABLE (program_id uuid, timezone text, entry_no bigint, recorded_at timestamptz, body jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT p.id, p.timezone, f.entry_no, f.recorded_at, f.body
    FROM programs p
    JOIN facts f ON f.program_id = p.id AND f.kind = 'release'
    WHERE p.slug = slug_wanted
    ORDER BY f.entry_no DESC
    LIMIT 1;
END
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION open_feed(bytea), open_streams(bytea[], uuid[]), released(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_feed(bytea), open_streams(bytea[], uuid[]), released(text) TO tenggat_reader, tenggat_app;
