-- Accounts with the programs they are members of.
-- $1 e-mail address, or '' for all
SELECT a.id, a.email, a.name, a.role, a.pseudonym, a.password_hash, a.failures, a.disabled_at, a.created_at,
       ARRAY(SELECT p.slug FROM memberships m JOIN programs p ON p.id = m.program_id WHERE m.account_id = a.id ORDER BY p.slug) AS programs
FROM accounts a
WHERE $1 = '' OR a.email = $1
ORDER BY a.email
