-- Keeps a witness's signature line under a checkpoint. The same line again changes nothing.
-- $1 program id, $2 epoch, $3 size, $4 line
INSERT INTO cosignatures (program_id, epoch, tree_size, line) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
