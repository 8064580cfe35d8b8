package view

import (
	"strconv"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/reports"
	"tenggat/internal/tables"
)

// SignedReport is a signed progress report as the ledger knows it.
type SignedReport struct {
	Number, Replaces, ReplacedBy int64 // 0: none
	From, To                     metrics.Day
	AsOf                         time.Time
	Snapshot                     int64  // the last entry that its figures rest on
	Content                      string // SHA-256 of its content
	Office, Signer, Dissent      string // an erased text is ""
	Actor                        string
	SignedAt                     time.Time
	Entry                        int64 // that signed it
	Checkpoint                   *reports.Checkpoint
}

// ReportFile is one of its files.
type ReportFile struct {
	Name, MediaType, SHA256 string
	Size                    int64
	Erased                  bool
}

// ReportPath is the path of a signed report below its program's.
func ReportPath(number int64) string { return "/reports/" + strconv.FormatInt(number, 10) }

// ReportsModel is the list of signed reports.
type ReportsModel struct {
	Frame
	Rows    []ReportRow
	NewHref string // "" where none can be built
}

// ReportRow is one report in the list.
type ReportRow struct {
	Name, Href   string
	Period, AsOf string
	Signer       string
	SignedAt     string
	State        string
	Hash         string
}

// NewReportsModel makes the list; signed are the newest first.
func NewReportsModel(f Frame, p metrics.Program, signed []SignedReport) ReportsModel {
	w := words{f.Lang, p.Zone}
	m := ReportsModel{Frame: f.titled("", f.t(i18n.ReportsTitle))}
	for _, r := range signed {
		m.Rows = append(m.Rows, ReportRow{
			Name: w.T(i18n.ReportNumber, w.Int(r.Number)), Href: f.Link(f.InProgram(ReportPath(r.Number))), Period: w.days(r.From, r.To), AsOf: w.atMid(r.AsOf),
			Signer: join(w.signer(r), "("+r.Office+")"), SignedAt: w.atMid(r.SignedAt), State: w.reportState(r), Hash: r.Content,
		})
	}
	if f.mayNow(access.IssueReport) {
		m.NewHref = f.Link(f.InProgram("/reports/new"))
	}
	return m
}

// signer is the name as it was signed with; one that is not kept any more was erased.
func (w words) signer(r SignedReport) string {
	return w.written(metrics.Text{ID: r.Signer, EN: r.Signer})
}

func (w words) reportState(r SignedReport) string {
	if r.ReplacedBy > 0 {
		return w.T(i18n.ReportReplaced, w.Int(r.ReplacedBy))
	}
	return w.T(i18n.ReportStands)
}

// SignedReportModel is one signed report, seen from outside its frozen bytes.
type SignedReportModel struct {
	Frame
	Heading      string
	Replaced     string // says that it was in error; "" while it stands
	ReplacedHref string
	Replaces     string // the report that it stands for
	ReplacesHref string
	Facts        []Fact
	Open         []ReportLink // the report for reading, this page's language first
	Files        []ReportFileRow
	FilesPath    string // of the table as a file
	JSONHref     string
}

// ReportLink leads to a report in a language, in its words.
type ReportLink struct {
	NamedLink
	Lang string
}

// ReportFileRow is a file in a table.
type ReportFileRow struct {
	Name, Href, Size, Hash string
	Erased                 string // "" while it is there
}

// NewSignedReportModel makes the page.
func NewSignedReportModel(f Frame, p metrics.Program, r SignedReport, files []ReportFile) SignedReportModel {
	w := words{f.Lang, p.Zone}
	path := f.InProgram(ReportPath(r.Number))
	m := SignedReportModel{Heading: w.T(i18n.ReportNumber, w.Int(r.Number)), JSONHref: f.Link(path + "/report.json"), FilesPath: ReportPath(r.Number) + "/tables/files"}
	if r.ReplacedBy > 0 {
		m.Replaced, m.ReplacedHref = w.T(i18n.ReportReplacedBy, w.Int(r.ReplacedBy)), f.Link(f.InProgram(ReportPath(r.ReplacedBy)))
	}
	if r.Replaces > 0 {
		m.Replaces, m.ReplacesHref = w.T(i18n.ReportNumber, w.Int(r.Replaces)), f.Link(f.InProgram(ReportPath(r.Replaces)))
	}
	dissent := w.T(i18n.None)
	if r.Dissent != "" {
		dissent = r.Dissent
	}
	checkpoint := w.T(i18n.ReportNoCheckpoint)
	if c := r.Checkpoint; c != nil {
		checkpoint = w.T(i18n.ReportCheckpointFull, w.Int(c.Size), c.Root, c.Origin)
	}
	m.Facts = []Fact{
		{w.T(i18n.ReportPeriod), w.days(r.From, r.To)}, {w.T(i18n.ReportAsOf), w.T(i18n.ReportAsOfEntry, w.at(r.AsOf), w.Int(r.Snapshot))},
		{w.T(i18n.ReportSignedBy), w.signer(r)}, {w.T(i18n.ReportOffice), r.Office}, {w.T(i18n.ReportSignedAt), w.at(r.SignedAt)}, {w.T(i18n.ReportDissent), dissent},
		{w.T(i18n.ReportHash), r.Content}, {w.T(i18n.TableCheckpoint), checkpoint}, {w.T(i18n.ReportEntry), w.Int(r.Entry)},
	}
	for _, l := range append([]i18n.Lang{f.Lang}, i18n.Langs()...) {
		href := f.Link(path + "/" + reports.PageName(l))
		if i := indexFile(files, reports.PageName(l)); i >= 0 && !files[i].Erased && !hasLink(m.Open, href) {
			m.Open = append(m.Open, ReportLink{NamedLink{l.T(i18n.ReportOpenIn, l.Name()), href}, l.Tag()})
		}
	}
	for _, file := range files {
		row := ReportFileRow{Name: file.Name, Size: w.Int(file.Size), Hash: file.SHA256}
		if file.Erased {
			row.Erased = w.T(i18n.ReportErased)
		} else {
			row.Href = f.Link(path + "/" + file.Name)
		}
		m.Files = append(m.Files, row)
	}
	m.Frame = f.titled(w.reportState(r), m.Heading)
	return m
}

func indexFile(files []ReportFile, name string) int {
	for i, f := range files {
		if f.Name == name {
			return i
		}
	}
	return -1
}

func hasLink(links []ReportLink, href string) bool {
	for _, l := range links {
		if l.Href == href {
			return true
		}
	}
	return false
}

// ReportFormModel is the form that builds a report; event_id is hidden.
type ReportFormModel struct {
	Frame
	Form
	Action, Back string
	EventID      string
	Replaces     []Choice // reports in error; none before the first
}

// NewReportFormModel makes the form; signed are the reports so far, the newest first. The period goes on where the last one ended.
func NewReportFormModel(f Frame, p metrics.Program, a metrics.Assessment, signed []SignedReport, form Form, eventID string) ReportFormModel {
	w := words{f.Lang, p.Zone}
	if form.Values == nil {
		from := p.Start
		if len(signed) > 0 {
			from = signed[0].To + 1
		}
		form.Values = map[string]string{"from": min(from, a.Today).String(), "to": a.Today.String()}
	}
	m := ReportFormModel{Form: form, Action: f.Link(f.InProgram("/reports/new")), Back: f.Link(f.InProgram("/reports")), EventID: eventID}
	if len(signed) > 0 {
		choices := []Choice{{"", f.t(i18n.ReportReplacesNone), false}}
		for _, r := range signed {
			choices = append(choices, Choice{strconv.FormatInt(r.Number, 10), w.T(i18n.ReportNumber, w.Int(r.Number)) + ", " + w.days(r.From, r.To), false})
		}
		m.Replaces = form.choices("replaces", choices...)
	}
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.ReportsNew)))
	return m
}

// ReportReviewModel shows a report before it is signed.
type ReportReviewModel struct {
	Frame
	Form
	Action   string
	Lead     string
	Facts    []reports.Fact
	Sections []ReportSection
	Hidden   []Choice // what was typed and what was shown, to be sent again
	Sign     string
}

// NewReportReviewModel makes the review of a drafted report.
func NewReportReviewModel(f Frame, d reports.Document, form Form, eventID string) ReportReviewModel {
	w := words{f.Lang, d.Zone}
	m := ReportReviewModel{
		Form: form, Action: f.Link(f.InProgram("/reports/new")), Lead: w.T(i18n.ReportReviewLead, w.at(d.AsOf), w.Int(d.Entry)),
		Facts: reports.Facts(d, "", f.Lang), Sections: ShownSections(d, f.Lang), Sign: w.T(i18n.ReportSign, w.Int(d.Number)),
	}
	for _, field := range []string{"from", "to", "office", "dissent", "replaces"} {
		m.Hidden = append(m.Hidden, Choice{Value: field, Text: form.Value(field)})
	}
	m.Hidden = append(m.Hidden, Choice{Value: "event_id", Text: eventID}, Choice{Value: "as_of", Text: d.AsOf.UTC().Format(time.RFC3339Nano)},
		Choice{Value: "entry", Text: strconv.FormatInt(d.Entry, 10)}, Choice{Value: "number", Text: strconv.FormatInt(d.Number, 10)})
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.ReportReview)))
	return m
}

// ReportsFile is the list of signed reports.
func ReportsFile(signed []SignedReport) tables.Table {
	type report = SignedReport
	number := func(n int64) tables.Cell { return entryNo(n) }
	return tables.Make("reports", i18n.TableReports, []tables.Field[report]{
		col("number", i18n.ReportNo, func(r report) tables.Cell { return tables.Whole(r.Number) }),
		col("from", i18n.HeadFrom, func(r report) tables.Cell { return tables.Date(r.From) }),
		col("to", i18n.HeadTo, func(r report) tables.Cell { return tables.Date(r.To) }),
		col("figures_as_of", i18n.HeadAsOf, func(r report) tables.Cell { return tables.Time(r.AsOf) }),
		col("snapshot_entry", i18n.HeadSnapshot, func(r report) tables.Cell { return tables.Whole(r.Snapshot) }),
		col("office", i18n.ReportOffice, func(r report) tables.Cell { return tables.Word(r.Office) }),
		col("signer", i18n.ReportSignedBy, func(r report) tables.Cell { return written(metrics.Text{ID: r.Signer, EN: r.Signer}) }),
		col("signed_at", i18n.HeadSignedAt, func(r report) tables.Cell { return tables.Time(r.SignedAt) }),
		col("replaces", i18n.HeadReplaces, func(r report) tables.Cell { return number(r.Replaces) }),
		col("replaced_by", i18n.HeadReplacedBy, func(r report) tables.Cell { return number(r.ReplacedBy) }),
		col("content_sha256", i18n.ReportHash, func(r report) tables.Cell { return tables.Word(r.Content) }),
		col("signed_in", i18n.ColumnEntry, func(r report) tables.Cell { return tables.Whole(r.Entry) }),
	}, signed)
}

// ReportFilesFile is the files of one report.
func ReportFilesFile(number int64, files []ReportFile) tables.Table {
	return tables.Make("files", i18n.ReportFilesTitle, []tables.Field[ReportFile]{
		col("report", i18n.ReportNo, func(ReportFile) tables.Cell { return tables.Whole(number) }),
		col("file", i18n.ReportFile, func(f ReportFile) tables.Cell { return tables.Word(f.Name) }),
		col("media_type", i18n.ReportMediaType, func(f ReportFile) tables.Cell { return tables.Word(f.MediaType) }),
		colIn(tables.Bytes, "bytes", i18n.ReportSize, func(f ReportFile) tables.Cell { return tables.Whole(f.Size) }),
		col("sha256", i18n.ReportFileHash, func(f ReportFile) tables.Cell { return tables.Word(f.SHA256) }),
		col("erased", i18n.ReportFileErased, func(f ReportFile) tables.Cell { return tables.Yes(f.Erased) }),
	}, files)
}

// shortHash is enough of a hash to tell two apart by eye.
func shortHash(hash string) string {
	if len(hash) <= 16 {
		return hash
	}
	return strings.ToLower(hash[:16]) + "…"
}
