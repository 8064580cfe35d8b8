-- $1 program id
INSERT INTO program_heads (program_id) VALUES ($1)
