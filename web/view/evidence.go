package view

import (
	"net/url"
	"strconv"
	"strings"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// EvidenceModel is all evidence of a program, milestone by milestone.
type EvidenceModel struct {
	Frame
	Summary string
	Rows    []EvidenceMilestone
}

// EvidenceMilestone is one milestone with its evidence.
type EvidenceMilestone struct {
	Name, Href string
	State      Tag  // of the milestone
	Standing   *Tag // what its evidence amounts to; nil while it is open
	AddHref    string
	Pieces     []EvidencePiece
}

// EvidencePiece is one piece of evidence in words.
type EvidencePiece struct {
	Label, Description string
	Dated, Added       string
	Hash               string // of a file
	Kind               string // type and size of a file, or the link's host
	Href, HrefText     string // "" where its content was erased
	Link               bool   // leads elsewhere
	Erased             string
	State              Tag
	Review             []string
	ReviewHref         string // "" where it cannot be reviewed
}

// NewEvidenceModel makes the page.
func NewEvidenceModel(f Frame, p metrics.Program, a metrics.Assessment) EvidenceModel {
	w := words{f.Lang, p.Zone}
	m := EvidenceModel{Summary: w.T(i18n.EvidenceNoneDone)}
	if a.Missing.Done > 0 {
		m.Summary = w.N(i18n.EvidenceSummary, int64(a.Missing.Done), w.Int(int64(a.Missing.None)), w.Int(int64(a.Missing.Unaccepted)))
	}
	for _, row := range a.Milestones {
		m.Rows = append(m.Rows, newEvidenceMilestone(f, w, p, row))
	}
	m.Frame = f.titled("", f.t(i18n.Evidence))
	return m
}

func newEvidenceMilestone(f Frame, w words, p metrics.Program, row metrics.MilestoneAssessment) EvidenceMilestone {
	path := f.InProgram(MilestonePath(row.Milestone.Key))
	m := EvidenceMilestone{
		Name: w.milestoneName(row.Milestone), Href: f.Link(path), State: w.milestoneTag(row), Standing: w.evidenceStanding(row),
		Pieces: newEvidencePieces(f, w, p, row.Milestone),
	}
	if f.mayNow(access.AddEvidence) {
		m.AddHref = f.Link(path + "/evidence")
	}
	return m
}

// evidenceStanding says of a milestone that is done what its evidence amounts to.
func (w words) evidenceStanding(row metrics.MilestoneAssessment) *Tag {
	switch {
	case row.Open:
		return nil
	case row.Evidence.Waits+row.Evidence.Accepted == 0:
		return &Tag{"watch", "triangle", w.T(i18n.EvidenceMissing)}
	case row.Milestone.Verified < row.Milestone.Progress.Counts.Done:
		return &Tag{"unknown", "half", w.T(i18n.EvidencePartly)}
	}
	return &Tag{"done", "square-check", w.T(i18n.EvidenceFull)}
}

func newEvidencePieces(f Frame, w words, p metrics.Program, m metrics.Milestone) []EvidencePiece {
	var pieces []EvidencePiece
	for _, e := range p.EvidenceOf(m.Key) {
		piece := EvidencePiece{
			Label: w.written(e.Label), Description: w.text(e.Description), Dated: w.dayMid(e.ObservedOn), Hash: e.SHA256, State: w.evidenceTag(e),
			Added: w.T(i18n.EvidenceAddedBy, w.atMid(e.RecordedAt), w.actor(e.By)), Review: w.review(e, m),
		}
		if e.Provenance != "" {
			piece.Dated += " (" + w.provenance(e.Provenance) + ")"
		}
		piece.where(f, w, e)
		if f.mayNow(access.ReviewEvidence) {
			piece.ReviewHref = f.Link(f.InProgram(reviewPath(e.Key)))
		}
		pieces = append(pieces, piece)
	}
	return pieces
}

// where says what the piece is and leads to it.
func (piece *EvidencePiece) where(f Frame, w words, e metrics.Evidence) {
	switch {
	case e.SHA256 == "":
		piece.Link, piece.Href, piece.HrefText = true, e.Link, w.T(i18n.LinkOpens)
		if u, err := url.Parse(e.Link); err == nil {
			piece.Kind = u.Host
		}
	case e.Erased:
		piece.Kind, piece.Erased = w.fileKind(e), w.T(i18n.FileErased)
	default:
		piece.Kind, piece.Href, piece.HrefText = w.fileKind(e), f.Link(f.InProgram(FilePath(e.SHA256))), w.T(i18n.FileDownload, w.fileKind(e))
	}
}

// fileKind is "PDF, 1,2 MiB".
func (w words) fileKind(e metrics.Evidence) string {
	return w.T(i18n.FileTypeAndSize, fileType(e.MediaType), w.Size(e.Size))
}

// fileType is a media type as people call it.
func fileType(mediaType string) string {
	switch mediaType {
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return "XLSX"
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return "DOCX"
	case "text/plain":
		return "TXT"
	case "image/webp":
		return "WebP"
	}
	_, kind, _ := strings.Cut(mediaType, "/")
	return strings.ToUpper(kind)
}

func (w words) evidenceTag(e metrics.Evidence) Tag {
	switch e.State() {
	case metrics.EvidenceAccepted:
		return Tag{"done", "square-check", w.T(i18n.EvidenceAccepted)}
	case metrics.EvidenceRefused:
		return Tag{"late", "octagon-cross", w.T(i18n.EvidenceRefused)}
	case metrics.EvidenceVoid:
		return Tag{"unknown", "ring", w.T(i18n.EvidenceWithdrawn)}
	}
	return Tag{"watch", "half", w.T(i18n.EvidenceWaits)}
}

// review says how much a piece supports, who says so and why.
func (w words) review(e metrics.Evidence, m metrics.Milestone) []string {
	r := e.Review
	if r == nil {
		return nil
	}
	var lines []string
	switch {
	case e.Void:
		lines = append(lines, w.T(i18n.EvidenceVoidWhy))
	case r.Accepted:
		lines = append(lines, w.T(i18n.EvidenceSupports, w.supported(r.Done, m)))
	}
	lines = append(lines, w.T(i18n.EvidenceReviewBy, w.atMid(r.RecordedAt), w.actor(r.By)))
	if r.Reason != (metrics.Text{}) {
		lines = append(lines, w.text(r.Reason))
	}
	return lines
}

// supported is an amount of the milestone's own count, written out: it is no share that leads to a sum.
func (w words) supported(done int64, m metrics.Milestone) string {
	if c := m.Progress.Counts; c != nil {
		return w.T(i18n.CountOf, w.Int(done), w.Int(c.Total), w.unit(m.Unit))
	}
	return w.Int(done) + " " + w.unit(m.Unit)
}

// FilePath is where a stored file is downloaded, below its program's path.
func FilePath(sum string) string { return "/files/" + sum }

func reviewPath(key string) string { return "/evidence/" + url.PathEscape(key) + "/review" }

// NewAddEvidenceModel makes the form that adds evidence; ok is false if the program has no such milestone.
func NewAddEvidenceModel(f Frame, p metrics.Program, a metrics.Assessment, key string, form Form, eventID string, up Upload) (m ActModel, ok bool) {
	w := words{f.Lang, p.Zone}
	row, ok := milestoneOf(a, key)
	if !ok {
		return ActModel{}, false
	}
	path := f.InProgram(MilestonePath(key))
	m = ActModel{
		Form: form, Heading: w.T(i18n.EvidenceAdd), Intro: w.T(i18n.EvidenceAddIntro), Back: f.Link(path + "#evidence"), BackText: w.milestoneName(row.Milestone),
		Action: f.Link(path + "/evidence"), Save: w.T(i18n.EvidenceSave), EventID: eventID, Entry: strconv.FormatInt(p.Entry, 10),
		Facts: []ActFact{{Name: w.T(i18n.MilestoneDefinition), Value: w.text(row.Milestone.Definition)}, {Name: w.T(i18n.Progress), Value: w.counts(row.Milestone.Progress.Counts, row.Milestone.Unit)}},
	}
	m.Fields = []ActField{
		askLine("label", w.T(i18n.EvidenceLabel), w.T(i18n.EvidenceLabelHint)), askDate("observed_on", w.T(i18n.EvidenceObserved), ""),
		askText("description", w.optional(i18n.EvidenceDescription), ""), askLine("link", w.T(i18n.EvidenceLink), w.T(i18n.LinkUnsafe)), askFile(f, w.T(i18n.FileLabel), up),
	}
	return m.titledAct(f), true
}

// optional marks a label of a field that may be left empty.
func (w words) optional(label i18n.Message) string {
	return w.T(label) + " (" + w.T(i18n.Optional) + ")"
}

// NewReviewModel makes the form that judges a piece of evidence; me is who is looking, since nobody judges their own. ok is false if the
// program has no such evidence.
func NewReviewModel(f Frame, p metrics.Program, a metrics.Assessment, key, me string, form Form, eventID string) (m ActModel, ok bool) {
	w := words{f.Lang, p.Zone}
	for _, e := range p.Evidence {
		if e.Key != key {
			continue
		}
		row, ok := milestoneOf(a, e.Milestone)
		if !ok {
			return ActModel{}, false
		}
		m = ActModel{
			Form: form, Heading: w.T(i18n.ReviewTitle), Intro: w.T(i18n.ReviewIntro), Back: f.Link(f.InProgram("/evidence")), BackText: w.T(i18n.Evidence),
			Action: f.Link(f.InProgram(reviewPath(key))), Save: w.T(i18n.ReviewSave), EventID: eventID, Entry: strconv.FormatInt(p.Entry, 10), Facts: w.evidenceFacts(f, e, row),
		}
		if e.By == me {
			m.Closed = w.T(i18n.ReviewOwn)
		}
		if m.Values == nil && e.Review == nil && row.Milestone.Progress.Counts != nil {
			m.Values = map[string]string{"done": strconv.FormatInt(row.Milestone.Progress.Counts.Done, 10)}
		}
		m.Fields = []ActField{
			askOne("outcome", w.T(i18n.ReviewOutcome), "", []Choice{{Value: "accept", Text: w.T(i18n.ReviewAccept)}, {Value: "refuse", Text: w.T(i18n.ReviewRefuse)}}),
			askCount("done", w.T(i18n.ReviewDone, w.unit(row.Milestone.Unit)), w.T(i18n.ReviewDoneHint, w.counts(row.Milestone.Progress.Counts, row.Milestone.Unit))),
			askText("reason", w.T(i18n.ReviewReason), w.T(i18n.ReviewWhy)),
		}
		return m.titledAct(f), true
	}
	return ActModel{}, false
}

func (w words) evidenceFacts(f Frame, e metrics.Evidence, row metrics.MilestoneAssessment) []ActFact {
	piece := EvidencePiece{}
	piece.where(f, w, e)
	facts := []ActFact{
		{Name: w.T(i18n.Milestone), Value: w.milestoneName(row.Milestone), Href: f.Link(f.InProgram(MilestonePath(e.Milestone)))},
		{Name: w.T(i18n.EvidenceWhat), Value: w.written(e.Label)},
	}
	if piece.Href != "" {
		facts = append(facts, ActFact{Name: w.T(i18n.Source), Value: piece.HrefText + " (" + piece.Kind + ")", Href: piece.Href})
		if !piece.Link {
			facts[len(facts)-1].Value = piece.HrefText
		}
	} else {
		facts = append(facts, ActFact{Name: w.T(i18n.Source), Value: piece.Kind + ", " + w.T(i18n.EvidenceErasedS)})
	}
	if e.SHA256 != "" {
		facts = append(facts, ActFact{Name: w.T(i18n.EvidenceHashOf), Value: e.SHA256})
	}
	facts = append(facts, ActFact{Name: w.T(i18n.EvidenceDated), Value: w.day(e.ObservedOn)}, ActFact{Name: w.T(i18n.EvidenceAdded), Value: w.T(i18n.EvidenceAddedBy, w.at(e.RecordedAt), w.actor(e.By))})
	if description := w.text(e.Description); description != "" {
		facts = append(facts, ActFact{Name: w.T(i18n.EvidenceDescription), Value: description})
	}
	if e.Review != nil {
		facts = append(facts, ActFact{Name: w.T(i18n.ReviewLast), Value: w.evidenceTag(e).Word + ". " + strings.Join(w.review(e, row.Milestone), " ")})
	}
	return facts
}
