package web

import (
	"context"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/tables"
	"tenggat/web/view"
)

const (
	readRows     = 50     // of a page
	maxReadsFile = 50_000 // of a file, the newest of them
)

// getReads shows what outside accounts read of the program. It is made anew for every reader: reads are no entries, so nothing tells
// when a page of them is out of date.
func (s *Server) getReads(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	before, err := r.number("before", 0, 1, ledger.MaxCount)
	if err != nil {
		return err
	}
	ctx := r.Request().Context()
	j, err := s.judge(ctx, r.credential, r.program.ID, m)
	if err != nil {
		return err
	}
	list, older, err := s.reads(ctx, r.credential, j.ID, m.asked, before, readRows)
	if err != nil {
		return err
	}
	f := withProgram(r.frame(r.queryOf("as_of", "lang", "before")), m, j)
	doc, err := render(ctx, view.ReadsPage(view.NewReadsModel(f, j.Program, list, older, before > 0)), time.Time{})
	if err != nil {
		return err
	}
	return send(r, doc)
}

// reads are what outside accounts read, and the id below which the next page begins; 0: there is none.
func (s *Server) reads(ctx context.Context, credential, programID string, asOf time.Time, before int64, limit int) (shown []view.Read, older int64, err error) {
	list, err := s.reader.Reads(ctx, credential, programID, asOf, before, limit+1)
	if len(list) > limit {
		list = list[:limit]
		older = list[limit-1].ID
	}
	for _, read := range list {
		shown = append(shown, view.Read{
			Reader: read.Reader, Role: read.Role, Refused: read.Refused, Path: read.Path, AsOf: read.AsOf, FirstAt: read.FirstAt, LastAt: read.LastAt, Times: read.Times,
		})
	}
	return shown, older, err
}

// auditTables are tables for those who may read the ledger.
var auditTables = map[string]tableMaker{
	"reads": {make: func(t tableSource) (tables.Table, error) {
		list, _, err := t.server.reads(t.ctx, t.credential, t.ID, t.at, 0, maxReadsFile)
		return view.ReadsFile(t.Program, list), err
	}},
}

// getAuditTable is one of the tables for those who may read the ledger as a file.
func (s *Server) getAuditTable(r *request) error { return s.sendTable(r, auditTables) }
