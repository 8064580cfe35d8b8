package web

import (
	"context"

	"tenggat/web/pdf"
	"tenggat/web/view"
)

// pdfType is the media type of documents for paper.
const pdfType = "application/pdf"

// getSummary is a program on one sheet of paper.
func (s *Server) getSummary(r *request) error {
	credential, base := r.credential, r.base
	return s.sendPage(r, nil, func(ctx context.Context, j judged, _ moment, f view.Frame) (component, error) {
		m, err := s.summary(ctx, credential, base, j, f)
		return view.SummaryPage(m), err
	})
}

// getSummaryPDF is the same sheet as a file.
func (s *Server) getSummaryPDF(r *request) error {
	credential, base := r.credential, r.base
	return s.sendMade(r, nil, func(ctx context.Context, j judged, _ moment, f view.Frame) (*document, error) {
		m, err := s.summary(ctx, credential, base, j, f)
		if err != nil {
			return nil, err
		}
		body, err := pdf.Summary(m)
		if err != nil {
			return nil, err
		}
		doc := newDocument(pdfType, body, j.validUntil)
		doc.file = j.Key + "-" + j.assessment.Today.String() + ".pdf"
		return doc, nil
	})
}

// summary makes the model of the sheet, which both are made of.
func (s *Server) summary(ctx context.Context, credential, base string, j judged, f view.Frame) (view.SummaryModel, error) {
	week, err := s.splitSince(ctx, credential, j, j.assessment.LastWeek.Since)
	if err != nil {
		return view.SummaryModel{}, err
	}
	rest := view.Rest{Base: base}
	if j.Entry > 0 {
		root, err := s.reader.Root(ctx, credential, j.ID, j.Entry)
		if err != nil {
			return view.SummaryModel{}, err
		}
		rest.Root = root.String()
	}
	return view.NewSummaryModel(f, j.Program, j.assessment, j.forecast(), week, rest), nil
}
