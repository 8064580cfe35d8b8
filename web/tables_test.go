package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
	"mime"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/files"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres/storetest"
)

// replayed serves the real case as it stands at its end.
func replayed(t *testing.T) (s *site, session string) {
	t.Helper()
	db := storetest.Open(t)
	if err := demo.ReplayUntil(t.Context(), db.Writer(), time.Now()); err != nil {
		t.Fatal(err)
	}
	heads, err := db.Writer().ProgramHeads(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s = newSiteOn(t, db)
	s.programID = heads[0].ID
	return s, storetest.Account(t, db, access.Regulator, demo.Replay)
}

const replayPath = "/programs/" + demo.Replay

// table is a table as JSON, its numbers unread.
type readTable struct {
	Entry   int64
	AsOf    string `json:"as_of"`
	Columns []struct{ Key, Unit string }
	Rows    []map[string]any
	Totals  map[string]any
}

func (s *site) table(path string, changes ...with) readTable {
	s.t.Helper()
	a := s.get(path, changes...).want(s.t, 200)
	var t readTable
	dec := json.NewDecoder(strings.NewReader(a.body))
	dec.UseNumber()
	if err := dec.Decode(&t); err != nil {
		s.t.Fatal(err)
	}
	return t
}

func exact(t *testing.T, v any) *big.Rat {
	t.Helper()
	n, ok := new(big.Rat).SetString(fmt.Sprint(v))
	if !ok {
		t.Fatalf("%v is no number", v)
	}
	return n
}

// The rows of a file add up to the totals of the page it belongs to, in both formats and as the summary has them.
func TestFilesAddUpToThePage(t *testing.T) {
	s, session := replayed(t)
	for _, asOf := range []string{"2024-01-15", "2024-02-13", "2024-03-12", "2024-04-05"} {
		at := "?lang=en&as_of=" + asOf
		summary := decode[map[string]any](t, s.get("/api/v1"+replayPath+"/summary?as_of="+asOf, signedIn(session)).want(t, 200))
		inPoints := func(figure string) *big.Rat {
			return new(big.Rat).Quo(exact(t, summary[figure+"_basis_points"]), big.NewRat(100, 1))
		}
		for _, name := range []string{"areas", "sum", "milestones", "items", "plan"} {
			table := s.table(replayPath+"/tables/"+name+".json"+at, signedIn(session))
			file := s.get(replayPath+"/tables/"+name+".csv"+at, signedIn(session)).want(t, 200)
			records, err := csv.NewReader(strings.NewReader(file.body)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range table.Columns {
				total, added := table.Totals[c.Key]
				if !added || total == nil || c.Unit != "points" {
					continue
				}
				sum := new(big.Rat)
				for _, r := range records[1:] {
					sum.Add(sum, exact(t, r[i]))
				}
				if sum.Cmp(exact(t, total)) != 0 {
					t.Errorf("%s as of %s: rows of %s add up to %s, the total is %v", name, asOf, c.Key, sum.FloatString(2), total)
				}
				if want := inPoints; c.Key != "weight" && summary[c.Key+"_basis_points"] != nil && sum.Cmp(want(c.Key)) != 0 {
					t.Errorf("%s as of %s: %s is %s, the summary says %s", name, asOf, c.Key, sum.FloatString(2), want(c.Key).FloatString(2))
				}
			}
		}
		page := s.get(replayPath+"/items"+at, signedIn(session)).want(t, 200).body
		items := s.table(replayPath+"/tables/items.json"+at, signedIn(session))
		if want := fmt.Sprintf(">%v<", items.Totals["outstanding"]); !strings.Contains(strings.Join(strings.Fields(page), ""), want) {
			t.Errorf("as of %s the page does not have the total %s", asOf, want)
		}
	}
}

// A filter narrows the file as it narrows the page, and is written into every row.
func TestFilesKeepTheFilter(t *testing.T) {
	s, session := replayed(t)
	page := s.get(replayPath+"/items?area=P&as_of=2024-03-12&lang=en", signedIn(session)).want(t, 200).body
	link := regexp.MustCompile(`href="([^"]*/tables/items\.csv[^"]*)"`).FindStringSubmatch(page)
	if link == nil {
		t.Fatal("no link to the items")
	}
	file := s.get(strings.ReplaceAll(link[1], "&amp;", "&"), signedIn(session)).want(t, 200)
	rows, err := csv.NewReader(strings.NewReader(file.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[1][4] != "6" || rows[1][len(rows[1])-1] != "area=P" || rows[1][len(rows[1])-4] != "2024-03-12T16:59:59.999999Z" {
		t.Errorf("%q", rows)
	}
	if kind, name := file.Header.Get("Content-Type"), file.Header.Get("Content-Disposition"); kind != "text/csv; charset=utf-8; header=present" ||
		name != `attachment; filename="tiktok-tokopedia-items-20240312T165959Z.csv"; filename*=UTF-8''tiktok-tokopedia-items-20240312T165959Z.csv` {
		t.Errorf("%s, %s", kind, name)
	}
	if all := s.table(replayPath+"/tables/items.json?as_of=2024-03-12", signedIn(session)); len(all.Rows) != 4 {
		t.Errorf("%d items without the filter", len(all.Rows))
	}
	s.get(replayPath+"/tables/nothing.csv", signedIn(session)).want(t, 404)
	s.get(replayPath+"/tables/items", signedIn(session)).want(t, 404)
	s.get(replayPath+"/tables/items.xml", signedIn(session)).want(t, 404)
	s.get(replayPath+"/milestones/none/tables/history.csv", signedIn(session)).want(t, 404)
}

// lettered gives the replay what a regulator did by letter, and an audit.
func (s *site) lettered() {
	s.t.Helper()
	letter := ledger.Letter{LetterNumber: "12/PDN", LetterDate: "2024-04-02", Issuer: "Kemendag", Paper: ledger.Paper{Document: "On file"}}
	words := ledger.Text{ID: "Tertulis", EN: "Written"}
	var drafts []ledger.Draft
	for _, fact := range []struct {
		kind ledger.Kind
		body any
	}{
		{ledger.KindDuty, ledger.Duty{Key: "L9", Text: words, Article: "13"}},
		{ledger.KindLadder, ledger.Ladder{LegalBasis: "50 (2)", Steps: []ledger.LadderStep{{Number: 1, Name: words}, {Number: 2, Name: words}}}},
		{ledger.KindAcceptance, ledger.Acceptance{Key: "acceptance-1", Letter: letter}},
		{ledger.KindSanctionStep, ledger.SanctionStep{Key: "sanction-1", Step: 1, Letter: letter}},
		{ledger.KindAudit, ledger.Audit{Key: "audit-1", Trigger: "periodic", Duties: []string{"L9"}, Due: "2999-01-01"}},
	} {
		drafts = append(drafts, storetest.By("p-dewi", storetest.Fact(fact.kind, fact.body)))
	}
	if _, err := s.db.Writer().Append(s.t.Context(), s.programID, ledger.Unit{Drafts: drafts}); err != nil {
		s.t.Fatal(err)
	}
}

// Every table that a program's pages show can be had as a file, and every link to one leads there.
func TestEveryTableIsAFile(t *testing.T) {
	s, session := replayed(t)
	links := regexp.MustCompile(`<a href="([^"]*)" download`)
	followed := map[string]bool{}
	s.reported()
	s.lettered()
	job := s.table(replayPath+"/tables/jobs.json", signedIn(session)).Rows[0]["job"].(string)
	for _, route := range Routes() {
		if !isRead(route) || strings.HasPrefix(route.Path, "/api/") || strings.Contains(route.Path, ":table") || strings.Contains(route.Path, ":rendering") {
			continue
		}
		asOf := "&as_of=2024-03-12"
		if strings.Contains(route.Path, "/reports") || strings.HasSuffix(route.Path, "/deadlines") || strings.HasSuffix(route.Path, "/aftercare") {
			asOf = "" // signed or recorded just now
		}
		path := strings.NewReplacer(":program", demo.Replay, ":milestone", "P1", ":job", job, ":day", "2024-02-13", ":number", "1").Replace(route.Path)
		a := s.get(path+"?lang=en"+asOf, signedIn(session)).want(t, 200)
		if tables, files := strings.Count(a.body, "<table"), strings.Count(a.body, `class="exports`); tables > files {
			t.Errorf("%s shows %d tables, and %d of them as files", path, tables, files)
		}
		for _, link := range links.FindAllStringSubmatch(a.body, -1) {
			href := strings.ReplaceAll(link[1], "&amp;", "&")
			if !followed[href] && !strings.Contains(href, "/proof") { // a proof waits for a checkpoint; TestProof
				followed[href] = true
				s.get(href, signedIn(session)).want(t, 200)
			}
		}
	}
	if len(followed) < 2*len(programTables) {
		t.Errorf("only %d files are linked to", len(followed))
	}
}

// The API serves the same files to programs, as it is described.
func TestFilesInTheAPI(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	token := s.token("read")
	for _, path := range []string{"/api/v1/tables/programs", "/api/v1/programs/demo/tables/items", "/api/v1/programs/demo/tables/areas", "/api/v1/programs/demo/milestones/P1/tables/history"} {
		for _, format := range tableFormats {
			a := s.api("GET", path+"."+format, "", bearing(token), header("Accept-Language", "en")).want(t, 200)
			sum := sha256.Sum256([]byte(a.body))
			if got := a.Header.Get("Repr-Digest"); got != "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":" {
				t.Errorf("%s.%s: digest %s", path, format, got)
			}
		}
	}
	s.api("GET", "/api/v1/programs/demo/tables/items.csv", "", bearing(s.token("report"))).want(t, 403)
	s.api("GET", "/api/v1/programs/demo/tables/items.csv", "", bearing(s.token("read", "P1"))).want(t, 403)
	s.api("GET", "/api/v1/programs/demo/milestones/P1/tables/history.csv", "", bearing(s.token("read", "P1"))).want(t, 200)
	s.api("GET", "/api/v1/programs/demo/tables/none.json", "", bearing(token)).want(t, 404)
}

// While reports pour in, a file is of one entry: asked for as of that entry it has the same rows and totals.
func TestFilesUnderHeavyIngest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Regulator)
	stop := make(chan struct{})
	var senders sync.WaitGroup
	for n := range 4 {
		senders.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				draft := storetest.Report([]string{"P1", "U1", "M1"}[i%3], fmt.Sprintf("%d-%d", n, i), i, int64(i), 1_000_000)
				if _, err := s.db.Writer().Append(t.Context(), s.programID, ledger.Unit{Drafts: []ledger.Draft{draft}}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	type shot struct{ path, at, body string }
	var shots []shot
	var last int64
	for range 15 {
		for _, name := range []string{"tables/sum", "tables/milestones", "tables/items", "milestones/P1/tables/history"} {
			path := "/programs/demo/" + name + ".json"
			a := s.get(path, signedIn(session)).want(t, 200)
			known := decode[tableJSON](t, a)
			if known.RecordedAt == nil || known.Entry < last {
				t.Fatalf("%s rests on entry %d, after one that rested on %d", path, known.Entry, last)
			}
			last = known.Entry
			shots = append(shots, shot{path, *known.RecordedAt, a.body})
			if name == "milestones/P1/tables/history" {
				for _, row := range known.Rows {
					if n := int64(row["entry"].(float64)); n > known.Entry {
						t.Errorf("a file of entry %d has entry %d", known.Entry, n)
					}
				}
			}
		}
	}
	close(stop)
	senders.Wait()
	for _, old := range shots {
		again := s.get(old.path+"?as_of="+url.QueryEscape(old.at), signedIn(session)).want(t, 200)
		if then, now := withoutAsOf(old.body), withoutAsOf(again.body); then != now { // ages are of the moment, but it is the same day
			t.Errorf("%s of %s:\n%.2000s", old.path, old.at, cmp.Diff(lines(then), lines(now)))
		}
	}
	if last < 50 {
		t.Errorf("only %d entries came in", last)
	}
}

// Whatever a program is called, the name of its file breaks out of neither the header nor the folder.
func TestAttachmentNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"../../x\"\r\n", "..", "", "a/b\\c:d", "laporan №7 “akhir”.csv", "x%00y", "con;x=y", "'\"*"})).Draw(t, "name")
		value := files.Disposition(fileName("demo", name, "history", ".csv"))
		if strings.ContainsAny(value, "\r\n\x00") {
			t.Fatalf("%q breaks the line", value)
		}
		kind, params, err := mime.ParseMediaType(value)
		if err != nil || kind != "attachment" {
			t.Fatalf("%q: %v", value, err)
		}
		if file := params["filename"]; !strings.HasPrefix(file, "demo-") || !strings.HasSuffix(file, "-history.csv") || strings.ContainsAny(file, "/\\\"") || strings.HasPrefix(file, ".") || bytes.ContainsRune([]byte(file), 0) {
			t.Fatalf("%q names the file %q", value, file)
		}
	})
}
