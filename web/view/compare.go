package view

import (
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// CompareModel sets a program at two moments side by side, each as it was known then.
type CompareModel struct {
	Frame
	Form       Form
	Presets    []ViewLink
	Heading    string
	Sentence   []Piece
	Missing    string // "" unless nothing was on record at the earlier moment
	From, To   string // headings of the two columns
	Rows       []CompareRow
	Deadlines  []CompareRow
	Areas      []CompareArea
	Total      CompareArea
	Milestones []CompareMilestone
	Same       string // how many milestones did not change
	Records    []CompareRecord
}

// CompareRow is one thing at both moments.
type CompareRow struct {
	Name           string
	From, To       string
	FromHref       string // "" where it leads nowhere
	ToHref         string
	FromTag, ToTag *Tag // in the place of words
	Change         string
}

// CompareArea is one area at both moments, and what moved it, in points of the whole.
type CompareArea struct {
	Name       string
	From, To   string
	Parts      WeekRow
	Reopenings string
}

// CompareMilestone is one milestone that changed.
type CompareMilestone struct {
	Name, Href string
	From, To   string // counts
	Parts      WeekRow
	What       string // joined, left, corrected, reopened
	Entries    []Piece
}

// NewCompareModel makes the page. days are recorded ones, signed are the reports, the newest first; a form that failed is shown again
// with nothing below it.
func NewCompareModel(f Frame, form Form, days []metrics.RecordedDay, signed []SignedReport, before, after Judged) CompareModel {
	w := words{f.Lang, after.Program.Zone}
	m := CompareModel{Form: form, Heading: w.T(i18n.CompareTitle), Presets: f.comparePresets(w, days, signed, after.Assessment.Today)}
	state := ""
	if !form.Failed() {
		m.compare(f, w, before, after)
		state = m.Heading
	}
	m.Frame = f.titled(form.failing(f.Lang, state), f.t(i18n.CompareTab))
	return m
}

// comparePresets are spans that end where the page stands.
func (f Frame) comparePresets(w words, days []metrics.RecordedDay, signed []SignedReport, today metrics.Day) []ViewLink {
	link := func(text string, from metrics.Day) ViewLink {
		q := without(without(f.Query, "from"), "to")
		q.Set("from", from.String())
		return ViewLink{text, address(f.InProgram("/compare"), q), f.Query.Get("from") == from.String() && f.Query.Get("to") == ""}
	}
	links := []ViewLink{link(w.T(i18n.CompareWeek), today-7), link(w.T(i18n.CompareMonth), today-30)}
	for _, r := range signed {
		if on := metrics.DayOf(r.AsOf, w.zone); on < today { // the newest report that something can have changed since
			links = append(links, link(w.T(i18n.CompareReport, w.Int(r.Number), w.dayMid(on)), on))
			break
		}
	}
	if len(days) > 0 && days[0].Day < today {
		links = append(links, link(w.T(i18n.CompareStart), days[0].Day))
	}
	return links
}

func (m *CompareModel) compare(f Frame, w words, before, after Judged) {
	x, y := before.Assessment, after.Assessment
	split := metrics.SplitChange(before.Program, after.Program)
	m.From, m.To = w.T(i18n.CompareEnd, w.dayMid(x.Today)), w.T(i18n.CompareEnd, w.dayMid(y.Today))
	m.Heading = w.T(i18n.CompareHeading, w.day(x.Today), w.day(y.Today))
	m.Sentence = linkPercentages(w.weekSentence(split), sumThenHref(f, x.Today), sumThenHref(f, y.Today))
	if before.Program.Entry == 0 {
		m.Missing = w.T(i18n.CompareMissing, w.day(x.Today))
	}
	m.figures(f, w, x, y)
	m.deadlines(w, x, y)
	shares := map[string][2]string{}
	for side, areas := range [][]metrics.AreaAssessment{x.Areas, y.Areas} {
		for _, a := range areas {
			s := shares[a.Key]
			s[side] = w.pts(a.Reported)
			shares[a.Key] = s
		}
	}
	reopened := map[string]metrics.BasisPoints{}
	var all metrics.BasisPoints
	for _, s := range split.Milestones {
		if s.Reopened && s.Before != nil {
			reopened[s.Before.Area] += s.Corrections
			all += s.Corrections
		}
		m.Milestones = append(m.Milestones, w.compareMilestone(f, s, y.Today))
	}
	for _, a := range split.Areas {
		s := shares[a.Key]
		m.Areas = append(m.Areas, CompareArea{w.text(a.Name), orDash(s[0]), orDash(s[1]), w.weekRow("", a.ChangeParts), w.signed(reopened[a.Key])})
	}
	m.Total = CompareArea{w.T(i18n.Total), w.pts(split.Before), w.pts(split.After), w.weekRow("", split.ChangeParts), w.signed(all)}
	m.records(f, w, metrics.DifferencesOf(before.Program, after.Program), y.Today)
	m.Same = w.N(i18n.CompareSame, int64(max(0, len(after.Program.Milestones)-len(split.Milestones))))
}

func (m *CompareModel) figures(f Frame, w words, x, y metrics.Assessment) {
	points := func(name i18n.Message, a, b metrics.BasisPoints) {
		m.Rows = append(m.Rows, CompareRow{Name: w.T(name), From: w.points(a), To: w.points(b), Change: w.signed(b - a)})
	}
	from, to := w.verdictTag(x.Judgement.Verdict), w.verdictTag(y.Judgement.Verdict)
	m.Rows = []CompareRow{{Name: w.T(i18n.Verdict), FromTag: &from, ToTag: &to, From: w.reason(x.Judgement.Reason, x.Curve.LastReport), To: w.reason(y.Judgement.Reason, y.Curve.LastReport)}}
	points(i18n.MeasureReported, x.Reported, y.Reported)
	points(i18n.MeasureVerified, x.Verified, y.Verified)
	points(i18n.MeasureAccepted, x.Accepted, y.Accepted)
	points(i18n.Plan, x.Planned, y.Planned)
	m.Rows = append(m.Rows, CompareRow{Name: w.T(i18n.HeadOpenMilestones), From: w.Int(int64(x.Open)), To: w.Int(int64(y.Open)), Change: w.Int(int64(y.Open - x.Open))})
}

// deadlines are those of the later moment, judged at both.
func (m *CompareModel) deadlines(w words, x, y metrics.Assessment) {
	then := map[string]metrics.DeadlineAssessment{}
	for _, d := range x.Deadlines {
		then[d.Deadline.Key] = d
	}
	for _, d := range y.Deadlines {
		to := w.verdictTag(d.Judgement.Verdict)
		row := CompareRow{Name: w.T(i18n.DeadlineWithVersion, w.day(d.Deadline.Date), w.deadlineName(d.Deadline)), To: w.DaysLeft(d.DaysLeft), ToTag: &to, From: w.T(i18n.CompareNotYet)}
		if old, known := then[d.Deadline.Key]; known {
			from := w.verdictTag(old.Judgement.Verdict)
			row.From, row.FromTag = w.DaysLeft(old.DaysLeft), &from
		}
		m.Deadlines = append(m.Deadlines, row)
	}
}

func (w words) compareMilestone(f Frame, s metrics.MilestoneSplit, on metrics.Day) CompareMilestone {
	now := s.After
	row := CompareMilestone{Parts: w.weekRow("", s.ChangeParts), From: "–", To: "–"}
	var what []string
	if s.Before == nil {
		what = append(what, w.T(i18n.CompareJoined))
	} else {
		row.From = w.counts(s.Before.Progress.Counts, s.Before.Unit)
	}
	if s.After == nil {
		now, what = s.Before, append(what, w.T(i18n.CompareLeft))
	} else {
		row.To = w.counts(s.After.Progress.Counts, s.After.Unit)
		row.Href = f.LinkWith(f.InProgram(MilestonePath(now.Key)+"#history"), "as_of", on.String())
		if s.Before == nil || s.Before.CountedEntry != s.After.CountedEntry {
			row.Entries = append(row.Entries, Piece{w.T(i18n.CompareEntry, w.Int(s.After.CountedEntry)), row.Href})
		}
		if s.Before != nil && s.Before.Entry != s.After.Entry {
			if len(row.Entries) > 0 {
				row.Entries = append(row.Entries, Piece{Text: ", "})
			}
			row.Entries = append(row.Entries, Piece{w.T(i18n.CompareDefinition, w.Int(s.After.Entry)), row.Href})
		}
	}
	if s.Reopened {
		what = append(what, w.T(i18n.CompareReopened))
	} else if s.Corrected {
		what = append(what, w.T(i18n.CompareCorrected))
	}
	row.Name, row.What = w.milestoneName(*now), strings.Join(what, ", ")
	return row
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
