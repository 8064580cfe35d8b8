-- Hashes of a program's tree by where they are kept: the level-th of those that an entry completes.
-- $1 program id, $2 entries, $3 levels (same length)
SELECT substr(e.tree_hashes, 32 * wanted.level + 1, 32) AS hash
FROM unnest($2::bigint[], $3::integer[]) WITH ORDINALITY AS wanted(entry_no, level, place)
CROSS JOIN LATERAL ( -- one look-up by key each
    SELECT * FROM ledger_entries e WHERE e.program_id = $1 AND e.entry_no = wanted.entry_no LIMIT 1
) e
ORDER BY wanted.place
