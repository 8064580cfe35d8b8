package web

import (
	"net/url"
	"slices"
	"strconv"

	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// listedJSON is a program in a list: what is known of it, and what is said of it short of what takes its history.
type listedJSON struct {
	programJSON
	State metrics.State `json:"state"`
	figuresJSON
	Verdict     metrics.Verdict     `json:"verdict"` // against the binding deadline
	Reason      reasonJSON          `json:"reason"`
	Override    *overrideJSON       `json:"override"`
	Range       *rangeJSON          `json:"headline_range"`
	StaleWeight metrics.BasisPoints `json:"stale_basis_points"`
	Open        int                 `json:"open_milestones"`
	LastHeardAt *string             `json:"last_heard_at"`
	Deadlines   []listedDeadline    `json:"deadlines"`
}

type listedDeadline struct {
	Key      string               `json:"key"`
	Version  int64                `json:"version"`
	Kind     metrics.DeadlineKind `json:"kind"`
	Date     metrics.Day          `json:"date"`
	Binding  bool                 `json:"binding"`
	DaysLeft int                  `json:"days_left"`
	Passed   bool                 `json:"passed"`
	Verdict  metrics.Verdict      `json:"verdict"`
}

func newListedJSON(l metrics.Listed) listedJSON {
	a := l.Assessment
	j := judged{at: a.At}
	j.Program = l.Program
	p := listedJSON{
		programJSON: newProgramJSON(j), State: a.State, figuresJSON: newFigures(a.Figures), Verdict: a.Judgement.Verdict, Reason: reasonJSON(a.Judgement.Reason),
		Override: newOverride(a.Override), Range: newRange(a.HeadlineRange), StaleWeight: a.StaleWeight, Open: a.Open, LastHeardAt: optionalTime(a.LastHeardAt),
		Deadlines: []listedDeadline{},
	}
	for _, d := range a.Deadlines {
		p.Deadlines = append(p.Deadlines, listedDeadline{
			d.Deadline.Key, d.Deadline.Version, d.Deadline.Kind, d.Deadline.Date, d.Deadline.Binding, d.DaysLeft, d.Passed, d.Judgement.Verdict,
		})
	}
	return p
}

// getProgramsJSON lists the programs that the credential opens, a page at a time.
func (s *Server) getProgramsJSON(r *request) error {
	wish, err := s.readWish(r)
	if err != nil {
		return err
	}
	l, err := s.listPrograms(r, &wish)
	if err != nil {
		return err
	}
	if err := s.addReasons(r, l.Programs); err != nil {
		return err
	}
	answer := struct {
		Programs []listedJSON `json:"programs"`
		Total    int          `json:"total"`
		Matching int          `json:"matching"`
		Page     int          `json:"page"`
		Pages    int          `json:"pages"`
	}{[]listedJSON{}, l.Total, l.Matching, l.Page, l.Pages}
	for _, p := range l.Programs {
		answer.Programs = append(answer.Programs, newListedJSON(p))
	}
	body, err := marshal(answer)
	if err != nil {
		return err
	}
	doc := newDocument("application/json", body, s.now())
	doc.link = pageLinks(r, l)
	return send(r, doc)
}

// pageLinks is the Link header of a page of a list.
func pageLinks(r *request, l view.ProgramList) string {
	link := ""
	for _, to := range []struct {
		page int
		rel  string
	}{{l.Page - 1, "prev"}, {l.Page + 1, "next"}} {
		if to.page < 1 || to.page > l.Pages {
			continue
		}
		query := r.queryOf(slices.DeleteFunc(slices.Clone(listParams), func(name string) bool { return name == "page" })...)
		query.Set("page", strconv.Itoa(to.page))
		if link != "" {
			link += ", "
		}
		link += "<" + (&url.URL{Path: r.Request().URL.Path, RawQuery: query.Encode()}).String() + `>; rel="` + to.rel + `"`
	}
	return link
}
