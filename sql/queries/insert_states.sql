-- $1 rows of milestone_states as JSON
INSERT INTO milestone_states SELECT * FROM jsonb_populate_recordset(NULL::milestone_states, $1::jsonb)
