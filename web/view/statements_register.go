package view

import (
	"slices"
	"strings"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// StatementsModel is the register: every statement beside the figure of its day.
type StatementsModel struct {
	Frame
	Summary  string
	Empty    string // "" unless nothing is recorded, or nothing matches the filter
	Filtered bool
	Sides    []Choice
	Subjects []Choice
	Newest   []ClaimRow
	Older    []ClaimRow
	OlderSay string
	Chart    ClaimsFigure
	AddHref  string // "" where nothing can be recorded
}

// ClaimRow is one statement and its judgement.
type ClaimRow struct {
	SaidOn, PrintedOn string
	Who, Side         string
	Words, Source     string
	Value             string // as it was said
	Subject, Scope    string
	Computed          string
	SumHref           string // the sum of that day; "" where nothing was computed
	Backed            string // how much of it was verified and accepted on that day
	Difference        string // in points, with its sign; "" where nothing was compared
	Judgement         Tag
	Notes             []string // why
}

// registerShown is how many statements stand open; older ones fold out.
const registerShown = 10

// judgedClaim is a statement with its comparison.
type judgedClaim struct {
	said metrics.Statement
	metrics.Comparison
}

// NewStatementsModel makes the register. comparisons belong to p.Statements, one each; the query's side and subject narrow it.
func NewStatementsModel(f Frame, p metrics.Program, comparisons []metrics.Comparison) StatementsModel {
	w := words{f.Lang, p.Zone}
	all := joinClaims(p, comparisons)
	side, subject := f.Query.Get("side"), f.Query.Get("subject")
	m := StatementsModel{
		Filtered: side != "" || subject != "", Sides: w.sideFilter(all, side), Subjects: w.subjectFilter(p, all, subject),
	}
	shown := slices.DeleteFunc(slices.Clone(all), func(c judgedClaim) bool {
		return side != "" && c.said.Side != side || subject != "" && subjectKey(c.said.Area, c.said.Subject) != subject
	})
	m.Summary = w.claimCounts(shown)
	switch {
	case len(all) == 0:
		m.Empty = w.T(i18n.StatementsNone)
	case len(shown) == 0:
		m.Empty = w.T(i18n.RegisterNoMatch)
	}
	for _, c := range shown {
		m.Newest = append(m.Newest, w.claimRow(f, p, c))
	}
	if len(m.Newest) > registerShown {
		m.Newest, m.Older = m.Newest[:registerShown], m.Newest[registerShown:]
		m.OlderSay = w.N(i18n.StatementsOlder, int64(len(m.Older)))
	}
	m.Chart = newClaimsFigure(f, w, p, shown)
	if f.mayNow(access.RecordStatement) {
		m.AddHref = f.Link(f.InProgram("/statements/new"))
	}
	m.Frame = f.titled(w.N(i18n.RegisterCount, int64(len(shown))), f.t(i18n.RegisterTitle))
	return m
}

// mayNow reports whether this page offers an act: only in the present, to those who may do it.
func (f Frame) mayNow(a access.Action) bool { return f.AsOf == nil && f.Can(a) }

// joinClaims sets statements and comparisons side by side, newest first.
func joinClaims(p metrics.Program, comparisons []metrics.Comparison) []judgedClaim {
	claims := make([]judgedClaim, len(p.Statements))
	by := map[string]metrics.Comparison{}
	for _, c := range comparisons {
		by[c.Statement] = c
	}
	for i, s := range newestFirst(p.Statements) {
		claims[i] = judgedClaim{s, by[s.Key]}
	}
	return claims
}

// claimCounts counts the judgements in a sentence.
func (w words) claimCounts(claims []judgedClaim) string {
	counts := map[metrics.ClaimJudgement]int64{}
	for _, c := range claims {
		counts[c.Judgement]++
	}
	n := func(j metrics.ClaimJudgement) string { return w.Int(counts[j]) }
	return w.N(i18n.RegisterSummary, int64(len(claims)), n(metrics.ClaimAgrees), n(metrics.ClaimDiffers), n(metrics.ClaimOtherUnit),
		n(metrics.ClaimAnotherSubject), n(metrics.ClaimNotJudged))
}

func (w words) claimRow(f Frame, p metrics.Program, c judgedClaim) ClaimRow {
	row := ClaimRow{
		SaidOn: w.dayOr(c.said.StatedOn, i18n.RegisterUndated), PrintedOn: w.T(i18n.RegisterPrinted, w.dayOr(c.said.PublishedOn, i18n.RegisterUndated)),
		Who: w.text(c.said.Speaker), Side: w.side(c.said.Side), Words: w.written(c.said.Words), Value: w.claimed(c.said), Subject: w.claimSubject(p, c.said.Area, c.said.Subject),
		Scope: w.claimScope(p, c), Judgement: w.claimTag(c.Comparison), Notes: w.claimNotes(c.Comparison),
	}
	if c.said.Source != "" {
		row.Source = w.T(i18n.RegisterSource, c.said.Source)
	}
	if row.Value == "" {
		row.Value = w.T(wordsForValue(c.said.Kind))
	}
	if c.Computed != nil {
		row.Computed, row.SumHref, row.Backed = w.claimFigure(c.Comparison, *c.Computed), claimHref(f, c), w.backed(*c.Figures)
	}
	if c.Difference != nil {
		row.Difference = w.signed(*c.Difference)
	}
	return row
}

// wordsForValue are what stands in the place of a number where none was said.
func wordsForValue(kind string) i18n.Message {
	switch kind {
	case "area_done":
		return i18n.RegisterAllDone
	case "area_pending":
		return i18n.RegisterNotDone
	}
	return i18n.RegisterNoValue
}

// claimFigure writes a computed figure with what it is a share of.
func (w words) claimFigure(c metrics.Comparison, b metrics.BasisPoints) string {
	if c.Unit == metrics.ShareOfArea {
		return w.T(i18n.PercentOfArea, w.stated(b))
	}
	return w.T(i18n.PercentOfWhole, w.stated(b))
}

// claimHref is the sum of the figure that a statement is compared with, on its day.
func claimHref(f Frame, c judgedClaim) string {
	if c.Unit == metrics.ShareOfArea && c.said.Area != "" {
		return dayHref(f, *c.On, areaAnchor(c.said.Area))
	}
	return dayHref(f, *c.On, "sum")
}

// subjectKey tells subjects apart in addresses and rows, the same in every language.
func subjectKey(area string, subject metrics.Text) string {
	switch {
	case area != "":
		return "area:" + area
	case subject.EN != "":
		return subject.EN
	}
	return "-"
}

// claimSubject is the subject in the statement's own words or, without any, the area it names.
func (w words) claimSubject(p metrics.Program, area string, subject metrics.Text) string {
	switch {
	case subject != metrics.Text{}:
		return w.text(subject)
	case area != "":
		return w.registerArea(p, area)
	}
	return w.T(i18n.ClaimSubjectUnsaid)
}

func (w words) registerArea(p metrics.Program, key string) string {
	for _, a := range p.Areas {
		if a.Key == key {
			return w.text(a.Name)
		}
	}
	return key
}

// claimScope says what the statement is compared with; "" where it says nothing that could be.
func (w words) claimScope(p metrics.Program, c judgedClaim) string {
	switch {
	case c.Doubt == metrics.DoubtNoValue:
		return ""
	case c.Judgement == metrics.ClaimAnotherSubject || c.said.Scope == metrics.ScopeOther:
		return w.T(i18n.ScopeOfOther)
	case c.Unit == metrics.ShareOfArea && c.said.Area == "":
		return w.T(i18n.ScopeOfSomeAreas)
	case c.Unit == metrics.ShareOfArea:
		return w.T(i18n.ScopeOfArea, w.registerArea(p, c.said.Area))
	}
	return w.T(i18n.ScopeOfProgram)
}

// claimTag is the judgement in shape and word.
func (w words) claimTag(c metrics.Comparison) Tag {
	switch c.Judgement {
	case metrics.ClaimAgrees:
		return Tag{"ontrack", "check", w.T(i18n.ClaimAgrees)}
	case metrics.ClaimDiffers:
		by := w.points(abs(*c.Difference))
		if c.Unit == metrics.ShareOfArea {
			by = w.T(i18n.ClaimAreaPoints, w.pts(abs(*c.Difference)))
		}
		return Tag{"watch", "triangle", w.T(i18n.ClaimDiffers, by)}
	case metrics.ClaimOtherUnit:
		return Tag{"unknown", "half", w.T(i18n.ClaimOtherUnit)}
	case metrics.ClaimAnotherSubject:
		return Tag{"unknown", "ring", w.T(i18n.ClaimAnotherSubject)}
	}
	return Tag{"unknown", "question", w.T(i18n.ClaimNotJudged)}
}

// claimNotes say why a statement was judged so.
func (w words) claimNotes(c metrics.Comparison) []string {
	var notes []string
	if c.Judgement != metrics.ClaimAgrees || *c.Difference != 0 {
		notes = append(notes, w.T(claimReason(c)))
	}
	if c.Printed && c.Judgement != metrics.ClaimNotJudged && c.Judgement != metrics.ClaimAnotherSubject {
		notes = append(notes, w.T(i18n.ClaimByPrintDate))
	}
	return notes
}

func claimReason(c metrics.Comparison) i18n.Message {
	switch c.Judgement {
	case metrics.ClaimAgrees:
		return i18n.ClaimWithin
	case metrics.ClaimDiffers:
		if *c.Difference > 0 {
			return i18n.ClaimSaysMore
		}
		return i18n.ClaimSaysLess
	case metrics.ClaimOtherUnit:
		if c.Fits == metrics.WeightOfArea {
			return i18n.ClaimFitsWeight
		}
		return i18n.ClaimFitsPoints
	case metrics.ClaimAnotherSubject:
		return i18n.ClaimNotEquated
	}
	switch c.Doubt {
	case metrics.DoubtNoDate:
		return i18n.ClaimNoDate
	case metrics.DoubtNoFigure:
		return i18n.ClaimNoComputed
	case metrics.DoubtUnknownArea:
		return i18n.ClaimNoArea
	}
	return i18n.ClaimNoFigureSaid
}

// statementSides are the sides a statement can come from, in the order they are offered.
var statementSides = []string{"regulator", "operator", "merchant", "expert", "press"}

func (w words) sideFilter(claims []judgedClaim, selected string) []Choice {
	choices := []Choice{{"", w.T(i18n.ItemsFilterAll), selected == ""}}
	for _, side := range statementSides {
		if slices.ContainsFunc(claims, func(c judgedClaim) bool { return c.said.Side == side }) {
			choices = append(choices, Choice{side, w.side(side), side == selected})
		}
	}
	return choices
}

func (w words) subjectFilter(p metrics.Program, claims []judgedClaim, selected string) []Choice {
	var choices []Choice
	for _, c := range claims {
		key := subjectKey(c.said.Area, c.said.Subject)
		if !slices.ContainsFunc(choices, func(known Choice) bool { return known.Value == key }) {
			choices = append(choices, Choice{key, w.claimSubject(p, c.said.Area, c.said.Subject), key == selected})
		}
	}
	slices.SortFunc(choices, func(a, b Choice) int { return strings.Compare(a.Text, b.Text) })
	return append([]Choice{{"", w.T(i18n.ItemsFilterAll), selected == ""}}, choices...)
}
