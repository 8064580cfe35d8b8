package web

import (
	"context"

	"tenggat/internal/access"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getPrograms is the list of the reader's programs. People who run accounts have none; theirs is another page.
func (s *Server) getPrograms(r *request) error {
	if r.who.Role == access.Admin {
		return r.redirect("/admin", nil)
	}
	states, err := s.reader.Programs(r.Request().Context(), r.credential)
	if err != nil {
		return err
	}
	now := s.now()
	var programs []view.Judged
	for _, state := range states {
		programs = append(programs, view.Judged{Program: state.Program, Assessment: metrics.Assess(state.Program, state.History, now)})
	}
	model := view.NewProgramsModel(r.frame(r.queryOf("lang")), programs)
	doc, err := render(r.Request().Context(), view.ProgramsPage(model), now)
	if err != nil {
		return err
	}
	return send(r, doc)
}

// getOverview is a program on one page.
func (s *Server) getOverview(r *request) error {
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.OverviewPage(view.NewOverviewModel(f, j.Program, j.assessment, j.Days)), nil
	})
}

// getMethod says how every figure comes about.
func (s *Server) getMethod(r *request) error {
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.MethodPage(view.NewMethodModel(f, j.Program, j.assessment)), nil
	})
}
