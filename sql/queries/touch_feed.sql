-- $1 feed id
UPDATE feeds SET used_at = clock_timestamp() WHERE id = $1
