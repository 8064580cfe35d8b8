-- Drops files that no entry cited within a day: uploads of forms that were never finished.
DELETE FROM files WHERE cited_by IS NULL AND stored_at < clock_timestamp() - interval '1 day'
