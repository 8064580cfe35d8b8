package web

import (
	"slices"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// The visible fields of the two forms that record what a regulator did by letter.
var (
	acceptanceFields = []string{"covers_each", "letter_number", "letter_date", "issuer", "document"}
	sanctionFields   = []string{"number", "outcome", "letter_number", "letter_date", "issuer", "document"}
)

// accept is the form that records a letter of acceptance.
func (s *Server) accept() act {
	return act{
		fields: acceptanceFields, document: true, review: true,
		page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
			return view.NewAcceptanceModel(r.formFrame(j), j.Program, form, eventID, s.uploadsOf()), true
		},
		draft: func(r *request, j judged, f *formReader, said sent) ledger.Draft {
			keys := make([]string, len(j.Milestones))
			for i, m := range j.Milestones {
				keys[i] = m.Key
			}
			return ledger.Draft{Kind: ledger.KindAcceptance, Body: ledger.Acceptance{
				Key: "acceptance-" + said.key, Milestones: f.ticks("covers_each", keys), Letter: s.readLetter(r, f, said),
			}}
		},
		saved: func(r *request, _ ledger.Receipt) (string, string) { return r.deadlinesPath(), "accepted" },
	}
}

// sanction is the form that records a letter which takes or lifts a step of the ladder.
func (s *Server) sanction() act {
	return act{
		fields: sanctionFields, document: true, review: true,
		page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
			return view.NewSanctionModel(r.formFrame(j), j.Program, form, eventID, s.uploadsOf()), true
		},
		draft: func(r *request, _ judged, f *formReader, said sent) ledger.Draft {
			body := ledger.SanctionStep{Key: "sanction-" + said.key, Step: f.number("number")}
			body.Lifted = f.choice("outcome", "take", "lift") == "lift"
			body.Letter = s.readLetter(r, f, said)
			return ledger.Draft{Kind: ledger.KindSanctionStep, Body: body}
		},
		saved: func(r *request, _ ledger.Receipt) (string, string) { return r.deadlinesPath(), "sanction" },
	}
}

// readLetter reads what every letter is recorded with.
func (s *Server) readLetter(r *request, f *formReader, said sent) ledger.Letter {
	l := ledger.Letter{LetterNumber: f.line("letter_number", true, maxOfficeLength)}
	l.LetterDate = f.pastDate("letter_date", f.requiredDate("letter_date"), metrics.DayOf(s.now(), r.program.Zone))
	l.Issuer = f.line("issuer", true, maxOfficeLength)
	l.Paper = f.paper(said)
	return l
}

// paper reads where the document behind an act is: in words, behind a link, in a file, or in words and a file.
func (f *formReader) paper(said sent) ledger.Paper {
	p := ledger.Paper{Document: f.line("document", false, ledger.MaxLinkLength), File: said.stored.SHA256}
	switch {
	case strings.Contains(p.Document, "://") && !ledger.SafeLink(p.Document):
		f.refuse("document", i18n.LinkUnsafe)
	case p.Document == "" && p.File == "" && f.errorless("document") && f.errorless(formFile):
		f.refuse("document", i18n.PaperNeeded)
	}
	return p
}

// ticks reads any number of answers, each of them one of those allowed.
func (f *formReader) ticks(field string, allowed []string) []string {
	ticked := f.values[field]
	if slices.ContainsFunc(ticked, func(value string) bool { return !slices.Contains(allowed, value) }) {
		f.refuse(field, i18n.FormChoice)
	}
	return ticked
}

func (s *Server) getAcceptance(r *request) error  { return s.accept().get(s, r) }
func (s *Server) postAcceptance(r *request) error { return s.accept().post(s, r) }
func (s *Server) getSanction(r *request) error    { return s.sanction().get(s, r) }
func (s *Server) postSanction(r *request) error   { return s.sanction().post(s, r) }
