-- What an API token may do, and the head of its program.
-- $1 SHA-256 of the token
SELECT token_id, job, scopes, milestones, program_id, slug, timezone, entry_no, recorded_at, checkpoint_at FROM open_token($1)
