-- Appends entries. The columns beside canonical are copies for the indexes.
-- $1 program id, $2 numbers, $3 kinds, $4 sources, $5 event ids, $6 milestones ('' for none), $7 observed, $8 canonical, $9 the hashes that each completes, $10 recorded
INSERT INTO ledger_entries (program_id, entry_no, kind, source, event_id, milestone, observed_at, recorded_at, canonical, tree_hashes)
SELECT $1, e.entry_no, e.kind, e.source, e.event_id, nullif(e.milestone, ''), e.observed_at, $10, e.canonical, e.tree_hashes
FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::bytea[], $9::bytea[])
     AS e(entry_no, kind, source, event_id, milestone, observed_at, canonical, tree_hashes)
