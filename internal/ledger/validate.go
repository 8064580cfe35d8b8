package ledger

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The longest texts that a ledger takes, in characters.
const (
	MaxIDLength   = 128
	MaxTextLength = 2000
	maxNameLength = 300
)

// wholeBasisPoints is what a weight set must add up to.
const wholeBasisPoints = 10_000

// Observes reports whether the draft observes a milestone's progress (a report or a correction).
func (d Draft) Observes() bool { return d.Kind == KindReport || d.Kind == KindCorrection }

// Milestone is the milestone that a report or correction observes; "" for other kinds.
func (d Draft) Milestone() string {
	if body, ok := d.Body.(Report); ok {
		return body.Milestone
	}
	return ""
}

// Key is what a later entry of the same kind has in common with this one when it speaks of the same thing.
func (d Draft) Key() string {
	switch body := d.Body.(type) {
	case Program:
		return "program"
	case Weights:
		return "weights"
	case Area:
		return body.Key
	case Milestone:
		return body.Key
	case Deadline:
		return body.Key
	case Job:
		return body.Key
	case Item:
		return body.Key
	case Statement:
		return body.Key
	case Review:
		return body.Milestone
	case Acceptance:
		return body.Key
	case Override:
		return overrideKey(body.Deadline)
	case Forecast:
		return body.On
	}
	return ""
}

// overrideKey stands for the binding deadline where none is named: a fact needs a key.
func overrideKey(deadline string) string { return cmp.Or(deadline, "binding") }

// KeyOf is Draft.Key for an entry that was stored.
func KeyOf(e Entry) (string, error) {
	var body struct {
		Key       string `json:"key"`
		Milestone string `json:"milestone"`
		Deadline  string `json:"deadline"`
		On        string `json:"on"`
	}
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return "", fmt.Errorf("entry %d: %w", e.Number, err)
	}
	switch e.Kind {
	case KindProgram, KindWeights:
		return string(e.Kind), nil
	case KindReview:
		return body.Milestone, nil
	case KindOverride:
		return overrideKey(body.Deadline), nil
	case KindForecast:
		return body.On, nil
	}
	return body.Key, nil
}

// Reference is something an entry speaks of that must have been recorded before.
type Reference struct {
	Kind    Kind
	Key     string
	Field   string
	Missing Code // the refusal when it is unknown
}

// References lists what the draft refers to, reports and corrections aside: those are checked against definitions.
func (d Draft) References() []Reference {
	milestone := func(key, field string) Reference { return Reference{KindMilestone, key, field, UnknownMilestone} }
	var refs []Reference
	switch body := d.Body.(type) {
	case Milestone:
		refs = append(refs, Reference{KindArea, body.Area, "area", UnknownArea})
	case Weights:
		for _, key := range sortedKeys(body.BasisPoints) {
			refs = append(refs, milestone(key, "basis_points"))
		}
	case Job:
		for _, key := range body.Milestones {
			refs = append(refs, milestone(key, "milestones"))
		}
	case Item:
		if body.Milestone != "" {
			refs = append(refs, milestone(body.Milestone, "milestone"))
		}
	case Statement:
		if body.Area != "" {
			refs = append(refs, Reference{KindArea, body.Area, "area", UnknownArea})
		}
	case Review:
		refs = append(refs, milestone(body.Milestone, "milestone"))
	case Acceptance:
		for _, key := range body.Milestones {
			refs = append(refs, milestone(key, "milestones"))
		}
	case Override:
		if body.Deadline != "" {
			refs = append(refs, Reference{KindDeadline, body.Deadline, "deadline", UnknownDeadline})
		}
	}
	return refs
}

// Validate checks what can be said of a draft without looking at the ledger. It returns the first thing wrong, or nil.
func (d Draft) Validate() *Refusal {
	c := &check{}
	c.id("event_id", d.EventID)
	c.id("source", d.Source)
	c.id("actor", d.Actor)
	c.that(!d.ObservedAt.IsZero(), Required, "observed_at")
	c.that(d.ObservedAt.Year() >= 1900 && d.ObservedAt.Year() < 10000, OutOfRange, "observed_at")
	for _, field := range sortedKeys(d.Texts) {
		c.text(field, d.Texts[field], MaxTextLength)
	}
	d.validateBody(c)
	return c.first
}

func (d Draft) validateBody(c *check) {
	kind := d.Kind
	switch body := d.Body.(type) {
	case Report:
		c.that(d.Observes(), InvalidValue, "kind")
		c.report(body, d.Kind == KindCorrection, d.Texts)
	case Program:
		c.that(kind == KindProgram, InvalidValue, "kind")
		c.program(body)
	case Area:
		c.that(kind == KindArea, InvalidValue, "kind")
		c.id("key", body.Key)
		c.name("name", body.Name)
	case Milestone:
		c.that(kind == KindMilestone, InvalidValue, "kind")
		c.milestone(body)
	case Weights:
		c.that(kind == KindWeights, InvalidValue, "kind")
		c.weights(body)
	case Deadline:
		c.that(kind == KindDeadline, InvalidValue, "kind")
		c.deadline(body)
	case Job:
		c.that(kind == KindJob, InvalidValue, "kind")
		c.id("key", body.Key)
		c.name("name", body.Name)
		c.that(body.CadenceSeconds >= 0, OutOfRange, "cadence_seconds")
	case Item:
		c.that(kind == KindItem, InvalidValue, "kind")
		c.item(body, d.Texts)
	case Statement:
		c.that(kind == KindStatement, InvalidValue, "kind")
		c.statement(body)
	case Review:
		c.that(kind == KindReview, InvalidValue, "kind")
		c.id("milestone", body.Milestone)
		c.that(body.Done >= 0 && body.Done <= MaxCount, OutOfRange, "done")
		c.that(body.Evidence != "", Required, "evidence")
		c.date("observed_on", body.ObservedOn)
	case Acceptance:
		c.that(kind == KindAcceptance, InvalidValue, "kind")
		c.id("key", body.Key)
		c.that(body.LetterNumber != "", Required, "letter_number")
		c.that(body.Document != "", Required, "document")
		c.that(body.Issuer != "", Required, "issuer")
		c.date("letter_date", body.LetterDate)
	case Override:
		c.that(kind == KindOverride, InvalidValue, "kind")
		c.oneOf("verdict", body.Verdict, "on_track", "watch", "late", "cannot_be_assessed")
		c.that(body.By != "", Required, "by")
		c.that(printable(body.By) && len(body.By) <= maxNameLength, InvalidValue, "by")
		c.date("until", body.Until)
		c.that(strings.TrimSpace(d.Texts["reason"]) != "", Required, "reason")
	case Forecast:
		c.that(kind == KindForecast, InvalidValue, "kind")
		c.forecast(body)
	default:
		c.that(false, InvalidValue, "kind")
	}
}

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

func (c *check) report(r Report, correction bool, texts map[string]string) {
	c.id("milestone", r.Milestone)
	c.that(r.Done != nil || r.Total == nil, Required, "done")
	c.that(r.Total != nil || r.Done == nil, Required, "total")
	c.that(r.Done != nil || r.State != "", Required, "done")
	c.that(r.Done != nil || !correction, Required, "done")
	if correction {
		c.that(strings.TrimSpace(texts["reason"]) != "", Required, "reason")
	}
	c.count("done", r.Done)
	c.count("total", r.Total)
	c.count("failed", r.Failed)
	c.count("skipped", r.Skipped)
	if r.Done != nil && r.Total != nil {
		c.that(*r.Done <= *r.Total, DoneExceedsTotal, "done")
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
	for _, s := range p.Steps {
		c.date("plan_steps", s.On)
		c.that(s.Percent >= 0 && s.Percent <= 100, OutOfRange, "plan_steps")
	}
	c.that(p.Rules.WatchEarly <= 0 && p.Rules.WatchLate <= 0, OutOfRange, "rules")
	c.that(p.Rules.StalledAfter >= 0 && p.Rules.Allowance >= 0, OutOfRange, "rules")
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
	c.that(strings.TrimSpace(texts["title"]) != "", Required, "title")
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
