-- $1 token id
UPDATE tokens SET revoked_at = coalesce(revoked_at, clock_timestamp()) WHERE id = $1
