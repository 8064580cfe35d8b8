package demo

import (
	"cmp"
	"fmt"
	"time"

	"tenggat/internal/ledger"
)

// publicProgram is a program known by a few published figures. It has one area with one milestone, and its plan follows from the
// dates in the data: it starts on the earliest of them and is due on the last deadline.
type publicProgram struct {
	ID         string
	Name       ledger.Text
	Regulator  string
	Provenance string
	Steps      []ledger.PlanStep
	Deadlines  []struct {
		Version    int64
		Date       string
		Instrument string
	}
	Series []publicFigure
}

type publicFigure struct {
	On      string
	Done    *int64
	Total   *int64
	Percent *int64
	Source  string
}

// The only area and the only milestone of a public program.
const (
	publicArea      = "A"
	publicMilestone = "A1"
)

// Published figures come about once a month, at times much later.
const (
	publicCadence = 30 * daySeconds
	publicGrace   = 60 * daySeconds
)

func (p publicProgram) script(zone *time.Location) (script, error) {
	s := newScript(p.ID)
	words, ok := publicWords[p.ID]
	if !ok {
		return s, fmt.Errorf("demo data: no words for program %s", p.ID)
	}
	at, err := atNine(p.start(), zone)
	if err != nil {
		return s, err
	}
	p.define(s, at, words)
	for _, figure := range p.Series {
		at, err := atNine(figure.On, zone)
		if err != nil {
			return s, err
		}
		s.add(at, figure.draft())
	}
	last := p.Series[len(p.Series)-1].On
	if at, err = atNine(last, zone); err != nil {
		return s, err
	}
	s.fact(at, ledger.KindItem, "no-later-figure", ledger.Item{Key: "F1", Kind: "unspecified", OpenedOn: last, Provenance: "derived"},
		translated("title", noLaterFigure(last)))
	return s, nil
}

// start is the earliest date that the data name.
func (p publicProgram) start() string {
	start := p.Series[0].On
	for _, d := range p.Deadlines {
		start = min(start, d.Date)
	}
	return start
}

func (p publicProgram) define(s script, at time.Time, words publicText) {
	last := p.Deadlines[len(p.Deadlines)-1]
	s.fact(at, ledger.KindProgram, "program", ledger.Program{
		Name: p.Name, Timezone: jakarta, Start: p.start(), LegalBasis: last.Instrument, LeadRegulator: p.Regulator, Operators: []string{},
		Steps: p.Steps, Demo: "public",
	}, nil)
	s.fact(at, ledger.KindArea, "area", ledger.Area{Key: publicArea, Name: words.area}, nil)
	s.fact(at, ledger.KindMilestone, "milestone", ledger.Milestone{
		Key: publicMilestone, Area: publicArea, Name: words.milestone, Definition: words.definition, Unit: p.unit(), PlannedStart: p.start(), PlannedDue: last.Date,
		Layer: words.layer, CadenceSeconds: publicCadence, GraceSeconds: publicGrace, Provenance: "derived",
	}, nil)
	s.fact(at, ledger.KindWeights, "weights-1", ledger.Weights{Version: 1, BasisPoints: map[string]int64{publicMilestone: 10_000}, Provenance: "derived"}, nil)
	amends := ""
	for _, d := range p.Deadlines {
		key := fmt.Sprintf("D%d", d.Version)
		s.fact(at, ledger.KindDeadline, key, ledger.Deadline{
			Key: key, Version: d.Version, Kind: "regulatory", Date: d.Date, Stated: words.deadline[d.Version], AnnouncedOn: p.start(), AnnouncedBy: p.Regulator,
			Document: d.Instrument, Binding: true, Amends: amends, Source: d.Instrument, Provenance: p.Provenance,
		}, nil)
		amends = key
	}
}

func (p publicProgram) unit() string {
	if p.Series[0].Percent != nil {
		return "percent"
	}
	return "records"
}

// draft is a published figure as a report. Where only a percentage was published, it is counted out of 100.
func (f publicFigure) draft() ledger.Draft {
	report := ledger.Report{Milestone: publicMilestone, Done: cmp.Or(f.Done, f.Percent), Total: f.Total, Unit: "records"}
	if f.Percent != nil {
		report.Total, report.Unit = new(int64(100)), "percent"
	}
	return ledger.Draft{
		Kind: ledger.KindReport, Source: importer, EventID: "figure-" + f.On, Actor: importer, Body: report, Texts: map[string]string{"message": f.Source},
	}
}
