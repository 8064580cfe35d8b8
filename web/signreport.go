package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/reports"
	"tenggat/internal/signer"
	"tenggat/static"
	"tenggat/web/view"
)

// ReportOrder says which progress report is wanted, and who signs it.
type ReportOrder struct {
	ProgramID string
	From, To  metrics.Day
	AsOf      time.Time // the moment its figures are of; see ReportMoment
	Reviewed  int64     // the last entry that the signer was shown; 0: whatever is known at AsOf
	Number    int64     // the number that the signer was shown; 0: the next
	Replaces  int64     // the number of a report in error; 0: none
	Signer    reports.Signer
	Dissent   string
	EventID   string     // makes the same order one report
	Imported  *time.Time // a stated recording time, for a report that was signed before this ledger was kept
}

// The reasons why a report is not signed, beside a *ledger.Refusal.
var (
	ErrReportChanged = errors.New("the ledger is not what was reviewed")
	ErrReportEmpty   = errors.New("nothing was on record at the end of the period")
)

// ReportMoment is the moment that a report's figures are of: the end of its last day, or now while that has not ended.
func ReportMoment(to metrics.Day, zone *time.Location, now time.Time) time.Time {
	if end := to.End(zone).Add(-time.Microsecond); end.Before(now) {
		return end.UTC()
	}
	return now.UTC().Truncate(time.Microsecond)
}

// SignReport freezes a report and records it, all or nothing: the files are kept first, and the entry that names each by its hash makes
// them a report. A nil signer prints no checkpoint. It returns the report's number.
func SignReport(ctx context.Context, w *postgres.Writer, signs *signer.Signer, o ReportOrder) (number int64, err error) {
	d, err := draftReport(ctx, w, o)
	if err != nil {
		return 0, err
	}
	if d.Checkpoint, err = checkpointFor(ctx, signs, o.ProgramID); err != nil {
		return 0, err
	}
	content, files, err := reports.Freeze(d, static.ReportStyle, view.RenderReport)
	if err != nil {
		return 0, err
	}
	kept, named := make([]postgres.ReportFile, len(files)), make([]ledger.ReportFile, len(files))
	for i, f := range files {
		kept[i] = postgres.ReportFile{Name: f.Name, MediaType: f.MediaType, Quotes: f.Quotes, Content: f.Content}
		named[i] = ledger.ReportFile{Name: f.Name, Size: int64(len(f.Content)), SHA256: hexSum(f.Content)}
	}
	texts := make([]postgres.ReportText, len(content.Texts))
	for i, t := range content.Texts {
		texts[i] = postgres.ReportText{Hash: t.Hash, Salt: t.Salt, Indonesian: t.ID, English: t.EN}
	}
	if err := w.KeepReport(ctx, o.ProgramID, content.SHA256, kept, texts); err != nil {
		return 0, err
	}
	if err := appendReport(ctx, w, o, d, content.SHA256, named); err != nil {
		return 0, err
	}
	_, _ = checkpointFor(ctx, signs, o.ProgramID) // the report itself under a signature; the next round signs it if this one does not
	return d.Number, nil
}

// appendReport records the signature.
func appendReport(ctx context.Context, w *postgres.Writer, o ReportOrder, d reports.Document, content string, files []ledger.ReportFile) error {
	body := ledger.ProgressReport{
		Number: d.Number, From: o.From.String(), To: o.To.String(), AsOf: rfc3339(d.AsOf), Snapshot: d.Entry, Content: content, Files: files,
		Office: o.Signer.Office, Replaces: o.Replaces,
	}
	if d.Checkpoint != nil {
		body.Checkpoint = &ledger.ReportCheckpoint{Origin: d.Checkpoint.Origin, Size: d.Checkpoint.Size, Root: d.Checkpoint.Root}
	}
	texts := map[string]string{"signer": o.Signer.Name}
	if o.Dissent != "" {
		texts["dissent"] = o.Dissent
	}
	unit := ledger.Unit{Drafts: []ledger.Draft{{
		Kind: ledger.KindProgressReport, Source: o.Signer.Pseudonym, Actor: o.Signer.Pseudonym, EventID: o.EventID, ObservedAt: o.Signer.At, Body: body, Texts: texts,
	}}}
	if o.Imported == nil {
		_, err := w.Append(ctx, o.ProgramID, unit)
		return err
	}
	outcomes, err := w.AppendImported(ctx, o.ProgramID, *o.Imported, []ledger.Unit{unit})
	if err != nil {
		return err
	}
	return outcomes[0].Err
}

// checkpointFor signs the ledger as it stands; nil where this process has no key.
func checkpointFor(ctx context.Context, signs *signer.Signer, programID string) (*reports.Checkpoint, error) {
	if signs == nil {
		return nil, nil
	}
	c, err := signs.Sign(ctx, programID, postgres.SignedReport)
	if err != nil {
		return nil, fmt.Errorf("checkpoint of the report: %w", err)
	}
	return &reports.Checkpoint{Origin: c.Origin, Size: c.Size, Root: c.Root.String()}, nil
}

// draftReport makes the document of a report from what was known at its moment.
func draftReport(ctx context.Context, w *postgres.Writer, o ReportOrder) (reports.Document, error) {
	state, err := w.ProgramState(ctx, o.ProgramID, o.AsOf)
	switch {
	case err != nil:
		return reports.Document{}, err
	case state.Entry == 0:
		return reports.Document{}, ErrReportEmpty
	case o.Reviewed != 0 && o.Reviewed != state.Entry:
		return reports.Document{}, ErrReportChanged
	}
	signed, err := w.ProgressReports(ctx, o.ProgramID, time.Time{})
	if err != nil {
		return reports.Document{}, err
	}
	number := int64(len(signed)) + 1
	if o.Number != 0 && o.Number != number {
		return reports.Document{}, &ledger.Refusal{Code: ledger.NumberTaken, Field: "number"}
	}
	p := state.Program
	in := view.ReportInput{
		Head: reports.Head{
			Number: number, Replaces: o.Replaces, Program: p.Key, ProgramID: p.ID, Name: p.Name, Regulator: p.LeadRegulator, Operators: p.Operators, Legal: p.LegalBasis,
			Demo: p.Demo, Zone: p.Zone, From: o.From, To: o.To, AsOf: o.AsOf, Entry: state.Entry, RecordedAt: state.RecordedAt, Signer: o.Signer, Dissent: o.Dissent,
		},
		Program: p, Assessment: metrics.Assess(p, state.History, o.AsOf), Comparisons: metrics.CompareStatements(p, state.History, o.AsOf),
	}
	in.Forecast = metrics.ForecastProgram(p, state.History, in.Assessment, p.Rules.Allowance)
	if err := fillPeriod(ctx, w, o, state, &in); err != nil {
		return reports.Document{}, err
	}
	return view.NewReport(in), nil
}

// periodKinds are the kinds of entries that a report lists as changes.
func periodKinds() []ledger.Kind {
	var kinds []ledger.Kind
	for _, k := range view.ReportKinds() {
		kinds = append(kinds, ledger.Kind(k))
	}
	return kinds
}

// fillPeriod adds what changed in the period.
func fillPeriod(ctx context.Context, w *postgres.Writer, o ReportOrder, state postgres.ProgramState, in *view.ReportInput) error {
	before := o.From.Start(state.Zone).Add(-time.Microsecond)
	was, err := w.ProgramState(ctx, o.ProgramID, before)
	if err != nil {
		return err
	}
	if was.Entry > 0 {
		split := metrics.SplitChange(was.Program, state.Program)
		in.Split = &split
	}
	records, err := w.Changes(ctx, o.ProgramID, periodKinds(), before, state.RecordedAt)
	if err != nil {
		return err
	}
	in.Cut = len(records) == postgres.MaxChanges
	for _, rec := range records {
		change, err := newChange(rec)
		if err != nil {
			return err
		}
		in.Changes = append(in.Changes, change)
	}
	return nil
}

func newChange(rec postgres.Record) (view.RecordedChange, error) {
	about, err := ledger.KeyOf(rec.Entry)
	if err != nil {
		return view.RecordedChange{}, err
	}
	c := view.RecordedChange{
		Entry: rec.Number, RecordedAt: rec.RecordedAt, ObservedAt: rec.ObservedAt, Kind: string(rec.Kind), About: about, Actor: rec.Actor,
		Reason: writtenText(rec.Texts, "reason"), Erased: len(rec.Erased()) > 0,
	}
	if rec.Observes() {
		var body ledger.Report
		if err := json.Unmarshal(rec.Body, &body); err != nil {
			return view.RecordedChange{}, err
		}
		c.About = body.Milestone
		if body.Done != nil && body.Total != nil {
			c.Counts = &metrics.Counts{Done: *body.Done, Total: *body.Total}
		}
	}
	return c, nil
}
