package web

import (
	"net/http"

	"tenggat/web/view"
)

// getStyleguide shows every part in every state. Nothing on it comes from the database.
func (s *Server) getStyleguide(r *request) error {
	return s.sendOnce(r, http.StatusOK, view.StyleguidePage(view.NewStyleguideModel(r.frame(r.queryOf("lang")))))
}
