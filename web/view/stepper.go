package view

import (
	"slices"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Stepper is the strip on every page that reads a program: which moment it shows, and the ways to another.
type Stepper struct {
	Shown string // "12 Mar 2024", or a word for the present
	Says  string // what the page shows, in a sentence
	Quiet string // "" unless nothing was recorded on the day shown

	Previous, Next *Step  // of the days on which something was recorded
	Days           []Step // those near the day shown, the first and the last
	Now            string // address of the present; "" if this is it

	Value, Min, Max string  // of the date field, ISO
	Kept            []Field // what else the address says
}

// Step is one day on which something was recorded.
type Step struct {
	Value, Text, Href string
	Entries           string // "3 catatan"
	Current           bool
}

// Field is a name and a value that a form sends along.
type Field struct{ Name, Value string }

// NewStepper makes the stepper of a page that shows today. days are recorded ones in their order: those around today, the first
// and the last.
func NewStepper(f Frame, zone *time.Location, days []metrics.RecordedDay, today metrics.Day) *Stepper {
	w := words{f.Lang, zone}
	s := &Stepper{Shown: w.T(i18n.StepperNow), Says: w.T(i18n.StepperNowSays), Value: today.String(), Kept: f.keptElse("as_of", "notice", "before")}
	if f.AsOf != nil {
		s.Now, s.Says = f.LinkNow(), f.asOfBanner()
		if s.Shown = w.dayMid(today); !f.AsOf.WholeDay {
			s.Shown = w.atMid(f.AsOf.At)
		}
	}
	s.steps(f, w, days, today)
	return s
}

func (s *Stepper) steps(f Frame, w words, days []metrics.RecordedDay, today metrics.Day) {
	quiet := f.AsOf != nil
	for i, d := range days {
		step := newStep(f, w, d, today)
		switch {
		case d.Day < today:
			s.Previous = &step
		case d.Day == today:
			quiet = false
		case s.Next == nil:
			s.Next = &step
		}
		listed := step
		switch i {
		case 0:
			s.Min, listed.Text = step.Value, w.T(i18n.StepperFirstOf, step.Text)
		case len(days) - 1:
			listed.Text = w.T(i18n.StepperLastOf, step.Text)
		}
		s.Days, s.Max = append(s.Days, listed), max(today, d.Day).String()
	}
	if quiet {
		s.Quiet = w.T(i18n.StepperQuiet)
	}
}

func newStep(f Frame, w words, d metrics.RecordedDay, today metrics.Day) Step {
	return Step{
		Value: d.Day.String(), Text: w.dayNear(d.Day, today), Href: f.LinkAsOf(d.Day.String()), Entries: w.N(i18n.StepperEntries, d.Entries),
		Current: f.AsOf != nil && d.Day == today,
	}
}

// dayNear is a day without its year where that is the year shown.
func (w words) dayNear(d, shown metrics.Day) string {
	if d.UTC().Year() == shown.UTC().Year() {
		return w.dayShort(d)
	}
	return w.dayMid(d)
}

// keptElse are the parameters of this address but for those named.
func (f Frame) keptElse(names ...string) []Field {
	var fields []Field
	for name := range f.Query {
		if value := f.Query.Get(name); value != "" && !slices.Contains(names, name) {
			fields = append(fields, Field{name, value})
		}
	}
	slices.SortFunc(fields, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return fields
}

// stepperTitle names the stepper: in a replay it is what the page is for.
func (f Frame) stepperTitle() string {
	if f.Program != nil && f.Program.Demo == "replay" {
		return f.t(i18n.DemoStep)
	}
	return f.t(i18n.AsOfLabel)
}
