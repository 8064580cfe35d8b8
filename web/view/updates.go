package view

import (
	"slices"
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// UpdatesModel is what waits for news in all of an engineer's programs.
type UpdatesModel struct {
	Frame
	Programs []UpdatesProgram
	None     bool // the account has no program
}

// UpdatesProgram is one program's open milestones, those that wait most for news first.
type UpdatesProgram struct {
	Name, Href string
	Anchor     string
	Summary    string
	Rows       []UpdatesRow // empty: nothing is open
}

// UpdatesRow is one milestone with the form of its new value. done-ID and total-ID are the ids of its fields.
type UpdatesRow struct {
	ID              string
	Name, Href      string
	Current, Plan   string
	State           Tag
	Flags           []Tag
	Action          string // of the form
	More            string // the whole form
	Raise           string
	EventID, Entry  string
	Label           string
	TotalLabel      string
	Of              string // "of 3,000 records"; "" where the total has to be said too
	Done, Total     string
	Focus           bool // the field to begin with
	Percent         bool
	needsTotalField bool
}

// AsksTotal reports whether nobody has said of how many yet.
func (r UpdatesRow) AsksTotal() bool { return r.needsTotalField }

// Judged is a program and what is to be said of it.
type Judged struct {
	Program    metrics.Program
	Assessment metrics.Assessment
}

// NewUpdatesModel makes the page. program and saved name the milestone that was saved just before, if one was; newEventID makes the
// id of what each form will say.
func NewUpdatesModel(f Frame, programs []Judged, program, saved string, newEventID func() string) UpdatesModel {
	m := UpdatesModel{None: len(programs) == 0}
	focused := false
	for _, p := range programs {
		w := words{f.Lang, p.Program.Zone}
		next := -1
		if p.Program.Key == program {
			if i := milestoneIndex(p.Assessment, saved); i >= 0 {
				f.Notice = SavedOf(f.Lang, p.Program.Zone, p.Assessment.Milestones[i].Milestone)
			}
			next = metrics.NextInWorklist(p.Assessment, saved)
		}
		list := UpdatesProgram{Name: w.text(p.Program.Name), Href: f.Link(ProgramPath(p.Program.Key)), Anchor: "program-" + p.Program.Key}
		for _, i := range metrics.Worklist(p.Assessment) {
			row := newUpdatesRow(f, w, p, i, newEventID())
			row.Focus = !focused && (i == next || program == "")
			focused = focused || row.Focus
			list.Rows = append(list.Rows, row)
		}
		list.Summary = w.N(i18n.UpdatesSummary, int64(len(list.Rows)))
		m.Programs = append(m.Programs, list)
	}
	slices.SortStableFunc(m.Programs, func(a, b UpdatesProgram) int { return min(1, len(b.Rows)) - min(1, len(a.Rows)) }) // where nothing is open, nothing waits
	m.Frame = f.titled("", f.t(i18n.UpdatesTitle))
	return m
}

func newUpdatesRow(f Frame, w words, p Judged, i int, eventID string) UpdatesRow {
	assessed := p.Assessment.Milestones[i]
	d := assessed.Milestone
	path := ProgramPath(p.Program.Key) + MilestonePath(d.Key)
	row := UpdatesRow{
		ID: p.Program.Key + "-" + d.Key, Name: d.Key + " " + w.text(d.Name), Href: f.Link(path), Action: f.Link(path + "/update"), More: f.Link(path + "/update"),
		Raise: f.LinkWith(ProgramPath(p.Program.Key)+"/items/new", "milestone", d.Key), State: w.milestoneTag(assessed), Flags: w.flagTags(assessed),
		Current: w.current(assessed), Plan: w.plannedFor(assessed), EventID: eventID, Entry: strconv.FormatInt(p.Program.Entry, 10), Percent: countsPercent(d),
	}
	row.Label, row.TotalLabel = w.T(i18n.UpdatesNew, row.Name), w.T(i18n.UpdatesTotal, row.Name)
	values := countValues(d.Progress.Counts, row.Percent)
	row.Done, row.Total = values["done"], values["total"]
	switch {
	case row.Percent:
		row.Of = "%"
	case row.Total == "":
		row.needsTotalField = true
	default:
		row.Of = w.T(i18n.UpdatesOf, w.Int(d.Progress.Counts.Total), w.unit(d.Unit))
	}
	return row
}

// plannedFor is the planned due date, and how long it has passed if it has.
func (w words) plannedFor(m metrics.MilestoneAssessment) string {
	if m.OverdueDays > 0 {
		return w.T(i18n.UpdatesDueBefore, w.dayMid(m.Milestone.Due), w.DaysLeft(-m.OverdueDays))
	}
	return w.T(i18n.UpdatesDue, w.dayMid(m.Milestone.Due))
}

// SavedOf is the notice about a milestone that was saved just before: what stands now.
func SavedOf(lang i18n.Lang, zone *time.Location, m metrics.Milestone) string {
	w := words{lang, zone}
	return w.T(i18n.UpdatesSaved, m.Key, w.counts(m.Progress.Counts, m.Unit), w.Clock(m.Progress.Counted.At.In(zone)))
}
