package view

import (
	"time"

	ics "github.com/arran4/golang-ical"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Calendar is a program's deadlines, planned dates and audits for calendar programs (RFC 5545). The same state gives the same bytes.
func Calendar(f Frame, p metrics.Program, a metrics.Assessment, base string) []byte {
	c := calendar{words{f.Lang, p.Zone}, ics.NewCalendarFor("Tenggat"), p, base + ProgramPath(p.Key)}
	c.SetXWRCalName(c.text(p.Name))
	c.SetRefreshInterval("PT1H")
	for _, d := range p.Deadlines {
		c.deadline(d)
	}
	for _, m := range a.Milestones {
		if !m.Milestone.Accepted {
			c.milestone(m)
		}
	}
	for _, audit := range a.AfterCare.Audits {
		c.day("audit-"+audit.Audit.Key, audit.Audit.Due, audit.Audit.Entry, c.T(i18n.CalendarAudit, c.auditName(audit.Audit), c.text(p.Name)), "/aftercare")
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

type calendar struct {
	words
	*ics.Calendar
	program metrics.Program
	page    string // the program's address
}

// deadline is one version; those that another has replaced are cancelled.
func (c calendar) deadline(d metrics.Deadline) {
	title := i18n.CalendarExpected
	if d.Kind == metrics.Regulatory {
		title = i18n.CalendarDeadline
	}
	event := c.day("deadline-"+d.Key, d.Date, d.Entry, c.T(title, c.text(c.program.Name), c.deadlineName(d)), "/deadlines")
	event.SetDescription(c.T(i18n.CalendarEndsAt, c.program.Zone.String()) + " " + c.basis(d))
	if d.Kind == metrics.Regulatory && !d.Binding {
		event.SetStatus(ics.ObjectStatusCancelled)
	}
}

func (c calendar) milestone(m metrics.MilestoneAssessment) {
	name := c.milestoneName(m.Milestone)
	c.day("milestone-"+m.Milestone.Key, m.Milestone.Due, m.Milestone.Entry, c.T(i18n.CalendarMilestone, name, c.text(c.program.Name)), MilestonePath(m.Milestone.Key))
}

// day adds an event of a whole day. Its sequence is the entry that it comes from, which grows whenever it changes.
func (c calendar) day(key string, day metrics.Day, entry int64, title, page string) *ics.VEvent {
	event := c.AddEvent(key + "@" + c.program.Key + ".tenggat")
	event.SetDtStampTime(c.program.RecordedAt.UTC().Truncate(time.Second))
	event.SetAllDayStartAt(day.UTC())
	event.SetAllDayEndAt((day + 1).UTC())
	event.SetSummary(title)
	event.SetStatus(ics.ObjectStatusConfirmed)
	event.SetSequence(int(entry))
	event.SetURL(c.page + page)
	event.SetTimeTransparency(ics.TransparencyTransparent) // a date that nobody is busy on
	return event
}
