package web

import (
	"context"

	"tenggat/web/view"
)

// getAfterCare shows a program's legal duties, its audits and what they reopened.
func (s *Server) getAfterCare(r *request) error {
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.AfterCarePage(view.NewAfterCareModel(f, j.Program, j.assessment)), nil
	})
}
