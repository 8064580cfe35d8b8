-- +goose Up

-- What compliance released of a program to everybody, with its note: the newest release and nothing else of the program. It needs no
-- credential, so this function is all that stands between the public pages and the tables.
DROP FUNCTION released(text);
-- +goose StatementBegin
CREATE FUNCTION released(slug_wanted text)
RETURNS TABLE (timezone text, entry_no bigint, recorded_at timestamptz, body jsonb, texts jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT p.timezone, f.entry_no, f.recorded_at, f.body,
           coalesce((SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t
            WHERE t.program_id = f.program_id AND t.entry_no = f.entry_no AND t.field IN ('note', 'note_en')), '{}')
    FROM programs p
    JOIN facts f ON f.program_id = p.id AND f.kind = 'release' AND f.key = 'release'
    WHERE p.slug = slug_wanted
    ORDER BY f.entry_no DESC
    LIMIT 1;
END
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION released(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION released(text) TO tenggat_reader, tenggat_app;
