-- The newest release of a program, or its withdrawal.
-- $1 slug
SELECT timezone, entry_no, recorded_at, body, texts FROM released($1)
