package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"time"

	"tenggat/internal/i18n"
	"tenggat/static"
	"tenggat/web/view"
)

// component is a page that web/view made.
type component interface {
	Render(ctx context.Context, w io.Writer) error
}

const html = "text/html; charset=utf-8"

// frame is what the page knows beside its own subject. query holds the parameters that matter to it.
func (r *request) frame(query url.Values) view.Frame {
	return view.Frame{Lang: r.lang, Path: r.Request().URL.Path, Query: query, Role: r.who.Role, Theme: r.theme(), Static: static.URL}
}

// withProgram makes the frame that of a page about a program at a moment.
func withProgram(f view.Frame, m moment, j judged) view.Frame {
	f.Program = view.NewProgramNav(f.Lang, j.Program, j.assessment)
	f.Program.Checkpoint = view.CheckpointLine(f.Lang, j.Zone, j.checkpoint())
	if m.past() {
		f.AsOf = &view.AsOf{At: m.asked, WholeDay: m.wholeDay}
	}
	f.Notice = notice(f.Lang, f.Query.Get("notice"))
	return f
}

// notices are what a page says after a form was saved; the word stands in the address it is redirected to.
var notices = map[string]i18n.Message{
	"saved": i18n.NoticeSaved, "raised": i18n.NoticeRaised, "closed": i18n.NoticeClosed, "revoked": i18n.NoticeRevoked, "disabled": i18n.NoticeDisabled,
	"evidence": i18n.NoticeEvidence, "reviewed": i18n.NoticeReviewed, "proposed": i18n.NoticeProposed,
	"reopened": i18n.NoticeReopened, "decided": i18n.NoticeDecided, "accepted": i18n.NoticeAcceptance, "sanction": i18n.NoticeSanction,
	"audit": i18n.NoticeAudit, "held": i18n.NoticeAuditResult, "signed": i18n.NoticeSigned,
	"carded": i18n.CardFiled, "feed_revoked": i18n.NoticeRevokedF, "released": i18n.NoticeReleased, "withdrawn": i18n.NoticeWithdrawn,
}

func notice(l i18n.Lang, word string) string {
	if m, known := notices[word]; known {
		return l.T(m)
	}
	return ""
}

// noticed is the query that makes the next page say what was done.
func (r *request) noticed(word string) url.Values {
	query := r.queryOf("lang")
	query.Set("notice", word)
	return query
}

// sendPage answers a GET about the program in the path with a page made from its state at as_of.
func (s *Server) sendPage(r *request, known []string, page func(context.Context, judged, moment, view.Frame) (component, error)) error {
	return s.sendMade(r, known, func(ctx context.Context, j judged, m moment, f view.Frame) (*document, error) {
		c, err := page(ctx, j, m, f)
		if err != nil {
			return nil, err
		}
		return render(ctx, c, j.validUntil)
	})
}

// sendMade answers a GET about the program in the path with a document made from its state at as_of. It is made once for
// everybody with the same role, language and theme, until an entry is added or a day ends. make may outlive the request that
// happened to come first, so it must not touch the request's echo.Context, which is used again for others.
func (s *Server) sendMade(r *request, known []string, make func(context.Context, judged, moment, view.Frame) (*document, error)) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	query := r.queryOf(append(known, "as_of", "lang", "notice")...)
	if query.Get("notice") != "" && notice(r.lang, query.Get("notice")) == "" {
		query.Del("notice")
	}
	frame, credential, programID := r.frame(query), r.credential, r.program.ID
	doc, err := s.cache.get(r.Request().Context(), s.now(), r.cacheKey(query), func(ctx context.Context) (*document, error) {
		j, err := s.judge(ctx, credential, programID, m)
		if err != nil {
			return nil, err
		}
		f := withProgram(frame, m, j)
		f.Stepper = view.NewStepper(f, j.Zone, j.Days, j.assessment.Today)
		if !m.past() {
			f.Live = view.NewProgramLive(f, j.Program, j.assessment)
		}
		return make(ctx, j, m, f)
	})
	if err != nil {
		return err
	}
	return send(r, doc)
}

// renderHTML makes a page. Nothing is sent before all of it is there.
func renderHTML(ctx context.Context, c component) ([]byte, error) {
	var body bytes.Buffer
	err := c.Render(context.WithoutCancel(ctx), &body)
	return body.Bytes(), err
}

// render makes a document of a page.
func render(ctx context.Context, c component, validUntil time.Time) (*document, error) {
	body, err := renderHTML(ctx, c)
	if err != nil {
		return nil, err
	}
	return newDocument(html, body, validUntil), nil
}

// sendOnce answers with a page that is for this reader alone and is kept nowhere: a form, a refusal.
func (s *Server) sendOnce(r *request, status int, c component) error {
	body, err := renderHTML(r.Request().Context(), c)
	if err != nil {
		return err
	}
	return r.Blob(status, html, body)
}

// redirect sends the browser to a page of ours with GET.
func (r *request) redirect(path string, query url.Values) error {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return r.Redirect(http.StatusSeeOther, path)
}

// errorPage is what a person sees instead of the page that was asked for.
func (s *Server) errorPage(r *request, f *failure) component {
	detail := ""
	if f.detail != nil || f.kind == forbidden || f.kind == crossOrigin {
		detail = f.sentence(r.lang)
	}
	program := ""
	if r.program != nil {
		program = r.program.Slug
	}
	m := view.NewErrorModel(r.frame(r.queryOf("lang")), f.kind.status, r.id, detail, program)
	if f.heading != nil {
		m = m.Headed(f.heading.in(r.lang))
	}
	return view.ErrorPage(m)
}
