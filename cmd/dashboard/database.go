package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"

	"tenggat/internal/pgserver"
	"tenggat/internal/postgres"
)

// logins are the connection strings of the three roles.
type logins struct{ owner, app, reader string }

// database is where a command finds its data, and what must be stopped afterwards.
type database struct {
	logins
	private *pgserver.Server // nil: not started by this process
}

// openDatabase finds the database: DATABASE_URL, a private server that runs already on the data folder (only for commands
// beside a running dashboard), or a private server started now.
func openDatabase(ctx context.Context, c *settings, logger *slog.Logger, beside bool) (*database, error) {
	if c.DatabaseURL != "" {
		return &database{logins: urlLogins(c.DatabaseURL, c.DatabaseReadURL)}, nil
	}
	if beside {
		if socket, err := pgserver.Socket(c.Data); err == nil {
			return &database{logins: logins{
				pgserver.SocketDSN(socket, pgserver.RoleOwner), pgserver.SocketDSN(socket, pgserver.RoleApp), pgserver.SocketDSN(socket, pgserver.RoleReader),
			}}, nil
		}
	}
	server, err := pgserver.Start(ctx, pgserver.Config{DataDir: c.Data, Logger: logger.With("from", "postgres"), BinDir: c.PostgresBin})
	if err != nil {
		return nil, fmt.Errorf("private PostgreSQL: %w", err)
	}
	return &database{
		logins:  logins{server.DSN(pgserver.RoleOwner), server.DSN(pgserver.RoleApp), server.DSN(pgserver.RoleReader)},
		private: server,
	}, nil
}

// urlLogins takes on the narrower roles within the one login, unless a reading login was given.
func urlLogins(databaseURL, readURL string) logins {
	l := logins{owner: databaseURL, app: withSettings(databaseURL, "role", pgserver.RoleApp)}
	if l.reader = readURL; readURL == "" {
		l.reader = withSettings(databaseURL, "role", pgserver.RoleReader, "default_transaction_read_only", "on")
	}
	return l
}

// withSettings adds run-time settings (name, value, …) to a connection string in either of its two forms.
func withSettings(dsn string, pairs ...string) string {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme == "" || !strings.Contains(dsn, "://") {
		for pair := range slices.Chunk(pairs, 2) {
			dsn += fmt.Sprintf(" %s='%s'", pair[0], pair[1])
		}
		return dsn
	}
	q := u.Query()
	for pair := range slices.Chunk(pairs, 2) {
		q.Set(pair[0], pair[1])
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// stopTimeout is how long a private server may take to write everything down.
const stopTimeout = 20 * time.Second

// close stops the private server, if this process started it.
func (d *database) close() error {
	if d.private == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	return d.private.Stop(ctx)
}

// died is closed when the private server ends by itself; without one it never is.
func (d *database) died() <-chan struct{} {
	if d.private == nil {
		return nil
	}
	return d.private.Done()
}

// withStore runs f with the store of a database whose schema is up to date. A private server's schema is brought up to date
// first: nobody else looks after it.
func withStore(ctx context.Context, s *streams, c *settings, f func(*postgres.DB) error) error {
	return withDatabase(ctx, s, c, func(_ *database, store *postgres.DB) error { return f(store) })
}

// withDatabase is withStore for commands that also need the database's logins.
func withDatabase(ctx context.Context, s *streams, c *settings, f func(*database, *postgres.DB) error) (err error) {
	logger, err := c.logger(s.err)
	if err != nil {
		return err
	}
	d, err := openDatabase(ctx, c, logger, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if c.DatabaseURL == "" {
		if _, err := postgres.SchemaUp(ctx, d.owner); err != nil {
			return err
		}
	}
	store, err := postgres.Open(ctx, postgres.Config{AppDSN: d.app, ReaderDSN: d.reader, Logger: logger, MaxConns: 4})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return f(d, store)
}
