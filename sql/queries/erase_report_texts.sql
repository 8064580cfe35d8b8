-- Takes texts that are about to be erased out of the reports that quote them, with every file that has them in it.
-- $1 program id, $2 entry number, $3 fields
WITH erased AS (
    SELECT content FROM entry_texts WHERE program_id = $1 AND entry_no = $2 AND field = ANY ($3::text[])
), gone AS (
    DELETE FROM report_texts t USING erased e WHERE t.program_id = $1 AND (t.indonesian = e.content OR t.english = e.content)
    RETURNING t.report
)
UPDATE report_files f SET content = NULL FROM (SELECT DISTINCT report FROM gone) g WHERE f.program_id = $1 AND f.report = g.report AND f.quotes
