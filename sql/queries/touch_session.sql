-- Notes that a live session was used; one that is over stays over.
-- $1 SHA-256 of the token, $2 idle seconds
UPDATE sessions SET seen_at = clock_timestamp(), idle_expires_at = clock_timestamp() + make_interval(secs => $2)
WHERE token_hash = $1 AND idle_expires_at > clock_timestamp() AND expires_at > clock_timestamp()
