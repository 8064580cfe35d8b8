-- Tells whoever listens that ledgers moved. What is told can be read up by anybody, so it need not survive a crash: no flush.
-- $1 the messages
SELECT set_config('synchronous_commit', 'off', true) AS setting, pg_notify('tenggat_ledgers', message) IS NULL AS told FROM unnest($1::text[]) message
