package pdf

import (
	"cmp"
	"slices"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/web/view"
)

// Summary writes the sheet of a moment. The chart is the highest with which the rest stays on one page.
func Summary(m view.SummaryModel) ([]byte, error) {
	lowest := m.Paper[len(m.Paper)-1]
	s := newSummary(m, lowest)
	if s.PageCount() > 1 {
		return s.bytes()
	}
	for _, chart := range m.Paper {
		if more := plotHeight(chart, innerWidth) - plotHeight(lowest, innerWidth); more > 0 && s.y+more <= bottom {
			s = newSummary(m, chart)
			break
		}
	}
	return s.bytes()
}

// Unknown lists what the chart of a summary asks for and this package cannot draw. Nothing else of it is lost.
func Unknown(m view.SummaryModel) []string { return newSummary(m, m.Paper[0]).trouble }

// summary is a sheet that is being filled with a model.
type summary struct {
	*sheet
	m       view.SummaryModel
	trouble []string // what the chart asked for in vain
}

func newSummary(m view.SummaryModel, chart view.Plot) *summary {
	s := &summary{sheet: newSheet(m.Title, m.Lang.Tag(), m.Moment), m: m}
	s.head()
	s.answer()
	s.chart(chart)
	s.areas()
	s.changesAndItems()
	s.definition()
	s.footers()
	return s
}

func (s *summary) t(m i18n.Message, args ...any) string { return s.m.Lang.T(m, args...) }

func (s *summary) head() {
	program := s.m.Program.Name
	if s.m.Demo != "" {
		program += " · " + s.t(i18n.DemoMark)
	}
	top := s.y
	s.put(s.t(i18n.SummaryTitle), style{sizeBody, false, muted}, margin+innerWidth, top, true)
	s.y = s.paragraph(program, style{sizeBody, true, muted}, margin, top, innerWidth-40) + 1
	s.y = s.paragraph(s.m.Headline, style{15, true, ink}, margin, s.y, innerWidth) + 0.5
	s.flow(s.m.Fresh, small)
	if s.m.Demo != "" {
		s.flow(s.m.Demo, small)
	}
	s.y += 2
}

// answer is the number, the verdict and the days, side by side between two rules.
func (s *summary) answer() {
	const gap = 7.0
	widths := []float64{58, 56, innerWidth - 58 - 56 - 2*gap}
	s.stroke(ink, 0.2)
	s.Line(margin, s.y, margin+innerWidth, s.y)
	top, x, end := s.y+2, margin, 0.0
	for i, part := range []func(x, y, width float64) float64{s.figure, s.verdict, s.deadline} {
		end = max(end, part(x, top, widths[i]))
		x += widths[i] + gap
	}
	s.y = end + 1.5
	if s.m.Outlook != "" {
		s.flow(join(s.m.Outlook, s.m.Differs), body)
	}
	s.flow(s.m.OthersLine, small)
	s.y += 2.5
}

// label names a part of the answer.
func (s *summary) label(m i18n.Message, x, y, width float64) float64 {
	return s.paragraph(s.t(m), style{sizeSmall, true, muted}, x, y, width)
}

func (s *summary) figure(x, y, width float64) float64 {
	y = s.label(i18n.OverallProgress, x, y, width)
	if s.m.Percent == "" {
		y = s.paragraph(s.t(i18n.HeadlineNoReport), strong, x, y, width)
	} else {
		key := style{26, true, ink}
		y = s.paragraph(s.m.Percent, key, x, y-1, width) - 1.2
		of := s.t(i18n.OfTheWhole)
		if s.m.Declared {
			of = s.t(i18n.DeclaredOfTheWhole)
		}
		y = s.paragraph(of, small, x, y, width)
	}
	if s.m.Range != "" {
		y = s.paragraph(s.m.Range, small, x, y, width)
	}
	for _, measure := range s.m.Measures {
		line := measure.Name + " " + measure.Value
		if measure.Note != "" {
			line += " (" + measure.Note + ")"
		}
		y = s.paragraph(line, style{sizeSmall, false, ink}, x, y, width)
	}
	return y
}

func (s *summary) verdict(x, y, width float64) float64 {
	y = s.label(i18n.Verdict, x, y, width) + 1
	s.tag(s.m.Verdict, x, y)
	y = s.paragraph(s.m.Reason, body, x, y+8, width)
	if b := s.m.Beside; b != nil {
		y = s.paragraph(s.t(i18n.OverrideBeside), small, x, y+1, width) + 0.5
		s.tag(b.Verdict, x, y)
		y = s.paragraph(join(b.Reason, b.By), small, x, y+7.5, width)
	}
	return y
}

func (s *summary) deadline(x, y, width float64) float64 {
	y = s.label(i18n.OverviewDeadline, x, y, width)
	if s.m.Deadline == "" {
		return s.paragraph(s.t(i18n.DeadlineNone), strong, x, y, width)
	}
	if s.m.Days != "" {
		y = s.paragraph(s.m.Days, style{16, true, ink}, x, y, width)
	}
	y = s.paragraph(s.m.Deadline, strong, x, y, width)
	return s.paragraph(s.m.Document, small, x, y, width)
}

func (s *summary) chart(p view.Plot) {
	height := plotHeight(p, s.width)
	s.title(s.t(i18n.OverviewChart), s.flowHeight(s.m.Chart.Summary, body)+height)
	s.flow(s.m.Chart.Summary, body)
	s.y += 1.5
	s.room(height)
	s.trouble = append(s.trouble, s.plot(p, s.x, s.y, s.width)...)
	s.y += height + 1
	s.trouble = append(s.trouble, s.keys(s.m.Chart.Keys)...)
	s.y += 2
}

func (s *summary) areas() {
	s.title(s.t(i18n.OverviewAreas), 12)
	columns := []column{
		{s.t(i18n.Area), 0, false}, {s.t(i18n.ColumnShareOfArea), 33, true}, {s.t(i18n.ColumnPlanOfArea), 33, true}, {s.t(i18n.ColumnWeightPoints), 11, true},
		{s.t(i18n.ColumnReported), 16, true}, {s.t(i18n.ColumnVerified), 18, true}, {s.t(i18n.ColumnAccepted), 14, true}, {s.t(i18n.ColumnLeftPoints), 11, true},
	}
	var rows []row
	for _, r := range append(slices.Clone(s.m.Areas.Rows), s.m.Areas.Total) {
		rows = append(rows, row{cells: []string{r.Name, r.Share, r.Planned, r.Weight, r.Reported, r.Verified, r.Accepted, r.Left}})
	}
	s.table(columns, rows, true)
	s.y += 2
}

// changesAndItems stand side by side where both fit, and below each other in a program with many areas.
func (s *summary) changesAndItems() {
	const most = 12 // areas
	if len(s.m.Week.Rows) > most {
		s.changes()
		s.y += 2
		s.items()
		s.y += 2
		return
	}
	half := *s.sheet
	half.width = (innerWidth - columnGap) / 2
	changes := half.titleHeight() + half.flowHeight(plain(s.m.Week.Sentence), body)
	if len(s.m.Week.Rows) > 0 {
		changes += half.tableHeight(s.changesTable()) + half.flowHeight(s.m.Week.Caption, captionStyle)
	}
	items := half.titleHeight() + half.flowHeight(s.t(i18n.HeadlineOutstanding, s.m.Left), body) + half.tableHeight(s.itemsTable()) + half.flowHeight(s.m.More, small)
	s.room(max(changes, items))
	s.beside(s.changes, s.items)
	s.y += 2
}

var captionStyle = style{7, false, muted}

func (s *summary) changes() {
	s.title(s.m.Week.Title, 6)
	s.flow(plain(s.m.Week.Sentence), body)
	if len(s.m.Week.Rows) == 0 {
		return
	}
	columns, rows := s.changesTable()
	s.table(columns, rows, true)
	s.flow(s.m.Week.Caption, captionStyle)
}

// changesTable leaves out causes that moved nothing.
func (s *summary) changesTable() (columns []column, rows []row) {
	columns = []column{{s.t(i18n.Area), 0, false}}
	all := append(slices.Clone(s.m.Week.Rows), s.m.Week.Total)
	for _, r := range all {
		rows = append(rows, row{cells: []string{r.Name}})
	}
	for _, cause := range []struct {
		head i18n.Message
		of   func(view.WeekRow) string
	}{
		{i18n.ChangeWork, func(r view.WeekRow) string { return r.Work }}, {i18n.ChangeScope, func(r view.WeekRow) string { return r.Scope }},
		{i18n.ChangeWeights, func(r view.WeekRow) string { return r.Weights }}, {i18n.ChangeCorrections, func(r view.WeekRow) string { return r.Corrections }},
		{i18n.WeekWhole, func(r view.WeekRow) string { return r.Whole }},
	} {
		moved := cause.head == i18n.WeekWhole || slices.ContainsFunc(all, func(r view.WeekRow) bool { return cause.of(r) != s.m.Lang.Points(0) })
		if !moved {
			continue
		}
		columns = append(columns, column{s.t(cause.head), 15, true})
		for i, r := range all {
			rows[i].cells = append(rows[i].cells, cause.of(r))
		}
	}
	return columns, rows
}

// items lists the largest.
func (s *summary) items() {
	s.title(s.t(i18n.OverviewOutstanding), 6)
	if len(s.m.Top) == 0 {
		s.flow(s.t(i18n.NothingOutstanding), body)
		return
	}
	s.flow(s.t(i18n.HeadlineOutstanding, s.m.Left), body)
	columns, rows := s.itemsTable()
	s.table(columns, rows, false)
	if s.m.More != "" {
		s.flow(s.m.More, small)
	}
}

func (s *summary) itemsTable() (columns []column, rows []row) {
	columns = []column{{s.t(i18n.Item), 0, false}, {s.t(i18n.ColumnLeftPoints), 12, true}, {s.t(i18n.Due), 21, true}}
	for _, r := range s.m.Top {
		points, due := cmp.Or(r.Points, "–"), r.Due
		if r.Overdue != "" {
			due += ", " + r.Overdue
		}
		rows = append(rows, row{[]string{r.Name, points, due}, r.State.Word})
	}
	return columns, rows
}

func (s *summary) definition() {
	s.room(s.flowHeight(s.m.Definition, small))
	s.flow(s.m.Definition, small)
}

// footers stand on every page: the moment, the entry and the root, where to look it up, and the number of the page.
func (s *summary) footers() {
	pages := s.PageCount()
	for page := 1; page <= pages; page++ {
		s.SetPage(page)
		y := bottom + 2
		s.stroke(rule, 0.2)
		s.Line(margin, y, margin+innerWidth, y)
		y++
		number := s.t(i18n.SummaryPage, s.m.Lang.Int(int64(page)), s.m.Lang.Int(int64(pages)))
		s.put(number, small, margin+innerWidth, y, true)
		const width = innerWidth - 30
		for _, line := range s.m.Foot {
			y = s.paragraph(line, small, margin, y, width)
		}
		before := y
		y = s.paragraph(s.t(i18n.SummaryLookUp, s.m.Here), small, margin, y, width)
		s.LinkString(margin, before, width, y-before, s.m.Here)
	}
}

// plain is a sentence without its links.
func plain(pieces []view.Piece) string {
	text := ""
	for _, p := range pieces {
		text += p.Text
	}
	return text
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }
