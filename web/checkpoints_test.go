package web

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

// verifier is the key of "demo".
func (s *site) verifier() note.Verifier {
	s.t.Helper()
	keys, err := s.signer.PublicKeys(s.programID)
	if err != nil {
		s.t.Fatal(err)
	}
	v, err := ledger.NewVerifier(keys[len(keys)-1].Verifier)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

func (s *site) sign() postgres.Checkpoint {
	s.t.Helper()
	c, err := s.signer.Sign(s.t.Context(), s.programID, postgres.SignedRequest)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

type inclusionJSON struct {
	Entry      int64         `json:"entry"`
	Leaf       ledger.Hash   `json:"leaf_hash"`
	Size       int64         `json:"size"`
	Root       ledger.Hash   `json:"root"`
	Proof      []ledger.Hash `json:"proof"`
	Checkpoint *string       `json:"checkpoint"`
}

// A job's receipt is a signed promise, single, in a batch and again for a repeat; the API proves later that it was kept.
func TestReceiptsAreSignedAndKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.token("report read")
	single := fmt.Sprintf(`{"event_id":"one","observed_at":%q,"state":"running"}`, observed(1))
	first := decode[receiptJSON](t, s.api("POST", reportsOfP1, single, bearing(token)).want(t, 201))
	promise, err := ledger.OpenPromise([]byte(first.Receipt), s.verifier())
	if err != nil || len(promise.Entries) != 1 || promise.Entries[0].Entry != first.Entry || promise.Entries[0].Leaf != first.LeafHash {
		t.Fatalf("%+v, %v", promise, err)
	}
	again := decode[receiptJSON](t, s.api("POST", reportsOfP1, single, bearing(token)).want(t, 200))
	if again.Receipt != first.Receipt {
		t.Errorf("a repeat is promised %q, the first time %q", again.Receipt, first.Receipt)
	}
	report := func(id, milestone string) string {
		return fmt.Sprintf(`{"program":"demo","milestone":%q,"event_id":%q,"observed_at":%q,"state":"running"}`, milestone, id, observed(1))
	}
	batch := decode[struct {
		Results []struct {
			Entry   int64  `json:"entry"`
			Receipt string `json:"receipt"`
		} `json:"results"`
		Receipt string `json:"receipt"`
	}](t, s.api("POST", "/api/v1/reports:batch", `{"reports":[`+report("a", "P1")+","+report("b", "none")+","+report("c", "U1")+`]}`, bearing(token)).want(t, 200))
	promise, err = ledger.OpenPromise([]byte(batch.Receipt), s.verifier())
	if err != nil || len(promise.Entries) != 2 || promise.Entries[1].Entry != batch.Results[2].Entry || batch.Results[2].Receipt != "" {
		t.Fatalf("%+v, %v", promise, err)
	}
	s.api("GET", "/api/v1/programs/demo/proofs/inclusion?entry=1", "", bearing(token)).want(t, 404) // nothing was signed yet
	c := s.sign()
	for _, e := range append(promise.Entries, ledger.Promised{Entry: first.Entry, Leaf: first.LeafHash}) {
		p := decode[inclusionJSON](t, s.api("GET", fmt.Sprintf("/api/v1/programs/demo/proofs/inclusion?entry=%d", e.Entry), "", bearing(token)).want(t, 200))
		if err := ledger.CheckInclusion(p.Proof, e.Entry, e.Leaf, p.Size, p.Root); err != nil || p.Checkpoint == nil || *p.Checkpoint != c.Note || p.Root != c.Root {
			t.Errorf("entry %d: %v", e.Entry, err)
		}
	}
	if refused := s.api("POST", "/api/v1/reports:batch", `{"reports":[`+report("d", "none")+`]}`, bearing(token)).want(t, 200); strings.Contains(refused.body, "receipt") {
		t.Errorf("a receipt for nothing: %s", refused.body)
	}
}

// Without a key, and while signing is refused, reports are taken as ever and nothing is promised.
func TestReportsWithoutAKey(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *Config) { c.Signer = nil })
	body := fmt.Sprintf(`{"event_id":"one","observed_at":%q,"state":"running"}`, observed(1))
	a := s.api("POST", reportsOfP1, body, bearing(s.token("report"))).want(t, 201)
	if strings.Contains(a.body, `"receipt"`) {
		t.Errorf("promised without a key: %s", a.body)
	}
	page := s.get("/programs/demo/checkpoints?lang=en", signedIn(s.session(access.Regulator))).want(t, 200)
	if !strings.Contains(page.body, "This server holds no key") {
		t.Error("the page does not say that there is no key")
	}
	if ready := s.get("/readyz").want(t, 200); !strings.Contains(ready.body, `"checkpoints":"unsigned"`) {
		t.Errorf("%s", ready.body)
	}
}

func TestCheckpointOverTheAPI(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Regulator)
	const at = "/api/v1/programs/demo/checkpoint"
	s.api("GET", at, "", signedIn(session)).want(t, 404)
	first := s.sign()
	s.seed()
	second := s.sign()
	a := s.api("GET", at, "", signedIn(session)).want(t, 200)
	if got, err := ledger.OpenCheckpoint([]byte(a.body), s.verifier()); err != nil || got != second.Checkpoint || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("%+v, %v", got, err)
	}
	if got, _ := strings.CutPrefix(second.Origin, "tenggat.test/program/"); got != s.programID {
		t.Errorf("origin %s", second.Origin)
	}
	s.api("GET", at, "", signedIn(session), header("If-None-Match", a.Header.Get("ETag"))).want(t, http.StatusNotModified)
	if older := s.api("GET", at+"?size=9", "", signedIn(session)).want(t, 200); older.body != first.Note {
		t.Errorf("%s", older.body)
	}
	s.api("GET", at+"?size=10", "", signedIn(session)).want(t, 404)
	s.api("GET", at+"?size=x", "", signedIn(session)).want(t, 400)
	list := decode[struct {
		Checkpoints []checkpointJSON `json:"checkpoints"`
		Next        *int64           `json:"next_skip"`
	}](t, s.api("GET", at+"s?limit=1", "", signedIn(session)).want(t, 200))
	if len(list.Checkpoints) != 1 || list.Checkpoints[0].Note != second.Note || list.Next == nil || *list.Next != 1 {
		t.Errorf("%+v", list)
	}
	last := s.api("GET", at+"s?limit=1&skip=1", "", signedIn(session)).want(t, 200)
	if !strings.Contains(last.body, `"next_skip":null`) || !strings.Contains(last.body, first.Root.String()) {
		t.Errorf("%s", last.body)
	}
	proof := decode[struct {
		FromRoot ledger.Hash   `json:"from_root"`
		ToRoot   ledger.Hash   `json:"to_root"`
		Proof    []ledger.Hash `json:"proof"`
	}](t, s.api("GET", "/api/v1/programs/demo/proofs/consistency?from=9", "", signedIn(session)).want(t, 200))
	if err := ledger.CheckConsistency(proof.Proof, 9, first.Root, second.Size, second.Root); err != nil || proof.FromRoot != first.Root || proof.ToRoot != second.Root {
		t.Errorf("%+v, %v", proof, err)
	}
	for _, query := range []string{"inclusion", "inclusion?entry=0", "inclusion?entry=1&size=x", "consistency", "consistency?from=-1"} {
		s.api("GET", "/api/v1/programs/demo/proofs/"+query, "", signedIn(session)).want(t, 400)
	}
	for _, query := range []string{fmt.Sprintf("inclusion?entry=%d", s.head()+1), "inclusion?entry=3&size=2", "inclusion?entry=1&size=99", fmt.Sprintf("consistency?from=%d", s.head()+1), "consistency?from=3&to=2"} {
		s.api("GET", "/api/v1/programs/demo/proofs/"+query, "", signedIn(session)).want(t, 404)
	}
	s.api("GET", "/api/v1/programs/demo/proofs/inclusion?entry=3&size=4", "", signedIn(session)).want(t, 200)
}

// Pages and answers name the checkpoint that was the newest at the moment they are read at, and change with the next one.
func TestCheckpointsAsOf(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Regulator)
	paths := []string{"/programs/demo?lang=en", "/programs/demo/checkpoints?lang=en", "/programs/demo/checkpoints?lang=id", "/api/v1/programs/demo/checkpoints?", "/api/v1/programs/demo/checkpoint?", "/api/v1/programs/demo/proofs/inclusion?entry=1"}
	type shown struct {
		at     time.Time
		bodies []string
	}
	var archive []shown
	keep := func() {
		t.Helper()
		now := shown{at: time.Now()}
		for _, path := range paths {
			now.bodies = append(now.bodies, s.get(path, signedIn(session)).body)
		}
		archive = append(archive, now)
	}
	keep()
	first := s.sign()
	keep()
	s.seed()
	keep()
	second := s.sign()
	keep()
	if err := s.signer.Rotate(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	s.sign()
	for i, want := range []string{"No checkpoint has been signed yet.", first.Root.String(), second.Root.String(), second.Root.String()} {
		if !strings.Contains(archive[i].bodies[0], want) {
			t.Errorf("page %d does not name the checkpoint of then", i)
		}
	}
	for i, old := range archive {
		for n, path := range paths {
			if strings.Contains(path, "/demo?") {
				continue // ages count on; the archive of past pages has it
			}
			again := s.get(path+"&as_of="+url.QueryEscape(old.at.Format(time.RFC3339Nano)), signedIn(session))
			if then, now := withoutIDs(old.bodies[n]), withoutIDs(again.body); then != now {
				t.Errorf("%s at moment %d is not what was shown:\n%.3000s", path, i, cmp.Diff(lines(then), lines(now)))
			}
		}
	}
}

// withoutIDs leaves out of an answer what says as of when it is, and the number of its request.
func withoutIDs(body string) string {
	body = withoutAsOf(body)
	if before, _, is := strings.Cut(body, `"request_id"`); is {
		return before
	}
	return body
}

// That signing is refused is said on the page, to monitors, and by the absence of receipts.
func TestRefusalIsShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.sign()
	if err := os.RemoveAll(s.keys); err != nil { // the key is lost, and another is made in its place
		t.Fatal(err)
	}
	if err := os.Mkdir(s.keys, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := s.signer.Sign(t.Context(), s.programID, postgres.SignedInterval); err == nil {
		t.Fatal("signed over another key's checkpoints")
	}
	regulator := signedIn(s.session(access.Regulator))
	for lang, want := range map[string]string{"en": "Signing is refused", "id": "Penandatanganan ditolak"} {
		if page := s.get("/programs/demo/checkpoints?lang="+lang, regulator).want(t, 200); !strings.Contains(page.body, want) {
			t.Errorf("the page in %s does not say it", lang)
		}
	}
	if ready := s.get("/readyz").want(t, 200); !strings.Contains(ready.body, `"checkpoints":"refused"`) {
		t.Errorf("%s", ready.body)
	}
	body := fmt.Sprintf(`{"event_id":"one","observed_at":%q,"state":"running"}`, observed(1))
	if a := s.api("POST", reportsOfP1, body, bearing(s.token("report"))).want(t, 201); strings.Contains(a.body, `"receipt"`) {
		t.Errorf("promised while refusing: %s", a.body)
	}
}
