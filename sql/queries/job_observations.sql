-- The newest reports and corrections of one job, newest first.
-- $1 program id, $2 job's source, $3 moment (inclusive) or null, $4 how many
SELECT canonical FROM ledger_entries
WHERE program_id = $1 AND source = $2 AND kind IN ('report', 'correction') AND ($3::timestamptz IS NULL OR recorded_at <= $3::timestamptz)
ORDER BY observed_at DESC, entry_no DESC
LIMIT $4
