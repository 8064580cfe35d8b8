package web

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres/storetest"
	"tenggat/internal/reports"
)

// archived is an answer as it was given at a moment.
type archived struct {
	at   time.Time
	path string
	body string
}

// archive serves one program with a clock that the test sets, and keeps what it answers.
type archive struct {
	*site
	slug    string
	session string
	now     *atomic.Int64 // microseconds since 1970
	moments []time.Time
	kept    []archived
}

func newArchive(t *testing.T, slug string) *archive {
	t.Helper()
	db := storetest.Open(t)
	id, err := db.Writer().CreateProgram(t.Context(), slug, "Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	now := &atomic.Int64{}
	clock := func() time.Time { return time.UnixMicro(now.Load()).UTC() }
	s := newSiteOn(t, db, func(c *Config) { c.Now = clock })
	s.programID = id
	return &archive{site: s, slug: slug, session: storetest.Account(t, db, access.Regulator, slug), now: now}
}

// reads are the addresses of everything that a reader can be shown of the program: every GET of the route table, forms aside, with
// every value that its parameters have at the moment. Many milestones would make most of the addresses: a third of them is read at a time, in turn.
func (a *archive) reads() []string {
	a.t.Helper()
	milestones := []string{}
	all := decode[milestonesJSON](a.t, a.get("/api/v1/programs/"+a.slug+"/milestones", signedIn(a.session)).want(a.t, 200)).Milestones
	for i, m := range all {
		if few := len(all) < 6; few || i%3 == len(a.moments)%3 {
			milestones = append(milestones, m.Key)
		}
	}
	lang := i18n.Langs()[len(a.moments)%2] // each moment in one language, the next in the other
	var paths []string
	for _, route := range Routes() {
		if !isRead(route) || notArchived[route.Path] || a.notNow(route) {
			continue
		}
		for _, path := range a.filled(route.Path, milestones) {
			paths = append(paths, path+"?lang="+lang.Tag())
		}
	}
	return paths
}

// notNow leaves out most of the files, which say what the pages say: tables are read as JSON, as programs do, at a moment in each
// language, as CSV, as people do, four moments later, and not at all in between.
func (a *archive) notNow(route Route) bool {
	if !strings.HasSuffix(route.Path, "/tables/:table") {
		return false
	}
	switch len(a.moments) / 2 % 4 {
	case 0:
		return !strings.HasPrefix(route.Path, "/api/")
	case 2:
		return strings.HasPrefix(route.Path, "/api/")
	}
	return true
}

// notArchived are answers about what was signed, which goes by the database's clock and not by one that a test sets;
// TestCheckpointsAsOf has them. Who read what is no fact of the program, and reading it adds to it.
var notArchived = map[string]bool{
	"/programs/:program/audit/reads": true, "/programs/:program/audit/tables/:table": true,
	"/api/v1/programs/:program/checkpoint": true, "/api/v1/programs/:program/proofs/inclusion": true, "/api/v1/programs/:program/proofs/consistency": true,
}

// isRead tells what shows a program, or all of them, from forms, from what belongs to no program, and from documents, which are the same at
// every moment.
func isRead(route Route) bool {
	form := slices.ContainsFunc(Routes(), func(r Route) bool { return r.Method == "POST" && r.Path == route.Path })
	if strings.HasSuffix(route.Path, "/proof") || strings.HasSuffix(route.Path, "/ledger") {
		return false // what is recorded now is proved when it is signed, which is later; TestLedgerAsOf
	}
	return route.Method == "GET" && (route.Door == People || route.Door == Readers) && slices.Contains(route.Roles(), access.Regulator) && !form && !route.background &&
		!strings.Contains(route.Path, ":file")
}

// filled puts values in the place of a path's parameters. A parameter that it does not know fails the test: say here what it can be.
func (a *archive) filled(path string, milestones []string) []string {
	a.t.Helper()
	ending := ".csv"
	if strings.HasPrefix(path, "/api/") {
		ending = ".json"
	}
	var tables []string
	for _, name := range tablesAt(path) {
		tables = append(tables, name+ending)
	}
	paths := []string{strings.Replace(path, ":program", a.slug, 1)}
	paths = each(paths, ":milestone", func(string) []string { return milestones })
	paths = each(paths, ":job", func(string) []string { return a.jobs() })
	paths = each(paths, ":table", func(string) []string { return tables })
	paths = each(paths, ":entry", a.entriesOf)
	paths = each(paths, ":number", func(string) []string { return a.numbers() })
	paths = each(paths, ":rendering", func(string) []string { return []string{"report.id.html", "report.json"} })
	paths = each(paths, ":day", func(string) []string { // today, and whatever day it is later asked as of, the same day
		return []string{time.UnixMicro(a.now.Load()).In(wib).Format(time.DateOnly)}
	})
	for _, p := range paths {
		if strings.Contains(p, "/:") {
			a.t.Fatalf("nothing is known to put into %s", p)
		}
	}
	return paths
}

// each puts every value of a parameter into the paths that have it; before is the path up to it.
func each(paths []string, parameter string, values func(before string) []string) []string {
	var filled []string
	for _, p := range paths {
		before, _, found := strings.Cut(p, "/"+parameter)
		if !found {
			filled = append(filled, p)
			continue
		}
		for _, value := range values(before) {
			filled = append(filled, strings.Replace(p, parameter, value, 1))
		}
	}
	return filled
}

// jobs are the keys of the jobs that are defined at the moment.
func (a *archive) jobs() (keys []string) {
	a.t.Helper()
	state, err := a.db.Writer().ProgramState(a.t.Context(), a.programID, time.UnixMicro(a.now.Load()))
	if err != nil {
		a.t.Fatal(err)
	}
	for _, j := range state.Jobs {
		keys = append(keys, j.Key)
	}
	return keys
}

// numbers are those of the signed reports.
func (a *archive) numbers() (numbers []string) {
	a.t.Helper()
	list := decode[tableJSON](a.t, a.get("/api/v1/programs/"+a.slug+"/tables/reports.json", signedIn(a.session)).want(a.t, 200))
	for _, row := range list.Rows {
		numbers = append(numbers, fmt.Sprint(row["number"]))
	}
	return numbers
}

// signReport signs a report of the day of a moment, recorded just after it.
func (a *archive) signReport(at time.Time, replaces int64) {
	a.t.Helper()
	recorded, day := at.Add(time.Minute), metrics.DayOf(at, wib)
	_, err := SignReport(a.t.Context(), a.db.Writer(), nil, ReportOrder{
		ProgramID: a.programID, From: day, To: day, AsOf: at, EventID: at.String(), Replaces: replaces, Imported: &recorded,
		Signer: reports.Signer{Name: "Dewi", Office: "Kepatuhan", Pseudonym: "p-dewi", At: recorded},
	})
	if err != nil {
		a.t.Fatal(err)
	}
}

// entriesOf are the newest and the oldest report that a list of reports names.
func (a *archive) entriesOf(list string) []string {
	a.t.Helper()
	reports := decode[struct {
		Reports []reportJSON `json:"reports"`
	}](a.t, a.get(list, signedIn(a.session)).want(a.t, 200)).Reports
	if len(reports) == 0 {
		return nil
	}
	return []string{fmt.Sprint(reports[0].Entry), fmt.Sprint(reports[len(reports)-1].Entry)}
}

// keep archives every read as it is shown at a moment.
func (a *archive) keep(at time.Time) {
	a.t.Helper()
	a.now.Store(at.UnixMicro())
	paths := a.reads()
	a.moments = append(a.moments, at)
	for i, answer := range a.ask(paths) {
		a.kept = append(a.kept, archived{at, paths[i], answer.want(a.t, 200).body})
	}
}

// ask gets the addresses, some at a time: most of an answer is waiting for the database.
func (a *archive) ask(paths []string) []answer {
	a.t.Helper()
	answers := make([]answer, len(paths))
	var asking sync.WaitGroup
	turns := make(chan struct{}, 4)
	for i, path := range paths {
		asking.Add(1)
		turns <- struct{}{}
		go func() {
			defer func() { <-turns; asking.Done() }()
			answers[i] = a.get(path, signedIn(a.session))
		}()
	}
	asking.Wait()
	return answers
}

// compare asks for all of it again, later and as of then.
func (a *archive) compare() {
	a.t.Helper()
	failures := map[string]int{}
	a.t.Logf("%d answers at %d moments", len(a.kept), len(a.moments))
	var paths []string
	var olds []archived // what each of the paths has to give
	for _, old := range a.kept {
		for _, asOf := range momentsOf(old.at) {
			paths, olds = append(paths, old.path+"&as_of="+url.QueryEscape(asOf)), append(olds, old)
		}
	}
	for i, again := range a.ask(paths) {
		then, now := withoutAsOf(olds[i].body), withoutAsOf(again.body)
		if again.StatusCode == 200 && then == now {
			continue
		}
		page := strings.SplitN(paths[i], "?", 2)[0]
		if failures[page]++; failures[page] == 1 {
			a.t.Errorf("%s (%d) is not what was shown then (-then +later):\n%.3000s", paths[i], again.StatusCode, cmp.Diff(lines(then), lines(now)))
		}
	}
	for page, n := range failures {
		a.t.Logf("%s differs at %d moments", page, n)
	}
}

// momentsOf are the ways to ask for a moment: as an instant and, when it ends a day in Jakarta, as that day.
func momentsOf(at time.Time) []string {
	moments := []string{at.Format(time.RFC3339Nano)}
	if local := at.In(wib).Add(time.Microsecond); local.Hour() == 0 && local.Minute() == 0 && local.Second() == 0 {
		moments = append(moments, at.In(wib).Format(time.DateOnly))
	}
	return moments
}

var wib = time.FixedZone("WIB", 7*60*60)

// What says that a page is read as of a past moment, and nothing else: the element as-of, and the parameter in addresses and forms.
var asOfWords = []*regexp.Regexp{
	regexp.MustCompile(`(?s)<as-of>.*?</as-of>`),
	regexp.MustCompile(`(?s)<section class="live".*?</section>`), // that the present goes on
	regexp.MustCompile(`<input type="hidden" name="as_of" value="[^"]*">`),
	regexp.MustCompile(`as_of=[^&"]*&(amp;)?`),
	regexp.MustCompile(`"as_of":"[^"]*",`), // when the answer was made: a live one may be some hours old and still hold
	regexp.MustCompile(`[?&](amp;)?as_of=[^&"]*`),
}

func withoutAsOf(body string) string {
	for _, words := range asOfWords {
		body = words.ReplaceAllString(body, "")
	}
	return body
}

// lines breaks a page where it can be read.
func lines(body string) []string {
	if json.Valid([]byte(body)) {
		return strings.Split(strings.ReplaceAll(body, ",", ",\n"), "\n")
	}
	return strings.Split(strings.ReplaceAll(body, "><", ">\n<"), "\n")
}

// The real case is played day by day; what every page and answer says on each day is what it says as of that day for ever after.
func TestThePastReadsAsItDid(t *testing.T) {
	t.Parallel()
	a := newArchive(t, demo.Replay)
	times, err := demo.ReplayTimes()
	if err != nil {
		t.Fatal(err)
	}
	for i, at := range times {
		if testing.Short() && i%5 != 0 {
			continue
		}
		moments := []time.Time{at.Add(2 * time.Second)} // after the day's forecast was kept
		if i%5 == 0 {
			moments = []time.Time{at, at.Add(3 * time.Hour), at.Add(15*time.Hour - time.Microsecond)} // at the very entry, at noon, and at the end of the day
		}
		for _, moment := range moments {
			if err := demo.ReplayUntil(t.Context(), a.db.Writer(), moment); err != nil {
				t.Fatal(err)
			}
			a.keep(moment)
		}
	}
	a.now.Store(times[len(times)-1].AddDate(1, 0, 0).UnixMicro())
	a.compare()
}

// A program in which everything that can change does, several times a day.
func TestThePastOfABusyDay(t *testing.T) {
	t.Parallel()
	a := newArchive(t, "busy")
	for i, step := range busyDays() {
		outcomes, err := a.db.Writer().AppendImported(t.Context(), a.programID, step.at, []ledger.Unit{{Drafts: step.drafts}})
		if err == nil {
			err = outcomes[0].Err
		}
		if err != nil {
			t.Fatalf("at %s: %v", step.at, err)
		}
		if !testing.Short() || i%4 == 0 {
			a.keep(step.at)
		}
		switch local := step.at.In(wib); {
		case local.Day() == 1 && local.Hour() == 12:
			a.signReport(step.at, 0)
		case local.Day() == 2 && local.Hour() == 11:
			a.signReport(step.at, 1) // the first was in error
		}
		if i%4 == 1 { // nothing happens, and time passes
			a.keep(step.at.Add(20 * time.Minute))
		}
		if local := step.at.In(wib); local.Hour() == 23 {
			a.keep(time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, wib).Add(-time.Microsecond).UTC())
		}
	}
	a.now.Store(time.Date(2024, 9, 1, 0, 0, 0, 0, time.UTC).UnixMicro())
	a.compare()
}

// step is what is recorded at one moment.
type step struct {
	at     time.Time
	drafts []ledger.Draft
}

// busyDays change names, weights, scope, plan, counts, dates and verdicts, with late news and reports that fail to come.
func busyDays() []step {
	var steps []step
	n := 0
	at := func(day, hour, minute int, drafts ...ledger.Draft) {
		moment := time.Date(2024, 2, day, hour, minute, 0, 0, wib).UTC()
		for i := range drafts {
			n++
			drafts[i].EventID = fmt.Sprintf("event-%d", n)
			if drafts[i].ObservedAt.IsZero() || drafts[i].ObservedAt.Equal(storetest.Start) {
				drafts[i].ObservedAt = moment
			}
		}
		steps = append(steps, step{moment, drafts})
	}
	text := func(s string) ledger.Text { return ledger.Text{ID: s + " (id)", EN: s} }
	said := func(d ledger.Draft, texts map[string]string) ledger.Draft { d.Texts = texts; return d }
	milestone := func(key, area, name string) ledger.Draft {
		return storetest.Fact(ledger.KindMilestone, ledger.Milestone{
			Key: key, Area: area, Name: text(name), Definition: text("All moved"), Unit: "records", Layer: "both", PlannedStart: "2024-02-01", PlannedDue: "2024-02-20",
			CadenceSeconds: 3600, GraceSeconds: 600,
		})
	}
	count := func(key string, done, total int64) ledger.Draft {
		return ledger.Draft{Kind: ledger.KindReport, Source: "job:loader", Actor: "job:loader", Body: ledger.Report{Milestone: key, Done: &done, Total: &total, State: "running"}}
	}
	program := ledger.Program{Name: text("Busy"), Timezone: "Asia/Jakarta", Start: "2024-02-01", LegalBasis: "Permendag 31/2023", LeadRegulator: "Kemendag", Rules: ledger.Rules{SecondPerson: new(storetest.AnyCorrection)}}
	deadline := ledger.Deadline{Key: "D1", Version: 1, Kind: "regulatory", Date: "2024-02-20", Stated: text("three weeks"), AnnouncedOn: "2024-02-01", AnnouncedBy: "Kemendag", Binding: true}
	at(1, 9, 0, storetest.Fact(ledger.KindProgram, program), storetest.Fact(ledger.KindArea, ledger.Area{Key: "P", Name: text("Payments")}),
		storetest.Fact(ledger.KindArea, ledger.Area{Key: "M", Name: text("Merchants"), Position: 1}), milestone("P1", "P", "Ledgers"), milestone("P2", "P", "Invoices"), milestone("M1", "M", "Shops"),
		storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 1, BasisPoints: map[string]int64{"P1": 5000, "P2": 3000, "M1": 2000}}), storetest.Fact(ledger.KindDeadline, deadline))
	at(1, 10, 0, count("P1", 40, 100), count("M1", 5, 10))
	at(1, 11, 0, milestone("P1", "P", "Ledgers and books"), storetest.Fact(ledger.KindArea, ledger.Area{Key: "M", Name: text("Sellers"), Position: 1}))
	at(1, 12, 0, storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 2, BasisPoints: map[string]int64{"P1": 4000, "P2": 3000, "M1": 3000}}))
	lower := count("P1", 30, 100)
	lower.Kind = ledger.KindCorrection
	at(1, 13, 0, said(lower, map[string]string{"reason": "counted twice", "reason_en": "counted twice"}))
	late := count("P1", 35, 100)
	late.ObservedAt = time.Date(2024, 2, 1, 13, 30, 0, 0, wib).UTC()
	blocker := ledger.Item{Key: "blocker-1", Kind: "blocker", Milestone: "P2", WaitsOn: text("The bank"), OpenedOn: "2024-02-01", Due: "2024-02-02"}
	at(1, 15, 0, count("M1", 6, 12), late, said(storetest.Fact(ledger.KindItem, blocker), map[string]string{"title": "No test data"}))
	value := int64(4000)
	claim := ledger.Statement{Key: "S1", Kind: "percent_done", Side: "regulator", StatedOn: "2024-02-01", PublishedOn: "2024-02-01", Low: &value, High: &value, Scope: "program", Source: "A paper"}
	at(1, 23, 30, said(storetest.Fact(ledger.KindStatement, claim), map[string]string{"speaker": "A minister", "words": "forty percent"}))
	retired := milestone("M1", "M", "Shops")
	body := retired.Body.(ledger.Milestone)
	body.Retired = true
	retired.Body = body
	at(2, 0, 10, retired, milestone("M2", "M", "Stalls"))
	at(2, 7, 0, storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 3, BasisPoints: map[string]int64{"P1": 4000, "P2": 3000, "M2": 3000}}), count("M2", 1, 10))
	at(2, 8, 0, said(storetest.Fact(ledger.KindOverride, ledger.Override{Verdict: "watch", By: "Kemendag", Until: "2024-02-02"}), map[string]string{"reason": "an audit is under way"}))
	program.Name, program.Start, program.Rules = text("Busier"), "2024-01-25", ledger.Rules{WatchEarly: -300, StaleShare: 9000}
	program.Steps = []ledger.PlanStep{{On: "2024-02-10", Percent: 50}, {On: "2024-02-20", Percent: 100}}
	at(2, 9, 0, storetest.Fact(ledger.KindProgram, program))
	blocker.Closed = true
	at(2, 10, 0, said(storetest.Fact(ledger.KindItem, blocker), map[string]string{"title": "No test data", "resolution": "The bank sent some"}))
	deadline.Key, deadline.Version, deadline.Date, deadline.Stated, deadline.Amends = "D2", 2, "2024-03-20", text("seven weeks"), "D1"
	at(2, 11, 0, storetest.Fact(ledger.KindDeadline, deadline))
	claim.Key, claim.Kind, claim.StatedOn, claim.PublishedOn, claim.Subject = "S2", "percent_left", "", "2024-02-01", text("the systems")
	at(2, 23, 0, said(storetest.Fact(ledger.KindStatement, claim), map[string]string{"speaker": "An operator", "words": "forty left"}), count("P1", 100, 100), count("P2", 100, 100))
	by := func(actor string, d ledger.Draft, texts ...string) ledger.Draft {
		d = storetest.By(actor, d, texts...)
		d.ObservedAt = storetest.Start
		return d
	}
	link := ledger.Evidence{Key: "evidence-1", Milestone: "P1", Link: "https://example.test/proof", ObservedOn: "2024-02-03"}
	at(4, 8, 0, by("p-sari", storetest.Fact(ledger.KindEvidence, link), "label", "Traffic log"))
	at(4, 9, 0, by("p-dewi", storetest.Fact(ledger.KindReview, ledger.Review{
		Milestone: "P1", EvidenceKey: link.Key, Accepted: true, Done: 90, Evidence: link.Link, ObservedOn: link.ObservedOn,
	}), "reason", "seen"), count("M2", 10, 10))
	paper := ledger.Letter{LetterNumber: "17/2024", LetterDate: "2024-02-04", Issuer: "Kemendag", Paper: ledger.Paper{Document: "letter 17"}}
	at(4, 23, 0, by("p-dewi", storetest.Fact(ledger.KindAcceptance, ledger.Acceptance{Key: "A1", Letter: paper})))
	ladder := ledger.Ladder{LegalBasis: "Article 50", Steps: []ledger.LadderStep{{Number: 1, Name: text("written warning")}, {Number: 2, Name: text("blacklist")}}}
	at(5, 8, 0, storetest.Fact(ledger.KindLadder, ladder), storetest.Fact(ledger.KindDuty, ledger.Duty{Key: "L1", Text: text("No interconnection"), Article: "Article 13"}))
	at(5, 9, 0, by("p-dewi", storetest.Fact(ledger.KindSanctionStep, ledger.SanctionStep{Key: "S1", Step: 1, Letter: paper})))
	served := milestone("P1", "P", "Ledgers and books")
	servedBody := served.Body.(ledger.Milestone)
	servedBody.Duties = []string{"L1"}
	served.Body = servedBody
	audit := ledger.Audit{Key: "audit-1", Trigger: "system_change", Duties: []string{"L1"}, Due: "2024-02-05", ChangedOn: "2024-02-05"}
	at(5, 10, 0, served, by("p-sari", storetest.Fact(ledger.KindAudit, audit), "change", "A new service"))
	wrong := by("p-sari", count("P2", 50, 100), "reason", "Counted twice")
	wrong.Kind = ledger.KindCorrection
	at(5, 11, 0, wrong)
	asked := sha256.Sum256(fmt.Appendf(nil, "p-sari\x00event-%d", n)) // the proposal's key follows from the correction's id
	audit.Result, audit.HeldOn, audit.Auditor, audit.Paper = "failed", "2024-02-06", "Auditor", ledger.Paper{Document: "report 1"}
	at(6, 9, 0, by("p-dewi", storetest.Fact(ledger.KindAudit, audit), "change", "A new service", "finding", "A call was found"))
	at(6, 23, 0, by("p-dewi", storetest.Fact(ledger.KindDecision, ledger.Decision{Proposal: "proposal-" + hex.EncodeToString(asked[:6]), Outcome: "approved"}), "reason", "checked"))
	return steps
}

// A moment that has not come is refused, one that nobody can read is too, and before the first entry there is nothing to see.
func TestMomentsThatAreNone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Regulator)
	for _, route := range Routes() {
		if !isRead(route) {
			continue
		}
		path := s.visits(route).path
		for asOf, want := range map[string][]int{
			"2999-01-01": {422}, "2999-01-01T00:00:00Z": {422}, "yesterday": {400}, "2024-02-30": {400}, "2024-01-08T25:00:00Z": {400}, "12/03/2024": {400},
			"2020-01-01": {200, 404}, "0001-01-01": {200, 404},
		} {
			query := "?as_of=" + url.QueryEscape(asOf)
			if strings.Contains(path, "?") {
				query = "&" + query[1:]
			}
			if a := s.get(path+query, signedIn(session)); !slices.Contains(want, a.StatusCode) {
				t.Errorf("%s as of %s: status %d, want %v", path, asOf, a.StatusCode, want)
			}
		}
	}
	s.get("/programs/demo?as_of=2020-01-01", signedIn(session)).want(t, 200)
	late := s.get(reportsOfP1, signedIn(session))
	entry := decode[struct {
		Reports []reportJSON `json:"reports"`
	}](t, late).Reports[0].Entry
	one := fmt.Sprintf("%s/%d", reportsOfP1, entry)
	s.get(one, signedIn(session)).want(t, 200)
	s.get(one+"?as_of=2024-01-01", signedIn(session)).want(t, 404)
}

// A text that was erased is the one thing that the past does not show again, and it says so.
func TestErasedTextsSaySo(t *testing.T) {
	t.Parallel()
	db, dsns := storetest.OpenWithDSNs(t)
	id := storetest.Program(t, db, "demo")
	storetest.Program(t, db, "other")
	s := newSiteOn(t, db)
	s.programID = id
	s.seed()
	correction := storetest.Correction("P1", "lower", 10, 20, 100)
	if _, err := db.Writer().Append(t.Context(), id, ledger.Unit{Drafts: []ledger.Draft{correction}}); err != nil {
		t.Fatal(err)
	}
	owner, err := sql.Open("postgres", dsns.Owner)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close()
	if _, err := owner.ExecContext(t.Context(), "DELETE FROM entry_texts"); err != nil {
		t.Fatal(err)
	}
	session := s.session(access.Regulator)
	for _, path := range []string{"/programs/demo/items", "/programs/demo/milestones/P1"} {
		a := s.get(path+"?lang=en", signedIn(session)).want(t, 200)
		if !strings.Contains(a.body, "(text erased)") || strings.Contains(a.body, "counted twice") {
			t.Errorf("%s does not say that a text was erased", path)
		}
	}
	reports := decode[struct {
		Reports []reportJSON `json:"reports"`
	}](t, s.api("GET", reportsOfP1, "", signedIn(session)).want(t, 200)).Reports
	if !slices.Equal(reports[0].Erased, []string{"reason"}) || reports[1].Erased != nil {
		t.Errorf("erased texts: %v and %v", reports[0].Erased, reports[1].Erased)
	}
}
