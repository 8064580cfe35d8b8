-- A digest of each projection row of a program and of its head, to compare before and after.
-- $1 program id
SELECT 'facts' AS "table", md5(r::text) AS digest FROM facts r WHERE program_id = $1
UNION ALL SELECT 'milestone_states', md5(r::text) FROM milestone_states r WHERE program_id = $1
UNION ALL SELECT 'milestone_days', md5(r::text) FROM milestone_days r WHERE program_id = $1
UNION ALL SELECT 'program_days', md5(r::text) FROM program_days r WHERE program_id = $1
UNION ALL SELECT 'program_heads', md5(r::text) FROM program_heads r WHERE program_id = $1
UNION ALL SELECT 'program_outlines', md5(r::text) FROM program_outlines r WHERE program_id = $1
