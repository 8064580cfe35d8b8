-- Who holds a session, and the head of the program if it is one of theirs.
-- $1 SHA-256 of the session token, $2 program slug or ''
SELECT account_id, pseudonym, name, role, seen_at, program_id, timezone, entry_no, recorded_at, checkpoint_at FROM open_session($1, $2)
