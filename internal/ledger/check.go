package ledger

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// check remembers the first thing that is wrong.
type check struct{ first *Refusal }

func (c *check) that(ok bool, code Code, field string) {
	if !ok && c.first == nil {
		c.first = &Refusal{Code: code, Field: field}
	}
}

// id takes printable text without spaces at its ends, 1 to MaxIDLength bytes.
func (c *check) id(field, value string) {
	c.that(value != "", Required, field)
	c.that(len(value) <= MaxIDLength, TooLong, field)
	c.that(printable(value) && strings.TrimSpace(value) == value, InvalidValue, field)
}

func (c *check) text(field, value string, most int) {
	c.that(strings.TrimSpace(value) != "", Required, field)
	c.that(utf8.RuneCountInString(value) <= most, TooLong, field)
	c.that(utf8.ValidString(value) && !strings.ContainsRune(value, 0), InvalidValue, field)
}

func (c *check) name(field string, value Text) {
	c.text(field, value.ID, maxNameLength)
	c.text(field, value.EN, maxNameLength)
}

// optionalName takes nothing, or one line in both languages.
func (c *check) optionalName(field string, value Text) {
	if value == (Text{}) {
		return
	}
	c.name(field, value)
	c.that(printable(value.ID) && printable(value.EN), InvalidValue, field)
}

func (c *check) date(field, value string) {
	_, err := time.Parse(time.DateOnly, value)
	c.that(err == nil, InvalidValue, field)
}

func (c *check) optionalDate(field, value string) {
	if value != "" {
		c.date(field, value)
	}
}

func (c *check) oneOf(field, value string, allowed ...string) {
	c.that(slices.Contains(allowed, value), InvalidValue, field)
}

func (c *check) count(field string, value *int64) {
	c.that(value == nil || *value >= 0 && *value <= MaxCount, OutOfRange, field)
}

func (c *check) report(r Report, kind Kind, texts map[string]string) {
	corrects := kind == KindCorrection || kind == KindReopening
	c.id("milestone", r.Milestone)
	c.that(r.Done != nil || r.Total == nil, Required, "done")
	c.that(r.Total != nil || r.Done == nil, Required, "total")
	c.that(r.Done != nil || r.State != "", Required, "done")
	c.that(r.Done != nil || !corrects, Required, "done")
	c.that(r.Proposal == "" || corrects, InvalidValue, "proposal")
	c.that(r.Audit == "" || kind == KindReopening, InvalidValue, "audit")
	if corrects {
		c.that(strings.TrimSpace(texts["reason"]) != "", Required, "reason")
	}
	c.count("done", r.Done)
	c.count("total", r.Total)
	c.count("failed", r.Failed)
	c.count("skipped", r.Skipped)
	if r.Done != nil && r.Total != nil {
		c.that(*r.Done <= *r.Total, DoneExceedsTotal, "done")
		c.that(kind != KindReopening || *r.Done < *r.Total, InvalidValue, "done")
		c.that(*r.Done+value(r.Failed)+value(r.Skipped) <= *r.Total, PartsExceedTotal, "done")
	}
	if r.State != "" {
		c.oneOf("state", r.State, "running", "succeeded", "failed", "aborted")
	}
	c.that(len(r.RunID) <= MaxIDLength, TooLong, "run_id")
	c.that(printable(r.RunID), InvalidValue, "run_id")
}

func (c *check) program(p Program) {
	c.name("name", p.Name)
	c.date("start", p.Start)
	c.that(p.Timezone != "", Required, "timezone")
	c.that(len(p.Aliases) <= maxAliases, TooLong, "aliases")
	for _, alias := range p.Aliases {
		c.text("aliases", alias, maxNameLength)
		c.that(printable(alias), InvalidValue, "aliases")
	}
	for _, s := range p.Steps {
		c.date("plan_steps", s.On)
		c.that(s.Percent >= 0 && s.Percent <= 100, OutOfRange, "plan_steps")
	}
	c.that(p.Rules.WatchEarly <= 0 && p.Rules.WatchLate <= 0, OutOfRange, "rules")
	c.that(p.Rules.StalledAfter >= 0 && p.Rules.Allowance >= 0 && p.Rules.RecheckDays >= 0, OutOfRange, "rules")
	if limit := p.Rules.SecondPerson; limit != nil {
		c.that(*limit >= 0 && *limit <= wholeBasisPoints, OutOfRange, "rules")
	}
	c.that(p.Rules.MinSlackDays >= 0 && p.Rules.EndgameOpen >= 0 && p.Rules.StaleShare >= 0 && p.Rules.StaleShare <= wholeBasisPoints, OutOfRange, "rules")
}

func (c *check) milestone(m Milestone) {
	c.id("key", m.Key)
	c.id("area", m.Area)
	c.name("name", m.Name)
	c.text("definition_of_done/id", m.Definition.ID, MaxTextLength)
	c.text("definition_of_done/en", m.Definition.EN, MaxTextLength)
	c.oneOf("unit", m.Unit, "records", "merchants", "checks", "percent")
	c.oneOf("layer", m.Layer, "front_end", "back_end", "both")
	c.date("planned_start", m.PlannedStart)
	c.date("planned_due", m.PlannedDue)
	c.that(m.PlannedStart <= m.PlannedDue, InvalidValue, "planned_due")
	c.that(m.CadenceSeconds > 0, OutOfRange, "cadence_seconds")
	c.that(m.GraceSeconds >= 0, OutOfRange, "grace_seconds")
}

func (c *check) weights(w Weights) {
	var sum int64
	for _, key := range sortedKeys(w.BasisPoints) {
		c.that(w.BasisPoints[key] >= 0 && w.BasisPoints[key] <= wholeBasisPoints, OutOfRange, "basis_points/"+key)
		sum += w.BasisPoints[key]
	}
	c.that(sum == wholeBasisPoints, WeightsNotWhole, "basis_points")
	c.that(w.Version > 0, OutOfRange, "version")
}

func (c *check) deadline(d Deadline) {
	c.id("key", d.Key)
	c.oneOf("kind", d.Kind, "regulatory", "expected_completion")
	c.date("date", d.Date)
	c.optionalDate("earliest", d.Earliest)
	c.that(d.Earliest <= d.Date, InvalidValue, "earliest")
	c.date("announced_on", d.AnnouncedOn)
	c.that(d.AnnouncedBy != "", Required, "announced_by")
	c.that(!d.Binding || d.Kind == "regulatory", InvalidValue, "binding")
}

func (c *check) item(i Item, texts map[string]string) {
	c.id("key", i.Key)
	c.oneOf("kind", i.Kind, "blocker", "request", "unspecified")
	c.that(i.Closed || strings.TrimSpace(texts["title"]) != "", Required, "title") // one that is closed may have lost it to an erasure
	c.that(i.Kind != "blocker" || i.WaitsOn != Text{}, Required, "waits_on")
	c.optionalName("waits_on", i.WaitsOn)
	c.optionalName("owner_role", i.OwnerRole)
	c.date("opened_on", i.OpenedOn)
	c.optionalDate("due", i.Due)
	if i.Closed {
		c.that(strings.TrimSpace(texts["resolution"]) != "", Required, "resolution")
	}
}

func (c *check) statement(s Statement) {
	c.id("key", s.Key)
	c.that(s.Kind != "", Required, "kind")
	c.optionalDate("stated_on", s.StatedOn)
	c.optionalDate("published_on", s.PublishedOn)
	c.optionalName("subject", s.Subject)
	c.oneOf("scope", s.Scope, "", "program", "area", "other")
	c.that(s.Scope != "area" || s.Area != "", Required, "area")
	for _, bound := range []*int64{s.Low, s.High} {
		c.that(bound == nil || *bound >= 0 && *bound <= wholeBasisPoints, OutOfRange, "value")
	}
	c.that(s.Low == nil || s.High == nil || *s.Low <= *s.High, InvalidValue, "value")
}

func (c *check) forecast(f Forecast) {
	c.date("on", f.On)
	for _, date := range []string{f.P10, f.P50, f.P80, f.P95} {
		c.optionalDate("p50", date)
	}
	for _, chance := range f.Chances {
		c.date("chances", chance.Date)
		c.that(chance.BasisPoints == nil || *chance.BasisPoints >= 0 && *chance.BasisPoints <= wholeBasisPoints, OutOfRange, "chances")
	}
}

// printable refuses control characters, invalid UTF-8 and the marks that turn text around.
func printable(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return false
		}
	}
	return true
}

func value(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
