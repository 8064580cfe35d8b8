package view

import (
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// UpdateModel is an engineer's form for one milestone: done, total, note, and a reason when the value falls. Hidden fields are
// event_id, which makes a double submit one, and entry, the ledger entry the form was made at.
type UpdateModel struct {
	Frame
	Form
	Name, Href  string
	Action      string
	Current     string
	Percent     bool // the milestone counts percent: total is 100 and not asked for
	DoneLabel   string
	TotalLabel  string
	EventID     string
	Entry       string
	NeedsReason bool // a lower value was sent, or is being corrected
	Blocked     bool // something was typed of a blocker
	HasNext     bool // another milestone is open
}

// NewUpdateModel makes the form. Where the form has no values yet, the counts in force stand in it. ok is false if the program
// has no such milestone.
func NewUpdateModel(f Frame, p metrics.Program, a metrics.Assessment, key string, form Form, eventID string) (m UpdateModel, ok bool) {
	w := words{f.Lang, p.Zone}
	assessed, ok := milestoneOf(a, key)
	if !ok {
		return UpdateModel{}, false
	}
	d := assessed.Milestone
	path := f.InProgram(MilestonePath(key))
	m = UpdateModel{
		Form: form, Name: d.Key + " " + w.text(d.Name), Href: f.Link(path), Action: f.Link(path + "/update"), Current: w.current(assessed),
		Percent: countsPercent(d), EventID: eventID, Entry: strconv.FormatInt(p.Entry, 10), NeedsReason: form.Value("reason") != "" || form.errorOf("reason") != "",
		DoneLabel: w.T(i18n.UpdateDone, w.unit(d.Unit)), TotalLabel: w.T(i18n.UpdateTotal, w.unit(d.Unit)),
		Blocked: form.Value("title") != "" || form.Value("waits_on") != "", HasNext: metrics.NextInWorklist(a, key) >= 0,
	}
	if m.Percent {
		m.DoneLabel = w.T(i18n.UpdatePercent)
	}
	if m.Values == nil {
		m.Values = countValues(d.Progress.Counts, m.Percent)
	}
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.UpdateTitle, m.Name)))
	return m, true
}

// countsPercent reports whether the milestone's total is always 100, so that one number is enough.
func countsPercent(m metrics.Milestone) bool {
	return m.Unit == "percent" && (m.Progress.Counts == nil || m.Progress.Counts.Total == 100)
}

func countValues(c *metrics.Counts, percent bool) map[string]string {
	values := map[string]string{}
	if percent {
		values["total"] = "100"
	}
	if c != nil {
		values["done"], values["total"] = strconv.FormatInt(c.Done, 10), strconv.FormatInt(c.Total, 10)
	}
	return values
}

func (w words) current(m metrics.MilestoneAssessment) string {
	p := m.Milestone.Progress
	if p.Counts == nil {
		return w.T(i18n.MilestoneNoReport)
	}
	return w.T(i18n.UpdateCurrent, w.counts(p.Counts, m.Milestone.Unit), w.at(p.Counted.At))
}

// UpdateSaved is the notice after a milestone was updated: what was in force before, and what is now.
func UpdateSaved(lang i18n.Lang, zone *time.Location, m metrics.Milestone, before *metrics.Counts, at time.Time) string {
	w := words{lang, zone}
	was, is := w.counts(before, m.Unit), w.counts(m.Progress.Counts, m.Unit)
	if was == is {
		return w.T(i18n.UpdateUnchanged, w.Clock(at.In(zone)), is)
	}
	return w.T(i18n.UpdateSaved, w.Clock(at.In(zone)), m.Key, was, is)
}

// ConflictModel shows what somebody else saved meanwhile beside what the person typed. Choosing one's own sends it again at the
// new entry.
type ConflictModel struct {
	Frame
	Form
	Name, Href, Action string
	Changed            string
	Theirs, Mine       string
	EventID, Entry     string
	Falls              bool // mine is lower than theirs: it needs a reason
}

// NewConflictModel makes the page from the program as it is now; by is who saved (a pseudonym or "job:<key>"). form holds what
// was typed. ok is false if the milestone is gone.
func NewConflictModel(f Frame, p metrics.Program, a metrics.Assessment, key string, form Form, eventID, by string) (m ConflictModel, ok bool) {
	w := words{f.Lang, p.Zone}
	assessed, ok := milestoneOf(a, key)
	if !ok {
		return ConflictModel{}, false
	}
	d := assessed.Milestone
	path := f.InProgram(MilestonePath(key))
	m = ConflictModel{
		Form: form, Name: d.Key + " " + w.text(d.Name), Href: f.Link(path), Action: f.Link(path + "/update"), EventID: eventID,
		Entry: strconv.FormatInt(p.Entry, 10), Theirs: w.counts(d.Progress.Counts, d.Unit), Changed: w.T(i18n.ConflictChangedAt, w.actor(by), w.at(p.RecordedAt)),
	}
	done, err1 := strconv.ParseInt(form.Value("done"), 10, 64)
	total, err2 := strconv.ParseInt(form.Value("total"), 10, 64)
	if err1 == nil && err2 == nil {
		m.Mine = w.counts(&metrics.Counts{Done: done, Total: total}, d.Unit)
		m.Falls = d.Progress.Counts != nil && done < d.Progress.Counts.Done
	}
	m.Frame = f.titled("", f.t(i18n.ConflictTitle)+" · "+m.Name)
	return m, true
}
