-- One program as known at one moment, as one row.
-- $1 program id, $2 moment (inclusive) or null for now, $3 whether with the days that charts and the date stepper need
WITH head AS (
    SELECT entry_no, recorded_at FROM program_heads WHERE program_id = $1 AND $2::timestamptz IS NULL
    UNION ALL
    (SELECT entry_no, recorded_at FROM ledger_entries
     WHERE program_id = $1 AND recorded_at <= $2::timestamptz ORDER BY recorded_at DESC, entry_no DESC LIMIT 1)
), known AS (
    SELECT p.id, p.slug, p.timezone, coalesce(h.entry_no, 0) AS entry_no, coalesce(h.recorded_at, '0001-01-01 00:00:00+00') AS recorded_at,
           (h.recorded_at AT TIME ZONE p.timezone)::date AS recorded_day
    FROM programs p LEFT JOIN head h ON true
    WHERE p.id = $1
), newest AS (
    -- of each thing the newest body, and all versions of what fold.keepsVersions names
    SELECT DISTINCT ON (f.kind, f.key, CASE WHEN f.kind IN ('program', 'milestone', 'weights', 'deadline', 'review') THEN f.entry_no END)
           f.kind, f.key, f.entry_no, f.actor, f.observed_at, f.recorded_at, f.body
    FROM facts f, known
    WHERE f.program_id = $1 AND f.entry_no <= known.entry_no AND f.kind <> 'progress_report' -- they have a read of their own
    ORDER BY f.kind, f.key, CASE WHEN f.kind IN ('program', 'milestone', 'weights', 'deadline', 'review') THEN f.entry_no END, f.entry_no DESC
), fact_rows AS (
    SELECT n.kind, n.key, n.entry_no, n.actor, n.observed_at, n.recorded_at, n.body,
           (SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t WHERE t.program_id = $1 AND t.entry_no = n.entry_no) AS texts
    FROM newest n
), state_rows AS (
    SELECT s.milestone, s.entry_no, s.done, s.total, s.failed, s.skipped, s.counted_at, s.counted_key, s.counted_entry, s.base_at, s.base_key, s.base_done, s.base_total, s.reopened_at, s.reopened_key,
           s.latest_at, s.latest_key, s.latest_state, s.latest_run, s.next_due_at, s.reports, s.same_count
    FROM known, (SELECT DISTINCT key FROM newest WHERE kind = 'milestone') m
    CROSS JOIN LATERAL (
        SELECT * FROM milestone_states s
        WHERE s.program_id = $1 AND s.milestone = m.key AND s.entry_no <= known.entry_no
        ORDER BY s.entry_no DESC LIMIT 1
    ) s
), day_rows AS (
    SELECT DISTINCT ON (d.day, d.milestone)
           d.milestone, d.day, d.done, d.total, d.corrected_at, d.reopened_at, d.reports
    FROM milestone_days d, known
    WHERE $3 AND d.program_id = $1 AND d.recorded_day <= known.recorded_day AND d.entry_no <= known.entry_no
    ORDER BY d.day, d.milestone, d.recorded_day DESC
), day_columns AS (
    -- as columns: a JSON object per milestone and day would cost more than the rest of the page
    SELECT coalesce(array_agg(r.milestone), '{}') AS day_milestones, coalesce(array_agg(r.day - DATE '1970-01-01'), '{}') AS day_days,
           coalesce(array_agg(coalesce(r.done, -1)), '{}') AS day_done, coalesce(array_agg(coalesce(r.total, -1)), '{}') AS day_totals,
           coalesce(array_agg(coalesce(extract(epoch FROM r.corrected_at) * 1000000, -1)::bigint), '{}') AS day_corrected,
           coalesce(array_agg(coalesce(extract(epoch FROM r.reopened_at) * 1000000, -1)::bigint), '{}') AS day_reopened,
           coalesce(array_agg(r.reports), '{}') AS day_reports
    FROM (SELECT * FROM day_rows ORDER BY day, milestone) r
), near AS (
    -- the recorded days around the moment, and the first and the last: a history of years is stepped through, never listed
    SELECT d.day, d.entry_no, d.recorded_at,
           d.entry_no - coalesce((SELECT e.entry_no FROM program_days e WHERE e.program_id = $1 AND e.day < d.day ORDER BY e.day DESC LIMIT 1), 0) AS entries
    FROM known, (SELECT coalesce(($2::timestamptz AT TIME ZONE (SELECT timezone FROM known))::date, 'infinity') AS day) shown
    CROSS JOIN LATERAL (
        (SELECT * FROM program_days WHERE program_id = $1 AND day <= shown.day ORDER BY day DESC LIMIT 6)
        UNION (SELECT * FROM program_days WHERE program_id = $1 AND day > shown.day ORDER BY day LIMIT 6)
        UNION (SELECT * FROM program_days WHERE program_id = $1 ORDER BY day LIMIT 1)
        UNION (SELECT * FROM program_days WHERE program_id = $1 ORDER BY day DESC LIMIT 1)
    ) d
    WHERE $3
)
SELECT known.id, known.slug, known.timezone, known.entry_no, known.recorded_at,
       coalesce((SELECT jsonb_agg(r ORDER BY r.entry_no) FROM fact_rows r), '[]') AS facts,
       coalesce((SELECT jsonb_agg(r) FROM state_rows r), '[]') AS states,
       day_columns.*,
       coalesce((SELECT jsonb_agg(n ORDER BY n.day) FROM near n), '[]') AS recorded_days,
       -- true when the day of the moment went on after it: its rows then hold later entries too
       $3 AND EXISTS (SELECT FROM milestone_days d
               WHERE d.program_id = $1 AND d.recorded_day = known.recorded_day AND d.entry_no > known.entry_no) AS day_went_on,
       signed.tree_size AS checkpoint_size, signed.root AS checkpoint_root, signed.signed_at AS checkpoint_at
FROM known CROSS JOIN day_columns
LEFT JOIN LATERAL (
    SELECT c.tree_size, c.root, c.signed_at FROM checkpoints c
    WHERE c.program_id = $1 AND ($2::timestamptz IS NULL OR c.signed_at <= $2::timestamptz)
    ORDER BY c.epoch DESC, c.tree_size DESC LIMIT 1
) signed ON true
