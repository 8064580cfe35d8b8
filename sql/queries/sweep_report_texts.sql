-- Drops what only reports without files quote.
DELETE FROM report_texts t
WHERE NOT EXISTS (SELECT FROM report_files f WHERE f.program_id = t.program_id AND f.report = t.report)
