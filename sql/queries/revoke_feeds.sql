-- $1 account id, $2 program id
UPDATE feeds SET revoked_at = clock_timestamp() WHERE account_id = $1 AND program_id = $2 AND revoked_at IS NULL
