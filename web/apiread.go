package web

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

// queryOf gives the parameters of a request that its route knows, in one spelling. Everything else in the address is no part
// of what is answered, and of no key of the cache.
func (r *request) queryOf(known ...string) url.Values {
	query := url.Values{}
	for _, name := range known {
		if value := r.QueryParam(name); value != "" {
			query.Set(name, value)
		}
	}
	return query
}

// cacheKey names an answer by everything it depends on: the address, the program's last entry, the language, and who may see
// it: the role, and for a job its token.
func (r *request) cacheKey(query url.Values) string {
	token := ""
	if r.who.IsJob() {
		token = r.who.Token.TokenID
	}
	return strings.Join([]string{
		r.route.Path, r.Request().URL.EscapedPath(), query.Encode(), r.program.ID, strconv.FormatInt(r.program.Entry, 10), r.lang.Tag(), string(r.who.Role), token,
	}, "\n")
}

// sendJudged answers a GET about the program in the path with JSON made from its state at as_of.
func (s *Server) sendJudged(r *request, present func(judged) (any, error)) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	credential, programID := r.credential, r.program.ID
	doc, err := s.cache.get(r.Request().Context(), s.now(), r.cacheKey(r.queryOf("as_of")), func(ctx context.Context) (*document, error) {
		j, err := s.judge(ctx, credential, programID, m)
		if err != nil {
			return nil, err
		}
		answer, err := present(j)
		if err != nil {
			return nil, err
		}
		body, err := marshal(answer)
		return newDocument("application/json", body, j.validUntil), err
	})
	if err != nil {
		return err
	}
	return send(r, doc)
}

// textJSON is a name in both languages.
type textJSON struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// asKnown says which state of the ledger an answer rests on.
type asKnown struct {
	AsOf       string  `json:"as_of"`       // the moment judged at
	Entry      int64   `json:"entry"`       // the last entry known then; 0: none
	RecordedAt *string `json:"recorded_at"` // when that was recorded; null: none
}

func newAsKnown(j judged) asKnown { return asKnown{rfc3339(j.at), j.Entry, optionalTime(j.RecordedAt)} }

type programJSON struct {
	Program       string     `json:"program"`
	Name          textJSON   `json:"name"`
	Timezone      string     `json:"timezone"`
	Start         string     `json:"start,omitempty"`
	LegalBasis    string     `json:"legal_basis,omitempty"`
	LeadRegulator string     `json:"lead_regulator,omitempty"`
	Operators     []string   `json:"operators"`
	Demo          string     `json:"demo,omitempty"`
	Areas         []areaName `json:"areas"`
	Milestones    []string   `json:"milestones"`
	asKnown
}

type areaName struct {
	Key  string   `json:"key"`
	Name textJSON `json:"name"`
}

func newProgramJSON(j judged) programJSON {
	p := programJSON{
		Program: j.Key, Name: textJSON(j.Name), Timezone: j.Zone.String(), LegalBasis: j.LegalBasis, LeadRegulator: j.LeadRegulator,
		Operators: append([]string{}, j.Operators...), Demo: j.Demo, Areas: []areaName{}, Milestones: []string{}, asKnown: newAsKnown(j),
	}
	if j.Entry > 0 {
		p.Start = j.Start.String()
	}
	for _, a := range j.Areas {
		p.Areas = append(p.Areas, areaName{a.Key, textJSON(a.Name)})
	}
	for _, m := range j.Milestones {
		p.Milestones = append(p.Milestones, m.Key)
	}
	return p
}

// getProgramsJSON lists the programs that the credential opens.
func (s *Server) getProgramsJSON(r *request) error {
	states, err := s.reader.Programs(r.Request().Context(), r.credential)
	if err != nil {
		return err
	}
	list := struct {
		Programs []programJSON `json:"programs"`
	}{[]programJSON{}}
	for _, state := range states {
		p := newProgramJSON(judged{ProgramState: state, at: state.RecordedAt})
		list.Programs = append(list.Programs, p)
	}
	body, err := marshal(list)
	if err != nil {
		return err
	}
	return send(r, newDocument("application/json", body, time.Time{}))
}

func (s *Server) getProgramJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) { return newProgramJSON(j), nil })
}

// figuresJSON are points of the whole in basis points: 10,000 is the whole program.
type figuresJSON struct {
	Reported    metrics.BasisPoints `json:"reported_basis_points"`
	Verified    metrics.BasisPoints `json:"verified_basis_points"`
	Accepted    metrics.BasisPoints `json:"accepted_basis_points"`
	Outstanding metrics.BasisPoints `json:"outstanding_basis_points"`
	Planned     metrics.BasisPoints `json:"planned_basis_points"`
	Deviation   metrics.BasisPoints `json:"deviation_basis_points"`
}

func newFigures(f metrics.Figures) figuresJSON {
	return figuresJSON{f.Reported, f.Verified, f.Accepted, f.Outstanding, f.Planned, f.Deviation}
}

type milestoneJSON struct {
	Key        string              `json:"key"`
	Area       string              `json:"area"`
	Name       textJSON            `json:"name"`
	Definition textJSON            `json:"definition_of_done"`
	Unit       string              `json:"unit"`
	Layer      string              `json:"layer"`
	Weight     metrics.BasisPoints `json:"weight_basis_points"`
	Start      string              `json:"planned_start"`
	Due        string              `json:"planned_due"`
	Done       *int64              `json:"done"` // null: no count was ever reported
	Total      *int64              `json:"total"`
	Failed     *int64              `json:"failed,omitempty"`
	Skipped    *int64              `json:"skipped,omitempty"`
	figuresJSON
	Share       metrics.BasisPoints `json:"share_basis_points"` // of the milestone itself
	State       string              `json:"state,omitempty"`    // of the latest run
	RunID       string              `json:"run_id,omitempty"`
	ObservedAt  *string             `json:"observed_at"` // of the count in force
	LastHeardAt *string             `json:"last_heard_at"`
	NextDueAt   *string             `json:"next_report_due_at"`
	Open        bool                `json:"open"`
	Stale       bool                `json:"stale"`
	Stalled     bool                `json:"stalled"`
	SameCount   int                 `json:"same_count"` // reports in a row that left the count where it is
	Failing     bool                `json:"failing"`
	Behind      bool                `json:"behind"`
	Overdue     bool                `json:"overdue"`
	Reports     int64               `json:"reports"`
	Rates       ratesJSON           `json:"rates"`
}

func newMilestoneJSON(a metrics.MilestoneAssessment, deadlines []metrics.DeadlineAssessment) milestoneJSON {
	m := a.Milestone
	answer := milestoneJSON{
		Key: m.Key, Area: m.Area, Name: textJSON(m.Name), Definition: textJSON(m.Definition), Unit: m.Unit, Layer: m.Layer, Weight: m.Weight,
		Start: m.Start.String(), Due: m.Due.String(), figuresJSON: newFigures(a.Figures), Share: a.Share,
		State: string(m.Progress.State), RunID: m.Progress.Run, LastHeardAt: optionalTime(a.LastHeardAt), NextDueAt: optionalTime(a.ReportDueAt),
		Open: a.Open, Stale: a.Stale, Failing: a.Failing, Behind: a.Behind, Overdue: a.Overdue, Reports: m.Progress.Reports,
		Stalled: a.Stalled, SameCount: m.SameCount, Rates: newRates(a.Rates, deadlines),
	}
	if c := m.Progress.Counts; c != nil {
		answer.Done, answer.Total, answer.Failed, answer.Skipped = &c.Done, &c.Total, c.Failed, c.Skipped
		answer.ObservedAt = optionalTime(m.Progress.Counted.At)
	}
	return answer
}

type milestonesJSON struct {
	Program string `json:"program"`
	asKnown
	Milestones []milestoneJSON `json:"milestones"`
}

func (s *Server) getMilestonesJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) {
		answer := milestonesJSON{j.Key, newAsKnown(j), []milestoneJSON{}}
		for _, m := range j.assessment.Milestones {
			answer.Milestones = append(answer.Milestones, newMilestoneJSON(m, j.assessment.Deadlines))
		}
		return answer, nil
	})
}

func (s *Server) getMilestoneJSON(r *request) error {
	key := r.param("milestone")
	return s.sendJudged(r, func(j judged) (any, error) {
		m, err := j.milestone(key)
		if err != nil {
			return nil, err
		}
		return struct {
			Program string `json:"program"`
			asKnown
			milestoneJSON
		}{j.Key, newAsKnown(j), newMilestoneJSON(*m, j.assessment.Deadlines)}, nil
	})
}

// milestone finds one milestone's assessment; there is none for what is not in scope at that moment.
func (j *judged) milestone(key string) (*metrics.MilestoneAssessment, error) {
	i := slices.IndexFunc(j.assessment.Milestones, func(m metrics.MilestoneAssessment) bool { return m.Milestone.Key == key })
	if i < 0 {
		return nil, &failure{kind: notFound}
	}
	return &j.assessment.Milestones[i], nil
}

type itemJSON struct {
	Kind      metrics.ItemKind    `json:"kind"`
	Key       string              `json:"key,omitempty"`
	Milestone string              `json:"milestone,omitempty"`
	Points    metrics.BasisPoints `json:"basis_points"` // of the whole
	Counted   bool                `json:"counted"`      // in the outstanding figure
	Since     *metrics.Day        `json:"since,omitempty"`
	AgeDays   int                 `json:"age_days"`
	Due       *metrics.Day        `json:"due,omitempty"`
	Overdue   int                 `json:"overdue_days"`
	OwnerRole metrics.Text        `json:"owner_role,omitzero"`
	WaitsOn   metrics.Text        `json:"waits_on,omitzero"`
	Recorded  []recordedItem      `json:"recorded,omitempty"`
}

// recordedItem is an item that somebody recorded, such as a blocker.
type recordedItem struct {
	Key      string       `json:"key"`
	Kind     string       `json:"kind"`
	Title    metrics.Text `json:"title"`
	WaitsOn  metrics.Text `json:"waits_on,omitzero"`
	OpenedOn metrics.Day  `json:"opened_on"`
	Due      *metrics.Day `json:"due,omitempty"`
	Entry    int64        `json:"entry"`
}

func newItemJSON(a metrics.Assessment, o metrics.OutstandingItem) itemJSON {
	item := itemJSON{
		Kind: o.Kind, Points: o.Points, Counted: o.Counted, Since: o.Since, AgeDays: o.AgeDays, Due: o.Due, Overdue: o.OverdueDays,
		OwnerRole: o.OwnerRole, WaitsOn: o.WaitsOn,
	}
	if o.Milestone >= 0 {
		item.Milestone = a.Milestones[o.Milestone].Milestone.Key
	}
	for _, i := range o.Recorded {
		item.Recorded = append(item.Recorded, recordedItem{i.Key, i.Kind, i.Title, i.WaitsOn, i.OpenedOn, i.Due, i.Entry})
	}
	return item
}

func (s *Server) getItemsJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) {
		answer := struct {
			Program string `json:"program"`
			asKnown
			Outstanding metrics.BasisPoints `json:"outstanding_basis_points"`
			Items       []itemJSON          `json:"items"`
		}{j.Key, newAsKnown(j), j.assessment.Outstanding, []itemJSON{}}
		for _, o := range j.assessment.Items {
			answer.Items = append(answer.Items, newItemJSON(j.assessment, o))
		}
		return answer, nil
	})
}

type summaryJSON struct {
	Program string `json:"program"`
	asKnown
	State metrics.State `json:"state"`
	figuresJSON
	Verdict     metrics.Verdict     `json:"verdict"` // against the binding deadline
	Reason      reasonJSON          `json:"reason"`
	Override    *overrideJSON       `json:"override"`       // a person's verdict beside it; null: none is in force
	Range       *rangeJSON          `json:"headline_range"` // null: reported_basis_points stands
	Schedule    *scheduleJSON       `json:"schedule"`       // against the program's own plan; null: there is none
	Rates       ratesJSON           `json:"rates"`
	Forecast    programForecastJSON `json:"forecast"`
	Areas       []areaJSON          `json:"areas"`
	Deadlines   []deadlineJSON      `json:"deadlines"`
	WeightSet   weightSetJSON       `json:"weight_set"`
	StaleWeight metrics.BasisPoints `json:"stale_basis_points"` // weight of the milestones whose report is missing
	Stale       []string            `json:"stale_milestones"`
	Stalled     []string            `json:"stalled_milestones"`
	Behind      []string            `json:"behind_milestones"`
	Failing     []string            `json:"failing_milestones"`
	Open        int                 `json:"open_milestones"`
	LastHeardAt *string             `json:"last_heard_at"`
}

type areaJSON struct {
	Key    string              `json:"key"`
	Name   textJSON            `json:"name"`
	Weight metrics.BasisPoints `json:"weight_basis_points"`
	figuresJSON
	Share        metrics.BasisPoints `json:"share_basis_points"` // of the area
	PlannedShare metrics.BasisPoints `json:"planned_share_basis_points"`
	Open         int                 `json:"open_milestones"`
}

type deadlineJSON struct {
	Key         string               `json:"key"`
	Version     int64                `json:"version"`
	Kind        metrics.DeadlineKind `json:"kind"`
	Date        metrics.Day          `json:"date"`
	Earliest    *metrics.Day         `json:"earliest"`
	Binding     bool                 `json:"binding"`
	DaysLeft    int                  `json:"days_left"`
	Passed      bool                 `json:"passed"`
	Document    string               `json:"document"`
	Stated      textJSON             `json:"stated"`
	AnnouncedOn metrics.Day          `json:"announced_on"`
	AnnouncedBy string               `json:"announced_by"`
	Verdict     metrics.Verdict      `json:"verdict"`
	Reason      reasonJSON           `json:"reason"`
	Override    *overrideJSON        `json:"override"`
	Schedule    *scheduleJSON        `json:"schedule"` // against a straight line to its date
}

type reasonJSON struct {
	Code      metrics.ReasonCode  `json:"code"`
	Points    metrics.BasisPoints `json:"basis_points,omitempty"`
	Limit     metrics.BasisPoints `json:"limit_basis_points,omitempty"`
	Days      int                 `json:"days,omitempty"`
	LimitDays int                 `json:"limit_days,omitempty"`
	Date      *metrics.Day        `json:"date,omitempty"`
}

type weightSetJSON struct {
	Version    int64   `json:"version"` // 0: none yet
	Entry      int64   `json:"entry"`
	RecordedAt *string `json:"recorded_at"`
}

func newSummary(j judged) summaryJSON {
	a := j.assessment
	s := summaryJSON{
		Program: j.Key, asKnown: newAsKnown(j), State: a.State, figuresJSON: newFigures(a.Figures), Verdict: a.Judgement.Verdict,
		Reason: reasonJSON(a.Judgement.Reason), Areas: []areaJSON{}, Deadlines: []deadlineJSON{}, Stale: []string{}, Failing: []string{},
		Stalled: []string{}, Behind: []string{}, Override: newOverride(a.Override), Range: newRange(a.HeadlineRange), Schedule: newSchedule(a.Schedule),
		Rates: newRates(a.Rates, a.Deadlines), Forecast: newProgramForecast(j),
		WeightSet:   weightSetJSON{j.WeightSet.Version, j.WeightSet.Entry, optionalTime(j.WeightSet.RecordedAt)},
		StaleWeight: a.StaleWeight, Open: a.Open, LastHeardAt: optionalTime(a.LastHeardAt),
	}
	for _, area := range a.Areas {
		s.Areas = append(s.Areas, areaJSON{area.Key, textJSON(area.Name), area.Weight, newFigures(area.Figures), area.Share, area.PlannedShare, area.Open})
	}
	for _, d := range a.Deadlines {
		s.Deadlines = append(s.Deadlines, newDeadlineJSON(d))
	}
	for _, m := range a.Milestones {
		if m.Stale {
			s.Stale = append(s.Stale, m.Milestone.Key)
		}
		if m.Stalled {
			s.Stalled = append(s.Stalled, m.Milestone.Key)
		}
		if m.Behind {
			s.Behind = append(s.Behind, m.Milestone.Key)
		}
		if m.Failing {
			s.Failing = append(s.Failing, m.Milestone.Key)
		}
	}
	return s
}

func newDeadlineJSON(a metrics.DeadlineAssessment) deadlineJSON {
	d := a.Deadline
	return deadlineJSON{
		Key: d.Key, Version: d.Version, Kind: d.Kind, Date: d.Date, Earliest: d.Earliest, Binding: d.Binding, DaysLeft: a.DaysLeft, Passed: a.Passed,
		Document: d.Document, Stated: textJSON(d.Stated), AnnouncedOn: d.AnnouncedOn, AnnouncedBy: d.AnnouncedBy,
		Verdict: a.Judgement.Verdict, Reason: reasonJSON(a.Judgement.Reason),
		Override: newOverride(a.Override), Schedule: newSchedule(a.Schedule),
	}
}

func (s *Server) getSummaryJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) { return newSummary(j), nil })
}

// Pages of a milestone's reports.
const (
	defaultPage = 50
	maxPage     = 200
)

// reportJSON is one recorded report, as its entry has it.
type reportJSON struct {
	Entry      int64           `json:"entry"`
	Kind       ledger.Kind     `json:"kind"` // report, correction
	ID         string          `json:"id"`
	Source     string          `json:"source"`
	Actor      string          `json:"actor"`
	ObservedAt string          `json:"observed_at"`
	RecordedAt string          `json:"recorded_at"`
	Imported   bool            `json:"imported"`
	SHA256     string          `json:"sha256"`
	Body       json.RawMessage `json:"body"`
	Message    string          `json:"message,omitempty"`
	Reason     string          `json:"reason,omitempty"`
}

func newReportJSON(rec postgres.Record) reportJSON {
	return reportJSON{
		Entry: rec.Number, Kind: rec.Kind, ID: rec.EventID, Source: rec.Source, Actor: rec.Actor, ObservedAt: rfc3339(rec.ObservedAt),
		RecordedAt: rfc3339(rec.RecordedAt), Imported: rec.Imported, SHA256: hex.EncodeToString(rec.SHA256), Body: rec.Body,
		Message: rec.Texts["message"], Reason: rec.Texts["reason"],
	}
}

// getReportsJSON lists a milestone's reports, newest entry first, a page at a time.
func (s *Server) getReportsJSON(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	before, err := r.number("before", 0, 1, ledger.MaxCount)
	if err != nil {
		return err
	}
	limit, err := r.number("limit", defaultPage, 1, maxPage)
	if err != nil {
		return err
	}
	milestone := r.param("milestone")
	records, err := s.reader.Records(r.Request().Context(), r.credential, r.program.ID, milestone, m.asked, before, int(limit)+1)
	if err != nil {
		return err
	}
	answer := struct {
		Program   string       `json:"program"`
		Milestone string       `json:"milestone"`
		Reports   []reportJSON `json:"reports"`
		Next      *int64       `json:"next_before"` // null: this is the last page
	}{r.program.Slug, milestone, []reportJSON{}, nil}
	for _, rec := range records[:min(len(records), int(limit))] {
		answer.Reports = append(answer.Reports, newReportJSON(rec))
	}
	link := ""
	if len(records) > int(limit) {
		last := answer.Reports[limit-1].Entry
		answer.Next = &last
		query := r.queryOf("as_of")
		query.Set("before", strconv.FormatInt(last, 10))
		query.Set("limit", strconv.FormatInt(limit, 10))
		link = fmt.Sprintf(`<%s?%s>; rel="next"`, r.Request().URL.EscapedPath(), query.Encode())
	}
	if len(records) == 0 {
		if _, err := s.knownMilestone(r, m, milestone); err != nil {
			return err
		}
	}
	body, err := marshal(answer)
	if err != nil {
		return err
	}
	doc := newDocument("application/json", body, time.Time{})
	doc.link = link
	return send(r, doc)
}

// knownMilestone is the milestone's assessment, or not found.
func (s *Server) knownMilestone(r *request, m moment, key string) (*metrics.MilestoneAssessment, error) {
	j, err := s.judge(r.Request().Context(), r.credential, r.program.ID, m)
	if err != nil {
		return nil, err
	}
	return j.milestone(key)
}

// getReportJSON is one report: where the Location of a new one leads.
func (s *Server) getReportJSON(r *request) error {
	milestone := r.param("milestone")
	text := r.param("entry")
	entry, err := strconv.ParseInt(text, 10, 64)
	if err != nil || entry < 1 || entry > ledger.MaxCount || strconv.FormatInt(entry, 10) != text {
		return &failure{kind: notFound}
	}
	records, err := s.reader.Records(r.Request().Context(), r.credential, r.program.ID, milestone, time.Time{}, entry+1, 1)
	if err != nil {
		return err
	}
	if len(records) == 0 || records[0].Number != entry {
		return &failure{kind: notFound}
	}
	body, err := marshal(newReportJSON(records[0]))
	if err != nil {
		return err
	}
	return send(r, newDocument("application/json", body, time.Time{}))
}

// number reads a whole number from the query.
func (r *request) number(name string, otherwise, low, high int64) (int64, error) {
	text := r.QueryParam(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < low || n > high || strconv.FormatInt(n, 10) != text {
		return 0, fail(malformedRequest, i18n.DetailQuery, name)
	}
	return n, nil
}

func optionalTime(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := rfc3339(t)
	return &text
}
