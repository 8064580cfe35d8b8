package view

import (
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// grownSpecimen is a program of which a total grew.
func grownSpecimen(t *testing.T) *specimen {
	t.Helper()
	for _, s := range specimens() {
		if s.Key == "grown" {
			return s
		}
	}
	t.Fatal("no specimen with a total that grew")
	return nil
}

// The line of the initial scope stands beside the one of record: the same numbers in the drawing and the table, and a way back.
func TestInitialScopeBesideTheFigureOfRecord(t *testing.T) {
	s := grownSpecimen(t)
	a, fc := s.assess()
	initial, grew := metrics.InitialScope(s.p, s.h, a.Today)
	if !grew {
		t.Fatal("the specimen did not grow")
	}
	f := frame(i18n.English, access.Executive, ProgramPath(s.p.Key), s.p, a)
	m := NewOverviewModel(f, s.p, a, fc, nil)
	m.BesideInitialScope(s.p, a, fc, initial, false)
	if !strings.Contains(m.Chart.Initial.Href, "scope=initial") || len(m.Chart.Initial.Says) > 0 || drawsClass(m.Chart.Plot.Body, "initial") {
		t.Errorf("offered: %+v", m.Chart.Initial)
	}
	m.BesideInitialScope(s.p, a, fc, initial, true)
	if strings.Contains(m.Chart.Initial.Href, "scope=") || !drawsClass(m.Chart.Plot.Body, "initial") {
		t.Errorf("shown: %+v", m.Chart.Initial)
	}
	w := words{i18n.English, s.p.Zone}
	for _, row := range m.Chart.Rows {
		want := ""
		for _, point := range initial.Points {
			if point.Day <= row.On {
				want = w.pct(point.Reported)
			}
		}
		if row.Initial != want {
			t.Errorf("%s: %s by the initial scope, want %s", row.Day, row.Initial, want)
		}
	}
	last, is := m.Chart.Rows[len(m.Chart.Rows)-1], w.pct(a.Reported)
	if last.Initial == is {
		t.Errorf("growth changed nothing: %s", is)
	}
	page := string(render(t, OverviewPage(m)))
	for _, part := range []string{last.Initial + " of the work of that time", is + " of the whole", "% of that scope", i18n.English.T(i18n.InitialHide)} {
		if !strings.Contains(page, part) {
			t.Errorf("the page does not say %q", part)
		}
	}
}

// Where nothing was reported there is nothing to set beside anything.
func TestInitialScopeNeedsAReport(t *testing.T) {
	p, a := emptyProgram()
	m := NewOverviewModel(frame(i18n.English, access.Executive, ProgramPath(p.Key), p, a), p, a, metrics.ProgramForecast{}, nil)
	m.BesideInitialScope(p, a, metrics.ProgramForecast{}, metrics.Curve{}, true)
	if m.Chart.Initial.Href != "" {
		t.Errorf("offered: %+v", m.Chart.Initial)
	}
}
