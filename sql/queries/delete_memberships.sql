-- Ends the memberships that are no longer wanted.
-- $1 e-mail address, $2 slugs to keep
DELETE FROM memberships m USING accounts a, programs p
WHERE a.id = m.account_id AND p.id = m.program_id AND a.email = $1 AND p.slug <> ALL ($2::text[])
