package fold

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// factFold turns the newest bodies into a metrics.Program.
type factFold struct {
	state      *State
	positions  map[string]int // of areas and milestones, by key
	milestones map[string]metrics.Milestone
	reviews    map[string]review // by evidence, or by milestone where none is named
	decisions  map[string]metrics.Decision
	letters    []letter
	erased     map[string]bool // files, by hex SHA-256
	weights    map[string]int64
	states     map[string]MilestoneState
	mayBind    map[string]bool // of deadlines, what the newest body of the key says
}

// Facts completes a state, of which identity and head are set, with what was said of it. facts are in the ledger's order, so
// that a later body replaces an earlier one of the same key: of each thing the newest, and all of what keepsVersions names. states are
// the milestones' own, by key.
func (s *State) Facts(facts []Fact, states map[string]MilestoneState) error {
	f := factFold{
		state: s, positions: map[string]int{}, milestones: map[string]metrics.Milestone{}, reviews: map[string]review{},
		decisions: map[string]metrics.Decision{}, erased: map[string]bool{}, weights: map[string]int64{}, states: states, mayBind: map[string]bool{},
	}
	s.Rules = metrics.DefaultRules()
	for _, row := range facts {
		if err := f.add(row); err != nil {
			return fmt.Errorf("entry %d: %w", row.Entry, err)
		}
	}
	f.finish()
	return nil
}

func (f *factFold) add(row Fact) error {
	switch row.Kind {
	case ledger.KindProgram:
		return decodeInto(row, f.program)
	case ledger.KindArea:
		return decodeInto(row, f.area)
	case ledger.KindMilestone:
		return decodeInto(row, f.milestone)
	case ledger.KindWeights:
		return decodeInto(row, f.weightSet)
	case ledger.KindDeadline:
		return decodeInto(row, f.deadline)
	case ledger.KindJob:
		return decodeInto(row, f.job)
	case ledger.KindItem:
		return decodeInto(row, f.item)
	case ledger.KindStatement:
		return decodeInto(row, f.statement)
	case ledger.KindOverride:
		return decodeInto(row, f.override)
	case ledger.KindErasure, ledger.KindKey, ledger.KindEpoch, ledger.KindProgressReport:
		return nil // about the ledger itself and what was made of it, not about the program
	case ledger.KindForecast:
		return decodeInto(row, f.forecast)
	}
	return f.addAct(row)
}

func decodeInto[T any](row Fact, use func(Fact, T) error) error {
	var body T
	if err := json.Unmarshal(row.Body, &body); err != nil {
		return fmt.Errorf("body: %w", err)
	}
	return use(row, body)
}

func (f *factFold) program(row Fact, b ledger.Program) (err error) {
	p := &f.state.Program
	p.Name, p.LegalBasis, p.LeadRegulator, p.Operators, p.Demo = metrics.Text(b.Name), b.LegalBasis, b.LeadRegulator, b.Operators, b.Demo
	p.Aliases = b.Aliases
	if p.Start, err = metrics.ParseDay(b.Start); err != nil {
		return err
	}
	p.Steps = nil
	for _, s := range b.Steps {
		on, err := metrics.ParseDay(s.On)
		if err != nil {
			return err
		}
		p.Steps = append(p.Steps, metrics.PlanStep{On: on, Share: metrics.BasisPoints(s.Percent * 100)})
	}
	p.Rules = Rules(b.Rules)
	if n := len(p.RuleSets); n == 0 || p.RuleSets[n-1].Rules != p.Rules {
		p.RuleSets = append(p.RuleSets, metrics.RuleSet{Version: int64(n + 1), Entry: row.Entry, RecordedAt: row.RecordedAt.UTC(), Rules: p.Rules})
	}
	return nil
}

// Rules puts a program's own thresholds in the place of the defaults.
func Rules(b ledger.Rules) metrics.Rules {
	r := metrics.DefaultRules()
	r.WatchEarly = cmp.Or(metrics.BasisPoints(b.WatchEarly), r.WatchEarly)
	r.WatchLate = cmp.Or(metrics.BasisPoints(b.WatchLate), r.WatchLate)
	r.MinSlackDays = cmp.Or(int(b.MinSlackDays), r.MinSlackDays)
	r.EndgameOpen = cmp.Or(int(b.EndgameOpen), r.EndgameOpen)
	r.StaleShare = cmp.Or(metrics.BasisPoints(b.StaleShare), r.StaleShare)
	r.Allowance = int(b.Allowance)
	r.StalledAfter = cmp.Or(int(b.StalledAfter), r.StalledAfter)
	r.RecheckDays = cmp.Or(int(b.RecheckDays), r.RecheckDays)
	if b.SecondPerson != nil {
		r.SecondPerson = metrics.BasisPoints(*b.SecondPerson)
	}
	return r
}

func (f *factFold) area(_ Fact, b ledger.Area) error {
	f.positions["area/"+b.Key] = b.Position
	f.state.Areas = append(f.state.Areas, metrics.Area{Key: b.Key, Name: metrics.Text(b.Name)})
	return nil
}

func (f *factFold) milestone(row Fact, b ledger.Milestone) error {
	start, err := metrics.ParseDay(b.PlannedStart)
	if err != nil {
		return err
	}
	due, err := metrics.ParseDay(b.PlannedDue)
	if err != nil {
		return err
	}
	if len(f.weights) > 0 { // before the first weight set there was no whole to change
		f.state.History.Changes = append(f.state.History.Changes, metrics.ScopeChange{
			On: metrics.DayOf(row.ObservedAt, f.state.Zone), Entry: row.Entry, Kind: "milestone", Key: b.Key,
		})
	}
	f.positions[b.Key] = b.Position
	if b.Retired {
		delete(f.milestones, b.Key)
		return nil
	}
	f.milestones[b.Key] = metrics.Milestone{
		Key: b.Key, Area: b.Area, Name: metrics.Text(b.Name), Definition: metrics.Text(b.Definition), Unit: b.Unit, Layer: b.Layer,
		Start: start, Due: due, Cadence: time.Duration(b.CadenceSeconds) * time.Second, Grace: time.Duration(b.GraceSeconds) * time.Second,
		Source: b.Source, Provenance: b.Provenance, Entry: row.Entry, Duties: b.Duties,
	}
	return nil
}

func (f *factFold) weightSet(row Fact, b ledger.Weights) error {
	from := metrics.DayOf(row.ObservedAt, f.state.Zone)
	set := make(map[string]metrics.BasisPoints, len(b.BasisPoints))
	for key, w := range b.BasisPoints {
		set[key] = metrics.BasisPoints(w)
	}
	if len(f.weights) > 0 {
		f.state.History.Changes = append(f.state.History.Changes, metrics.ScopeChange{On: from, Entry: row.Entry, Kind: "weights"})
	}
	f.weights = b.BasisPoints
	f.state.WeightSet = metrics.WeightSet{Version: b.Version, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC(), Provenance: b.Provenance}
	f.state.History.Weights = append(f.state.History.Weights, metrics.WeightsFrom{Version: b.Version, Entry: row.Entry, From: from, Weights: set})
	return nil
}

func (f *factFold) deadline(row Fact, b ledger.Deadline) error {
	date, err := metrics.ParseDay(b.Date)
	if err != nil {
		return err
	}
	announced, err := metrics.ParseDay(b.AnnouncedOn)
	if err != nil {
		return err
	}
	d := metrics.Deadline{
		Key: b.Key, Version: b.Version, Kind: metrics.DeadlineKind(b.Kind), Date: date, Stated: metrics.Text(b.Stated), AnnouncedOn: announced,
		AnnouncedBy: b.AnnouncedBy, Document: b.Document, Binding: b.Binding, Provenance: b.Provenance, Source: b.Source, Entry: row.Entry,
	}
	if d.Earliest, err = optionalDay(b.Earliest); err != nil {
		return err
	}
	p := &f.state.Program
	p.Deadlines = append(slices.DeleteFunc(p.Deadlines, func(known metrics.Deadline) bool { return known.Key == b.Key }), d)
	f.mayBind[b.Key] = b.Binding
	f.bind(row)
	return nil
}

// bind lets the newest deadline that was said to bind be the one that does, and keeps since which entry.
func (f *factFold) bind(row Fact) {
	p := &f.state.Program
	binding := ""
	for i := range p.Deadlines {
		if p.Deadlines[i].Binding = false; f.mayBind[p.Deadlines[i].Key] {
			binding = p.Deadlines[i].Key
		}
	}
	for i := range p.Deadlines {
		p.Deadlines[i].Binding = binding != "" && p.Deadlines[i].Key == binding
	}
	at := row.RecordedAt.UTC()
	if n := len(p.Bindings); n > 0 && p.Bindings[n-1].To == nil {
		last := &p.Bindings[n-1]
		if last.Deadline == binding {
			return
		}
		last.To, last.ToEntry = &at, row.Entry
	}
	if binding != "" {
		p.Bindings = append(p.Bindings, metrics.Binding{Deadline: binding, From: at, Entry: row.Entry, Reason: row.Text("reason")})
	}
}

func (f *factFold) job(_ Fact, b ledger.Job) error {
	f.state.Jobs = append(f.state.Jobs, metrics.Job{
		Key: b.Key, Name: metrics.Text(b.Name), Milestones: b.Milestones, Cadence: time.Duration(b.CadenceSeconds) * time.Second,
	})
	return nil
}

func (f *factFold) item(row Fact, b ledger.Item) error {
	opened, err := metrics.ParseDay(b.OpenedOn)
	if err != nil {
		return err
	}
	due, err := optionalDay(b.Due)
	if err != nil {
		return err
	}
	f.state.Items = append(f.state.Items, metrics.Item{
		Key: b.Key, Kind: b.Kind, Milestone: b.Milestone, Title: row.Text("title"), WaitsOn: metrics.Text(b.WaitsOn),
		OwnerRole: metrics.Text(b.OwnerRole), OpenedOn: opened,
		Due: due, Closed: b.Closed, Resolution: row.Text("resolution"), Source: b.Source, Provenance: b.Provenance, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC(),
	})
	return nil
}

func (f *factFold) statement(row Fact, b ledger.Statement) error {
	stated, err := optionalDay(b.StatedOn)
	if err != nil {
		return err
	}
	published, err := optionalDay(b.PublishedOn)
	if err != nil {
		return err
	}
	f.state.Statements = append(f.state.Statements, metrics.Statement{
		Key: b.Key, Kind: b.Kind, Side: b.Side, Speaker: row.Text("speaker"), Words: row.Text("words"), StatedOn: stated, PublishedOn: published,
		Subject: metrics.Text(b.Subject), Area: b.Area, Low: (*metrics.BasisPoints)(b.Low), High: (*metrics.BasisPoints)(b.High), Approximate: b.Approximate,
		Scope: metrics.StatementScope(b.Scope), Source: b.Source, Provenance: b.Provenance,
	})
	return nil
}

func (f *factFold) override(row Fact, b ledger.Override) error {
	until, err := metrics.ParseDay(b.Until)
	if err != nil {
		return err
	}
	f.state.Overrides = append(f.state.Overrides, metrics.Override{
		Deadline: b.Deadline, Verdict: metrics.Verdict(b.Verdict), Reason: row.Text("reason"), By: b.By, Until: until, Withdrawn: b.Withdrawn,
		Entry: row.Entry, Provenance: b.Provenance,
	})
	return nil
}

func (f *factFold) forecast(row Fact, b ledger.Forecast) error {
	on, err := metrics.ParseDay(b.On)
	if err != nil {
		return err
	}
	kept := metrics.KeptForecast{On: on}
	if kept.P50, err = optionalDay(b.P50); err != nil {
		return err
	}
	if kept.P80, err = optionalDay(b.P80); err != nil {
		return err
	}
	for _, c := range b.Chances {
		date, err := metrics.ParseDay(c.Date)
		if err != nil {
			return err
		}
		chance := metrics.Chance{Deadline: date}
		if c.BasisPoints != nil {
			meet := float64(*c.BasisPoints) / float64(metrics.Whole)
			chance.Meet = &meet
		}
		kept.Meets = append(kept.Meets, chance)
	}
	f.state.Forecasts = append(f.state.Forecasts, kept)
	return nil
}

// finish joins what was said separately: weights, progress, reviews and letters onto the milestones, and the order shown.
func (f *factFold) finish() {
	p, h := &f.state.Program, &f.state.History
	slices.SortStableFunc(h.Reviews, func(a, b metrics.ReviewedFrom) int { return cmp.Compare(a.From, b.From) })
	slices.SortStableFunc(h.Letters, func(a, b metrics.AcceptedFrom) int { return cmp.Compare(a.From, b.From) })
	slices.SortStableFunc(p.Areas, func(a, b metrics.Area) int { return f.byPosition("area/"+a.Key, "area/"+b.Key) })
	areaRank := map[string]int{}
	for i, a := range p.Areas {
		areaRank[a.Key] = i
	}
	for _, key := range slices.Sorted(maps.Keys(f.milestones)) {
		m := f.milestones[key]
		m.Weight = metrics.BasisPoints(f.weights[key])
		if s, reported := f.states[key]; reported {
			m.Progress, m.SameCount, m.CountedEntry = s.Progress, s.SameCount, s.CountedEntry
		}
		f.standing(&m)
		p.Milestones = append(p.Milestones, m)
	}
	slices.SortStableFunc(p.Milestones, func(a, b metrics.Milestone) int {
		return cmp.Or(cmp.Compare(areaRank[a.Area], areaRank[b.Area]), f.byPosition(a.Key, b.Key))
	})
	slices.SortStableFunc(p.Statements, func(a, b metrics.Statement) int { return cmp.Compare(saidOn(a), saidOn(b)) })
	f.finishActs()
}

func (f *factFold) byPosition(a, b string) int {
	return cmp.Or(cmp.Compare(f.positions[a], f.positions[b]), cmp.Compare(a, b))
}

// saidOn places a statement: by the day it was made or, where that is not known, printed.
func saidOn(s metrics.Statement) metrics.Day {
	switch {
	case s.StatedOn != nil:
		return *s.StatedOn
	case s.PublishedOn != nil:
		return *s.PublishedOn
	}
	return 0
}

func optionalDay(iso string) (*metrics.Day, error) {
	if iso == "" {
		return nil, nil
	}
	d, err := metrics.ParseDay(iso)
	return &d, err
}
