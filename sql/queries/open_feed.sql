-- Whose feed a secret opens, and the head of its program.
-- $1 SHA-256 of the secret
SELECT feed_id, pseudonym, role, used_at, program_id, slug, timezone, entry_no, recorded_at FROM open_feed($1)
