-- The programs that the credential opens, and how far the ledger of each has come.
SELECT p.id, p.slug, p.timezone, coalesce(h.entry_no, 0) AS entry_no, coalesce(h.recorded_at, '0001-01-01 00:00:00+00') AS recorded_at
FROM programs p LEFT JOIN program_heads h ON h.program_id = p.id
ORDER BY p.slug
