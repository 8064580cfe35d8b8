package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres/storetest"
)

// seededFile is the document that seed cites.
const seededFile = "day,calls\n1,0\n"

var seededSum = sumOf(seededFile)

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// someEvidence are the visible fields of the form that adds evidence.
func someEvidence(eventID string) url.Values {
	return url.Values{"event_id": {eventID}, "entry": {"1"}, "label": {"Traffic log of seven days"}, "observed_on": {"2024-01-09"}, "description": {""}, "link": {""}}
}

func aReview(eventID string, entry int64) url.Values {
	return url.Values{"event_id": {eventID}, "entry": {fmt.Sprint(entry)}, "outcome": {"accept"}, "done": {"40"}, "reason": {""}}
}

// anUpload is a form with a file, the file last, as browsers send it; without a name no file was chosen.
func anUpload(fields url.Values, name, content string) (body, contentType string) {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	for field, values := range fields {
		for _, value := range values {
			_ = w.WriteField(field, value) // a bytes.Buffer takes everything
		}
	}
	quoted := strings.NewReplacer("\\", "\\\\", `"`, "%22", "\r", "%0D", "\n", "%0A").Replace(name) // as browsers write a name
	part, _ := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename="%s"`, quoted)}, "Content-Type": {"text/html"},
	})
	_, _ = io.WriteString(part, content)
	_ = w.Close()
	return buf.String(), w.FormDataContentType()
}

const newEvidence = "/programs/demo/milestones/P1/evidence"

// bring sends a document for P1.
func (s *site) bring(session string, fields url.Values, name, content string) answer {
	s.t.Helper()
	body, kind := anUpload(fields, name, content)
	return s.send("POST", newEvidence, body, header("Content-Type", kind), signedIn(session))
}

func (s *site) evidence() []metrics.Evidence {
	s.t.Helper()
	state, err := s.db.Writer().ProgramState(s.t.Context(), s.programID, time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	return state.Evidence
}

// The whole way: an engineer brings a document, cannot judge it, a compliance officer does, and everybody who reads the program sees what
// it amounts to.
func TestEvidenceIsBroughtAndJudged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	engineer, officer, before := s.session(access.Engineer), s.session(access.Compliance), s.head()
	if page := s.get(newEvidence, signedIn(engineer)).want(t, 200); !strings.Contains(page.body, `enctype="multipart/form-data"`) || !strings.Contains(page.body, `accept=".pdf`) {
		t.Error("the form takes no file")
	}
	form := someEvidence(s.server.newEventID())
	content := "day,calls\n1,0\n2,0\n"
	for range 2 { // a double submit brings one
		if a := s.bring(engineer, form, "laporan.csv", content).want(t, http.StatusSeeOther); !strings.HasPrefix(a.Header.Get("Location"), "/programs/demo/milestones/P1?") {
			t.Errorf("led to %s", a.Header.Get("Location"))
		}
	}
	if s.head() != before+1 {
		t.Fatalf("head %d, want %d", s.head(), before+1)
	}
	brought := s.evidence()[1]
	if brought.SHA256 != sumOf(content) || brought.MediaType != "text/csv" || brought.Size != int64(len(content)) || brought.Label.EN != "Traffic log of seven days" {
		t.Fatalf("%+v", brought)
	}
	review := "/programs/demo/evidence/" + brought.Key + "/review"
	s.get(review, signedIn(engineer)).want(t, http.StatusForbidden)
	if page := s.get(review, signedIn(officer)).want(t, 200); !strings.Contains(page.body, brought.SHA256) || !strings.Contains(page.body, `value="50"`) {
		t.Error("the form does not show the hash, or the count to be supported")
	}
	s.post(review, aReview(s.server.newEventID(), s.head()), officer).want(t, http.StatusSeeOther)
	for _, path := range []string{"/programs/demo/evidence?lang=en", "/programs/demo/milestones/P1?lang=en"} {
		page := s.get(path, signedIn(s.session(access.Regulator))).want(t, 200)
		for _, want := range []string{"Traffic log of seven days", brought.SHA256, "CSV", "Accepted", "Supports 40 of 100 records.", "/programs/demo/files/" + brought.SHA256, "Waits for review", "9 Jan 2024"} {
			if !strings.Contains(page.body, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
		for _, never := range []string{"/review", "Add evidence"} {
			if strings.Contains(page.body, never) {
				t.Errorf("%s offers a regulator %q", path, never)
			}
		}
	}
	list := decode[evidenceListJSON](t, s.api("GET", "/api/v1/programs/demo/evidence", "", bearing(s.token("read"))))
	if p1 := list.Milestones[0]; p1.Key != "P1" || p1.Verified != 40 || *p1.Done != 50 || len(p1.Evidence) != 2 || p1.Evidence[1].Review == nil || p1.Evidence[0].State != metrics.EvidenceWaits {
		t.Errorf("%+v", p1)
	}
	if summary := decode[summaryJSON](t, s.get("/api/v1/programs/demo/summary", bearing(s.token("read")))); summary.Verified != 2400 {
		t.Errorf("verified %d, want 24 points", summary.Verified)
	}
}

// A compliance officer may bring evidence too, and is then told that somebody else judges it. The same for whoever forges the form.
func TestNobodyJudgesTheirOwnEvidence(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	officer := s.session(access.Compliance)
	s.bring(officer, someEvidence(s.server.newEventID()), "a.csv", "x\n").want(t, http.StatusSeeOther)
	review, before := "/programs/demo/evidence/"+s.evidence()[1].Key+"/review", s.head()
	if page := s.get(review+"?lang=en", signedIn(officer)).want(t, 200); !strings.Contains(page.body, "Somebody else has to review it") || strings.Contains(page.body, `name="outcome"`) {
		t.Error("an officer is offered a form to judge their own evidence")
	}
	s.post(review, aReview(s.server.newEventID(), before), officer).want(t, http.StatusForbidden)
	if s.head() != before {
		t.Error("something was written")
	}
}

// Two officers at once: the second is told what the first said.
func TestReviewsDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	one, two, seen := s.session(access.Compliance), s.session(access.Compliance), s.head()
	const review = "/programs/demo/evidence/evidence-1/review"
	s.post(review, aReview(s.server.newEventID(), seen), one).want(t, http.StatusSeeOther)
	refuse := aReview(s.server.newEventID(), seen)
	refuse.Set("outcome", "refuse")
	refuse.Set("reason", "Another month")
	if a := s.post(review, refuse, two).want(t, http.StatusConflict); !strings.Contains(a.body, "Another month") {
		t.Error("what was typed is lost")
	}
	refuse.Set("entry", fmt.Sprint(s.head()))
	refuse.Set("event_id", s.server.newEventID())
	s.post(review, refuse, two).want(t, http.StatusSeeOther)
	if e := s.evidence()[0]; e.Review.Accepted || e.Review.Reason.EN != "Another month" {
		t.Errorf("%+v", e.Review)
	}
}

func TestReviewFormMendsInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	officer, before := s.session(access.Compliance), s.head()
	for name, c := range map[string]struct{ field, value, wrong string }{
		"no outcome": {"outcome", "", "outcome"}, "another outcome": {"outcome", "perhaps", "outcome"}, "no count": {"done", "", "done"}, "a fraction": {"done", "1.5", "done"},
		"below 0": {"done", "-1", "done"}, "refused without a reason": {"outcome", "refuse", "reason"},
	} {
		form := aReview(s.server.newEventID(), before)
		form.Set(c.field, c.value)
		if a := s.post("/programs/demo/evidence/evidence-1/review", form, officer).want(t, 422); !strings.Contains(a.body, `id="`+c.wrong+`-error"`) {
			t.Errorf("%s: no error at %s", name, c.wrong)
		}
	}
	s.post("/programs/demo/evidence/none/review", aReview(s.server.newEventID(), before), officer).want(t, 404)
	if s.head() != before {
		t.Error("something was written")
	}
}

// What a form lacks is asked for, and what it brought already, the document included, need not be given again.
func TestEvidenceFormMendsInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, before := s.session(access.Engineer), s.head()
	for name, c := range map[string]struct{ field, value, wrong string }{
		"no label": {"label", " ", "label"}, "a long label": {"label", strings.Repeat("x", maxLabelLength+1), "label"}, "two lines": {"label", "a\nb", "label"},
		"no day": {"observed_on", "", "observed_on"}, "tomorrow": {"observed_on", "2999-01-01", "observed_on"}, "not a day": {"observed_on", "soon", "observed_on"},
		"a file and a link": {"link", "https://files.example/x", "link"}, "plain http": {"link", "http://files.example/x", "link"},
		"a script": {"link", "javascript:alert(1)", "link"}, "a script in disguise": {"link", " java\nscript:alert(1)", "link"}, "data": {"link", "data:text/html,<script>", "link"},
		"vbscript": {"link", "vbscript:x", "link"}, "no scheme": {"link", "//evil.example/x", "link"}, "credentials": {"link", "https://u:p@evil.example/x", "link"},
		"a user": {"link", "https://good.example@evil.example/", "link"}, "a local file": {"link", "file:///etc/passwd", "link"}, "no host": {"link", "https:///x", "link"},
		"a backslash": {"link", `https://good.example\@evil.example/`, "link"}, "turned around": {"link", "https://x.example/\u202egnp", "link"},
		"too long": {"link", "https://x.example/" + strings.Repeat("x", ledger.MaxLinkLength), "link"},
	} {
		form := someEvidence(s.server.newEventID())
		form.Set(c.field, c.value)
		a := s.bring(session, form, "log.csv", seededFile+name)
		if a.StatusCode != 422 || !strings.Contains(a.body, `id="`+c.wrong+`-error"`) || !strings.Contains(a.body, "error-summary") {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
		if c.field != "label" && !strings.Contains(a.body, "Traffic log of seven days") {
			t.Errorf("%s: what was typed is lost", name)
		}
		if !strings.Contains(a.body, `name="kept" value="`+sumOf(seededFile+name)+`"`) {
			t.Errorf("%s: the file has to be chosen again", name)
		}
	}
	none := someEvidence(s.server.newEventID())
	if a := s.bring(session, none, "", "").want(t, 422); !strings.Contains(a.body, `id="file-error"`) {
		t.Error("neither file nor link, and no error at the file")
	}
	gone := someEvidence(s.server.newEventID())
	gone.Set("kept", strings.Repeat("0", 64))
	s.bring(session, gone, "", "").want(t, 422)
	more := someEvidence(s.server.newEventID())
	more.Set("done", "100")
	s.bring(session, more, "a.csv", "x").want(t, 422)
	twice := someEvidence(s.server.newEventID())
	twice["label"] = []string{"a", "b"}
	s.bring(session, twice, "a.csv", "x").want(t, 422)
	s.bring(session, url.Values{"event_id": {"x"}, "entry": {"1"}}, "a.csv", "x").want(t, 400)
	if a := s.send("POST", newEvidence, none.Encode(), asForm, signedIn(session)); a.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("a form without a place for a file: %d", a.StatusCode)
	}
	if s.head() != before {
		t.Fatal("something was written")
	}
	kept := someEvidence(s.server.newEventID())
	kept.Set("label", "")
	s.bring(session, kept, "once.csv", "once\n").want(t, 422)
	kept.Set("label", "Kept")
	kept.Set("kept", sumOf("once\n"))
	kept.Set("event_id", s.server.newEventID())
	s.bring(session, kept, "", "").want(t, http.StatusSeeOther)
	if e := s.evidence()[1]; e.SHA256 != sumOf("once\n") || e.Label.EN != "Kept" {
		t.Errorf("%+v", e)
	}
	link := someEvidence(s.server.newEventID())
	link.Set("link", "https://files.example/a/b?c=d#e")
	s.bring(session, link, "", "").want(t, http.StatusSeeOther)
	page := s.get("/programs/demo/evidence", signedIn(session))
	if !strings.Contains(page.body, `href="https://files.example/a/b?c=d#e" rel="noopener noreferrer"`) {
		t.Error("a link opens without rel")
	}
}

// Files that are none of the documents taken in are refused whatever they call themselves, and what is taken is named safely.
func TestHostileUploads(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *Config) { c.UploadLimit = 64 << 10 })
	s.seed()
	session, before := s.session(access.Engineer), s.head()
	for name, c := range map[string]struct {
		file, content string
		want          int
	}{
		"a page named PDF":    {"report.pdf", "<!DOCTYPE html><script>alert(1)</script>", 422},
		"a drawing":           {"x.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, 422},
		"a drawing named PNG": {"x.png", `<?xml version="1.0"?><svg/>`, 422},
		"a program":           {"x.csv", "MZ\x00\x01", 422},
		"nothing":             {"empty.pdf", "", 422},
		"one byte too large":  {"large.txt", strings.Repeat("x", 64<<10+1), 413},
		"far too large":       {"large.txt", strings.Repeat("x", 200<<10), 413},
	} {
		a := s.bring(session, someEvidence(s.server.newEventID()), c.file, c.content)
		if a.StatusCode != c.want || !strings.Contains(a.body, `id="file-error"`) || !strings.Contains(a.body, "Traffic log of seven days") {
			t.Errorf("%s: %d, want %d with an error at the file and what was typed", name, a.StatusCode, c.want)
		}
		if a := s.get("/programs/demo/files/"+sumOf(c.content), signedIn(session)); a.StatusCode != 404 {
			t.Errorf("%s was kept", name)
		}
	}
	if s.head() != before {
		t.Fatal("something was written")
	}
	for name, c := range map[string]struct{ file, content, saved string }{
		"a path and a header":       {"../../x\"\r\nSet-Cookie: a=b", "%PDF-1.7 one", "xSet-Cookie ab.pdf"},
		"5,000 characters":          {strings.Repeat("y", 5000) + ".pdf", "%PDF-1.7 two", strings.Repeat("y", 100) + ".pdf"},
		"PDF and page in one":       {"both.html", "%PDF-1.7\n<script>alert(1)</script>", "both.html.pdf"},
		"a name in another script":  {"наблюдение.csv", "a,b\n", "наблюдение.csv"},
		"an archive larger than it": {"bomb.zip", "PK\x03\x04" + strings.Repeat("\x00", 100), "bomb.zip"},
		"at the limit":              {"full.txt", strings.Repeat("z", 64<<10), "full.txt"},
	} {
		s.bring(session, someEvidence(s.server.newEventID()), c.file, c.content).want(t, http.StatusSeeOther)
		a := s.get("/programs/demo/files/"+sumOf(c.content), signedIn(session)).want(t, 200)
		if a.body != c.content {
			t.Errorf("%s: came back different", name)
		}
		wantDownload(t, name, a, c.saved)
	}
}

// wantDownload checks that a browser saves the answer under its safe name, and neither shows nor runs it.
func wantDownload(t *testing.T, name string, a answer, saved string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(a.Header.Get("Content-Disposition"))
	if err != nil || kind != "attachment" || params["filename"] != saved {
		t.Errorf("%s: disposition %q, want the name %q", name, a.Header.Get("Content-Disposition"), saved)
	}
	for header, part := range map[string]string{"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"} {
		if !strings.Contains(a.Header.Get(header), part) {
			t.Errorf("%s: %s is %q", name, header, a.Header.Get(header))
		}
	}
	if !slices.Contains(ledger.MediaTypes(), a.Header.Get("Content-Type")) {
		t.Errorf("%s: type %q", name, a.Header.Get("Content-Type"))
	}
	if len(a.Header.Values("Set-Cookie")) > 0 {
		t.Errorf("%s: a cookie came out of a file's name", name)
	}
}

func TestDocumentsComeBackAsDownloads(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	path := "/programs/demo/files/" + seededSum
	for _, role := range []access.Role{access.Executive, access.Regulator, access.Engineer, access.Compliance} {
		a := s.get(path, signedIn(s.session(role))).want(t, 200)
		if a.body != seededFile {
			t.Errorf("%s: %q", role, a.body)
		}
		wantDownload(t, string(role), a, "lalu lintas.csv")
	}
	session := s.session(access.Regulator)
	if a := s.send("HEAD", path, "", signedIn(session)).want(t, 200); a.body != "" || a.Header.Get("Content-Length") != fmt.Sprint(len(seededFile)) {
		t.Errorf("HEAD: %d bytes, length %s", len(a.body), a.Header.Get("Content-Length"))
	}
	for _, sum := range []string{strings.ToUpper(seededSum), seededSum[:63], strings.Repeat("0", 64), "..%2f..%2fetc%2fpasswd", "x"} {
		s.get("/programs/demo/files/"+sum, signedIn(session)).want(t, 404)
	}
	s.get("/programs/other/files/"+seededSum, signedIn(session)).want(t, 404)
	s.get(path, bearing(s.token("read"))).want(t, http.StatusSeeOther)
}

// An erased document is said to be erased, wherever it is cited, and its hash stays.
func TestErasedDocumentsAreSaidToBe(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Regulator)
	s.get("/programs/demo/evidence", signedIn(session)).want(t, 200) // now it is kept in memory
	erase := storetest.By("p-dewi", storetest.Fact(ledger.KindFileErasure, ledger.FileErasure{SHA256: seededSum}), "reason", "A name was in it")
	if _, err := s.db.Writer().EraseFile(t.Context(), s.programID, erase); err != nil {
		t.Fatal(err)
	}
	if a := s.get("/programs/demo/files/"+seededSum+"?lang=en", signedIn(session)).want(t, http.StatusGone); !strings.Contains(a.body, "erased") || a.Header.Get("Content-Disposition") != "" {
		t.Errorf("%.300s", a.body)
	}
	page := s.get("/programs/demo/evidence?lang=en", signedIn(session)).want(t, 200)
	if !strings.Contains(page.body, "content has been erased") || !strings.Contains(page.body, seededSum) || strings.Contains(page.body, "/files/"+seededSum) {
		t.Error("the list does not say that the file was erased")
	}
	if a := s.bring(s.session(access.Engineer), someEvidence(s.server.newEventID()), "again.csv", seededFile).want(t, 422); !strings.Contains(a.body, `id="file-error"`) {
		t.Error("an erased file is taken in again")
	}
}

// A session that ended while the form was filled in keeps its texts; the document has to be chosen again, which nobody else could.
func TestEvidenceTextsSurviveASessionThatEnded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	a := s.bring("gone", someEvidence(s.server.newEventID()), "log.csv", seededFile+"more").want(t, http.StatusSeeOther)
	to, err := url.Parse(a.Header.Get("Location"))
	if err != nil || to.Path != "/sign-in" || to.Query().Get("notice") != "kept" {
		t.Fatalf("led to %s", a.Header.Get("Location"))
	}
	page := s.get(to.Query().Get("next"), signedIn(s.session(access.Engineer))).want(t, 200)
	if !strings.Contains(page.body, `value="Traffic log of seven days"`) || !strings.Contains(page.body, `value="2024-01-09"`) {
		t.Error("what was typed is lost")
	}
	if a := s.get("/programs/demo/files/"+sumOf(seededFile+"more"), signedIn(s.session(access.Engineer))); a.StatusCode != 404 {
		t.Error("a stranger's file was kept")
	}
}

// A body that ends early, is framed wrong or hides a file in a text field leaves nothing behind.
func TestBrokenUploads(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, before := s.session(access.Engineer), s.head()
	whole, kind := anUpload(someEvidence(s.server.newEventID()), "a.csv", "x\n")
	for name, c := range map[string]struct {
		body, kind string
		want       int
	}{
		"cut in the file":    {whole[:len(whole)-70], kind, 400},
		"another boundary":   {whole, "multipart/form-data; boundary=other", 400},
		"no boundary":        {whole, "multipart/form-data", 400},
		"mixed":              {whole, strings.Replace(kind, "form-data", "mixed", 1), 415},
		"a file as a label":  {strings.Replace(whole, `name="label"`, `name="label"; filename="x"`, 1), kind, 422},
		"a label of 100 kB":  {strings.Replace(whole, "Traffic log of seven days", strings.Repeat("x", 100<<10), 1), kind, 413},
		"two files":          {strings.Replace(whole, `name="link"`, `name="file"; filename="b.csv"`, 1), kind, 422},
		"packed":             {whole, kind, 415},
		"a field of no name": {strings.Replace(whole, `name="link"`, `nom="link"`, 1), kind, 422},
	} {
		changes := []with{header("Content-Type", c.kind), signedIn(session)}
		if name == "packed" {
			changes = append(changes, header("Content-Encoding", "gzip"))
		}
		if a := s.send("POST", newEvidence, c.body, changes...); a.StatusCode != c.want {
			t.Errorf("%s: %d, want %d\n%.200s", name, a.StatusCode, c.want, a.body)
		}
	}
	if s.head() != before {
		t.Error("something was written")
	}
}

// Whoever is not let in is not listened to for longer than others, however slowly the upload comes.
func TestStrangersDoNotHoldUploadsOpen(t *testing.T) {
	t.Parallel() // it waits
	s := newSite(t)
	s.seed()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\n", newEvidence); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(25 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err != nil {
		t.Errorf("neither answered nor closed: %v", err)
	}
}
