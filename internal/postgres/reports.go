package postgres

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/lib/pq"

	"tenggat/internal/ledger"
)

// ProgressReport is a signed report as its entry has it.
type ProgressReport struct {
	ledger.ProgressReport
	Entry    int64  // that signed it
	EventID  string // of that entry
	Actor    string // the signer's pseudonym
	SignedAt time.Time
	Texts    map[string]string // signer, dissent; erased texts are missing
}

// ReportFile is a file of a report.
type ReportFile struct {
	Name      string
	MediaType string
	SHA256    string // hex
	Size      int64
	Quotes    bool   // texts of people stand in it
	Erased    bool   // its content is gone, with a text that it quoted
	Content   []byte // only where the content was asked for
}

// ReportText is a text that a report quotes under the salted hash of it.
type ReportText struct {
	Hash, Salt          []byte
	Indonesian, English string
}

// KeepReport stores the files of a report and what it quotes, under the SHA-256 of its content (hex), for an entry to sign. Reports that
// nobody signed within a day are dropped.
func (w *Writer) KeepReport(ctx context.Context, programID, content string, files []ReportFile, texts []ReportText) error {
	report, err := hex.DecodeString(content)
	if err != nil {
		return err
	}
	n := len(files)
	names, types, quotes, contents := make([]string, n), make([]string, n), make([]bool, n), make([][]byte, n)
	for i, f := range files {
		names[i], types[i], quotes[i], contents[i] = f.Name, f.MediaType, f.Quotes, f.Content
	}
	m := len(texts)
	hashes, salts, indonesian, english := make([][]byte, m), make([][]byte, m), make([]string, m), make([]string, m)
	for i, t := range texts {
		hashes[i], salts[i], indonesian[i], english[i] = t.Hash, t.Salt, t.Indonesian, t.English
	}
	return w.pool.write(ctx, func(t tx) error {
		for _, sweep := range []string{"sweep_report_files", "sweep_report_texts"} {
			if _, err := t.exec(ctx, sweep); err != nil {
				return err
			}
		}
		if _, err := t.exec(ctx, "insert_report_files", programID, report, array(names), array(types), pq.BoolArray(quotes), pq.ByteaArray(contents)); err != nil {
			return err
		}
		_, err := t.exec(ctx, "insert_report_texts", programID, report, pq.ByteaArray(hashes), pq.ByteaArray(salts), array(indonesian), array(english))
		return err
	})
}

// progressReport judges a report that is about to be signed: it has the next number, rests on entries that are there, and its files are
// the ones that are kept.
func (j *judge) progressReport(ctx context.Context, body ledger.ProgressReport) (*ledger.Refusal, error) {
	signed := j.facts[ledger.KindProgressReport]
	switch next := int64(len(signed)) + 1; {
	case body.Number < next:
		return &ledger.Refusal{Code: ledger.NumberTaken, Field: "number", KnownEntry: signed[strconv.FormatInt(body.Number, 10)]}, nil
	case body.Number > next:
		return &ledger.Refusal{Code: ledger.OutOfRange, Field: "number"}, nil
	case body.Snapshot > j.number:
		return &ledger.Refusal{Code: ledger.OutOfRange, Field: "snapshot_entry"}, nil
	}
	report, err := hex.DecodeString(body.Content)
	if err != nil {
		return nil, err
	}
	kept, err := storedReportFiles(ctx, j.fold.tx, j.fold.program, report)
	if err != nil {
		return nil, err
	}
	if len(kept) != len(body.Files) {
		return &ledger.Refusal{Code: ledger.UnknownFile, Field: "files"}, nil
	}
	byName := map[string]ledger.ReportFile{}
	for _, f := range kept {
		byName[f.Name] = ledger.ReportFile{Name: f.Name, Size: f.Size, SHA256: f.SHA256}
	}
	for _, f := range body.Files {
		if byName[f.Name] != f {
			return &ledger.Refusal{Code: ledger.UnknownFile, Field: "files"}, nil
		}
	}
	return nil, nil
}

// ProgressReports reads a program's signed reports as known at asOf (zero: now), the newest first.
func (r *Reader) ProgressReports(ctx context.Context, credential, programID string, asOf time.Time) (reports []ProgressReport, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		reports, err = progressReports(ctx, t, programID, asOf)
		return err
	})
	return reports, err
}

// ProgressReports is Reader.ProgressReports for whoever signs.
func (w *Writer) ProgressReports(ctx context.Context, programID string, asOf time.Time) (reports []ProgressReport, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		reports, err = progressReports(ctx, t, programID, asOf)
		return err
	})
	return reports, err
}

func progressReports(ctx context.Context, t tx, programID string, asOf time.Time) ([]ProgressReport, error) {
	var rows []struct {
		Entry      int64     `db:"entry_no"`
		EventID    string    `db:"event_id"`
		Actor      string    `db:"actor"`
		RecordedAt time.Time `db:"recorded_at"`
		Body       []byte    `db:"body"`
		Texts      jsonMap   `db:"texts"`
	}
	if err := t.all(ctx, &rows, "progress_reports", programID, moment(asOf)); err != nil {
		return nil, err
	}
	reports := make([]ProgressReport, len(rows))
	for i, row := range rows {
		reports[i] = ProgressReport{Entry: row.Entry, EventID: row.EventID, Actor: row.Actor, SignedAt: row.RecordedAt.UTC(), Texts: row.Texts}
		if err := unmarshal(row.Body, &reports[i].ProgressReport); err != nil {
			return nil, err
		}
	}
	return reports, nil
}

// ReportFiles describes the files of a report, by name. content is the SHA-256 of its content.
func (r *Reader) ReportFiles(ctx context.Context, credential, programID, content string) (files []ReportFile, err error) {
	report, err := hex.DecodeString(content)
	if err != nil {
		return nil, ErrNotFound
	}
	err = r.pool.read(ctx, credential, func(t tx) error {
		files, err = storedReportFiles(ctx, t, programID, report)
		return err
	})
	return files, err
}

type reportFileRow struct {
	Name      string `db:"name"`
	MediaType string `db:"media_type"`
	SHA256    []byte `db:"sha256"`
	Size      int64  `db:"size"`
	Quotes    bool   `db:"quotes"`
	Erased    bool   `db:"erased"`
	Content   []byte `db:"content"`
}

func (r reportFileRow) file() ReportFile {
	return ReportFile{r.Name, r.MediaType, hex.EncodeToString(r.SHA256), r.Size, r.Quotes, r.Erased, r.Content}
}

func storedReportFiles(ctx context.Context, t tx, programID string, report []byte) ([]ReportFile, error) {
	var rows []reportFileRow
	if err := t.all(ctx, &rows, "stored_report_files", programID, report); err != nil {
		return nil, err
	}
	files := make([]ReportFile, len(rows))
	for i, row := range rows {
		files[i] = row.file()
	}
	return files, nil
}

// ReportFile reads one file of a report. ErrNotFound: it has none of that name.
func (r *Reader) ReportFile(ctx context.Context, credential, programID, content, name string) (f ReportFile, err error) {
	report, err := hex.DecodeString(content)
	if err != nil {
		return ReportFile{}, ErrNotFound
	}
	err = r.pool.read(ctx, credential, func(t tx) error {
		var row reportFileRow
		if err := t.get(ctx, &row, "report_file", programID, report, name); err != nil {
			return err
		}
		f = row.file()
		return nil
	})
	return f, err
}

// ReportTexts reads what a report quotes, as far as it was not erased.
func (r *Reader) ReportTexts(ctx context.Context, credential, programID, content string) (texts []ReportText, err error) {
	report, err := hex.DecodeString(content)
	if err != nil {
		return nil, ErrNotFound
	}
	err = r.pool.read(ctx, credential, func(t tx) error {
		var rows []struct {
			Hash       []byte `db:"hash"`
			Salt       []byte `db:"salt"`
			Indonesian string `db:"indonesian"`
			English    string `db:"english"`
		}
		if err := t.all(ctx, &rows, "report_texts", programID, report); err != nil {
			return err
		}
		for _, row := range rows {
			texts = append(texts, ReportText{row.Hash, row.Salt, row.Indonesian, row.English})
		}
		return nil
	})
	return texts, err
}

// MaxChanges is how many entries Changes reads at most.
const MaxChanges = 5000

// Changes reads the entries of some kinds that were recorded after one moment and by another, in the ledger's order; the first MaxChanges.
func (r *Reader) Changes(ctx context.Context, credential, programID string, kinds []ledger.Kind, after, by time.Time) (records []Record, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		records, err = changes(ctx, t, programID, kinds, after, by)
		return err
	})
	return records, err
}

// Changes is Reader.Changes for whoever signs.
func (w *Writer) Changes(ctx context.Context, programID string, kinds []ledger.Kind, after, by time.Time) (records []Record, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		records, err = changes(ctx, t, programID, kinds, after, by)
		return err
	})
	return records, err
}

func changes(ctx context.Context, t tx, programID string, kinds []ledger.Kind, after, by time.Time) ([]Record, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return readRecords(ctx, t, "changes", programID, array(names), after, by, MaxChanges)
}
