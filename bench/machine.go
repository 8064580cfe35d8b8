package main

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"time"
)

// machine is where a run took place.
type machine struct {
	System     string    `json:"system"`
	Cores      int       `json:"cores"`
	Go         string    `json:"go"`
	PostgreSQL string    `json:"postgresql"`
	Durable    string    `json:"durable"` // the settings that acknowledgements rest on
	At         time.Time `json:"at"`
}

func (m machine) String() string {
	return fmt.Sprintf("%s: %s, %d cores, %s, PostgreSQL %s (%s).", m.At.Format(time.DateOnly), m.System, m.Cores, m.Go, m.PostgreSQL, m.Durable)
}

// describe tells about this machine and the PostgreSQL of the site, if one was needed.
func (l *lab) describe(ctx context.Context) (machine, error) {
	m := machine{System: runtime.GOOS + "/" + runtime.GOARCH, Cores: runtime.NumCPU(), Go: runtime.Version(), PostgreSQL: "not asked", At: time.Now()}
	if l.shared == nil {
		return m, nil
	}
	err := l.shared.inTransaction(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT current_setting('server_version'),
			'fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')`).Scan(&m.PostgreSQL, &m.Durable)
	})
	return m, err
}
