-- $1 program slug, or '' for all
SELECT t.id, p.slug AS program, t.job, t.scopes, t.milestones, t.created_at, t.expires_at, t.revoked_at
FROM tokens t JOIN programs p ON p.id = t.program_id
WHERE $1 = '' OR p.slug = $1
ORDER BY t.created_at DESC
