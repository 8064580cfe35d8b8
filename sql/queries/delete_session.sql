-- $1 SHA-256 of the token
DELETE FROM sessions WHERE token_hash = $1
