-- The checkpoints of a program's newest epoch, and whether each row says what its note says.
-- $1 program id
SELECT c.tree_size, c.root, starts_with(c.note, format(E'%s\n%s\n%s\n\n', c.origin, c.tree_size, encode(c.root, 'base64'))) AS as_signed
FROM checkpoints c
WHERE c.program_id = $1 AND c.epoch = (SELECT max(epoch) FROM checkpoints WHERE program_id = $1)
ORDER BY c.tree_size
