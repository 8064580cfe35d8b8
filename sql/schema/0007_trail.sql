-- +goose Up

-- The audit trail filtered by kind reads no more than the page it shows, however long the ledger is.
CREATE INDEX ledger_entries_of_kind ON ledger_entries (program_id, kind, entry_no);
