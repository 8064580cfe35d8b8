-- +goose Up

-- The Merkle tree over each ledger (RFC 6962), extended by the append itself. An entry's row keeps the hashes that the entry
-- completes, 32 bytes each: its own leaf hash, then the subtrees that end with it, ever larger ones. So the root of the 2^n entries
-- that end with entry i is the (n+1)th hash of row i, and no table of hashes grows beside the ledger. The head keeps the right edge:
-- the roots of the complete subtrees, the largest first, which is all that the next append needs.
ALTER TABLE ledger_entries ADD COLUMN tree_hashes bytea;
ALTER TABLE program_heads ADD COLUMN tree_edge bytea NOT NULL DEFAULT '';

-- What was recorded before there was a tree gets its place in it: the leaves, then level by level the pairs of what is below.
ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_append_only;
-- +goose StatementBegin
DO $$
BEGIN
    UPDATE ledger_entries SET tree_hashes = sha256('\x00' || canonical);
    FOR below IN 0..61 LOOP
        UPDATE ledger_entries r
        SET tree_hashes = r.tree_hashes || sha256('\x01' || substr(l.tree_hashes, 32 * below + 1, 32) || substr(r.tree_hashes, 32 * below + 1, 32))
        FROM ledger_entries l
        WHERE r.entry_no % (2::bigint << below) = 0 AND l.program_id = r.program_id AND l.entry_no = r.entry_no - (1::bigint << below);
        EXIT WHEN NOT FOUND;
    END LOOP;
END
$$;
-- +goose StatementEnd
ALTER TABLE ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_append_only;

UPDATE program_heads h
SET tree_edge = (
    SELECT coalesce(string_agg(substr(e.tree_hashes, 32 * level + 1, 32), '' ORDER BY level DESC), '')
    FROM generate_series(0, 62) level
    JOIN ledger_entries e ON e.program_id = h.program_id AND e.entry_no = (h.entry_no >> level) << level
    WHERE (h.entry_no >> level) % 2 = 1
);

ALTER TABLE ledger_entries ALTER COLUMN tree_hashes SET NOT NULL,
    ADD CHECK (octet_length(tree_hashes) >= 32 AND octet_length(tree_hashes) % 32 = 0),
    DROP COLUMN sha256; -- the leaf hash stands for the bytes now

-- Erasing a text leaves the entry and its salted hash; an entry of kind "erasure" says who did it.
GRANT DELETE ON entry_texts TO tenggat_app;
