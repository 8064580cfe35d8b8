-- $1 rows of facts as JSON
INSERT INTO facts SELECT * FROM jsonb_populate_recordset(NULL::facts, $1::jsonb)
