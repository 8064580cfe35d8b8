-- Ends all sessions of an account.
-- $1 e-mail address
DELETE FROM sessions s USING accounts a WHERE a.id = s.account_id AND a.email = $1
