-- The signed progress reports of a program as known at a moment, the newest first.
-- $1 program id, $2 moment (inclusive) or null for now
SELECT f.entry_no, e.event_id, f.actor, f.recorded_at, f.body,
       coalesce((SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t WHERE t.program_id = f.program_id AND t.entry_no = f.entry_no), '{}') AS texts
FROM facts f JOIN ledger_entries e ON e.program_id = f.program_id AND e.entry_no = f.entry_no
WHERE f.program_id = $1 AND f.kind = 'progress_report' AND ($2::timestamptz IS NULL OR f.recorded_at <= $2::timestamptz)
ORDER BY f.entry_no DESC
