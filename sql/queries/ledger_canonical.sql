-- The bytes of some entries, in the order of their numbers.
-- $1 program id, $2 numbers
SELECT canonical FROM ledger_entries WHERE program_id = $1 AND entry_no = ANY ($2::bigint[]) ORDER BY entry_no
