package web

import (
	"context"
	"slices"
	"strings"

	"tenggat/internal/files"
	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getEvidence lists what supports each milestone, and what is missing.
func (s *Server) getEvidence(r *request) error {
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.EvidencePage(view.NewEvidenceModel(f, j.Program, j.assessment)), nil
	})
}

// uploads says what documents the forms may bring.
func (s *Server) uploadsOf() view.Upload {
	return view.Upload{Limit: s.config.UploadLimit, Accept: files.Accept()}
}

// The visible fields of the two forms about evidence.
var (
	evidenceFields = []string{"label", "observed_on", "description", "link"}
	reviewFields   = []string{"outcome", "done", "reason"}
)

// maxLabelLength bounds what a piece of evidence is called.
const maxLabelLength = 300

// addEvidence is the form that adds a document or a link to a milestone.
func (s *Server) addEvidence() act {
	return act{
		fields: evidenceFields, document: true,
		page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
			return view.NewAddEvidenceModel(r.formFrame(j), j.Program, j.assessment, r.param("milestone"), form, eventID, s.uploadsOf())
		},
		draft: func(r *request, _ judged, f *formReader, said sent) ledger.Draft {
			e := ledger.Evidence{Key: "evidence-" + said.key, Milestone: r.param("milestone")}
			texts := map[string]string{"label": f.line("label", true, maxLabelLength)}
			e.ObservedOn = f.pastDate("observed_on", f.requiredDate("observed_on"), metrics.DayOf(s.now(), r.program.Zone))
			if description := f.text("description", false, ledger.MaxTextLength); description != "" {
				texts["description"] = description
			}
			e.Link = f.link("link")
			if e.Link == "" {
				e.SHA256, e.Size, e.MediaType = said.stored.SHA256, said.stored.Size, said.stored.MediaType
			}
			switch {
			case e.Link != "" && said.stored.SHA256 != "":
				f.refuse("link", i18n.FileNotBoth)
			case e.Link == "" && said.stored.SHA256 == "" && f.errorless("link") && f.errorless(formFile):
				f.refuse(formFile, i18n.FileOrLink)
			}
			return ledger.Draft{Kind: ledger.KindEvidence, Body: e, Texts: texts}
		},
		saved: func(r *request, _ ledger.Receipt) (string, string) {
			return r.milestonePath(r.param("milestone")), "evidence"
		},
	}
}

// link reads an address that may be offered to readers; "" if there is none.
func (f *formReader) link(field string) string {
	link := strings.TrimSpace(f.values.Get(field))
	if link != "" && !ledger.SafeLink(link) {
		f.refuse(field, i18n.LinkUnsafe)
	}
	return link
}

// review is the form by which a second person accepts or refuses a piece of evidence.
func (s *Server) review() act {
	return act{
		fields: reviewFields,
		page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
			return view.NewReviewModel(r.formFrame(j), j.Program, j.assessment, r.param("evidence"), r.who.Actor(), form, eventID)
		},
		draft: func(r *request, j judged, f *formReader, _ sent) ledger.Draft {
			i := slices.IndexFunc(j.Evidence, func(e metrics.Evidence) bool { return e.Key == r.param("evidence") })
			e := j.Evidence[i]                                                                                                                // page found it
			body := ledger.Review{Milestone: e.Milestone, EvidenceKey: e.Key, Evidence: e.SHA256 + e.Link, ObservedOn: e.ObservedOn.String()} // it has one of the two
			body.Accepted = f.choice("outcome", "accept", "refuse") == "accept"
			switch {
			case body.Accepted:
				body.Done = f.number("done")
			case strings.TrimSpace(f.values.Get("done")) != "" && f.errorless("outcome"):
				f.values.Set("done", "") // it was filled in before anybody looked
			}
			texts := map[string]string{}
			if reason := f.text("reason", f.values.Get("outcome") == "refuse", ledger.MaxTextLength); reason != "" {
				texts["reason"] = reason
			}
			return ledger.Draft{Kind: ledger.KindReview, Body: body, Texts: texts}
		},
		expect: func(r *request, entry int64) *ledger.Expectation {
			return &ledger.Expectation{Evidence: r.param("evidence"), Entry: entry}
		},
		saved: func(r *request, _ ledger.Receipt) (string, string) {
			return view.ProgramPath(r.program.Slug) + "/evidence", "reviewed"
		},
	}
}

func (s *Server) getAddEvidence(r *request) error  { return s.addEvidence().get(s, r) }
func (s *Server) postAddEvidence(r *request) error { return s.addEvidence().post(s, r) }
func (s *Server) getReview(r *request) error       { return s.review().get(s, r) }
func (s *Server) postReview(r *request) error      { return s.review().post(s, r) }
