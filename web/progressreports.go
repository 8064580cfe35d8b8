package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/reports"
	"tenggat/internal/tables"
	"tenggat/web/view"
)

// getProgressReports lists a program's signed reports.
func (s *Server) getProgressReports(r *request) error {
	credential := r.credential
	return s.sendPage(r, nil, func(ctx context.Context, j judged, _ moment, f view.Frame) (component, error) {
		signed, err := s.signedReports(ctx, credential, j)
		if err != nil {
			return nil, err
		}
		return view.ReportsPage(view.NewReportsModel(f, j.Program, signed)), nil
	})
}

// signedReports are the reports that j knows, the newest first.
func (s *Server) signedReports(ctx context.Context, credential string, j judged) ([]view.SignedReport, error) {
	rows, err := s.reader.ProgressReports(ctx, credential, j.ID, j.known())
	if err != nil {
		return nil, err
	}
	replacedBy := map[int64]int64{}
	list := make([]view.SignedReport, len(rows))
	for i, row := range slices.Backward(rows) { // the oldest first: of two that replace one report the later counts
		if list[i], err = newSignedReport(row); err != nil {
			return nil, err
		}
		if row.Replaces > 0 {
			replacedBy[row.Replaces] = row.Number
		}
	}
	for i := range list {
		list[i].ReplacedBy = replacedBy[list[i].Number]
	}
	return list, nil
}

func newSignedReport(row postgres.ProgressReport) (view.SignedReport, error) {
	from, err1 := metrics.ParseDay(row.From)
	to, err2 := metrics.ParseDay(row.To)
	asOf, err3 := time.Parse(time.RFC3339Nano, row.AsOf)
	report := view.SignedReport{
		Number: row.Number, Replaces: row.Replaces, From: from, To: to, AsOf: asOf, Snapshot: row.Snapshot, Content: row.Content, Office: row.Office,
		Signer: row.Texts["signer"], Dissent: row.Texts["dissent"], Actor: row.Actor, SignedAt: row.SignedAt, Entry: row.Entry,
	}
	if c := row.Checkpoint; c != nil {
		report.Checkpoint = &reports.Checkpoint{Origin: c.Origin, Size: c.Size, Root: c.Root}
	}
	return report, errors.Join(err1, err2, err3)
}

// signedReport is the report with the number in the path, as j knows it.
func (s *Server) signedReport(ctx context.Context, credential string, j judged, number string) (view.SignedReport, error) {
	list, err := s.signedReports(ctx, credential, j)
	if err != nil {
		return view.SignedReport{}, err
	}
	at := slices.IndexFunc(list, func(r view.SignedReport) bool { return strconv.FormatInt(r.Number, 10) == number })
	if at < 0 {
		return view.SignedReport{}, &failure{kind: notFound}
	}
	return list[at], nil
}

// getProgressReport is one signed report: what it is, who signed it, its files, and whether it still stands.
func (s *Server) getProgressReport(r *request) error {
	credential, number := r.credential, r.param("number")
	return s.sendPage(r, nil, func(ctx context.Context, j judged, _ moment, f view.Frame) (component, error) {
		report, err := s.signedReport(ctx, credential, j, number)
		if err != nil {
			return nil, err
		}
		files, err := s.reportFiles(ctx, credential, j.ID, report)
		if err != nil {
			return nil, err
		}
		return view.SignedReportPage(view.NewSignedReportModel(f, j.Program, report, files)), nil
	})
}

func (s *Server) reportFiles(ctx context.Context, credential, programID string, report view.SignedReport) ([]view.ReportFile, error) {
	rows, err := s.reader.ReportFiles(ctx, credential, programID, report.Content)
	files := make([]view.ReportFile, len(rows))
	for i, row := range rows {
		files[i] = view.ReportFile{Name: row.Name, MediaType: row.MediaType, SHA256: row.SHA256, Size: row.Size, Erased: row.Erased}
	}
	return files, err
}

// reportWithTexts is the name under which the content is given together with what people wrote.
const reportWithTexts = "report.json"

// getProgressReportFile is a file of a signed report, byte for byte as it was signed.
func (s *Server) getProgressReportFile(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	ctx := r.Request().Context()
	j, err := s.judge(ctx, r.credential, r.program.ID, m)
	if err != nil {
		return err
	}
	report, err := s.signedReport(ctx, r.credential, j, r.param("number"))
	if err != nil {
		return err
	}
	name := r.param("rendering")
	wanted := name
	if name == reportWithTexts {
		wanted = reports.ContentName
	}
	file, err := s.reader.ReportFile(ctx, r.credential, r.program.ID, report.Content, wanted)
	switch {
	case err != nil:
		return err
	case file.Erased:
		return &failure{kind: notFound}
	case hexSum(file.Content) != file.SHA256:
		return errors.New("a file of a signed report does not have its SHA-256")
	case name == reportWithTexts:
		return s.sendReportJSON(r, report, file.Content)
	}
	return sendReportFile(r, report, file.Name, file.MediaType, file.Content)
}

// sendReportJSON answers with the content and the texts it holds as hashes.
func (s *Server) sendReportJSON(r *request, report view.SignedReport, content []byte) error {
	rows, err := s.reader.ReportTexts(r.Request().Context(), r.credential, r.program.ID, report.Content)
	if err != nil {
		return err
	}
	texts := make([]reports.Text, len(rows))
	for i, row := range rows {
		texts[i] = reports.Text{Hash: row.Hash, Salt: row.Salt, Text: metrics.Text{ID: row.Indonesian, EN: row.English}}
	}
	body, err := reports.WithTexts(content, texts)
	if err != nil {
		return err
	}
	return sendReportFile(r, report, reportWithTexts, "application/json", body)
}

// sendReportFile shows pages and their style, and hands out everything else to be kept.
func sendReportFile(r *request, report view.SignedReport, name, mediaType string, body []byte) error {
	if strings.HasPrefix(mediaType, "text/html") || strings.HasPrefix(mediaType, "text/css") {
		return showFile(r, mediaType, body)
	}
	ending := name[strings.LastIndex(name, "."):]
	return sendFile(r, fileName(r.program.Slug, "report", strconv.FormatInt(report.Number, 10), strings.TrimSuffix(name, ending), ending), mediaType, body)
}

func hexSum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// reportFields are the visible fields of the form that builds a report.
var reportFields = []string{"from", "to", "office", "dissent", "replaces", "confirm"}

// getReportForm shows the form; the period goes on where the last report's ended.
func (s *Server) getReportForm(r *request) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	form := view.Form{Values: r.prefilled(reportFields...)}
	return s.showReportForm(r, j, http.StatusOK, form)
}

func (s *Server) showReportForm(r *request, j judged, status int, form view.Form) error {
	signed, err := s.signedReports(r.Request().Context(), r.credential, j)
	if err != nil {
		return err
	}
	return s.sendOnce(r, status, view.ReportFormPage(view.NewReportFormModel(r.formFrame(j), j.Program, j.assessment, signed, form, s.newEventID())))
}

// postReportForm takes the form in two steps: the report comes back for review, and is signed and frozen when it is sent again. What is
// signed is what was reviewed: if an entry or another report came between, the review is shown once more.
func (s *Server) postReportForm(r *request) error {
	values, err := readForm(r, append(reportFields, "event_id", "step", "as_of", "entry", "number")...)
	if err != nil {
		return err
	}
	eventID := values.Get("event_id")
	if _, ok := shownAt(eventID); !ok {
		return &failure{kind: malformedRequest}
	}
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	f := &formReader{lang: r.lang, values: values}
	order := s.readReport(r, f, j, eventID)
	switch step := values.Get("step"); {
	case len(f.wrong) > 0:
		return s.showReportForm(r, j, http.StatusUnprocessableEntity, f.again(reportFields...))
	case step == "edit":
		return s.showReportForm(r, j, http.StatusOK, f.again(reportFields...))
	case step != "sign":
		return s.reviewReport(r, j, http.StatusOK, order, f.again(reportFields...))
	}
	return s.signReport(r, j, order, f)
}

// readReport reads the form in the order of its fields.
func (s *Server) readReport(r *request, f *formReader, j judged, eventID string) ReportOrder {
	today := metrics.DayOf(s.now(), r.program.Zone)
	from, to := f.pastDate("from", f.requiredDate("from"), today), f.pastDate("to", f.requiredDate("to"), today)
	o := ReportOrder{ProgramID: r.program.ID, EventID: eventID, Dissent: f.text("dissent", false, ledger.MaxTextLength)}
	if f.errorless("from") && f.errorless("to") {
		o.From, _ = metrics.ParseDay(from)
		o.To, _ = metrics.ParseDay(to)
		switch {
		case o.To < o.From:
			f.refuse("to", i18n.ReportPeriodOrder)
		case o.To < j.Start:
			f.refuse("to", i18n.ReportBeforeStart)
		}
		o.AsOf = ReportMoment(o.To, r.program.Zone, s.now())
	}
	o.Signer = reports.Signer{Name: r.who.Name, Office: f.line("office", true, maxPartyLength), Pseudonym: r.who.Actor(), At: s.now().UTC().Truncate(time.Second)}
	if replaces := f.values.Get("replaces"); replaces != "" {
		n, err := strconv.ParseInt(replaces, 10, 64)
		if err != nil || n < 1 {
			f.refuse("replaces", i18n.ReportUnknown)
		}
		o.Replaces = n
	}
	return o
}

func (s *Server) reviewReport(r *request, j judged, status int, o ReportOrder, form view.Form) error {
	o.Reviewed, o.Number = 0, 0
	d, err := draftReport(r.Request().Context(), s.writer, o)
	if errors.Is(err, ErrReportEmpty) {
		form.Errors = []view.FieldError{{Field: "to", Text: r.lang.T(i18n.ReportBeforeStart)}}
		return s.showReportForm(r, j, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return s.sendOnce(r, status, view.ReportReviewPage(view.NewReportReviewModel(r.formFrame(j), d, form, o.EventID)))
}

// signReport signs what was reviewed.
func (s *Server) signReport(r *request, j judged, o ReportOrder, f *formReader) error {
	form := f.again(reportFields...)
	if f.values.Get("confirm") != "yes" {
		form.Errors = []view.FieldError{{Field: "confirm", Text: r.lang.T(i18n.ReportConfirmFirst)}}
		return s.reviewReport(r, j, http.StatusUnprocessableEntity, o, form)
	}
	asOf, err1 := time.Parse(time.RFC3339Nano, f.values.Get("as_of"))
	entry, err2 := strconv.ParseInt(f.values.Get("entry"), 10, 64)
	number, err3 := strconv.ParseInt(f.values.Get("number"), 10, 64)
	if errors.Join(err1, err2, err3) != nil || entry < 1 || number < 1 || asOf.After(o.AsOf) || metrics.DayOf(asOf, r.program.Zone) != o.To {
		return &failure{kind: malformedRequest}
	}
	if done, err := s.signedBefore(r, o.EventID); err != nil || done > 0 { // the same form, sent twice
		if err != nil {
			return err
		}
		return r.redirect(r.reportPath(done), r.noticed("signed"))
	}
	o.AsOf, o.Reviewed, o.Number = asOf, entry, number
	_, err := SignReport(r.Request().Context(), s.writer, s.signer, o)
	var refusal *ledger.Refusal
	switch {
	case err == nil:
		return r.redirect(r.reportPath(number), r.noticed("signed"))
	case errors.Is(err, ErrReportChanged):
		form.Trouble = r.lang.T(i18n.ReportChanged)
	case !errors.As(err, &refusal):
		return err
	case refusal.Code == ledger.NumberTaken:
		form.Trouble = r.lang.T(i18n.ReportNumberMoved, r.lang.Int(number+1))
	default:
		form.Errors = []view.FieldError{{Field: fieldOf(refusal, reportFields), Text: r.lang.T(refusalText(refusal.Code))}}
		return s.showReportForm(r, j, http.StatusUnprocessableEntity, form)
	}
	o.AsOf = ReportMoment(o.To, r.program.Zone, s.now())
	return s.reviewReport(r, j, http.StatusConflict, o, form)
}

// signedBefore is the number of the report that the same form has signed already; 0: none.
func (s *Server) signedBefore(r *request, eventID string) (number int64, err error) {
	signed, err := s.writer.ProgressReports(r.Request().Context(), r.program.ID, time.Time{})
	for _, p := range signed {
		if p.EventID == eventID && p.Actor == r.who.Actor() {
			return p.Number, nil
		}
	}
	return 0, err
}

func (r *request) reportPath(number int64) string {
	return view.ProgramPath(r.program.Slug) + view.ReportPath(number)
}

// reportsTable is the list of reports as a file.
func reportsTable(t tableSource) (tables.Table, error) {
	signed, err := t.server.signedReports(t.ctx, t.credential, t.judged)
	return view.ReportsFile(signed), err
}
