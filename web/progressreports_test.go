package web

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	unescape "html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/reports"
)

const newReportPath = "/programs/demo/reports/new"

// aReport is the form for a report of "demo" up to today.
func (s *site) aReport() url.Values {
	return url.Values{"from": {"2024-01-08"}, "to": {time.Now().In(wib).Format(time.DateOnly)}, "office": {"Kepala kepatuhan"}, "event_id": {s.server.newEventID()}}
}

// formIn are the hidden fields of a form in a page.
func formIn(page string) url.Values {
	values := url.Values{}
	for _, found := range regexp.MustCompile(`<input type="hidden" name="([a-z_]+)" value="([^"]*)">`).FindAllStringSubmatch(page, -1) {
		values.Set(found[1], unescape.UnescapeString(found[2]))
	}
	values.Del("back") // of the form that sets the theme
	return values
}

// issue reviews and signs a report and returns where it is.
func (s *site) issue(session string, form url.Values) string {
	s.t.Helper()
	review := s.send("POST", newReportPath, form.Encode(), asForm, signedIn(session)).want(s.t, 200)
	again := formIn(review.body)
	again.Set("confirm", "yes")
	again.Set("step", "sign")
	to := s.send("POST", newReportPath, again.Encode(), asForm, signedIn(session)).want(s.t, http.StatusSeeOther).Header.Get("Location")
	path, _, _ := strings.Cut(to, "?")
	return path
}

// A report is typed, reviewed, confirmed and signed; then its files are there, each with the hash that its entry names.
func TestReportIsReviewedSignedAndFrozen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	compliance, regulator := s.session(access.Compliance), s.session(access.Regulator)
	s.get(newReportPath, signedIn(regulator)).want(t, 403)
	s.get("/programs/demo/reports", signedIn(regulator)).want(t, 200)

	form := s.aReport()
	form.Set("dissent", `Tidak sependapat: <script>alert(1)</script>`)
	review := s.send("POST", newReportPath, form.Encode(), asForm, signedIn(compliance)).want(t, 200)
	for _, want := range []string{"1. Ringkasan", "9. Keterbatasan", "Kepala kepatuhan", "&lt;script&gt;", `name="confirm"`} {
		if !strings.Contains(review.body, want) {
			t.Errorf("the review lacks %q", want)
		}
	}
	before := s.head()
	again := formIn(review.body)
	again.Set("step", "sign")
	s.send("POST", newReportPath, again.Encode(), asForm, signedIn(compliance)).want(t, 422) // not confirmed
	if s.head() != before {
		t.Error("something was signed without being confirmed")
	}
	again.Set("confirm", "yes")
	signed := s.send("POST", newReportPath, again.Encode(), asForm, signedIn(compliance)).want(t, 303)
	if to := signed.Header.Get("Location"); to != "/programs/demo/reports/1?notice=signed" {
		t.Fatalf("redirected to %s", to)
	}
	if twice := s.send("POST", newReportPath, again.Encode(), asForm, signedIn(compliance)).want(t, 303); twice.Header.Get("Location") != signed.Header.Get("Location") || s.head() != before+1 {
		t.Error("the same form signed twice")
	}

	one := decode[progressReportJSON](t, s.api("GET", "/api/v1/programs/demo/reports/1", "", signedIn(regulator)).want(t, 200))
	content := s.get("/programs/demo/reports/1/content.json", signedIn(regulator)).want(t, 200)
	if hexSum([]byte(content.body)) != one.Content || one.Snapshot != before || one.Entry != before+1 || one.Signer != "Test compliance" {
		t.Errorf("%+v", one)
	}
	if strings.Contains(content.body, "Test compliance") || strings.Contains(content.body, "sependapat") || strings.Contains(content.body, "No test data") {
		t.Error("the hashed content has texts of people in it")
	}
	for _, f := range one.Files {
		a := s.get("/programs/demo/reports/1/"+f.Name, signedIn(regulator)).want(t, 200)
		if hexSum([]byte(a.body)) != f.SHA256 || int64(len(a.body)) != f.Size || a.Header.Get("Content-Type") != f.MediaType {
			t.Errorf("%s: %d bytes of %s", f.Name, len(a.body), a.Header.Get("Content-Type"))
		}
	}
	for _, name := range []string{"report.id.html", "report.en.html", "report.id.xlsx", "report.css", "areas.id.csv", "statements.en.csv"} {
		if !slices.ContainsFunc(one.Files, func(f reportFileJSON) bool { return f.Name == name }) {
			t.Errorf("no %s among the files", name)
		}
	}
	page := s.get("/programs/demo/reports/1/report.id.html", signedIn(regulator)).want(t, 200).body
	if !strings.Contains(page, one.Content) || !strings.Contains(page, "Laporan No. 1") || strings.Contains(page, "<script>alert") || strings.Contains(page, "style=") {
		t.Error("the page of the report is not what it should be")
	}
	s.checkTexts(t, regulator)
	list := s.get("/programs/demo/reports", signedIn(regulator)).want(t, 200).body
	if strings.Contains(list, "/reports/new") || !strings.Contains(list, "Laporan No. 1") {
		t.Error("the list of reports")
	}
	s.get("/programs/demo/reports/2", signedIn(regulator)).want(t, 404)
	s.get("/programs/demo/reports/01", signedIn(regulator)).want(t, 404)
	s.get("/programs/demo/reports/1/none.csv", signedIn(regulator)).want(t, 404)
	s.get("/programs/other/reports/1", signedIn(regulator)).want(t, 404)
	s.get("/programs/demo/reports/1?as_of=2024-02-01", signedIn(regulator)).want(t, 404)
}

// checkTexts computes the hashes of the content's texts as a stranger would.
func (s *site) checkTexts(t *testing.T, session string) {
	t.Helper()
	var full struct {
		Content json.RawMessage
		SHA256  string
		Texts   map[string]struct{ Salt, ID, EN string }
	}
	body := s.get("/programs/demo/reports/1/report.json", signedIn(session)).want(t, 200).body
	if err := json.Unmarshal([]byte(body), &full); err != nil {
		t.Fatal(err)
	}
	if hexSum(full.Content) != full.SHA256 {
		t.Error("the content in report.json does not have its hash")
	}
	if len(full.Texts) < 3 { // name, dissent, title of the blocker
		t.Errorf("%d texts", len(full.Texts))
	}
	for hash, text := range full.Texts {
		salt, err := hex.DecodeString(text.Salt)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := json.Marshal(struct {
			EN string `json:"en"`
			ID string `json:"id"`
		}{text.EN, text.ID})
		if err != nil {
			t.Fatal(err)
		}
		plain = bytes.ReplaceAll(bytes.ReplaceAll(plain, []byte(`\u003c`), []byte("<")), []byte(`\u003e`), []byte(">"))
		if sum := sha256.Sum256(append(salt, plain...)); hex.EncodeToString(sum[:]) != hash || !strings.Contains(string(full.Content), hash) {
			t.Errorf("the hash of %q does not fit", text.ID)
		}
	}
}

// What happens later changes nothing in a signed report: new entries, new names, a new report in its place.
func TestNothingChangesASignedReport(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	compliance, regulator := s.session(access.Compliance), s.session(access.Regulator)
	path := s.issue(compliance, s.aReport())
	files := decode[progressReportJSON](t, s.get("/api/v1"+path, signedIn(regulator)).want(t, 200)).Files
	read := func() (bodies []string) {
		for _, f := range files {
			bodies = append(bodies, s.get(path+"/"+f.Name, signedIn(regulator)).want(t, 200).body)
		}
		return bodies
	}
	then := read()
	s.seedMore()
	second := s.aReport()
	second.Set("replaces", "1")
	if next := s.issue(compliance, second); next != "/programs/demo/reports/2" {
		t.Fatalf("the next report is %s", next)
	}
	if now := read(); !slices.Equal(then, now) {
		t.Error("a signed report changed")
	}
	if page := s.get(path+"?lang=en", signedIn(regulator)).want(t, 200).body; !strings.Contains(page, "replaced by report no. 2") {
		t.Error("the page of a report in error does not say so")
	}
	if page := s.get("/programs/demo/reports/2/report.en.html", signedIn(regulator)).want(t, 200).body; !strings.Contains(page, "<dt>Replaces</dt><dd>Report no. 1</dd>") || !strings.Contains(page, "Renamed") {
		t.Error("the second report does not say which it replaces, or lacks what is new")
	}
	if strings.Contains(strings.Join(then, ""), "Renamed") {
		t.Error("the first report knows what came later")
	}
	// The database refuses to change bytes, whoever asks in the application's name.
	bad := url.Values{"from": {"2024-01-08"}, "to": {"2024-01-07"}, "office": {""}, "replaces": {"9"}, "event_id": {s.server.newEventID()}}
	refused := s.send("POST", newReportPath+"?lang=en", bad.Encode(), asForm, signedIn(compliance)).want(t, 422).body
	for _, want := range []string{"before the first", `href="#office"`} {
		if !strings.Contains(refused, want) {
			t.Errorf("a bad form is refused without %q", want)
		}
	}
}

// seedMore renames the program and a milestone of "demo" and reports more.
func (s *site) seedMore() {
	s.t.Helper()
	drafts := []ledger.Draft{
		{Kind: ledger.KindArea, Source: "p-x", Actor: "p-x", EventID: newID(), ObservedAt: time.Now(), Body: ledger.Area{Key: "P", Name: ledger.Text{ID: "Renamed (id)", EN: "Renamed"}}},
		{Kind: ledger.KindReport, Source: "job:loader", Actor: "job:loader", EventID: newID(), ObservedAt: time.Now(), Body: ledger.Report{Milestone: "P1", Done: new(int64(90)), Total: new(int64(100))}},
	}
	if _, err := s.db.Writer().Append(s.t.Context(), s.programID, ledger.Unit{Drafts: drafts}); err != nil {
		s.t.Fatal(err)
	}
}

// If an entry or another report comes between review and signature, the review is shown once more.
func TestWhatIsSignedIsWhatWasReviewed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	compliance := s.session(access.Compliance)
	review := func() url.Values {
		again := formIn(s.send("POST", newReportPath, s.aReport().Encode(), asForm, signedIn(compliance)).want(t, 200).body)
		again.Set("confirm", "yes")
		again.Set("step", "sign")
		return again
	}
	first, second := review(), review()
	s.send("POST", newReportPath, first.Encode(), asForm, signedIn(compliance)).want(t, 303)
	conflict := s.send("POST", newReportPath+"?lang=en", second.Encode(), asForm, signedIn(compliance)).want(t, 409)
	if !strings.Contains(conflict.body, "now with number 2") || !strings.Contains(conflict.body, "Sign report no. 2") {
		t.Error("the second signer is not told of the first")
	}
	forged := review()
	forged.Set("entry", "3")
	s.send("POST", newReportPath, forged.Encode(), asForm, signedIn(compliance)).want(t, 409)
	forged.Set("as_of", "2024-01-09T00:00:00Z")
	s.send("POST", newReportPath, forged.Encode(), asForm, signedIn(compliance)).want(t, 400)
}

// However many sign at once, numbers have no gap and none is given twice.
func TestReportNumbersHaveNoGaps(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	today := metrics.DayOf(time.Now(), wib)
	var signing sync.WaitGroup
	for n := range 6 {
		signing.Go(func() {
			for {
				order := ReportOrder{
					ProgramID: s.programID, From: today - 7, To: today, AsOf: time.Now().UTC().Truncate(time.Microsecond), EventID: fmt.Sprintf("order-%d", n),
					Signer: reports.Signer{Name: "Test", Office: "Kepatuhan", Pseudonym: fmt.Sprintf("p-%d", n), At: time.Now()},
				}
				_, err := SignReport(t.Context(), s.db.Writer(), nil, order)
				var refusal *ledger.Refusal
				if errors.As(err, &refusal) && refusal.Code == ledger.NumberTaken {
					continue
				}
				if err != nil {
					t.Error(err)
				}
				return
			}
		})
	}
	signing.Wait()
	signed, err := s.db.Writer().ProgressReports(t.Context(), s.programID, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range signed {
		if want := int64(len(signed) - i); r.Number != want {
			t.Errorf("report %d has number %d", want, r.Number)
		}
	}
	if len(signed) != 6 {
		t.Errorf("%d reports", len(signed))
	}
	if differences, err := s.db.Writer().Rebuild(t.Context(), s.programID, true); err != nil || len(differences) > 0 {
		t.Errorf("rebuilding finds %v, %v", differences, err)
	}
}

// A report prints the checkpoint that was signed for it, and the figures of its tables add up as on the page of its day.
func TestReportPrintsItsCheckpoint(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	compliance := s.session(access.Compliance)
	path := s.issue(compliance, s.aReport())
	one := decode[progressReportJSON](t, s.get("/api/v1"+path, signedIn(compliance)).want(t, 200))
	if one.Checkpoint == nil || one.Checkpoint.Size < one.Snapshot {
		t.Fatalf("checkpoint %+v of a report up to entry %d", one.Checkpoint, one.Snapshot)
	}
	c, err := s.db.Writer().Checkpoint(t.Context(), s.programID, one.Checkpoint.Size)
	if err != nil || c.Root.String() != one.Checkpoint.Root || c.Origin != one.Checkpoint.Origin {
		t.Errorf("published %v, printed %+v, %v", c.Checkpoint, one.Checkpoint, err)
	}
	for _, name := range []string{"report.css", "report.en.html", "areas.en.csv", "content.json"} {
		if body := s.get(path+"/"+name, signedIn(compliance)).want(t, 200).body; !strings.Contains(body, one.Checkpoint.Root) {
			t.Errorf("%s does not bear the checkpoint", name)
		}
	}
	newest, err := s.db.Writer().Checkpoint(t.Context(), s.programID, 0)
	if err != nil || newest.Size != one.Entry {
		t.Errorf("the newest checkpoint covers %d entries, the report was signed in entry %d, %v", newest.Size, one.Entry, err)
	}
}

// A spreadsheet has typed cells: numbers are numbers, dates are dates, and what people wrote is text whatever it begins with.
func TestSpreadsheetCellsAreTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	formula := `=HYPERLINK("http://evil.example","x")`
	blocker := ledger.Draft{
		Kind: ledger.KindItem, Source: "p-x", Actor: "p-x", EventID: newID(), ObservedAt: time.Now(),
		Body:  ledger.Item{Key: "b2", Kind: "blocker", WaitsOn: ledger.Text{ID: "+62", EN: "+62"}, OpenedOn: "2024-01-09"},
		Texts: map[string]string{"title": formula},
	}
	if _, err := s.db.Writer().Append(t.Context(), s.programID, ledger.Unit{Drafts: []ledger.Draft{blocker}}); err != nil {
		t.Fatal(err)
	}
	compliance := s.session(access.Compliance)
	path := s.issue(compliance, s.aReport())
	raw := []byte(s.get(path+"/report.en.xlsx", signedIn(compliance)).want(t, 200).body)
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	find := func(text string) (sheet, cell string) {
		for _, sheet := range book.GetSheetList() {
			rows, err := book.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for y, row := range rows {
				if x := slices.Index(row, text); x >= 0 {
					cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
					return sheet, cell
				}
			}
		}
		t.Fatalf("no cell with %q", text)
		return "", ""
	}
	for _, text := range []string{formula, "+62"} {
		sheet, cell := find(text)
		kind, err := book.GetCellType(sheet, cell)
		if content, _ := book.GetCellFormula(sheet, cell); err != nil || kind != excelize.CellTypeSharedString || content != "" {
			t.Errorf("%q is of type %v, formula %q, %v", text, kind, content, err)
		}
	}
	deviation, err := book.GetCellValue("2. Figures", "B7", excelize.Options{RawCellValue: true})
	if kind, _ := book.GetCellType("2. Figures", "B7"); err != nil || !strings.HasPrefix(deviation, "-") || kind != excelize.CellTypeUnset {
		t.Errorf("the deviation is %q of type %v, %v", deviation, kind, err)
	}
	day, err := book.GetCellValue("4. Deadlines", "D2")
	if err != nil || day != "2024-04-12" {
		t.Errorf("the deadline is %q, %v", day, err)
	}
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		if strings.Contains(f.Name, "externalLink") || strings.Contains(f.Name, "vba") {
			t.Errorf("the workbook has %s", f.Name)
		}
	}
	csv := s.get(path+"/recorded-items.en.csv", signedIn(compliance)).want(t, 200).body
	if !strings.Contains(csv, `"'=HYPERLINK(""http://evil.example"",""x"")"`) || !strings.Contains(csv, ",'+62,") {
		t.Errorf("formulas in CSV:\n%s", csv)
	}
}

// An erased text is gone from every file of a report; the content still has its hash.
func TestErasedTextsLeaveReports(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed() // the blocker's title is in entry 11
	compliance := s.session(access.Compliance)
	path := s.issue(compliance, s.aReport())
	before := decode[progressReportJSON](t, s.get("/api/v1"+path, signedIn(compliance)).want(t, 200))
	erase := ledger.Draft{
		Kind: ledger.KindErasure, Source: "p-x", Actor: "p-x", EventID: newID(), ObservedAt: time.Now(), Body: ledger.Erasure{Entry: 11, Fields: []string{"title"}},
		Texts: map[string]string{},
	}
	if _, err := s.db.Writer().Append(t.Context(), s.programID, ledger.Unit{Drafts: []ledger.Draft{erase}}); err != nil {
		t.Fatal(err)
	}
	after := decode[progressReportJSON](t, s.get("/api/v1"+path, signedIn(compliance)).want(t, 200))
	erased := 0
	for i, f := range after.Files {
		if f.Erased {
			erased++
			s.get(path+"/"+f.Name, signedIn(compliance)).want(t, 404)
		} else if body := s.get(path+"/"+f.Name, signedIn(compliance)).want(t, 200).body; strings.Contains(body, "No test data") || hexSum([]byte(body)) != before.Files[i].SHA256 {
			t.Errorf("%s after the erasure", f.Name)
		}
	}
	if full := s.get(path+"/report.json", signedIn(compliance)).want(t, 200).body; strings.Contains(full, "No test data") || !strings.Contains(full, before.Content) || !strings.Contains(full, "Test compliance") {
		t.Error("report.json after the erasure")
	}
	if hexSum([]byte(s.get(path+"/content.json", signedIn(compliance)).want(t, 200).body)) != before.Content {
		t.Error("the content lost its hash")
	}
	if erased == 0 {
		t.Error("no file was erased")
	}
	if page := s.get(path+"?lang=en", signedIn(compliance)).want(t, 200).body; !strings.Contains(page, "content erased because") {
		t.Error("the page does not say that files were erased")
	}
}

// The real case: what the report says is what the pages say of its day.
func TestReportOfTheRealCase(t *testing.T) {
	s, session := replayed(t)
	from, _ := metrics.ParseDay("2024-03-05")
	to, _ := metrics.ParseDay("2024-03-12")
	order := ReportOrder{
		ProgramID: s.programID, From: from, To: to, AsOf: ReportMoment(to, wib, time.Now()), EventID: "order",
		Signer: reports.Signer{Name: "Dewi", Office: "Kepatuhan", Pseudonym: "p-dewi", At: time.Now()},
	}
	if _, err := SignReport(t.Context(), s.db.Writer(), nil, order); err != nil {
		t.Fatal(err)
	}
	page := s.get("/programs/"+demo.Replay+"/reports/1/report.en.html", signedIn(session)).want(t, 200).body
	for _, want := range []string{"87%", "5–12 March 2024", "31 days", "Payments"} {
		if !strings.Contains(page, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	at := "?as_of=2024-03-12"
	for _, table := range []string{"areas", "sum", "items", "statements", "deadlines"} {
		frozen := s.get("/programs/"+demo.Replay+"/reports/1/"+table+".en.csv", signedIn(session)).want(t, 200).body
		shown := s.table(replayPath+"/tables/"+table+".json"+at, signedIn(session))
		if rows := strings.Count(frozen, "2024-03-12T16:59:59.999999Z"); rows != len(shown.Rows) {
			t.Errorf("%s: %d rows in the report, %d on the page", table, rows, len(shown.Rows))
		}
	}
}
