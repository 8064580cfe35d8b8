package view

import (
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// SummaryModel is a program on one sheet of paper, in the order in which it is read. The page and the PDF are made of the same model,
// which holds what the overview shows: no figure of theirs can differ.
type SummaryModel struct {
	OverviewModel
	More       string    // how many items are not among the largest; "" for none
	OthersLine string    // the other versions of the deadline on one line; "" for none
	Definition string    // what the percentage is of
	Demo       string    // what of the program is invented; "" for nothing
	Foot       []string  // the moment, the entry and the root of the ledger's tree
	Paper      []Plot    // the chart for a sheet of paper, from high to low: the highest that leaves room for the rest is taken
	Moment     time.Time // from which all of it holds
	Here       string    // the page's own address, to look it up
	PDFHref    string
}

// paperHeights are how high the plot of the chart can be on paper, in pixels.
var paperHeights = []float64{300, 250, 200, 160, 130, 110}

// Rest is what the summary knows beside the program: the root of the ledger's tree at its last entry, and where people reach it.
type Rest struct {
	Root string // as checkpoints write it; "" for none
	Base string // such as https://tenggat.example.id
}

// NewSummaryModel makes the summary. week is as in NewOverviewModel.
func NewSummaryModel(f Frame, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast, week *metrics.ChangeSplit, rest Rest) SummaryModel {
	w := words{f.Lang, p.Zone}
	m := SummaryModel{
		OverviewModel: NewOverviewModel(f, p, a, fc, week),
		Definition:    w.T(i18n.SummaryDefinition, w.pts(metrics.Whole)), Demo: f.demoNote(), PDFHref: f.Link(f.InProgram("/summary.pdf")),
		Here: rest.Base + w.cited(p, a, "/summary"), Moment: a.ValidSince(p),
	}
	for _, height := range paperHeights {
		m.Paper = append(m.Paper, newProgressChart(w, p, a, fc).draw(height))
	}
	if n := len(a.Items) - len(m.Top); n > 0 {
		m.More = w.N(i18n.SummaryItemsMore, int64(n))
	}
	if len(m.Others) > 0 {
		m.OthersLine = m.OthersSay + ": " + strings.Join(m.Others, "; ") + "."
	}
	m.Foot = []string{w.known(p, a) + " · " + w.T(i18n.SummaryEntry, w.Int(p.Entry))}
	if rest.Root != "" {
		m.Foot = append(m.Foot, w.T(i18n.SummaryRoot, rest.Root))
	}
	m.ForecastHref = f.Link(f.InProgram("#forecast"))
	m.Frame = f.titled(w.stateWords(a), f.t(i18n.SummaryTitle))
	return m
}

// paperPlot is a chart of middling height, for a browser that prints the page: it cannot choose.
func (m SummaryModel) paperPlot() Plot { return m.Paper[len(m.Paper)/2] }

// cited is the path of a page of the program at the very moment that is shown, whenever it is opened.
func (w words) cited(p metrics.Program, a metrics.Assessment, rest string) string {
	return ProgramPath(p.Key) + rest + "?as_of=" + Moment(p, a) + "&lang=" + w.Tag() // colons need no escape, and people read this
}

// Moment is the moment shown as the parameter as_of takes it.
func Moment(p metrics.Program, a metrics.Assessment) string {
	return a.ValidSince(p).Format(time.RFC3339Nano) // without needless zeros
}

// known says of which day a state is, and how new its data are. It names no time of asking: a state stands until something changes it.
func (w words) known(p metrics.Program, a metrics.Assessment) string {
	if p.RecordedAt.IsZero() {
		return w.T(i18n.KnownNothing, w.day(a.Today))
	}
	if metrics.DayOf(p.RecordedAt, w.zone) == a.Today {
		return w.T(i18n.KnownToday, w.day(a.Today), w.Clock(p.RecordedAt.In(w.zone)))
	}
	return w.T(i18n.KnownAt, w.day(a.Today), w.atMid(p.RecordedAt))
}
