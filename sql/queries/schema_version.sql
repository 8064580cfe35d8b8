-- The newest schema change that this database has had; 0 if none.
SELECT coalesce(max(version_id), 0) FROM schema_changes WHERE is_applied
