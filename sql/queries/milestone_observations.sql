-- All observations of a milestone before an entry, in the ledger's order.
-- $1 program id, $2 milestone, $3 entries before this number
SELECT canonical FROM ledger_entries
WHERE program_id = $1 AND milestone = $2 AND entry_no < $3 AND kind IN ('report', 'correction', 'reopening')
ORDER BY entry_no
