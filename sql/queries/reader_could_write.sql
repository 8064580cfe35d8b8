-- Whether the current role could write a table of ours, see secrets, or pass over row-level security.
SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
    SELECT FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    WHERE c.relkind IN ('r', 'p')
      AND (c.relowner = r.oid
           OR has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
           OR c.relname IN ('accounts', 'sessions', 'tokens', 'memberships') AND has_table_privilege(c.oid, 'SELECT'))
)
FROM pg_roles r WHERE r.rolname = current_user
