package web

import (
	"net/http"

	"tenggat/web/view"
)

// getUpdates lists the open milestones of the engineer's programs, each with a field for its new value: from signing in to a saved
// update it is one number and the Enter key. Every form on it is the milestone's own update form.
func (s *Server) getUpdates(r *request) error {
	f := r.frame(r.queryOf("lang"))
	programs, _, err := s.programsAt(r)
	if err != nil {
		return err
	}
	model := view.NewUpdatesModel(f, forView(programs), r.QueryParam("program"), r.QueryParam("saved"), s.newEventID)
	return s.sendOnce(r, http.StatusOK, view.UpdatesPage(model))
}
