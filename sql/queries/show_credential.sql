-- Shows the credential to row-level security until the transaction ends.
-- $1 the session or API token in plain
SELECT set_config('tenggat.credential', $1, true)
