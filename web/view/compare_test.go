package view

import (
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// One preset begins at the newest signed report that is older than the page; without one there is none.
func TestCompareSinceTheLastReport(t *testing.T) {
	p, _, a, days := tokopediaCase(t, "2024-03-12")
	f := frame(i18n.English, access.Regulator, ProgramPath(p.Key)+"/compare", p, a)
	signed := []SignedReport{{Number: 3, AsOf: a.At}, {Number: 2, AsOf: a.At.AddDate(0, 0, -5)}, {Number: 1, AsOf: a.At.AddDate(0, 0, -40)}}
	preset := func(signed []SignedReport) (found []ViewLink) {
		for _, link := range NewCompareModel(f, Form{}, days, signed, Judged{p, a}, Judged{p, a}).Presets {
			if strings.Contains(link.Text, "report") {
				found = append(found, link)
			}
		}
		return found
	}
	if got := preset(signed); len(got) != 1 || got[0].Text != "Since report no. 2 (7 Mar 2024)" || !strings.Contains(got[0].Href, "from=2024-03-07") {
		t.Errorf("presets: %+v", got)
	}
	if got := preset(signed[:1]); len(got) != 0 {
		t.Errorf("since a report of this very day: %+v", got)
	}
}

// A deadline that came to bind, an item that was closed and a statement that was amended are called that.
func TestCompareNamesWhatHappened(t *testing.T) {
	low := metrics.BasisPoints(7000)
	before := metrics.Program{Deadlines: []metrics.Deadline{{Key: "D1"}}, Items: []metrics.Item{{Key: "i"}}, Statements: []metrics.Statement{{Key: "s", Low: &low}}}
	after := metrics.Program{Deadlines: []metrics.Deadline{{Key: "D1", Binding: true}}, Items: []metrics.Item{{Key: "i", Closed: true}}, Statements: []metrics.Statement{{Key: "s", Low: &low, High: &low}}}
	want := []i18n.Message{i18n.CompareBound, i18n.CompareClosed, i18n.CompareAltered}
	for i, r := range recordsOf(metrics.DifferencesOf(before, after)) {
		if r.what != want[i] || r.from == nil || r.to == nil {
			t.Errorf("%s: %s", r.key, i18n.English.T(r.what))
		}
	}
	for _, r := range recordsOf(metrics.DifferencesOf(after, metrics.Program{})) {
		if r.what != i18n.CompareGone || r.to != nil {
			t.Errorf("%s is gone: %s", r.key, i18n.English.T(r.what))
		}
	}
}
