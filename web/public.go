package web

import (
	"errors"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/release"
	"tenggat/web/view"
)

// released reads what everybody may know of the program in the path. Without a release the answer is that of a program that does not
// exist.
func (s *Server) released(r *request) (postgres.Released, error) {
	released, err := s.reader.Released(r.Request().Context(), r.param("program"))
	if errors.Is(err, postgres.ErrNotFound) {
		return released, &failure{kind: notFound}
	}
	return released, err
}

// publish answers with what was released, drawn as a page or a picture.
func (s *Server) publish(r *request, contentType string, draw func(postgres.Released, metrics.Program, metrics.Assessment) (component, error)) error {
	released, err := s.released(r)
	if err != nil {
		return err
	}
	p, a, err := release.State(r.param("program"), released.Zone, released.PublicFigures)
	if err != nil {
		return err
	}
	drawn, err := draw(released, p, a)
	if err != nil {
		return err
	}
	body, err := renderHTML(r.Request().Context(), drawn)
	if err != nil {
		return err
	}
	return sendPublic(r, newDocument(contentType, body, time.Time{}))
}

// getPublic is what compliance released, for everybody.
func (s *Server) getPublic(r *request) error {
	return s.publish(r, html, func(released postgres.Released, p metrics.Program, a metrics.Assessment) (component, error) {
		return view.PublicPage(view.NewPublicModel(r.frame(r.queryOf("lang")), p, a, view.Released{
			Note: released.Note, Badge: released.Badge, Entry: released.Entry, At: released.RecordedAt, Now: s.now(), Base: r.base,
		})), nil
	})
}

// getBadge is the released figure as a small picture for other sites, if it was released as one.
func (s *Server) getBadge(r *request) error {
	return s.publish(r, svgType, func(released postgres.Released, p metrics.Program, a metrics.Assessment) (component, error) {
		if !released.Badge {
			return nil, &failure{kind: notFound}
		}
		return view.BadgeSVG(view.NewBadge(r.lang, p, a)), nil
	})
}

// publicJSON is what was released, in the names of the API, so that "dashboard verify" compares it with a ledger.
type publicJSON struct {
	Program string `json:"program"`
	ledger.PublicFigures
	Timezone   string    `json:"timezone"`
	Note       *textJSON `json:"note"` // null: none was given
	Release    int64     `json:"release_entry"`
	ReleasedAt string    `json:"released_at"`
}

// getPublicJSON is what compliance released, for programs.
func (s *Server) getPublicJSON(r *request) error {
	released, err := s.released(r)
	if err != nil {
		return err
	}
	answer := publicJSON{
		Program: r.param("program"), PublicFigures: released.PublicFigures, Timezone: released.Zone.String(), Release: released.Entry, ReleasedAt: rfc3339(released.RecordedAt),
	}
	if released.Note.ID != "" {
		answer.Note = &textJSON{released.Note.ID, released.Note.EN}
	}
	body, err := marshal(answer)
	if err != nil {
		return err
	}
	return sendPublic(r, newDocument("application/json", body, time.Time{}))
}

// publicFor is how long others may keep what is public: a withdrawal reaches them after that.
const publicFor = "public, max-age=60"

// sendPublic answers with what everybody may keep and every site may show.
func sendPublic(r *request, d *document) error {
	d.public = true
	return send(r, d)
}
