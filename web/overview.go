package web

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// initialScope is the value of ?scope= that sets the curve of the initial scope beside the chart's own.
const initialScope = "initial"

// getOverview is a program on one page.
func (s *Server) getOverview(r *request) error {
	credential, scope := r.credential, r.QueryParam("scope")
	if scope != "" && scope != initialScope {
		return fail(malformedRequest, i18n.DetailQuery, "scope")
	}
	return s.sendPage(r, []string{"scope"}, func(ctx context.Context, j judged, _ moment, f view.Frame) (component, error) {
		if err := s.explain(ctx, credential, &j, mostReasons); err != nil {
			return nil, err
		}
		week, err := s.splitSince(ctx, credential, j, j.assessment.LastWeek.Since)
		if err != nil {
			return nil, err
		}
		forecast := j.forecast()
		m := view.NewOverviewModel(f, j.Program, j.assessment, forecast, week)
		if initial, grew := metrics.InitialScope(j.Program, j.History, j.assessment.Today); grew {
			m.BesideInitialScope(j.Program, j.assessment, forecast, initial, scope == initialScope)
		}
		return view.OverviewPage(m), nil
	})
}

// mostReasons is how many corrections a chart gives reasons of, the newest first.
const mostReasons = 50

// explain reads why counts were lowered, for the days of the curve on which they were: the newest of the reasons, no more than most.
func (s *Server) explain(ctx context.Context, credential string, j *judged, most int) error {
	if !j.assessment.Curve.HasCorrections() {
		return nil
	}
	records, err := s.reader.News(ctx, credential, j.ID, []ledger.Kind{ledger.KindCorrection, ledger.KindReopening}, j.known(), most)
	if err != nil {
		return err
	}
	corrections := make([]metrics.Correction, len(records))
	for i, r := range records {
		var body ledger.Report
		if err := json.Unmarshal(r.Body, &body); err != nil {
			return err
		}
		why := r.Texts["reason"]
		corrections[i] = metrics.Correction{Milestone: body.Milestone, On: metrics.DayOf(r.ObservedAt, j.Zone), Why: metrics.Text{ID: why, EN: cmp.Or(r.Texts["reason_en"], why)}}
	}
	j.assessment.Curve.Explain(corrections)
	return nil
}

// splitSince tells what moved the headline since the end of a day, as both ends were known then; nil if nothing was on record
// at that time.
func (s *Server) splitSince(ctx context.Context, credential string, j judged, since metrics.Day) (*metrics.ChangeSplit, error) {
	before, err := s.reader.ProgramBefore(ctx, credential, j.ID, since.End(j.Zone).Add(-time.Microsecond))
	if err != nil || before.Entry == 0 {
		return nil, err
	}
	split := metrics.SplitChange(before, j.Program)
	return &split, nil
}

// forecast is when the program may be finished, by what was known at the moment it was judged at.
func (j *judged) forecast() metrics.ProgramForecast {
	return metrics.ForecastProgram(j.Program, j.History, j.assessment, j.Rules.Allowance)
}

// getMethod says how every figure comes about.
func (s *Server) getMethod(r *request) error {
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.MethodPage(view.NewMethodModel(f, j.Program, j.assessment, j.forecast())), nil
	})
}

// getDay is the sum of one day looked back at, as known at as_of.
func (s *Server) getDay(r *request) error {
	day := r.param("day")
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		figures, err := j.day(day)
		if err != nil {
			return nil, err
		}
		return view.DayPage(view.NewDayModel(f, j.Program, j.assessment, figures)), nil
	})
}

// day is a day's figures, or not found.
func (j *judged) day(iso string) (metrics.DayFigures, error) {
	if day, err := metrics.ParseDay(iso); err == nil {
		if figures, ok := metrics.FiguresOn(j.Program, j.History, j.at, day); ok {
			return figures, nil
		}
	}
	return metrics.DayFigures{}, &failure{kind: notFound}
}
