-- +goose Up

-- What one sender said, by when it was observed: a job's page asks for its newest reports, and on which days anything was heard,
-- at a cost that does not grow with the ledger. Partial, so that it never serves the look-up of an event id: while a ledger is young
-- the planner cannot tell the two indexes apart, and this one reads everything that a sender ever said.
CREATE INDEX ledger_entries_of_source ON ledger_entries (program_id, source, observed_at DESC, entry_no DESC) WHERE kind IN ('report', 'correction');
