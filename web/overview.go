package web

import (
	"context"
	"time"

	"tenggat/internal/i18n"
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
		week, err := s.splitSince(ctx, credential, j, j.assessment.LastWeek.Since)
		if err != nil {
			return nil, err
		}
		m := view.NewOverviewModel(f, j.Program, j.assessment, j.forecast(), week)
		if initial, grew := metrics.InitialScope(j.Program, j.History, j.assessment.Today); grew {
			m.BesideInitialScope(j.Program, j.assessment, j.forecast(), initial, scope == initialScope)
		}
		return view.OverviewPage(m), nil
	})
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
