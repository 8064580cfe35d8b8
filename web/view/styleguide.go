package view

import (
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// StyleguideModel is every part in every state, for whoever changes how pages look. Its captions are in English; the parts speak the
// page's language.
type StyleguideModel struct {
	Frame           // of the page itself
	Part      Frame // of the parts: inside a program that does not exist
	Colours   []string
	Tags      []Tag
	Bars      []NamedBar
	Pages     []tab
	MenuTitle string
	Form      Form
	Choices   []Choice
	Facts     []Fact
	Progress  []ProgressSpecimen
	Lanes     []LanesSpecimen
	Left      []LeftFigure
	Claims    ClaimsFigure
	Job       FreshnessStrip
	Counts    []CountsFigure
	Kept      KeptModel
	Areas     AreasTable
	Items     []ItemRow
}

// NamedBar is a bar with what it shows.
type NamedBar struct {
	Name string
	Bar  Bar
}

// ProgressSpecimen is the progress chart in one state.
type ProgressSpecimen struct {
	Says   string
	Figure ProgressFigure
}

// LanesSpecimen is the chart of lanes in one state.
type LanesSpecimen struct {
	ID, Says string
	Figure   LanesFigure
}

// NewStyleguideModel makes the page.
func NewStyleguideModel(f Frame) StyleguideModel {
	w := words{f.Lang, specimenZone}
	m := StyleguideModel{
		Frame: f.titled("", "Style guide"), Part: f,
		Colours: []string{"text", "muted", "border", "rule", "surface", "accent", "link", "ontrack", "watch", "late", "done", "blocked", "unknown", "actual", "forecast", "claim", "change"},
		Tags:    specimenTags(w), Pages: specimenPages(w), MenuTitle: w.T(i18n.MenuAt, w.T(i18n.NavOverview)), Form: specimenForm(w),
		Choices: []Choice{{"", w.T(i18n.AllRows), true}, {"A", w.T(i18n.Area), false}},
		Facts:   []Fact{{w.T(i18n.Regulator), "Kementerian Perdagangan"}, {w.T(i18n.LegalBasis), "Permendag 31/2023"}, {w.T(i18n.Weight), w.points(2500)}},
		Job:     newFreshnessStrip(w, specimenJob()),
	}
	for _, share := range []metrics.BasisPoints{0, 50, 4200, 9999, metrics.Whole} {
		m.Bars = append(m.Bars, NamedBar{w.pct(share), newBar(share, 5000)})
	}
	m.addCharts(w)
	return m
}

func (m *StyleguideModel) addCharts(w words) {
	for _, s := range specimens() {
		a, fc := s.assess()
		m.Part.Program = NewProgramNav(w.Lang, s.p, a)
		fig := newProgressFigure(w, s.p, a, fc)
		fig.ID = "progress-" + s.Key
		m.Progress = append(m.Progress, ProgressSpecimen{s.Says, fig})
		if initial, grew := metrics.InitialScope(s.p, s.h, a.Today); grew && s.Key == "grown" {
			beside := newProgressChart(w, s.p, a, fc)
			beside.initial = initial.Points
			fig := beside.figure()
			fig.ID = "progress-" + s.Key + "-initial"
			m.Progress = append(m.Progress, ProgressSpecimen{"The same with the line of the initial scope beside it.", fig})
		}
		switch s.Key {
		case "none", "behind", "stale", "declared", "years":
			m.Lanes = append(m.Lanes, LanesSpecimen{"lanes-" + s.Key, s.Says, newLanesFigure(w, s.p, a, fc)})
		}
		rows := newItemRows(m.Part, w, a)
		switch s.Key {
		case "behind", "endgame", "years":
			left := newLeftFigure(w, a, rows)
			left.ID = "left-" + s.Key
			m.Left = append(m.Left, left)
		case "grown", "corrected", "day":
			counts := newCountsFigure(m.Part, w, s.p.Milestones[0], s.h, a.Today)
			counts.ID = "counts-" + s.Key
			m.Counts = append(m.Counts, counts)
		case "said":
			m.Claims = newClaimsFigure(m.Part, w, s.p, joinClaims(s.p, specimenComparisons(s.p)))
			m.Areas, m.Items = newAreasTable(m.Part, w, a), rows
		case "even":
			m.Kept = newKept(w, s.p, fc, specimenKept())
		}
	}
}

// specimenComparisons set each statement against a figure near it.
func specimenComparisons(p metrics.Program) []metrics.Comparison {
	computed := metrics.BasisPoints(5000)
	list := make([]metrics.Comparison, len(p.Statements))
	for i, s := range p.Statements {
		list[i] = metrics.Comparison{Statement: s.Key, On: s.StatedOn, Low: s.Low, High: s.High, Computed: &computed, Judgement: metrics.ClaimAgrees}
	}
	return list
}

// specimenTags are the states of a program, then those of a milestone.
func specimenTags(w words) []Tag {
	var tags []Tag
	for _, v := range []metrics.Verdict{metrics.OnTrack, metrics.Watch, metrics.Late, metrics.PastDeadline, metrics.DeclaredComplete, metrics.Accepted, metrics.CannotBeAssessed} {
		tags = append(tags, w.verdictTag(v))
	}
	return append(tags, Tag{"blocked", "bars", w.T(i18n.StateBlocked)}, Tag{"unknown", "ring", w.T(i18n.StateNotStarted)}, Tag{"unknown", "half", w.T(i18n.StateRunning)}, Tag{"done", "ring-check", w.T(i18n.StateDone)})
}

// specimenPages are as many as a program may come to have.
func specimenPages(w words) []tab {
	var pages []tab
	for i, name := range []i18n.Message{
		i18n.NavOverview, i18n.NavMilestones, i18n.TabItems, i18n.NavTimeline, i18n.RegisterTab, i18n.DeadlinesTab, i18n.JobsTab, i18n.Evidence, i18n.TabMethod, i18n.NavHelp, i18n.NavAccessibility, i18n.NavAdmin,
	} {
		pages = append(pages, tab{w.T(name), "#page-" + strconv.Itoa(i), i == 0, i == 4 || i == 8})
	}
	return pages
}

// specimenForm is a form that came back with two things to mend.
func specimenForm(w words) Form {
	return Form{
		Values: map[string]string{"speaker": "Isy Karim", "number": "8o", "stated_on": specimenStart.UTC().Format(time.DateOnly), "words": "“Hampir 90%”"},
		Errors: []FieldError{{"number", w.T(i18n.FormNumber)}, {"side", w.T(i18n.FormRequired)}},
	}
}
