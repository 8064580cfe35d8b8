-- Every program and how far its ledger has come.
SELECT p.id, p.slug, p.timezone, h.entry_no, h.recorded_at
FROM programs p JOIN program_heads h ON h.program_id = p.id
ORDER BY p.slug
