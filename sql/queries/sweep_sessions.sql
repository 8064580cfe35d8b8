-- Deletes sessions that are over.
DELETE FROM sessions WHERE expires_at <= clock_timestamp() OR idle_expires_at <= clock_timestamp()
