-- The reports recorded on the moment's own day up to the moment, to cut a day at it.
-- $1 program id, $2 last entry known at the moment
SELECT e.canonical
FROM ledger_entries e
JOIN ledger_entries last ON last.program_id = $1 AND last.entry_no = $2
JOIN programs p ON p.id = $1
WHERE e.program_id = $1 AND e.entry_no <= $2 AND e.milestone IS NOT NULL AND e.kind IN ('report', 'correction', 'reopening')
  AND e.recorded_at >= (date_trunc('day', last.recorded_at AT TIME ZONE p.timezone)) AT TIME ZONE p.timezone
ORDER BY e.entry_no
