package view

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ProgramList is what a page of a list of programs is made from.
type ProgramList struct {
	At           time.Time // the moment the programs were judged at
	Selection    metrics.Selection
	Programs     []metrics.Listed // of this page
	Page, Pages  int
	Matching     int                     // programs that were selected, on all pages
	Total        int                     // programs there are
	Unrecorded   int                     // of which nothing was on record at the moment; not in Total
	Verdicts     map[metrics.Verdict]int // of all of them
	NeedsSomeone int                     // programs whose verdict needs attention
	Version      int64                   // the sum of their entries
	Newest       metrics.Program         // the one that was recorded last; zero: there is none
}

// Count counts all programs of the list, selected or not.
func (l *ProgramList) Count(all []metrics.Listed) {
	l.Total, l.Verdicts = len(all), map[metrics.Verdict]int{}
	for i := range all {
		p := &all[i]
		verdict := p.Assessment.Judgement.Verdict
		l.Verdicts[verdict]++
		if verdict.NeedsAttention() {
			l.NeedsSomeone++
		}
		if l.Version += p.Program.Entry; p.Program.RecordedAt.After(l.Newest.RecordedAt) {
			l.Newest = p.Program
		}
	}
}

// ListFilters are the parameters that narrow and order a list.
func ListFilters() []string { return []string{"q", "verdict", "due", "stale", "mine", "sort"} }

// AttentionFilter is the value of the filter by verdict for all verdicts that need attention.
const AttentionFilter = "attention"

// fewPrograms is up to how many programs a list shows as cards unless it is asked for a table.
const fewPrograms = 12

// ProgramsModel is the list of the programs somebody may see.
type ProgramsModel struct {
	Frame
	Summary    string
	Unrecorded string      // programs of which nothing was on record then; "" where there are none
	Counts     []CountLink // by verdict, the most urgent first
	Empty      *EmptyList  // nil: there is something to show
	Shown      string      // "" unless the list is narrowed or has pages
	Filter     ListFilter
	Views      []ViewLink
	Cards      []ProgramCard // either cards or rows
	Table      *ProgramTable
	Pager      Pager
}

// CountLink is how many programs have a verdict, and leads to them.
type CountLink struct {
	Text, Href string
	Verdict    Tag
	Current    bool
}

// EmptyList says why there is nothing to show and what can be done about it.
type EmptyList struct {
	Lead, Hint string
	Href, Text string // "" without a way on
}

// ViewLink is a way to show the list.
type ViewLink struct {
	Text, Href string
	Current    bool
}

// ListFilter is the form that narrows a list.
type ListFilter struct {
	Words         string
	Verdicts, Due []Choice
	Stale, Mine   bool
	MineSays      string // what the reader's role looks for
	Sorts         []Choice
	Day, Latest   string  // of the date field, ISO
	Kept          []Field // what the address says besides
	ClearHref     string  // "" while nothing is narrowed
}

// Pager leads through the pages of a list.
type Pager struct {
	Says                        string // "" with one page
	First, Previous, Next, Last string // addresses; "" where there is none
}

// ProgramCard is one program in the list, as a card or a row.
type ProgramCard struct {
	Name, Href string
	Percent    string // "" while nothing was reported
	SumHref    string // what it adds up from
	RangeHref  string // how the upper end of a range comes about
	Declared   bool   // 100 % without the regulator's letter
	Range      string // "" unless the percentage is a range
	Measures   []Measure
	Spark      Spark
	Verdict    Tag
	Reason     string
	RuleHref   string // the rule behind the verdict
	Beside     *Beside
	Days       string // "31 hari lagi"; "" once nothing is open, or without a deadline
	Deadline   string
	Others     []OtherDate // regulatory dates beside the binding one
	Age        string
	Stale      string // "" while every report that was due has come
	Regulator  string
	Demo       bool
}

// OtherDate is a deadline beside the binding one.
type OtherDate struct{ Text, Verdict string }

// NewProgramsModel makes the page.
func NewProgramsModel(f Frame, l ProgramList) ProgramsModel {
	m := ProgramsModel{Empty: f.emptyList(l), Filter: newListFilter(f, l), Pager: newPager(f, l)}
	table := f.Query.Get("view") == "table" || f.Query.Get("view") != "cards" && l.Total > fewPrograms
	m.Views = []ViewLink{
		{f.t(i18n.ListCards), f.linkSet("view", "cards"), !table}, {f.t(i18n.ListTable), f.linkSet("view", "table"), table},
	}
	m.Summary = f.Lang.N(i18n.ListSummary, int64(l.Total), f.Lang.N(i18n.ListNeedAttention, int64(l.NeedsSomeone)))
	if l.Unrecorded > 0 && f.AsOf != nil {
		m.Unrecorded = f.Lang.N(i18n.ListUnrecorded, int64(l.Unrecorded))
	}
	m.Counts = f.countLinks(l)
	if l.Matching < l.Total || l.Pages > 1 {
		first := (l.Page-1)*max(1, (l.Matching+l.Pages-1)/l.Pages) + 1
		if l.Pages > 1 {
			m.Shown = f.t(i18n.ListShownPart, f.Lang.Int(int64(first)), f.Lang.Int(int64(first+len(l.Programs)-1)), f.Lang.Int(int64(l.Matching)))
		} else {
			m.Shown = f.Lang.N(i18n.ListShown, int64(l.Matching), f.Lang.Int(int64(l.Total)))
		}
	}
	for _, p := range l.Programs {
		m.Cards = append(m.Cards, newProgramCard(f, p))
	}
	if table && len(m.Cards) > 0 {
		m.Table = newProgramTable(f, l, m.Cards)
	}
	state := ""
	if l.Total > 0 {
		state = f.t(i18n.ListTitle, f.Lang.Int(int64(l.NeedsSomeone)), f.Lang.Int(int64(l.Total)))
	}
	m.Frame = f.titled(state, f.t(i18n.NavPrograms))
	return m
}

func (f Frame) countLinks(l ProgramList) []CountLink {
	w := words{Lang: f.Lang}
	links := make([]CountLink, 0, len(l.Verdicts))
	for _, v := range metrics.ByUrgency() {
		if n := l.Verdicts[v]; n > 0 {
			tag := w.verdictTag(v)
			current := f.Query.Get("verdict") == string(v)
			href := f.linkSet("verdict", string(v))
			if current {
				href = f.linkSet("verdict", "")
			}
			links = append(links, CountLink{f.Lang.Int(int64(n)) + " " + strings.ToLower(tag.Word), href, tag, current})
		}
	}
	return links
}

// emptyList is nil where there is something to show.
func (f Frame) emptyList(l ProgramList) *EmptyList {
	switch {
	case l.Matching > 0:
		return nil
	case l.Total > 0:
		return &EmptyList{f.t(i18n.ListNoMatch), f.t(i18n.ListNoMatchHint), f.linkCleared(), f.t(i18n.ItemsFilterClear)}
	case f.AsOf != nil:
		return &EmptyList{f.t(i18n.ListNotYet), f.t(i18n.ListNotYetHint), f.LinkNow(), f.t(i18n.BackToNow)}
	case f.Role == access.Compliance:
		return &EmptyList{f.t(i18n.ProgramsEmpty), f.t(i18n.ProgramsEmptyDefine), f.Link("/help"), f.t(i18n.NavHelp)}
	}
	return &EmptyList{f.t(i18n.ProgramsEmpty), f.t(i18n.ProgramsEmptyAsk), f.Link("/help"), f.t(i18n.NavHelp)}
}

// linkSet is this page with one parameter changed, from its first page on; "" takes it out.
func (f Frame) linkSet(name, value string) string {
	q := without(f.Query, "page")
	q = without(q, name)
	if value != "" {
		q.Set(name, value)
	}
	return address(f.Path, q)
}

// linkCleared is this page with nothing narrowed; the way to show it stays.
func (f Frame) linkCleared() string {
	q := url.Values{}
	for _, name := range []string{"view", "sort", "as_of", "lang"} {
		if v := f.Query.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return address(f.Path, q)
}

// dueChoices are the days to a deadline that a list can be narrowed to.
var dueChoices = []int{7, 30, 90, 365}

func newListFilter(f Frame, l ProgramList) ListFilter {
	w := words{Lang: f.Lang}
	s := ListFilter{
		Words: f.Query.Get("q"), Stale: f.Query.Get("stale") != "", Mine: f.Query.Get("mine") != "", MineSays: f.mineSays(),
		Day: f.Query.Get("as_of"), Latest: metrics.DayOf(l.At, l.At.Location()).String(), Kept: keptOf(f.Query, "view", "lang"),
	}
	if f.AsOf != nil {
		s.Day, s.Latest = metrics.DayOf(f.AsOf.At, f.AsOf.At.Location()).String(), ""
	}
	verdict := f.Query.Get("verdict")
	s.Verdicts = []Choice{{"", f.t(i18n.ItemsFilterAll), verdict == ""}, {AttentionFilter, f.t(i18n.ListAttention), verdict == AttentionFilter}}
	for _, v := range metrics.ByUrgency() {
		s.Verdicts = append(s.Verdicts, Choice{string(v), w.verdictTag(v).Word, verdict == string(v)})
	}
	due := f.Query.Get("due")
	s.Due = []Choice{{"", f.t(i18n.ItemsFilterAll), due == ""}}
	for _, days := range dueChoices {
		value := i18n.English.Int(int64(days))
		s.Due = append(s.Due, Choice{value, f.Lang.N(i18n.ListDueWithin, int64(days)), due == value})
	}
	if due != "" && !slices.ContainsFunc(s.Due, func(c Choice) bool { return c.Selected }) {
		s.Due = append(s.Due, Choice{due, f.Lang.N(i18n.ListDueWithin, int64(l.Selection.DueWithin)), true})
	}
	s.Sorts = f.sortChoices()
	if l.Matching < l.Total || s.Words+verdict+due != "" || s.Stale || s.Mine {
		s.ClearHref = f.linkCleared()
	}
	return s
}

// sortChoices are the orders that the form offers, and the one in force if it is another.
func (f Frame) sortChoices() []Choice {
	current := f.Query.Get("sort")
	choices := []Choice{{"", f.sortName(metrics.ByVerdict), current == "" || current == string(metrics.ByVerdict)}}
	for _, by := range metrics.SortKeys() {
		if by != metrics.ByVerdict {
			choices = append(choices, Choice{string(by), f.sortName(by), current == string(by)})
		}
	}
	if !slices.ContainsFunc(choices, func(c Choice) bool { return c.Selected }) {
		choices = append(choices, Choice{current, f.sortSays(current), true})
	}
	return choices
}

func (f Frame) sortName(by metrics.SortBy) string {
	switch by {
	case metrics.ByName:
		return f.t(i18n.SortName)
	case metrics.ByProgress:
		return f.t(i18n.SortProgress)
	case metrics.ByDeadline:
		return f.t(i18n.SortDeadline)
	case metrics.ByAge:
		return f.t(i18n.SortAge)
	}
	return f.t(i18n.SortVerdict)
}

// sortSays puts an order of several keys into words.
func (f Frame) sortSays(sort string) string {
	says := ""
	for part := range strings.SplitSeq(sort, ",") {
		name, reverse := strings.CutPrefix(part, "-")
		text := f.sortName(metrics.SortBy(name))
		if reverse {
			text = f.t(i18n.SortReversed, text)
		}
		if says != "" {
			text = f.t(i18n.SortThen, says, text)
		}
		says = text
	}
	return says
}

// mineSays is what the reader's role looks for in a list.
func (f Frame) mineSays() string {
	switch f.Role {
	case access.Regulator:
		return f.t(i18n.ListMineRegulator)
	case access.Engineer:
		return f.t(i18n.ListMineEngineer)
	case access.Compliance:
		return f.t(i18n.ListMineCompliance)
	}
	return f.t(i18n.ListMineExecutive)
}

func keptOf(q url.Values, names ...string) []Field {
	var fields []Field
	for _, name := range names {
		if v := q.Get(name); v != "" {
			fields = append(fields, Field{name, v})
		}
	}
	return fields
}

func newPager(f Frame, l ProgramList) Pager {
	if l.Pages <= 1 {
		return Pager{}
	}
	to := func(page int) string {
		if page < 1 || page > l.Pages || page == l.Page {
			return ""
		}
		if page == 1 {
			return f.linkSet("page", "")
		}
		return f.linkSet("page", i18n.English.Int(int64(page)))
	}
	p := Pager{Says: f.t(i18n.PageOf, f.Lang.Int(int64(l.Page)), f.Lang.Int(int64(l.Pages))), Previous: to(l.Page - 1), Next: to(l.Page + 1)}
	if l.Pages > 2 {
		p.First, p.Last = to(1), to(l.Pages)
	}
	return p
}

func newProgramCard(f Frame, l metrics.Listed) ProgramCard {
	p, a := l.Program, l.Assessment
	w := words{f.Lang, p.Zone}
	card := ProgramCard{
		Name: w.text(p.Name), Href: f.Link(ProgramPath(p.Key)), Percent: w.keyPercent(a), SumHref: f.Link(ProgramPath(p.Key) + "/method#sum"), RangeHref: f.Link(ProgramPath(p.Key) + "/method#range"), Range: w.rangeExplain(a),
		Declared: a.State == metrics.StateDeclaredComplete,
		Measures: w.measures(a.Figures), Spark: newSpark(p, a, l.Trail), Verdict: w.verdictTag(a.Judgement.Verdict), Reason: w.reason(a.Judgement.Reason, a.Curve.LastReport),
		RuleHref: f.Link(ProgramPath(p.Key) + "/method#" + ruleAnchor(a.Judgement.Reason.Code)),
		Beside:   w.beside(a.Override), Deadline: w.T(i18n.DeadlineNone), Age: w.newsAge(a), Regulator: p.LeadRegulator, Demo: p.Demo != "",
	}
	if a.StaleWeight > 0 {
		card.Stale = w.T(i18n.ListStale, w.pts(a.StaleWeight))
	}
	for _, d := range a.Deadlines {
		switch {
		case d.Deadline.Binding && a.Open == 0: // nothing waits for it any more
			card.Deadline = w.T(i18n.DeadlineWas, w.dayMid(d.Deadline.Date))
		case d.Deadline.Binding:
			card.Days, card.Deadline = w.DaysLeft(d.DaysLeft), w.T(i18n.DeadlineWas, w.dayMid(d.Deadline.Date))
		case d.Deadline.Kind == metrics.Regulatory && a.Open > 0 && !d.Passed:
			card.Others = append(card.Others, OtherDate{w.T(i18n.DateAndDays, w.dayMid(d.Deadline.Date), w.DaysLeft(d.DaysLeft)), strings.ToLower(w.verdictTag(d.Judgement.Verdict).Word)})
		}
	}
	return card
}

// keyPercent is the headline figure, or "" while nothing was reported: no report is not 0%.
func (w words) keyPercent(a metrics.Assessment) string {
	if a.State == metrics.StateNoScope || a.State == metrics.StateNotStarted {
		return ""
	}
	if a.HeadlineRange != nil {
		return w.rangeText(*a.HeadlineRange)
	}
	return w.pct(a.Reported)
}

// newsAge is when something was last observed and how long ago that is.
func (w words) newsAge(a metrics.Assessment) string {
	if a.Curve.LastReport == nil {
		return w.T(i18n.ReasonNoReport)
	}
	return w.T(i18n.NewsAge, w.dayMid(*a.Curve.LastReport), w.N(i18n.Days, int64(a.Curve.GapDays)))
}

// freshness is when the data were recorded and how old the last observation is.
func (w words) freshness(p metrics.Program, a metrics.Assessment) string {
	if a.Curve.LastReport == nil || p.RecordedAt.IsZero() {
		return w.T(i18n.ReasonNoReport)
	}
	return w.T(i18n.DataOfAndAge, w.T(i18n.AsOf, w.atMid(p.RecordedAt)), w.T(i18n.DataAge, w.N(i18n.Days, int64(a.Curve.GapDays))))
}
