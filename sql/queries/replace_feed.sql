-- Makes a feed in the place of the account's earlier ones of the program.
-- $1 id, $2 SHA-256 of the secret, $3 account id, $4 program id
WITH earlier AS (
    UPDATE feeds SET revoked_at = clock_timestamp() WHERE account_id = $3 AND program_id = $4 AND revoked_at IS NULL
)
INSERT INTO feeds (id, token_hash, account_id, program_id) VALUES ($1, $2, $3, $4)
