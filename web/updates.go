package web

import (
	"net/http"

	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getUpdates lists the open milestones of the engineer's programs, each with a field for its new value: from signing in to a saved
// update it is one number and the Enter key. Every form on it is the milestone's own update form.
func (s *Server) getUpdates(r *request) error {
	f := r.frame(r.queryOf("lang"))
	states, err := s.reader.Programs(r.Request().Context(), r.credential)
	if err != nil {
		return err
	}
	var programs []view.Judged
	for _, state := range states {
		programs = append(programs, view.Judged{Program: state.Program, Assessment: metrics.Assess(state.Program, state.History, s.now())})
	}
	model := view.NewUpdatesModel(f, programs, r.QueryParam("program"), r.QueryParam("saved"), s.newEventID)
	return s.sendOnce(r, http.StatusOK, view.UpdatesPage(model))
}
