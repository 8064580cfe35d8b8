-- What a ledger is called, how many entries there are as of a moment, and when that was looked up.
-- $1 program id, $2 moment (inclusive) or null
SELECT p.id, p.slug, p.timezone, transaction_timestamp() AS read_at,
       (SELECT count(*) FROM ledger_entries e WHERE e.program_id = p.id AND ($2::timestamptz IS NULL OR e.recorded_at <= $2::timestamptz)) AS entries
FROM programs p WHERE p.id = $1
