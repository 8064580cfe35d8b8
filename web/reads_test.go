package web

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

const readsPath = "/programs/demo/audit/reads?lang=en"

// flushed are all lines of reads of "demo", the newest first.
func (s *site) flushed() []postgres.Read {
	s.t.Helper()
	if err := s.server.readLog.flush(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	list, err := s.db.Reader().Reads(s.t.Context(), s.session(access.Compliance), s.programID, time.Time{}, 0, 1000)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

// What a regulator and a reading token are shown is noted, added up by the hour; what others read, and what was not shown, is not.
func TestOutsideReadsAreNoted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	regulator, token := signedIn(s.session(access.Regulator)), bearing(s.token("read"))
	for range 2 {
		s.get("/programs/demo/milestones/P1?lang=en", regulator).want(t, 200)
	}
	s.get("/programs/demo/items?as_of=2024-01-08", regulator).want(t, 200)
	s.get("/programs/demo/tables/items.csv", regulator).want(t, 200)
	s.api("GET", "/api/v1/programs/demo/summary", "", token).want(t, 200)
	s.get("/programs/demo/milestones/none", regulator).want(t, 404)
	s.get("/programs/other", regulator).want(t, 404)
	for _, role := range []access.Role{access.Executive, access.Engineer, access.Compliance} {
		s.get("/programs/demo", signedIn(s.session(role))).want(t, 200)
	}
	s.api("GET", "/api/v1/programs/demo/milestones/P1", "", bearing(s.token("report"))).want(t, 200)

	var got []string
	for _, r := range s.flushed() {
		asOf := ""
		if !r.AsOf.IsZero() {
			asOf = " as of " + r.AsOf.Format(time.RFC3339Nano)
		}
		got = append(got, fmt.Sprintf("%s %s%s %d", r.Role, r.Path, asOf, r.Times))
	}
	want := []string{
		"job /api/v1/programs/demo/summary 1", "regulator /programs/demo/tables/items.csv 1",
		"regulator /programs/demo/items as of 2024-01-08T16:59:59.999999Z 1", "regulator /programs/demo/milestones/P1 2",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("noted\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	s.get("/programs/demo/milestones/P1", regulator).want(t, 200)
	if list := s.flushed(); len(list) != 4 || list[3].Times != 3 { // in the same hour, unless one has just ended
		if list[0].Hour == list[len(list)-1].Hour {
			t.Errorf("a read of the same hour is a line of its own: %+v", list)
		}
	}
}

// A write that is refused to an account that only looks is noted, an engineer's mistake is not.
func TestRefusedWritesAreNoted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	for _, role := range []access.Role{access.Regulator, access.Executive} {
		s.send("POST", "/programs/demo/items/new", "title=x", asForm, signedIn(s.session(role))).want(t, 403)
	}
	s.send("POST", "/programs/demo/deadlines/new", "x=1", asForm, signedIn(s.session(access.Engineer))).want(t, 403)
	s.api("POST", "/api/v1/programs/demo/milestones/P1/reports", "{}", bearing(s.token("read"))).want(t, 403)
	roles := map[access.Role]int{}
	for _, r := range s.flushed() {
		if r.Refused {
			roles[r.Role]++
		}
	}
	if len(roles) != 3 || roles[access.Regulator] != 1 || roles[access.Executive] != 1 || roles[access.Job] != 1 {
		t.Errorf("refused writes that are noted: %v", roles)
	}
	page := s.get(readsPath, signedIn(s.session(access.Compliance))).want(t, 200).body
	if !strings.Contains(page, "Change refused: Outstanding") || !strings.Contains(page, "Executive") {
		t.Error("the page does not tell of it")
	}
}

// Compliance and regulators see the page and its file, in words and in pages that stay what they are; nobody else does.
func TestReadsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	compliance := signedIn(s.session(access.Compliance))
	if body := s.get(readsPath, compliance).want(t, 200).body; !strings.Contains(body, "No read from outside is noted.") {
		t.Error("something was read before anybody read")
	}
	reads := map[postgres.ReadKey]postgres.ReadCount{}
	for i := range readRows + 5 {
		at := time.Date(2024, 2, 1, 0, i, 0, 0, time.UTC)
		key := postgres.ReadKey{ProgramID: s.programID, Reader: "p-1", Role: access.Regulator, Path: fmt.Sprintf("/programs/demo/milestones/M%d/tables/history.csv", i), Hour: at.Truncate(time.Hour)}
		reads[key] = postgres.ReadCount{FirstAt: at, LastAt: at.Add(time.Second), Times: 7}
	}
	if err := s.db.Writer().RecordReads(t.Context(), reads); err != nil {
		t.Fatal(err)
	}
	body := s.get(readsPath, compliance).want(t, 200).body
	for _, want := range []string{"Milestones: M54, file history.csv", "Regulator", "the present", ">7<", "Older reads"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	all := s.table("/programs/demo/audit/tables/reads.json", compliance)
	if len(all.Rows) != readRows+5 {
		t.Errorf("%d rows in the file", len(all.Rows))
	}
	second := s.get(readsPath+"&before=6", compliance).want(t, 200).body
	if strings.Count(second, "<tr>") != 1+5 || !strings.Contains(second, "Newest reads") || strings.Contains(second, "Older reads") {
		t.Errorf("the second page has %d lines", strings.Count(second, "<tr>")-1)
	}
	if body := s.get(readsPath+"&as_of=2024-01-31", compliance).want(t, 200).body; strings.Contains(body, "history.csv") {
		t.Error("reads are known before they were made")
	}
	for _, role := range []access.Role{access.Executive, access.Engineer} {
		s.get(readsPath, signedIn(s.session(role))).want(t, 403)
		s.get("/programs/demo/audit/tables/reads.csv", signedIn(s.session(role))).want(t, 403)
		if body := s.get(auditPath, signedIn(s.session(role))).want(t, 200).body; strings.Contains(body, "/audit/reads") {
			t.Errorf("%s is led to a page that does not open", role)
		}
	}
	if body := s.get(auditPath, compliance).want(t, 200).body; !strings.Contains(body, "/audit/reads") {
		t.Error("nothing leads to the page")
	}
}

// Reads of a program open to its own readers only, and go when they are purged.
func TestReadsAreKeptApartAndPurged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	old, young := time.Date(2024, 1, 31, 16, 0, 0, 0, time.UTC), time.Date(2024, 1, 31, 17, 0, 0, 0, time.UTC) // 23:00, and midnight in Jakarta
	reads := map[postgres.ReadKey]postgres.ReadCount{}
	for _, at := range []time.Time{old, young} {
		reads[postgres.ReadKey{ProgramID: s.programID, Reader: "p-1", Role: access.Regulator, Path: "/programs/demo", Hour: at}] = postgres.ReadCount{FirstAt: at, LastAt: at, Times: 1}
	}
	if err := s.db.Writer().RecordReads(t.Context(), reads); err != nil {
		t.Fatal(err)
	}
	stranger := storetest.Account(t, s.db, access.Regulator, "other")
	if list, err := s.db.Reader().Reads(t.Context(), stranger, s.programID, time.Time{}, 0, 10); err != nil || len(list) != 0 {
		t.Errorf("a stranger sees %d reads, %v", len(list), err)
	}
	day, err := metrics.ParseDay("2024-02-01")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.db.Writer().PurgeReads(t.Context(), day); err != nil || n != 1 {
		t.Errorf("%d purged, %v", n, err)
	}
	if list := s.flushed(); len(list) != 1 || !list[0].FirstAt.Equal(young) {
		t.Errorf("left: %+v", list)
	}
}

// What was read just before the end is written down before the process stops.
func TestFinishWritesReadsDown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.get("/programs/demo", signedIn(s.session(access.Regulator))).want(t, 200)
	if err := s.server.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := s.db.Reader().Reads(t.Context(), s.session(access.Compliance), s.programID, time.Time{}, 0, 10)
	if err != nil || len(list) != 1 {
		t.Errorf("%d reads, %v", len(list), err)
	}
}

// Without anybody asking for it, reads are written down within seconds.
func TestReadsAreWrittenDownByThemselves(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.get("/programs/demo", signedIn(s.session(access.Regulator))).want(t, 200)
	session := s.session(access.Compliance)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		list, err := s.db.Reader().Reads(t.Context(), session, s.programID, time.Time{}, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 1 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("not written down")
		}
	}
}

// While they cannot be written, reads wait up to a bound; what is beyond it is counted in the log.
func TestReadsWaitForTheDatabase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	log := newReadLog(s.db.Writer(), slog.New(slog.NewJSONHandler(s.logs, nil)))
	at := time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)
	note := func(i int) {
		key := postgres.ReadKey{ProgramID: s.programID, Reader: "p-1", Role: access.Regulator, Path: fmt.Sprint("/", i), Hour: at}
		log.add(key, postgres.ReadCount{FirstAt: at, LastAt: at, Times: 1})
	}
	note(0)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if log.flush(gone) == nil {
		t.Fatal("written down although nothing could be")
	}
	for i := range maxPendingReads + 3 { // the first waits already
		note(i)
	}
	if err := log.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.logs.String(), `"reads":3`) {
		t.Error("the log does not count what was lost")
	}
	list, err := s.db.Reader().Reads(t.Context(), s.session(access.Compliance), s.programID, time.Time{}, 0, maxPendingReads+10)
	if err != nil || len(list) != maxPendingReads {
		t.Fatalf("%d lines written down, %v", len(list), err)
	}
	for _, r := range list {
		if again := r.Path == "/0"; again != (r.Times == 2) {
			t.Errorf("%s was read %d times", r.Path, r.Times)
		}
	}
}
