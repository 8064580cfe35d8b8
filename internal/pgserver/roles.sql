-- The roles of the private server and what each may be. Runs at every start, as
-- the owner, in one transaction; running it again changes nothing.
-- What they may do with tables is said by the schema changes.

do $$
begin
	if not exists (select from pg_roles where rolname = 'tenggat_app') then
		create role tenggat_app;
	end if;
	if not exists (select from pg_roles where rolname = 'tenggat_reader') then
		create role tenggat_reader;
	end if;
end
$$;

-- Neither may pass by row-level security or make anything of its own.
alter role tenggat_app with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role tenggat_app set statement_timeout = '30s';
alter role tenggat_app set idle_in_transaction_session_timeout = '60s';

-- The limit leaves connections for those who write, however many read.
alter role tenggat_reader with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 60;
alter role tenggat_reader set default_transaction_read_only = on;
alter role tenggat_reader set statement_timeout = '15s';
alter role tenggat_reader set idle_in_transaction_session_timeout = '30s';

-- Everybody may connect to every database unless it is taken away.
revoke all on database postgres, template1 from public;
