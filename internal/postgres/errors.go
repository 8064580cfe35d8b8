package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/lib/pq"
)

// ErrNotFound means that there is no such row, or none that the credential opens: the two are never told apart.
var ErrNotFound = errors.New("not found")

// ErrUnavailable means that the database could not be asked, or that a commit's outcome is unknown. The caller may try again
// with the same event id: whatever happened, it takes effect once.
var ErrUnavailable = errors.New("database unavailable")

// ErrDamaged means that a program's head is not what its entries make it. "dashboard rebuild" derives it anew.
var ErrDamaged = errors.New("the head of the ledger is damaged")

// classify turns an error of the driver into ErrNotFound or ErrUnavailable where it is one of these.
func classify(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case unavailable(ctx, err):
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}

// unavailable knows lost connections, a server that is starting, stopping or full, time-outs and locks not obtained.
func unavailable(ctx context.Context, err error) bool {
	if ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return true
	}
	var netErr net.Error
	var opErr *net.OpError
	if errors.As(err, &netErr) || errors.As(err, &opErr) {
		return true
	}
	var pqErr *pq.Error
	if !errors.As(err, &pqErr) {
		return false
	}
	code := string(pqErr.Code)
	switch code {
	case "55P03", "57014", "25006", "40001", "40P01": // lock not obtained, cancelled, read-only server, lost races after retries
		return true
	}
	return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "53") || strings.HasPrefix(code, "57P") || strings.HasPrefix(code, "58")
}

// lostRace reports errors after which the same transaction may simply run again.
func lostRace(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && (pqErr.Code == "40001" || pqErr.Code == "40P01")
}

func isUniqueViolation(err error) bool { return hasCode(err, "23505") }

// isUndefinedRole knows what the server says to a connection that wants to take on a role it does not have.
func isUndefinedRole(err error) bool { return hasCode(err, "22023") }

func isUndefinedTable(err error) bool { return hasCode(err, "42P01") }

func hasCode(err error, code string) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && string(pqErr.Code) == code
}
