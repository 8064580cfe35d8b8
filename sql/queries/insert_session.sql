-- $1 SHA-256 of the token, $2 account id, $3 idle seconds, $4 absolute seconds
INSERT INTO sessions (token_hash, account_id, idle_expires_at, expires_at)
VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3), clock_timestamp() + make_interval(secs => $4))
