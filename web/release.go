package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/release"
	"tenggat/web/view"
)

// The fields of the two forms by which compliance decides what is public.
var (
	releaseFields  = []string{"parts_each", "note", "note_en", "moment"}
	withdrawFields = []string{"reason"}
)

// releaseFigures is the form that makes figures public. What it shows is what it releases: the moment of its figures goes with it, and
// what is reported meanwhile changes nothing.
func (s *Server) releaseFigures() act {
	return act{
		fields: releaseFields, review: true,
		judge: func(r *request, values url.Values) (judged, error) { return s.judgeShown(r, values.Get("moment")) },
		page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
			f := r.formFrame(j)
			m := view.NewReleaseModel(f, j.Program, j.assessment, form, eventID)
			m.Preview = s.previewRelease(r, j, f, form)
			return m, m.Preview != nil // nothing is released unseen
		},
		draft: func(_ *request, j judged, f *formReader, _ sent) ledger.Draft {
			parts := f.ticks("parts_each", view.ReleaseParts())
			texts := map[string]string{}
			for _, field := range []string{"note", "note_en"} {
				if note := f.text(field, false, ledger.MaxTextLength); note != "" {
					texts[field] = note
				}
			}
			if texts["note"] == "" && texts["note_en"] != "" {
				f.refuse("note", i18n.ReleaseNoteFirst)
			}
			return ledger.Draft{Kind: ledger.KindRelease, Texts: texts, Body: ledger.Release{
				Badge: slices.Contains(parts, view.ReleaseBadge), Figures: release.New(j.Program, j.assessment, partsOf(parts)...),
			}}
		},
		saved: toShare("released"),
	}
}

// previewRelease is what the public page will show, made of the very figures that are going to be recorded; nil if these cannot be read.
func (s *Server) previewRelease(r *request, j judged, f view.Frame, form view.Form) component {
	figures := release.New(j.Program, j.assessment, partsOf(strings.Split(form.Value("parts_each"), "\n"))...)
	p, a, err := release.State(j.Key, j.Zone, *figures)
	if err != nil {
		s.logger.Error("preview of a release", "id", r.id, "error", err)
		return nil
	}
	note := metrics.Text{ID: form.Value("note"), EN: cmp.Or(form.Value("note_en"), form.Value("note"))}
	return view.PublicFigures(view.NewPublicModel(f, p, a, view.Released{Note: note, At: s.now(), Now: s.now()}))
}

// partsOf are the parts among what was ticked.
func partsOf(ticked []string) []release.Part {
	parts := make([]release.Part, len(ticked))
	for i, part := range ticked {
		parts[i] = release.Part(part)
	}
	return parts
}

// withdraw is the form that ends what is public.
var withdraw = act{
	fields: withdrawFields,
	page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
		return view.NewWithdrawModel(r.formFrame(j), j.Program, form, eventID), j.Release != nil && !j.Release.Withdrawn
	},
	draft: func(_ *request, _ judged, f *formReader, _ sent) ledger.Draft {
		reason := f.text("reason", true, ledger.MaxTextLength)
		return ledger.Draft{Kind: ledger.KindRelease, Body: ledger.Release{Withdrawn: true}, Texts: map[string]string{"reason": reason}}
	},
	saved: toShare("withdrawn"),
}

func toShare(notice string) func(*request, ledger.Receipt) (string, string) {
	return func(r *request, _ ledger.Receipt) (string, string) {
		return view.ProgramPath(r.program.Slug) + "/share", notice
	}
}

func (s *Server) getRelease(r *request) error   { return s.releaseFigures().get(s, r) }
func (s *Server) postRelease(r *request) error  { return s.releaseFigures().post(s, r) }
func (s *Server) getWithdraw(r *request) error  { return withdraw.get(s, r) }
func (s *Server) postWithdraw(r *request) error { return withdraw.post(s, r) }
