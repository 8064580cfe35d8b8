-- A page of a ledger in its own order.
-- $1 program id, $2 first number, $3 how many
SELECT canonical, sha256 FROM ledger_entries WHERE program_id = $1 AND entry_no >= $2 ORDER BY entry_no LIMIT $3
