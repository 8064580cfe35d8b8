-- Keeps what a list of programs judges by, after an append that changed it. Milestones that have left the scope follow the others
-- with no weight: when they were last heard of still tells how old the news is.
-- $1 program id, $2 last entry of the append, $3 milestones in scope, $4 their weights, $5 outline
INSERT INTO program_outlines (program_id, entry_no, milestones, weights, outline)
SELECT $1, $2, $3::text[] || l.keys, $4::bigint[] || array_fill(0::bigint, ARRAY[cardinality(l.keys)]), $5
FROM (SELECT coalesce(array_agg(DISTINCT f.key ORDER BY f.key), '{}') AS keys
      FROM facts f WHERE f.program_id = $1 AND f.kind = 'milestone' AND f.key <> ALL ($3::text[])) l
