//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

// expectations are what the demo's data file says the pages must show. The program takes nothing from this part of the file.
type expectations struct {
	Areas []struct {
		ID     string
		Name   struct{ ID, EN string }
		Weight float64 `json:"weight_points"`
	}
	Deadlines []struct {
		ID       string
		Recorded string `json:"recorded_on"`
	}
	Reports []struct {
		On       string `json:"effective_on"`
		Expected struct {
			Overall float64
			Areas   map[string]float64 `json:"area_points"`
		}
	} `json:"progress_reports"`
	Expectations struct {
		Checks []check
	}
}

type check struct {
	AsOf       string  `json:"as_of"`
	Overall    float64 `json:"overall"`
	Left       float64 `json:"left_points"`
	Planned    float64 `json:"planned"`
	ByDeadline map[string]struct {
		DaysLeft int    `json:"days_left"`
		Verdict  string `json:"verdict"`
	} `json:"by_deadline"`
	Open []string `json:"open_milestones"`
}

func readExpectations(t *testing.T) expectations {
	t.Helper()
	text, err := os.ReadFile("../internal/demo/data/tokopedia-replay.json")
	if err != nil {
		t.Fatal(err)
	}
	var e expectations
	if err := json.Unmarshal(text, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// areaPoints are the points earned per area on a date.
func (e expectations) areaPoints(t *testing.T, c check) map[string]float64 {
	t.Helper()
	var points map[string]float64
	for _, r := range e.Reports {
		if r.On <= c.AsOf {
			points = r.Expected.Areas
			if r.On == c.AsOf && r.Expected.Overall != c.Overall {
				t.Fatalf("the data file contradicts itself on %s", r.On)
			}
		}
	}
	return points
}

// basisPoints are hundredths of a point of the whole.
func basisPoints(points float64) int64 { return int64(math.Round(points * 100)) }

// The seven figures of the real case, on the page in both languages and in the JSON summary.
func TestSevenFigures(t *testing.T) {
	e := readExpectations(t)
	executive := as(t, access.Executive)
	want := map[string]float64{"2024-02-05": 71, "2024-02-13": 75, "2024-02-23": 75.4, "2024-03-01": 87, "2024-03-12": 87, "2024-03-18": 88, "2024-03-27": 100}
	for _, c := range e.Expectations.Checks {
		if overall, listed := want[c.AsOf]; !listed || overall != c.Overall {
			t.Errorf("%s: the data file expects %v, the case %v", c.AsOf, c.Overall, overall)
		}
		delete(want, c.AsOf)
		areas := e.areaPoints(t, c)
		t.Run(c.AsOf, func(t *testing.T) {
			for _, lang := range i18n.Langs() {
				page := executive.get(t, fmt.Sprintf("/programs/%s?as_of=%s&lang=%s", demo.Replay, c.AsOf, lang.Tag())).want(t, http.StatusOK).body
				wantOverview(t, lang, page, c, e, areas)
			}
			wantSummary(t, executive, c, areas)
			wantDeadlines(t, executive, c, e)
			wantOutstanding(t, executive, c)
		})
	}
	for date := range want {
		t.Errorf("%s is not among the data file's checks", date)
	}
}

// wantOverview reads the overview: the percentage, declared where it is 100, and per area weight, earned and left points.
func wantOverview(t *testing.T, lang i18n.Lang, page string, c check, e expectations, areas map[string]float64) {
	t.Helper()
	headline := words(within(page, `<p class="key-number">`, "</p>"))
	ofWhat := i18n.OfTheWhole
	if c.Overall == 100 {
		ofWhat = i18n.DeclaredOfTheWhole
	}
	if want := lang.Percent(basisPoints(c.Overall)) + " " + lang.T(ofWhat); headline != want {
		t.Errorf("%s: the overview says %q, want %q", lang.Tag(), headline, want)
	}
	rows := table(t, page, lang.T(i18n.AreasTableCaption))[1:]
	if len(rows) != len(e.Areas)+1 {
		t.Fatalf("%s: %d rows for %d areas", lang.Tag(), len(rows), len(e.Areas))
	}
	for i, a := range e.Areas {
		earned := areas[a.ID]
		want := []string{lang.Pick(a.Name.ID, a.Name.EN), lang.Points(basisPoints(a.Weight)), lang.Points(basisPoints(earned)), lang.Points(basisPoints(a.Weight - earned))}
		if got := []string{rows[i][0], rows[i][4], rows[i][5], rows[i][8]}; !slices.Equal(got, want) { // between them: verified and accepted
			t.Errorf("%s: area %s: %q, want %q", lang.Tag(), a.ID, got, want)
		}
	}
	total := rows[len(rows)-1]
	want := []string{lang.Points(10_000), lang.Points(basisPoints(c.Overall)), lang.Points(basisPoints(c.Left))}
	if got := []string{total[4], total[5], total[8]}; !slices.Equal(got, want) {
		t.Errorf("%s: the areas' total: %q, want %q", lang.Tag(), got, want)
	}
	for _, mark := range []i18n.Message{i18n.DemoMark, i18n.DemoReplay, i18n.BannerPast} {
		if !strings.Contains(words(page), lang.T(mark)) {
			t.Errorf("%s: the overview does not say %q", lang.Tag(), lang.T(mark))
		}
	}
}

func wantSummary(t *testing.T, v visitor, c check, areas map[string]float64) {
	t.Helper()
	s := decode[struct {
		State       string `json:"state"`
		Reported    int64  `json:"reported_basis_points"`
		Verified    int64  `json:"verified_basis_points"`
		Accepted    int64  `json:"accepted_basis_points"`
		Outstanding int64  `json:"outstanding_basis_points"`
		Planned     int64  `json:"planned_basis_points"`
		Areas       []struct {
			Key      string `json:"key"`
			Reported int64  `json:"reported_basis_points"`
		} `json:"areas"`
	}](t, v.get(t, "/api/v1/programs/"+demo.Replay+"/summary?as_of="+c.AsOf).want(t, http.StatusOK))
	if s.Reported != basisPoints(c.Overall) || s.Outstanding != basisPoints(c.Left) || s.Verified != 0 || s.Accepted != 0 {
		t.Errorf("summary: %+v, want %v reported, %v outstanding, nothing verified or accepted", s, c.Overall, c.Left)
	}
	if off := s.Planned - basisPoints(c.Planned); off < -10 || off > 10 { // the file gives the plan to a tenth of a point
		t.Errorf("summary: planned %d, want about %v", s.Planned, c.Planned)
	}
	if declared := s.State == "declared_complete"; declared != (c.Overall == 100) {
		t.Errorf("summary: state %q at %v", s.State, c.Overall)
	}
	for _, a := range s.Areas {
		if a.Reported != basisPoints(areas[a.Key]) {
			t.Errorf("summary: area %s has %d, want %v points", a.Key, a.Reported, areas[a.Key])
		}
	}
}

// wantDeadlines: days left and verdict for each deadline that was known by then.
func wantDeadlines(t *testing.T, v visitor, c check, e expectations) {
	t.Helper()
	type deadline struct {
		Key      string `json:"key"`
		DaysLeft int    `json:"days_left"`
		Verdict  string `json:"verdict"`
	}
	s := decode[struct {
		Deadlines []deadline `json:"deadlines"`
	}](t, v.get(t, "/api/v1/programs/"+demo.Replay+"/summary?as_of="+c.AsOf).want(t, http.StatusOK))
	got := map[string]deadline{}
	for _, d := range s.Deadlines {
		got[d.Key] = d
	}
	for _, d := range e.Deadlines {
		known, ok := got[d.ID]
		if ok != (d.Recorded <= c.AsOf) {
			t.Errorf("deadline %s, recorded on %s, is known: %t", d.ID, d.Recorded, ok)
		}
		want, judged := c.ByDeadline[d.ID]
		if ok && judged && (known.DaysLeft != want.DaysLeft || want.Verdict != "" && known.Verdict != want.Verdict) {
			t.Errorf("deadline %+v, want %+v", known, want)
		}
	}
}

// wantOutstanding: the open milestones, whose points add up to 100 less the headline.
func wantOutstanding(t *testing.T, v visitor, c check) {
	t.Helper()
	list := decode[struct {
		Items []struct {
			Kind      string `json:"kind"`
			Milestone string `json:"milestone"`
			Points    int64  `json:"basis_points"`
			Counted   bool   `json:"counted"`
		} `json:"items"`
	}](t, v.get(t, "/api/v1/programs/"+demo.Replay+"/items?as_of="+c.AsOf).want(t, http.StatusOK))
	var sum int64
	var open []string
	for _, i := range list.Items {
		if i.Counted {
			sum += i.Points
			open = append(open, i.Milestone)
		}
	}
	slices.Sort(open)
	wanted := slices.Sorted(slices.Values(c.Open))
	if sum != basisPoints(c.Left) || !slices.Equal(open, wanted) {
		t.Errorf("outstanding: %d basis points in %q, want %v points in %q", sum, open, c.Left, wanted)
	}
	page := v.get(t, "/programs/"+demo.Replay+"/items?lang=en&as_of="+c.AsOf).want(t, http.StatusOK).body
	if c.Left == 0 {
		return
	}
	rows := table(t, page, i18n.English.T(i18n.ItemsCaption))
	if got, want := rows[len(rows)-1][3], i18n.English.Points(basisPoints(c.Left)); got != want {
		t.Errorf("the items' total is %q, want %q", got, want)
	}
}

var (
	previousLink = regexp.MustCompile(`<a [^>]*rel="prev"[^>]*href="([^"]*)"|<a [^>]*href="([^"]*)"[^>]*rel="prev"`)
	nextLink     = regexp.MustCompile(`<a [^>]*rel="next"[^>]*href="([^"]*)"|<a [^>]*href="([^"]*)"[^>]*rel="next"`)
	asOfIn       = regexp.MustCompile(`as_of=(\d{4}-\d{2}-\d{2})`)
)

// From the present one link after another leads back through every date on which something was recorded, and forth again.
func TestSteppingThroughTheDates(t *testing.T) {
	executive := as(t, access.Executive)
	walk := func(from string, link *regexp.Regexp) (dates []string) {
		for path := from; len(dates) < 100; {
			page := executive.get(t, path).want(t, http.StatusOK).body
			found := link.FindStringSubmatch(page)
			if found == nil {
				return dates
			}
			path = strings.ReplaceAll(found[1]+found[2], "&amp;", "&")
			dates = append(dates, asOfIn.FindStringSubmatch(path)[1])
		}
		t.Fatalf("the links go round in circles: %q", dates)
		return nil
	}
	back := walk("/programs/"+demo.Replay, previousLink)
	if !slices.IsSortedFunc(back, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Errorf("going back leads through %q", back)
	}
	e := readExpectations(t)
	for _, r := range e.Reports {
		if !slices.Contains(back, r.On) {
			t.Errorf("no step leads to %s", r.On)
		}
	}
	forth := walk("/programs/"+demo.Replay+"?as_of="+back[len(back)-1], nextLink)
	slices.Reverse(back)
	if !slices.Equal(forth, back[1:]) {
		t.Errorf("going forth leads through %q, going back through %q", forth, back)
	}
}

// What is invented says so on the page where it stands.
func TestInventedIsMarked(t *testing.T) {
	executive := as(t, access.Executive)
	for _, lang := range i18n.Langs() {
		for path, mark := range map[string]i18n.Message{
			"/programs/" + demo.Replay:                    i18n.DemoReplay,
			"/programs/" + demo.Replay + "/milestones/P4": i18n.ProvenanceInvented,
			"/programs/" + demo.Live:                      i18n.DemoLive,
			"/programs/" + demo.TaxNumbers:                i18n.DemoPublic,
			"/programs/" + demo.ChipCards:                 i18n.DemoPublic,
			"/":                                           i18n.DemoMark,
		} {
			if page := executive.get(t, path+"?lang="+lang.Tag()).want(t, http.StatusOK).body; !strings.Contains(words(page), lang.T(mark)) {
				t.Errorf("%s: %s does not say %q", lang.Tag(), path, lang.T(mark))
			}
		}
	}
}

// A newcomer sees the live program move: jobs report over HTTP by themselves.
func TestLiveProgramMoves(t *testing.T) {
	executive := as(t, access.Executive)
	entry := func() int64 {
		return decode[struct {
			Entry int64 `json:"entry"`
		}](t, executive.get(t, "/api/v1/programs/"+demo.Live+"/summary").want(t, http.StatusOK)).Entry
	}
	before := entry()
	eventually(t, "the live program has a new entry", func() bool { return entry() > before })
}
