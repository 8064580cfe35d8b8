-- $1 e-mail address
UPDATE accounts SET disabled_at = coalesce(disabled_at, clock_timestamp()) WHERE email = $1
