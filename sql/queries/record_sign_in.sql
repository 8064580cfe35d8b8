-- $1 account id, $2 whether the sign-in failed
UPDATE accounts SET failures = CASE WHEN $2 THEN failures + 1 ELSE 0 END WHERE id = $1
