package web

import (
	"tenggat/web/view"
)

// progressReportJSON is a signed report, without its content.
type progressReportJSON struct {
	Number     int64                 `json:"number"`
	From       string                `json:"from"`
	To         string                `json:"to"`
	AsOf       string                `json:"as_of"` // of its figures
	Snapshot   int64                 `json:"snapshot_entry"`
	Content    string                `json:"content_sha256"`
	Office     string                `json:"office"`
	Signer     string                `json:"signer,omitempty"` // missing: erased
	Pseudonym  string                `json:"signer_pseudonym"`
	Dissent    string                `json:"dissent,omitempty"`
	SignedAt   string                `json:"signed_at"`
	Entry      int64                 `json:"entry"` // that signed it
	Checkpoint *reportCheckpointJSON `json:"checkpoint"`
	Replaces   int64                 `json:"replaces,omitempty"`
	ReplacedBy int64                 `json:"replaced_by,omitempty"`
	Files      []reportFileJSON      `json:"files,omitempty"`
}

type reportCheckpointJSON struct {
	Origin string `json:"origin"`
	Size   int64  `json:"size"`
	Root   string `json:"root"`
}

type reportFileJSON struct {
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	SHA256    string `json:"sha256"`
	Erased    bool   `json:"erased"`
}

func newProgressReportJSON(r view.SignedReport) progressReportJSON {
	answer := progressReportJSON{
		Number: r.Number, From: r.From.String(), To: r.To.String(), AsOf: rfc3339(r.AsOf), Snapshot: r.Snapshot, Content: r.Content, Office: r.Office,
		Signer: r.Signer, Pseudonym: r.Actor, Dissent: r.Dissent, SignedAt: rfc3339(r.SignedAt), Entry: r.Entry, Replaces: r.Replaces, ReplacedBy: r.ReplacedBy,
	}
	if c := r.Checkpoint; c != nil {
		answer.Checkpoint = &reportCheckpointJSON{c.Origin, c.Size, c.Root}
	}
	return answer
}

// getProgressReportsJSON lists a program's signed reports, the newest first.
func (s *Server) getProgressReportsJSON(r *request) error {
	ctx, credential := r.Request().Context(), r.credential
	return s.sendJudged(r, func(j judged) (any, error) {
		signed, err := s.signedReports(ctx, credential, j)
		answer := struct {
			Program string `json:"program"`
			asKnown
			Reports []progressReportJSON `json:"reports"`
		}{j.Key, newAsKnown(j), []progressReportJSON{}}
		for _, report := range signed {
			answer.Reports = append(answer.Reports, newProgressReportJSON(report))
		}
		return answer, err
	})
}

// getProgressReportJSON is one signed report with its files.
func (s *Server) getProgressReportJSON(r *request) error {
	ctx, credential, number := r.Request().Context(), r.credential, r.param("number")
	return s.sendJudged(r, func(j judged) (any, error) {
		report, err := s.signedReport(ctx, credential, j, number)
		if err != nil {
			return nil, err
		}
		files, err := s.reportFiles(ctx, credential, j.ID, report)
		answer := newProgressReportJSON(report)
		for _, f := range files {
			answer.Files = append(answer.Files, reportFileJSON{f.Name, f.MediaType, f.Size, f.SHA256, f.Erased})
		}
		return answer, err
	})
}
