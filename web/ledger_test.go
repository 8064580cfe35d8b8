package web

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres/storetest"
	"tenggat/internal/verify"
)

// A regulator takes the whole ledger away and verifies it, together with an answer of the API that was saved earlier.
func TestLedgerIsVerifiedByWhoeverFetchedIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.sign()
	keys := []note.Verifier{s.verifier()}
	regulator, job := s.session(access.Regulator), s.token("read")
	summary := s.get("/api/v1/programs/demo/summary", signedIn(regulator)).want(t, http.StatusOK)
	milestones := s.get("/api/v1/programs/demo/milestones", signedIn(regulator)).want(t, http.StatusOK)
	for name, credential := range map[string]with{"regulator": signedIn(regulator), "token": bearing(job)} {
		a := s.api(http.MethodGet, "/api/v1/programs/demo/ledger", "", credential)
		a.want(t, http.StatusOK)
		if a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Content-Disposition") != `attachment; filename="demo-ledger.jsonl"` || a.Header.Get("Content-Type") != "application/x-ndjson" {
			t.Errorf("%s: %v", name, a.Header)
		}
		r := verify.Bundle(strings.NewReader(a.body), verify.Request{Keys: keys, Figures: []verify.File{
			{Name: "summary", Data: []byte(summary.body)}, {Name: "milestones", Data: []byte(milestones.body)},
		}})
		if r.Verdict != verify.Verified || r.FilesMatched != 2 || r.Published != 1 {
			t.Errorf("%s: %s %+v", name, r.Verdict, r.Findings)
		}
	}
	edited := strings.Replace(summary.body, `"reported_basis_points":3000`, `"reported_basis_points":8700`, 1)
	if edited == summary.body {
		t.Fatal("the summary does not say 30 points")
	}
	a := s.get("/api/v1/programs/demo/ledger", signedIn(regulator))
	r := verify.Bundle(strings.NewReader(a.body), verify.Request{Keys: keys, Figures: []verify.File{{Name: "summary", Data: []byte(edited)}}})
	if r.Verdict != verify.Contradicted || r.Findings[0].Member != "reported_basis_points" || r.Findings[0].Derived != "3000" {
		t.Errorf("a claimed 87: %s %+v", r.Verdict, r.Findings)
	}
	head := s.send(http.MethodHead, "/api/v1/programs/demo/ledger", "", signedIn(regulator))
	head.want(t, http.StatusOK)
	if head.Header.Get("Content-Type") != "application/x-ndjson" {
		t.Errorf("HEAD: %v", head.Header)
	}
}

func TestLedgerIsForThoseWhoReadLedgers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.api(http.MethodGet, "/api/v1/programs/demo/ledger", "", signedIn(s.session(access.Executive))).want(t, http.StatusForbidden)
	s.api(http.MethodGet, "/api/v1/programs/demo/ledger", "", bearing(s.token("report"))).want(t, http.StatusForbidden)
	limited := storetest.Token(t, s.db, "demo", []string{"read"}, "P1")
	s.api(http.MethodGet, "/api/v1/programs/demo/ledger", "", bearing(limited)).want(t, http.StatusForbidden)
	s.api(http.MethodGet, "/api/v1/programs/other/ledger", "", bearing(s.token("read"))).want(t, http.StatusNotFound)
	s.api(http.MethodGet, "/api/v1/programs/demo/ledger", "").want(t, http.StatusUnauthorized)
}

// tooLong is how many entries fit into no buffer between the server and somebody who does not read.
const tooLong = 400

// hurried serves the site with limits that any long answer exceeds, and asks it for the ledger; next to nothing of it is read yet.
func (s *site) hurried() (body io.Reader, goOn func()) {
	s.t.Helper()
	s.server.patience = 100 * time.Millisecond
	listening := httptest.NewUnstartedServer(nil)
	listening.Config = s.server.HTTPServer()
	listening.Config.WriteTimeout = s.server.patience
	listening.Start()
	s.t.Cleanup(listening.Close)
	conn, err := net.Dial("tcp", listening.Listener.Addr().String())
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprintf(conn, "GET /api/v1/programs/demo/ledger HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", s.token("read"))
	response, err := http.ReadResponse(bufio.NewReaderSize(conn, 4096), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.Body, func() { time.Sleep(5 * s.server.patience) }
}

// A ledger that takes longer than other answers may is sent all the same, as long as somebody reads.
func TestLedgerOutlastsOtherAnswers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fill(s, tooLong)
	body, wait := s.hurried()
	wait()
	raw, err := io.ReadAll(body)
	if err != nil || !bytes.HasSuffix(raw, []byte("\"}}\n")) || bytes.Count(raw, []byte("\n")) < tooLong {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
}

// A ledger that breaks off is cut, so that no client takes it for whole.
func TestBrokenLedgerIsCut(t *testing.T) {
	t.Parallel()
	db, dsns := storetest.OpenWithDSNs(t)
	id := storetest.Program(t, db, "demo")
	s := newSiteOn(t, db)
	s.programID = id
	fill(s, tooLong)
	body, _ := s.hurried()
	if _, err := io.ReadFull(body, make([]byte, 4096)); err != nil {
		t.Fatal(err)
	}
	owner, err := sql.Open("postgres", dsns.Owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = owner.Close() }()
	if _, err := owner.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"); err != nil { //nolint:forbidigo,noctx // a blow to the server
		t.Fatal(err)
	}
	if raw, err := io.ReadAll(body); err == nil {
		t.Errorf("%d bytes that pass for whole", len(raw))
	}
}

// fill records reports with so much said of each that some hundred of them are long.
func fill(s *site, reports int) {
	s.t.Helper()
	var units []ledger.Unit
	for i := range reports {
		d := storetest.Report("P1", fmt.Sprint("fill-", i), i, int64(i), 1_000_000)
		d.Texts = map[string]string{}
		for field := range 20 {
			d.Texts[fmt.Sprint("message-", field)] = strings.Repeat("x", ledger.MaxTextLength)
		}
		units = append(units, ledger.Unit{Drafts: []ledger.Draft{d}})
	}
	if _, err := s.db.Writer().AppendEach(s.t.Context(), s.programID, units); err != nil {
		s.t.Fatal(err)
	}
}

func TestProof(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	reader := signedIn(s.session(access.Executive))
	if _, err := s.db.Writer().Append(t.Context(), s.programID, ledger.Unit{Drafts: []ledger.Draft{storetest.Report("U1", "unsigned", 9, 0, 10)}}); err != nil {
		t.Fatal(err)
	}
	early := s.api(http.MethodGet, "/api/v1/programs/demo/proof?as_of="+url.QueryEscape(time.Now().Format(time.RFC3339Nano)), "", reader)
	early.want(t, http.StatusConflict)
	if !strings.Contains(early.body, "/problems/not-signed") || early.Header.Get("Retry-After") == "" {
		t.Errorf("%s %v", early.body, early.Header)
	}
	s.sign()
	keys := []note.Verifier{s.verifier()}
	a := s.api(http.MethodGet, "/api/v1/programs/demo/proof", "", reader)
	a.want(t, http.StatusOK)
	r := verify.Figure(strings.NewReader(a.body), keys)
	if r.Verdict != verify.Verified || r.Headline.Reported != 3000 || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s %+v %v", r.Verdict, r.Findings, a.Header)
	}
	var figure struct {
		Reported int64 `json:"reported_basis_points"`
	}
	if err := json.Unmarshal([]byte(a.body), &figure); err != nil || figure.Reported != 3000 {
		t.Errorf("%v %+v", err, figure)
	}
	s.api(http.MethodGet, "/api/v1/programs/demo/proof?as_of=2020-01-01", "", reader).want(t, http.StatusOK)
	s.api(http.MethodGet, "/api/v1/programs/demo/proof?as_of=never", "", reader).want(t, http.StatusBadRequest)
	s.api(http.MethodGet, "/api/v1/programs/other/proof", "", bearing(s.token("read"))).want(t, http.StatusNotFound)
}
