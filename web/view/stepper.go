package view

import (
	"slices"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// mostSteps is how many recorded dates are listed one by one; beyond it a date field takes the place of the list.
const mostSteps = 40

// Stepper leads through the dates on which something was recorded.
type Stepper struct {
	Previous, Next *Step
	Now            string // address of the present; "" if this is it
	Steps          []Step // all that were known, newest first; none if there are too many to list
	Current        string // ISO date shown
	First          string // ISO date, for the date field
}

// Step is one recorded date.
type Step struct {
	Value, Text, Href string
}

// newStepper makes the stepper of the page that shows today, of a program whose last known entry was recorded at recorded. days are
// in order. Later ones are no part of what was known: of them there is only the way on.
func newStepper(f Frame, w words, recorded time.Time, days []metrics.RecordedDay, today metrics.Day) Stepper {
	s := Stepper{Current: today.String()}
	if f.AsOf != nil {
		s.Now = f.LinkNow()
	}
	known := metrics.DayOf(recorded, w.zone)
	for i, d := range days {
		step := Step{d.Day.String(), w.dayMid(d.Day), f.LinkAsOf(d.Day.String())}
		if d.Day > known || recorded.IsZero() {
			s.Next = &step
			break
		}
		if i == 0 {
			s.First = step.Value
		}
		if d.Day < today {
			s.Previous = &step
		}
		s.Steps = append(s.Steps, step)
	}
	slices.Reverse(s.Steps)
	if len(s.Steps) > mostSteps {
		s.Steps = nil
	}
	return s
}

// stepperTitle names the stepper: in a replay it is what the page is for.
func (f Frame) stepperTitle() string {
	if f.Program != nil && f.Program.Demo == "replay" {
		return f.t(i18n.DemoStep)
	}
	return f.t(i18n.AsOfLabel)
}
