package postgres

// ListenOn makes Watch listen somewhere else than where appends are told, as a transaction pooler does that delivers nothing.
func (w *Writer) ListenOn(dsn string) { w.dsn = dsn }
