package view

import (
	"strings"
	"testing"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// A threshold that was changed shows what it was, what it became, since when and by which entry; the program's own stand out.
func TestThresholdsAndTheirChangesAreShown(t *testing.T) {
	first := metrics.DefaultRules()
	second := first
	second.MinSlackDays, second.WatchLate = 14, -300
	at := time.Date(2024, 3, 1, 9, 0, 0, 0, wib)
	sets := []metrics.RuleSet{{Version: 1, Entry: 1, RecordedAt: at, Rules: first}, {Version: 2, Entry: 40, RecordedAt: at.AddDate(0, 0, 3), Rules: second}}
	w := words{i18n.English, wib}
	changes := w.ruleChanges(sets)
	if len(changes) != 2 || !strings.Contains(changes[0].Version, "Version 2, since 4 March 2024") || !strings.Contains(changes[0].Version, "entry no. 40") {
		t.Fatalf("%+v", changes)
	}
	for _, want := range []string{"was less than 7 days, became less than 14 days", "was less than −5 points, became less than −3 points"} {
		if !strings.Contains(changes[0].What, want) {
			t.Errorf("no %q in %q", want, changes[0].What)
		}
	}
	own := 0
	for _, row := range w.limits(second) {
		if row.Own {
			own++
		}
		if row.Default == "" || row.Name == "" || strings.Contains(row.Value+row.Default, "%!") {
			t.Errorf("%+v", row)
		}
	}
	if own != 2 {
		t.Errorf("%d thresholds are the program's own", own)
	}
}
