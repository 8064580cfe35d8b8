-- +goose Up

-- What a list of programs is judged by and shows, of everything that was said about a program: a row for each append that changed
-- any of it, so a list as of any moment reads the newest row up to it. Reports change none of it; counts are read from
-- milestone_states. milestones are all that were ever defined, and weights are theirs in the same order: 0 for those out of scope.
CREATE TABLE program_outlines (
    program_id uuid     NOT NULL,
    entry_no   bigint   NOT NULL,
    milestones text[]   NOT NULL,
    weights    bigint[] NOT NULL CHECK (cardinality(weights) = cardinality(milestones)),
    outline    json     NOT NULL, -- metrics.Program.Outline without counts, as internal/postgres/outline.go writes it
    PRIMARY KEY (program_id, entry_no)
);

GRANT SELECT, INSERT, DELETE ON program_outlines TO tenggat_app;
GRANT SELECT ON program_outlines TO tenggat_reader;
ALTER TABLE program_outlines ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_all ON program_outlines TO tenggat_app USING (true) WITH CHECK (true);
CREATE POLICY reader_opened ON program_outlines FOR SELECT TO tenggat_reader USING (program_id IN (SELECT unnest(opened_programs())));

-- For a reader of a thousand programs an array would be gone through for every row of a list; a set is looked up.
ALTER POLICY reader_opened ON programs USING (id IN (SELECT unnest(opened_programs())));
ALTER POLICY reader_opened ON program_heads USING (program_id IN (SELECT unnest(opened_programs())));
ALTER POLICY reader_opened ON program_days USING (program_id IN (SELECT unnest(opened_programs())));
ALTER POLICY reader_opened ON milestone_states USING (program_id IN (SELECT unnest(opened_programs())));
