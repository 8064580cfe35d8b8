package web

import (
	"slices"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// listParams are what a list of programs can be asked for.
var listParams = append(view.ListFilters(), "view", "page", "as_of", "lang")

// listPage is how many programs one page of a list shows.
const listPage = 100

// mostSortKeys is how many keys an order has at most.
const mostSortKeys = 3

// getPrograms is the list of the reader's programs. People who run accounts have none; theirs is another page.
func (s *Server) getPrograms(r *request) error {
	if r.who.Role == access.Admin {
		return r.redirect("/admin", nil)
	}
	wish, err := s.readWish(r)
	if err != nil {
		return err
	}
	l, err := s.listPrograms(r, &wish)
	if err != nil {
		return err
	}
	if err := s.complete(r, l.Programs); err != nil {
		return err
	}
	f := r.frame(r.queryOf(listParams...))
	if wish.past() {
		f.AsOf = &view.AsOf{At: l.At, WholeDay: wish.day != nil}
	} else {
		f.Live = view.NewProgramsLive(f, l)
	}
	doc, err := render(r.Request().Context(), view.ProgramsPage(view.NewProgramsModel(f, l)), s.now())
	if err != nil {
		return err
	}
	return send(r, doc)
}

// listWish is what a list was asked for.
type listWish struct {
	metrics.Selection
	at   time.Time    // inclusive; zero: no instant was asked for
	day  *metrics.Day // nil: no day was asked for
	page int          // from 1, or allPages
}

// allPages asks for a list without pages.
const allPages = 0

func (w listWish) past() bool { return !w.at.IsZero() || w.day != nil }

// readWish reads the parameters of a list. What cannot be read is refused: a filter that was ignored would show too much.
func (s *Server) readWish(r *request) (w listWish, err error) {
	w.Words = r.QueryParam("q")
	if len(w.Words) > maxSearch {
		return w, fail(malformedRequest, i18n.DetailQuery, "q")
	}
	if w.Verdicts, err = r.verdicts(); err != nil {
		return w, err
	}
	due, err := r.number("due", 0, 1, 3660)
	if err != nil {
		return w, err
	}
	w.DueWithin = int(due)
	if w.Stale, err = r.yes("stale"); err != nil {
		return w, err
	}
	mine, err := r.yes("mine")
	if err != nil {
		return w, err
	}
	if mine {
		w.Need = needOf(r.who.Role)
	}
	if w.Order, err = r.sortKeys(); err != nil {
		return w, err
	}
	page, err := r.number("page", 1, 1, 1_000_000)
	w.page = int(page)
	if err != nil {
		return w, err
	}
	return w, s.readListMoment(r, &w)
}

// maxSearch bounds what is searched for, in bytes.
const maxSearch = 200

// verdicts reads verdict: one of them, or "attention" for all that need it.
func (r *request) verdicts() ([]metrics.Verdict, error) {
	switch text := r.QueryParam("verdict"); {
	case text == "":
		return nil, nil
	case text == view.AttentionFilter:
		return slices.DeleteFunc(metrics.ByUrgency(), func(v metrics.Verdict) bool { return !v.NeedsAttention() }), nil
	case slices.Contains(metrics.ByUrgency(), metrics.Verdict(text)):
		return []metrics.Verdict{metrics.Verdict(text)}, nil
	}
	return nil, fail(malformedRequest, i18n.DetailQuery, "verdict")
}

// yes reads a switch.
func (r *request) yes(name string) (bool, error) {
	switch r.QueryParam(name) {
	case "":
		return false, nil
	case "yes":
		return true, nil
	}
	return false, fail(malformedRequest, i18n.DetailQuery, name)
}

// sortKeys reads sort: keys separated by commas, each with a minus before it where the order is turned round.
func (r *request) sortKeys() (keys []metrics.SortKey, err error) {
	text := r.QueryParam("sort")
	if text == "" {
		return nil, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		name, reverse := strings.CutPrefix(part, "-")
		key := metrics.SortKey{By: metrics.SortBy(name), Reverse: reverse}
		if !slices.Contains(metrics.SortKeys(), key.By) || len(keys) == mostSortKeys {
			return nil, fail(malformedRequest, i18n.DetailQuery, "sort")
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// needOf is what a role looks for.
func needOf(role access.Role) metrics.Need {
	switch role {
	case access.Regulator:
		return metrics.NeedJudging
	case access.Engineer, access.Job:
		return metrics.NeedReports
	case access.Compliance:
		return metrics.NeedRecords
	}
	return metrics.NeedDecision
}

// readListMoment reads as_of. A day is the end of that day in each program's own zone; whether it has come is known with the programs.
func (s *Server) readListMoment(r *request, w *listWish) error {
	text := r.QueryParam("as_of")
	if text == "" {
		return nil
	}
	if day, err := metrics.ParseDay(text); err == nil {
		w.day = &day
		return nil
	}
	at, err := parseInstant(text)
	if err != nil {
		return fail(malformedRequest, i18n.DetailQuery, "as_of")
	}
	if at.After(s.now()) {
		return notYet()
	}
	w.at = at
	return nil
}

// listPrograms reads and judges the reader's programs and selects a page of them. A program of which nothing was on record at the
// moment is left out.
func (s *Server) listPrograms(r *request, w *listWish) (l view.ProgramList, err error) {
	heads, kept, err := s.readOutlines(r, w)
	if err != nil {
		return l, err
	}
	now, zone := s.now(), time.UTC
	if len(heads) > 0 { // a list says its moment in one zone
		zone = heads[0].Zone
	}
	l = view.ProgramList{At: w.moment(zone, now).In(zone), Selection: w.Selection, Page: w.page}
	all := make([]metrics.Listed, 0, len(heads))
	for _, h := range heads {
		if h.Entry == 0 {
			l.Unrecorded++
			continue
		}
		k := kept[h.ID]
		all = append(all, metrics.Listed{Program: k.Program, Assessment: k.at(w.moment(h.Zone, now))})
	}
	l.Count(all)
	chosen := w.Of(all, func(t metrics.Text) string { return r.lang.Pick(t.ID, t.EN) })
	l.Matching, l.Pages = len(chosen), max(1, (len(chosen)+listPage-1)/listPage)
	switch {
	case w.page == allPages:
	case w.page > l.Pages:
		return l, &failure{kind: notFound}
	default:
		chosen = chosen[(w.page-1)*listPage : min(len(chosen), w.page*listPage)]
	}
	for _, p := range chosen {
		l.Programs = append(l.Programs, *p)
	}
	return l, nil
}

// readOutlines reads how far the reader's programs had come, and the outlines of those that are not kept.
func (s *Server) readOutlines(r *request, w *listWish) ([]postgres.ProgramHead, map[string]*keptOutline, error) {
	kept := map[string]*keptOutline{}
	known := func(h postgres.ProgramHead) bool {
		k, known := keptFor[*keptOutline](s.outlines, outlineKey{h.ID, h.Entry})
		if known {
			kept[h.ID] = k
		}
		return known
	}
	heads, fresh, err := s.reader.List(r.Request().Context(), r.credential, postgres.ListMoment{At: w.at, Day: w.day}, known)
	if err != nil {
		return nil, nil, err
	}
	for _, outline := range fresh {
		k := &keptOutline{Outline: outline}
		kept[outline.ID] = k
		s.outlines.put(outlineKey{outline.ID, outline.Entry}, k)
	}
	return heads, kept, w.settle(heads, s.now())
}

// settle finds out whether the day asked for has come: it must have where days begin first. Where it is today everywhere, it means now.
func (w *listWish) settle(heads []postgres.ProgramHead, now time.Time) error {
	if w.day == nil {
		return nil
	}
	first, last := metrics.DayOf(now, time.UTC), metrics.DayOf(now, time.UTC)
	for i, h := range heads {
		today := metrics.DayOf(now, h.Zone)
		if i == 0 {
			first, last = today, today
		}
		first, last = min(first, today), max(last, today)
	}
	switch {
	case *w.day > last:
		return notYet()
	case *w.day >= first && *w.day >= last:
		w.day = nil
	}
	return nil
}

// moment is when a program is judged: now, or the end of the day asked for in its zone, as far as that has come.
func (w listWish) moment(zone *time.Location, now time.Time) time.Time {
	switch {
	case w.day != nil:
		if end := w.day.End(zone).Add(-time.Microsecond); end.Before(now) {
			return end
		}
	case !w.at.IsZero():
		return w.at
	}
	return now
}

// complete adds to the programs of a page what only a page shows: the way there, and why verdicts were overridden.
func (s *Server) complete(r *request, programs []metrics.Listed) error {
	if err := s.addTrails(r, programs); err != nil {
		return err
	}
	return s.addReasons(r, programs)
}

func (s *Server) addTrails(r *request, programs []metrics.Listed) error {
	var missing []postgres.PastDay
	for i := range programs {
		p := &programs[i].Program
		last := metrics.DayOf(p.RecordedAt, p.Zone)
		if _, known := keptFor[[]metrics.TrailPoint](s.outlines, trailKey{p.ID, last}); known {
			continue
		}
		for _, day := range p.TrailDays(last) {
			missing = append(missing, postgres.PastDay{ProgramID: p.ID, Day: day})
		}
	}
	read := map[postgres.PastDay]metrics.BasisPoints{}
	if len(missing) > 0 {
		var err error
		if read, err = s.reader.Trails(r.Request().Context(), r.credential, missing); err != nil {
			return err
		}
	}
	for i := range programs {
		programs[i].Trail = s.trailOf(&programs[i], read)
	}
	return nil
}

// trailOf is a program's way up to what a list says of it. read has the days that are not kept yet.
func (s *Server) trailOf(l *metrics.Listed, read map[postgres.PastDay]metrics.BasisPoints) []metrics.TrailPoint {
	p := &l.Program
	last := metrics.DayOf(p.RecordedAt, p.Zone)
	points, known := keptFor[[]metrics.TrailPoint](s.outlines, trailKey{p.ID, last})
	if !known {
		for _, day := range p.TrailDays(last) {
			if reported, on := read[postgres.PastDay{ProgramID: p.ID, Day: day}]; on {
				points = append(points, metrics.TrailPoint{Day: day, Reported: reported})
			}
		}
		s.outlines.put(trailKey{p.ID, last}, points)
	}
	return append(slices.Clip(points), metrics.TrailPoint{Day: last, Reported: l.Assessment.Reported})
}

// addReasons puts people's words to the overrides in force. They are read each time: a text may be erased.
func (s *Server) addReasons(r *request, programs []metrics.Listed) error {
	var entries []postgres.FactOf
	for _, l := range programs {
		if o := l.Assessment.Override; o != nil {
			entries = append(entries, postgres.FactOf{ProgramID: l.Program.ID, Entry: o.Entry})
		}
	}
	if len(entries) == 0 {
		return nil
	}
	reasons, err := s.reader.OverrideReasons(r.Request().Context(), r.credential, entries)
	if err != nil {
		return err
	}
	for i := range programs {
		if o := programs[i].Assessment.Override; o != nil {
			said := *o // the one that is kept stays without words
			said.Reason = reasons[postgres.FactOf{ProgramID: programs[i].Program.ID, Entry: o.Entry}]
			programs[i].Assessment.Override = &said
		}
	}
	return nil
}
