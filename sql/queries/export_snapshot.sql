-- Lets another session read what this transaction sees, and this transaction wait for it.
SELECT pg_export_snapshot() AS snapshot, set_config('idle_in_transaction_session_timeout', '0', true) AS waits,
       current_setting('server_version_num')::int / 10000 AS major, (SELECT max(version_id) FROM schema_changes WHERE is_applied) AS schema_version
