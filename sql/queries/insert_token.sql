-- $1 id, $2 SHA-256 of the token, $3 program slug, $4 job, $5 scopes, $6 milestones, $7 expiry
WITH issued AS (
    INSERT INTO tokens (id, token_hash, program_id, job, scopes, milestones, expires_at)
    SELECT $1, $2, p.id, $4, $5, $6, $7 FROM programs p WHERE p.slug = $3
    RETURNING id, job, scopes, milestones, created_at, expires_at, revoked_at
)
SELECT id, $3::text AS program, job, scopes, milestones, created_at, expires_at, revoked_at FROM issued
