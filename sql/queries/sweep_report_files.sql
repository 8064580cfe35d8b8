-- Drops files of reports that nobody signed within a day.
DELETE FROM report_files f
WHERE f.stored_at < clock_timestamp() - interval '1 day' AND NOT EXISTS (
    SELECT FROM ledger_entries e WHERE e.program_id = f.program_id AND e.kind = 'progress_report'
      AND entry_member(e.canonical, 'body', 'content_sha256') = encode(f.report, 'hex'))
