package view

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/reports"
	"tenggat/internal/tables"
)

func sampleReport(p metrics.Program, h metrics.History, a metrics.Assessment) reports.Document {
	split := metrics.SplitChange(metrics.Program{}, p)
	return NewReport(ReportInput{
		Head: reports.Head{
			Number: 2, Replaces: 1, Program: p.Key, ProgramID: "7c9e6679-7425-40de-944b-e07fc1f90ae7", Name: p.Name, Regulator: p.LeadRegulator, Operators: p.Operators,
			Legal: p.LegalBasis, Demo: p.Demo, Zone: p.Zone, From: a.Today - 7, To: a.Today, AsOf: a.At, Entry: 31, RecordedAt: a.At, Dissent: "Tidak <sependapat>",
			Checkpoint: &reports.Checkpoint{Origin: "demo/program/7c9e6679-7425-40de-944b-e07fc1f90ae7", Size: 31, Root: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
			Signer:     reports.Signer{Name: "Dewi", Office: "Kepatuhan", Pseudonym: "p-dewi", At: a.At},
		},
		Program: p, Assessment: a, Forecast: metrics.ForecastProgram(p, h, a, 0), Comparisons: metrics.CompareStatements(p, h, a.At), Split: &split,
		Changes: []RecordedChange{
			{Entry: 12, RecordedAt: a.At, ObservedAt: a.At, Kind: "correction", About: "P1", Counts: &metrics.Counts{Done: 3, Total: 9}, Reason: metrics.Text{ID: "=1+1", EN: "=1+1"}, Actor: "p-x"},
			{Entry: 13, RecordedAt: a.At, ObservedAt: a.At, Kind: "weights", About: "weights", Erased: true, Actor: "import"},
		},
	})
}

var sampleHash = strings.Repeat("ab", 32)

// addProgressReports adds the pages about signed reports.
func addProgressReports(pages map[string]templ.Component, suffix string, f Frame, p metrics.Program, h metrics.History, a metrics.Assessment) {
	base := ProgramPath(p.Key)
	signed := []SignedReport{
		{Number: 2, Replaces: 1, From: a.Today - 7, To: a.Today, AsOf: a.At, Snapshot: 31, Content: sampleHash, Office: "Kepatuhan", Signer: "Dewi", Actor: "p-dewi", SignedAt: a.At, Entry: 32},
		{Number: 1, ReplacedBy: 2, From: a.Today - 9, To: a.Today - 8, AsOf: a.At, Snapshot: 20, Content: sampleHash, Office: "Kepatuhan", Dissent: "x", Actor: "p-dewi", SignedAt: a.At, Entry: 21},
	}
	f.Path = base + "/reports"
	pages["reports"+suffix] = ReportsPage(NewReportsModel(f, p, signed))
	pages["reports none"+suffix] = ReportsPage(NewReportsModel(f, p, nil))
	files := []ReportFile{{"content.json", "application/json", sampleHash, 1200, false}, {"report.id.html", "text/html", sampleHash, 1200, false}, {"report.en.html", "text/html", sampleHash, 1200, true}}
	for i := range signed {
		f.Path = base + ReportPath(signed[i].Number)
		pages["report "+f.Path+suffix] = SignedReportPage(NewSignedReportModel(f, p, signed[i], files))
	}
	if !f.Can(access.IssueReport) {
		return
	}
	f.Path = base + "/reports/new"
	pages["report form"+suffix] = ReportFormPage(NewReportFormModel(f, p, a, signed, Form{}, "event-9"))
	pages["report form failed"+suffix] = ReportFormPage(NewReportFormModel(f, p, a, nil, Form{Values: map[string]string{"from": "x"}, Errors: []FieldError{{"from", "Tanggal."}, {"to", "Wajib."}, {"office", "Wajib."}, {"dissent", "Terlalu panjang."}}}, "event-9"))
	typed := Form{Values: map[string]string{"office": "Kepatuhan"}, Errors: []FieldError{{"confirm", "Wajib."}}}
	pages["report review"+suffix] = ReportReviewPage(NewReportReviewModel(f, sampleReport(p, h, a), typed, "event-9"))
}

// The frozen page has nine sections, each number and date in the page's language, and nothing that a browser would run or fetch.
func TestReportPage(t *testing.T) {
	p, h, a, _ := tokopediaCase(t, "2024-03-12")
	d := sampleReport(p, h, a)
	if len(d.Sections) != 9 {
		t.Fatalf("%d sections", len(d.Sections))
	}
	for _, l := range i18n.Langs() {
		page, err := RenderReport(d, sampleHash, l)
		if err != nil {
			t.Fatal(err)
		}
		body := string(page)
		for _, want := range []string{"&lt;sependapat&gt;", sampleHash, `href="report.css"`, `lang="` + l.Tag() + `"`, l.Pick("93,26", "93.26"), l.Pick("12 Mar 2024", "12 Mar 2024"), "=1+1", l.T(i18n.TextErased)} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %q", l.Name(), want)
			}
		}
		for _, never := range []string{"<script", "style=", "http://", "https://", "src=", "<form"} {
			if strings.Contains(body, never) {
				t.Errorf("%s: %q", l.Name(), never)
			}
		}
	}
}

// Every file of a report is made of the one document: the same rows everywhere, the hash at every foot, and no text in the content.
func TestFreeze(t *testing.T) {
	p, h, a, _ := tokopediaCase(t, "2024-03-12")
	d := sampleReport(p, h, a)
	content, files, err := reports.Freeze(d, "body {}", RenderReport)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]reports.File{}
	for _, f := range files {
		if _, twice := byName[f.Name]; twice || len(f.Content) == 0 {
			t.Errorf("%s is there twice, or empty", f.Name)
		}
		byName[f.Name] = f
	}
	tableCount := 0
	for _, s := range d.Sections {
		for _, table := range s.Tables {
			tableCount++
			for _, l := range i18n.Langs() {
				f := byName[reports.TableName(table.Name, l)]
				if rows := strings.Count(string(f.Content), ",31,"+"31 AAAA"); rows != len(table.Rows) {
					t.Errorf("%s has %d rows, the table %d", f.Name, rows, len(table.Rows))
				}
				if f.Quotes != table.Quotes() {
					t.Errorf("%s quotes %v", f.Name, f.Quotes)
				}
			}
		}
	}
	if want := 2 + 2*(2+tableCount); len(files) != want {
		t.Errorf("%d files, want %d", len(files), want)
	}
	for _, name := range []string{reports.StyleName, reports.PageName(i18n.English)} {
		if !strings.Contains(string(byName[name].Content), content.SHA256) {
			t.Errorf("%s does not bear the hash", name)
		}
	}
	for _, text := range content.Texts {
		if len(text.ID) > 8 && strings.Contains(string(content.Canonical), `"`+text.ID+`"`) { // the fixture's offices are called like its speakers
			t.Errorf("the content holds %q", text.ID)
		}
	}
	again, _, err := reports.Freeze(d, "body {}", RenderReport)
	if err != nil || again.SHA256 == content.SHA256 {
		t.Error("two contents have the same salts")
	}
	if len(content.Texts) < 5 {
		t.Errorf("%d texts of people", len(content.Texts))
	}
}

// A report of an empty program is still a report.
func TestReportOfAnEmptyProgram(t *testing.T) {
	p, a := emptyProgram()
	if _, files, err := reports.Freeze(sampleReport(p, metrics.History{}, a), "", RenderReport); err != nil || len(files) < 10 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

func TestShownCells(t *testing.T) {
	w := words{i18n.Indonesian, wib}
	for want, c := range map[string]tables.Cell{
		"−6,3": tables.Hundredths(-630), "1.234.567": tables.Whole(1234567), "12 Mar 2024": tables.Date(metrics.NewDay(2024, time.March, 12)),
		"12 Mar 2024 09.00 WIB": tables.Time(time.Date(2024, 3, 12, 2, 0, 0, 0, time.UTC)), "ya": tables.Yes(true), "": nil,
	} {
		if got := w.shown(c).Text; got != want {
			t.Errorf("%v is shown as %q, want %q", c, got, want)
		}
	}
}
