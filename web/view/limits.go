package view

import (
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// LimitRow is one threshold of a program.
type LimitRow struct {
	Name, Value, Default string
	Own                  bool // the program set its own
}

// RuleChange is one version of the thresholds and what it changed.
type RuleChange struct{ Version, What string }

// limits are a program's thresholds beside the defaults.
func (w words) limits(r metrics.Rules) []LimitRow {
	rows := w.limitValues(r)
	for i, d := range w.limitValues(metrics.DefaultRules()) {
		rows[i].Default, rows[i].Own = d.Value, rows[i].Value != d.Value
	}
	return rows
}

func (w words) limitValues(r metrics.Rules) []LimitRow {
	allowance := w.T(i18n.LimitByLength)
	if r.Allowance > 0 {
		allowance = w.N(i18n.Days, int64(r.Allowance))
	}
	return []LimitRow{
		{Name: w.T(i18n.LimitEarly), Value: w.T(i18n.LimitBelow, w.points(r.WatchEarly))},
		{Name: w.T(i18n.LimitLate), Value: w.T(i18n.LimitBelow, w.points(r.WatchLate))},
		{Name: w.T(i18n.LimitSlack), Value: w.T(i18n.LimitBelow, w.N(i18n.Days, int64(r.MinSlackDays)))},
		{Name: w.T(i18n.LimitStale), Value: w.T(i18n.LimitOver, w.points(r.StaleShare))},
		{Name: w.T(i18n.LimitStalled), Value: w.T(i18n.LimitAtLeast, w.Int(int64(r.StalledAfter)))},
		{Name: w.T(i18n.LimitEndgame), Value: w.T(i18n.LimitAtMost, w.Int(int64(r.EndgameOpen)))},
		{Name: w.T(i18n.LimitAllowance), Value: allowance},
	}
}

// ruleChanges tell each version of the thresholds by what differs from the one before.
func (w words) ruleChanges(sets []metrics.RuleSet) []RuleChange {
	var changes []RuleChange
	var before []LimitRow
	for _, set := range sets {
		change := RuleChange{w.T(i18n.RulesVersion, w.Int(set.Version), w.at(set.RecordedAt), w.Int(set.Entry)), w.T(i18n.RulesAsFirst)}
		rows := w.limitValues(set.Rules)
		if before != nil {
			change.What = ""
			for j, now := range rows {
				if now.Value != before[j].Value {
					change.What = join(change.What, w.T(i18n.RulesChanged, now.Name, before[j].Value, now.Value))
				}
			}
		}
		before, changes = rows, append(changes, change)
	}
	slices.Reverse(changes)
	return changes
}
