package web

import (
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// paperJSON says where a document is.
type paperJSON struct {
	Document string `json:"document,omitempty"` // words, or an https link
	SHA256   string `json:"sha256,omitempty"`   // of a stored file
	Download string `json:"download,omitempty"` // for a signed-in person
	Erased   bool   `json:"erased"`             // the file's content is gone
}

func newPaperJSON(slug string, p metrics.Paper) paperJSON {
	answer := paperJSON{Document: p.Document, SHA256: p.File, Erased: p.Erased}
	if p.File != "" && !p.Erased {
		answer.Download = view.ProgramPath(slug) + view.FilePath(p.File)
	}
	return answer
}

// letterJSON is what every act of a regulator is recorded with.
type letterJSON struct {
	Key        string      `json:"key"`
	Number     string      `json:"letter_number"`
	Date       metrics.Day `json:"letter_date"`
	Issuer     string      `json:"issuer"`
	Paper      paperJSON   `json:"paper"`
	By         string      `json:"by"`
	Entry      int64       `json:"entry"`
	RecordedAt string      `json:"recorded_at"`
	Provenance string      `json:"provenance,omitempty"`
}

func newLetterJSON(slug, key string, l metrics.Letter) letterJSON {
	return letterJSON{key, l.Number, l.Date, l.Issuer, newPaperJSON(slug, l.Paper), l.By, l.Entry, rfc3339(l.RecordedAt), l.Provenance}
}

type acceptanceJSON struct {
	Milestones []string `json:"milestones"` // none: the whole program as it stood then
	letterJSON
}

type sanctionLetterJSON struct {
	Lifted bool `json:"lifted"`
	letterJSON
}

type sanctionJSON struct {
	Number  int                  `json:"number"`
	Name    metrics.Text         `json:"name"`
	Note    metrics.Text         `json:"note,omitzero"`
	Stands  bool                 `json:"stands"`  // its newest letter took it
	Letters []sanctionLetterJSON `json:"letters"` // oldest first; none: not taken
}

type lettersJSON struct {
	Program string `json:"program"`
	asKnown
	Acceptances  []acceptanceJSON `json:"acceptances"`
	LegalBasis   string           `json:"ladder_legal_basis,omitempty"`
	Steps        []sanctionJSON   `json:"sanctions"`     // mildest first; none: the program records no ladder
	StandingStep *int             `json:"standing_step"` // the highest in force; null: none
}

// getLettersJSON is what a regulator did by letter. Nothing in it is inferred.
func (s *Server) getLettersJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) {
		answer := lettersJSON{Program: j.Key, asKnown: newAsKnown(j), Acceptances: []acceptanceJSON{}, Steps: []sanctionJSON{}}
		for _, a := range j.Acceptances {
			answer.Acceptances = append(answer.Acceptances, acceptanceJSON{append([]string{}, a.Milestones...), newLetterJSON(j.Key, a.Key, a.Letter)})
		}
		if j.Ladder == nil {
			return answer, nil
		}
		answer.LegalBasis = j.Ladder.LegalBasis
		for _, step := range j.Ladder.Steps {
			answer.Steps = append(answer.Steps, newSanctionJSON(j.Program, step))
		}
		if standing := j.StandingStep(); standing != nil {
			answer.StandingStep = &standing.Step
		}
		return answer, nil
	})
}

func newSanctionJSON(p metrics.Program, step metrics.LadderStep) sanctionJSON {
	answer := sanctionJSON{Number: step.Number, Name: step.Name, Note: step.Note, Letters: []sanctionLetterJSON{}}
	for _, l := range p.SanctionLetters(step.Number) {
		answer.Stands = !l.Lifted
		answer.Letters = append(answer.Letters, sanctionLetterJSON{l.Lifted, newLetterJSON(p.Key, l.Key, l.Letter)})
	}
	return answer
}

type dutyJSON struct {
	Key        string       `json:"key"`
	Text       metrics.Text `json:"text"`
	Article    string       `json:"article,omitempty"`
	Advice     bool         `json:"advice"`
	Milestones []string     `json:"milestones"`
	Source     string       `json:"source,omitempty"`
	Provenance string       `json:"provenance,omitempty"`
	Entry      int64        `json:"entry"`
}

type auditJSON struct {
	Key         string       `json:"key"`
	Trigger     string       `json:"trigger"`
	Duties      []string     `json:"duties"`
	Milestones  []string     `json:"milestones"` // in scope, that serve those duties
	Due         metrics.Day  `json:"due"`
	OverdueDays int          `json:"overdue_days"`
	ChangedOn   *metrics.Day `json:"changed_on"`
	Change      metrics.Text `json:"change,omitzero"`
	Result      *string      `json:"result"` // null: not held yet
	HeldOn      *metrics.Day `json:"held_on"`
	Auditor     string       `json:"auditor,omitempty"`
	Finding     metrics.Text `json:"finding,omitzero"`
	Paper       *paperJSON   `json:"paper"`
	By          string       `json:"by"`
	Entry       int64        `json:"entry"`
	RecordedAt  string       `json:"recorded_at"`
}

type afterCareJSON struct {
	Program string `json:"program"`
	asKnown
	Begun    bool        `json:"begun"`    // every milestone was accepted once
	Reopened []string    `json:"reopened"` // milestones that are not accepted anew
	Overdue  int         `json:"overdue"`
	Audits   []auditJSON `json:"audits"` // those not held by due date, then results, newest first
	Duties   []dutyJSON  `json:"duties"`
}

// getAfterCareJSON is the life of a program after its acceptance.
func (s *Server) getAfterCareJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) {
		care := j.assessment.AfterCare
		answer := afterCareJSON{Program: j.Key, asKnown: newAsKnown(j), Begun: care.Begun, Reopened: []string{}, Overdue: care.Overdue(), Audits: []auditJSON{}, Duties: []dutyJSON{}}
		for _, i := range care.Reopened {
			answer.Reopened = append(answer.Reopened, j.assessment.Milestones[i].Milestone.Key)
		}
		for _, a := range care.Audits {
			answer.Audits = append(answer.Audits, newAuditJSON(j.Program, a))
		}
		for _, a := range care.Held {
			answer.Audits = append(answer.Audits, newAuditJSON(j.Program, metrics.AuditDate{Audit: a}))
		}
		for _, d := range j.Duties {
			answer.Duties = append(answer.Duties, dutyJSON{d.Key, d.Text, d.Article, d.Advice, servingKeys(j.Program, d.Key), d.Source, d.Provenance, d.Entry})
		}
		return answer, nil
	})
}

func newAuditJSON(p metrics.Program, d metrics.AuditDate) auditJSON {
	a := d.Audit
	answer := auditJSON{
		Key: a.Key, Trigger: string(a.Trigger), Duties: append([]string{}, a.Duties...), Milestones: servingKeys(p, a.Duties...), Due: a.Due, OverdueDays: d.OverdueDays,
		ChangedOn: a.ChangedOn, Change: a.Change, By: a.By, Entry: a.Entry, RecordedAt: rfc3339(a.RecordedAt),
	}
	if a.Result != "" {
		paper := newPaperJSON(p.Key, a.Paper)
		answer.Result, answer.HeldOn, answer.Auditor, answer.Finding, answer.Paper = new(string(a.Result)), a.HeldOn, a.Auditor, a.Finding, &paper
	}
	return answer
}

func servingKeys(p metrics.Program, duties ...string) []string {
	keys := []string{}
	for _, i := range p.Serving(duties...) {
		keys = append(keys, p.Milestones[i].Key)
	}
	return keys
}
