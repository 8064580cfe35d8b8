-- $1 e-mail address, $2 slugs
INSERT INTO memberships (account_id, program_id)
SELECT a.id, p.id FROM accounts a, programs p WHERE a.email = $1 AND p.slug = ANY ($2::text[])
ON CONFLICT DO NOTHING
