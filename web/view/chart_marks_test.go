package view

import (
	"slices"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Beside a step down stands why it was taken, in the drawing, below it and in the table; an explained day says so in the reader's language.
func TestStepsDownSayWhy(t *testing.T) {
	i := slices.IndexFunc(specimens(), func(s *specimen) bool { return s.Key == "corrected" })
	if i < 0 {
		t.Fatal("no specimen with a correction")
	}
	s := specimens()[i]
	a, fc := s.assess()
	for _, point := range a.Curve.Points {
		for _, key := range point.Corrected {
			a.Curve.Explain([]metrics.Correction{{Milestone: key, On: point.Day, Why: metrics.Text{ID: "terhitung dua kali", EN: "counted twice"}}})
		}
	}
	for lang, why := range map[i18n.Lang]string{i18n.Indonesian: "terhitung dua kali", i18n.English: "counted twice"} {
		fig := newProgressFigure(words{lang, s.p.Zone}, s.p, a, fc)
		if !slices.ContainsFunc(fig.Marks, func(m string) bool { return strings.Contains(m, why) }) {
			t.Errorf("%s: the marks are %q", lang.Tag(), fig.Marks)
		}
		if !slices.ContainsFunc(fig.Rows, func(r CurveRow) bool { return strings.Contains(r.Source, why) }) {
			t.Errorf("%s: no row says why", lang.Tag())
		}
		page := string(render(t, OverviewPage(NewOverviewModel(frame(lang, access.Executive, ProgramPath(s.p.Key), s.p, a), s.p, a, fc, nil))))
		if !strings.Contains(page, ": "+why+"</text>") {
			t.Errorf("%s: the drawing does not say why", lang.Tag())
		}
		checkDrawings(t, "explained", fig.Plot.Body)
	}
}
