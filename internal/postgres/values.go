package postgres

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/gowebpki/jcs"
	"github.com/lib/pq"

	"tenggat/internal/ledger"
)

// array is a PostgreSQL array parameter.
func array[T any](values []T) driver.Valuer {
	if values == nil {
		values = []T{}
	}
	return pq.Array(values).(driver.Valuer)
}

// timeArray is an array of instants, in the form PostgreSQL reads for timestamptz[].
func timeArray(times []time.Time) driver.Valuer {
	texts := make([]string, len(times))
	for i, t := range times {
		texts[i] = t.UTC().Format(time.RFC3339Nano)
	}
	return array(texts)
}

// leafHash scans a hash of the tree.
type leafHash ledger.Hash

// Scan reads the column.
func (h *leafHash) Scan(src any) error {
	raw, ok := src.([]byte)
	if !ok || len(raw) != len(h) {
		return fmt.Errorf("column is %T, not a hash", src)
	}
	copy(h[:], raw)
	return nil
}

// jsonMap scans a JSON object of strings.
type jsonMap map[string]string

// Scan reads the column.
func (m *jsonMap) Scan(src any) error { return scanJSON(src, (*map[string]string)(m)) }

// jsonRows scans a JSON array of rows.
type jsonRows[T any] []T

// Scan reads the column.
func (r *jsonRows[T]) Scan(src any) error { return scanJSON(src, (*[]T)(r)) }

func scanJSON(src, dest any) error {
	raw, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("column is %T, not JSON", src)
	}
	return json.Unmarshal(raw, dest)
}

func unmarshal(raw []byte, dest any) error {
	if err := json.Unmarshal(raw, dest); err != nil {
		return fmt.Errorf("stored JSON: %w", err)
	}
	return nil
}

// sameJSON compares two JSON texts by what they say. Nothing is not the same as anything.
func sameJSON(a, b json.RawMessage) (bool, error) {
	if a == nil || b == nil {
		return false, nil
	}
	x, err1 := jcs.Transform(a)
	y, err2 := jcs.Transform(b)
	return bytes.Equal(x, y), errors.Join(err1, err2)
}
