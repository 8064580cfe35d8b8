-- The feed that an account has of a program; no row: none.
-- $1 account id, $2 program id
SELECT created_at, used_at FROM feeds WHERE account_id = $1 AND program_id = $2 AND revoked_at IS NULL
