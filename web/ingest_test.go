package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
)

func TestReportIsRecordedOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.token("report")
	body := fmt.Sprintf(`{"event_id":"run-1/1","observed_at":%q,"done":40,"total":100,"failed":1,"unit":"records","run_id":"run-1","state":"running","next_report_seconds":300,"message":"batch 1"}`, observed(10))

	first := s.api("POST", reportsOfP1, body, bearing(token)).want(t, http.StatusCreated)
	receipt := decode[receiptJSON](t, first)
	if receipt.Effect != "applied" || receipt.ID != "run-1/1" || receipt.Milestone != "P1" || receipt.Entry != s.head() || receipt.LeafHash == (ledger.Hash{}) || receipt.Detail != "" {
		t.Errorf("receipt = %+v", receipt)
	}
	for range 3 {
		again := decode[receiptJSON](t, s.api("POST", reportsOfP1, body, bearing(token)).want(t, http.StatusOK))
		if again.Effect != "duplicate" || again.Entry != receipt.Entry || again.LeafHash != receipt.LeafHash || again.RecordedAt != receipt.RecordedAt || again.ID != receipt.ID {
			t.Errorf("replay = %+v, first = %+v", again, receipt)
		}
	}
	read := decode[reportJSON](t, s.api("GET", first.Header.Get("Location"), "", bearing(token)).want(t, http.StatusOK))
	if read.ID != "run-1/1" || read.LeafHash != receipt.LeafHash || read.Message != "batch 1" || read.Actor != "job:loader" {
		t.Errorf("behind Location: %+v", read)
	}
	milestone := decode[milestoneJSON](t, s.api("GET", "/api/v1/programs/demo/milestones/P1", "", bearing(token)).want(t, http.StatusOK))
	if *milestone.Done != 40 || *milestone.Total != 100 || *milestone.Failed != 1 || milestone.Reports != 1 || milestone.Share != 4000 {
		t.Errorf("milestone = %+v", milestone)
	}
}

func TestReportEffects(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.token("report")
	post := func(body string, changes ...with) answer {
		return s.api("POST", reportsOfP1, body, append(changes, bearing(token))...)
	}
	post(fmt.Sprintf(`{"event_id":"a","observed_at":%q,"done":50,"total":100}`, observed(10))).want(t, 201)

	stale := decode[receiptJSON](t, post(fmt.Sprintf(`{"event_id":"b","observed_at":%q,"done":30,"total":100}`, observed(20))).want(t, 201))
	if stale.Effect != "stale" || !strings.Contains(stale.Detail, "riwayat") {
		t.Errorf("an older report: %+v", stale)
	}
	english := decode[receiptJSON](t, post(fmt.Sprintf(`{"event_id":"c","observed_at":%q,"done":20,"total":100}`, observed(30)), header("Accept-Language", "en")).want(t, 201))
	if !strings.Contains(english.Detail, "history") {
		t.Errorf("in English: %+v", english)
	}
	alive := decode[receiptJSON](t, post(fmt.Sprintf(`{"event_id":"d","observed_at":%q,"state":"running"}`, observed(5))).want(t, 201))
	if alive.Effect != "applied" {
		t.Errorf("alive without counts: %+v", alive)
	}

	reused := decode[problem](t, post(fmt.Sprintf(`{"event_id":"a","observed_at":%q,"done":51,"total":100}`, observed(10))).want(t, 409))
	if reused.Type != "/problems/event-id-reused" || len(reused.Errors) != 1 || reused.Errors[0].Pointer != "/event_id" {
		t.Errorf("same id, other numbers: %+v", reused)
	}
	lower := fmt.Sprintf(`"event_id":"e","observed_at":%q,"done":45,"total":100`, observed(4))
	decrease := decode[problem](t, post("{"+lower+"}", header("Accept-Language", "en")).want(t, 409))
	for _, part := range []string{"done 50 of total 100", `"correction": {"reason": "…"}`} {
		if !strings.Contains(decrease.Detail, part) {
			t.Errorf("the detail %q lacks %q", decrease.Detail, part)
		}
	}
	if decrease.Type != "/problems/decrease-needs-correction" || decrease.Errors[0].Pointer != "/done" {
		t.Errorf("decrease: %+v", decrease)
	}
	// What the detail says is what works.
	post("{"+lower+`,"correction":{"reason":"counted twice"}}`).want(t, 201)
	summary := decode[summaryJSON](t, s.api("GET", "/api/v1/programs/demo/summary", "", bearing(s.token("read"))).want(t, 200))
	if summary.Reported != 2700 { // 45 % of 60 points
		t.Errorf("reported = %d", summary.Reported)
	}
}

func TestEventIDByHeader(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.token("report")
	body := fmt.Sprintf(`{"observed_at":%q,"done":1,"total":2}`, observed(1))
	key := header("Idempotency-Key", `"k-1"`)
	receipt := decode[receiptJSON](t, s.api("POST", reportsOfP1, body, bearing(token), key).want(t, 201))
	if receipt.ID != "k-1" {
		t.Errorf("id = %q", receipt.ID)
	}
	s.api("POST", reportsOfP1, body, bearing(token), header("Idempotency-Key", "k-1")).want(t, 200)
	s.api("POST", reportsOfP1, `{"event_id":"k-1",`+body[1:], bearing(token), key).want(t, 200)
	p := decode[problem](t, s.api("POST", reportsOfP1, `{"event_id":"k-2",`+body[1:], bearing(token), key).want(t, 422))
	if p.Errors[0].Pointer != "/event_id" {
		t.Errorf("disagreement: %+v", p)
	}
	s.api("POST", reportsOfP1, body, bearing(token)).want(t, 422)
}

// TestBadReports sends what must be refused, alone and in a batch, and looks that nothing was written.
func TestBadReports(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.token("report")
	now := time.Now().UTC()
	at := now.Format(time.RFC3339)
	good := `"event_id":"x","observed_at":"` + at + `"`
	num := func(done, total string) string { return "{" + good + `,"done":` + done + `,"total":` + total + "}" }
	cases := []struct {
		name, body string
		status     int
		pointer    string // "-": not looked at
	}{
		{"empty object", `{}`, 422, "/observed_at"},
		{"array", `[]`, 422, ""},
		{"null", `null`, 422, ""},
		{"string", `"x"`, 422, ""},
		{"NaN", num("NaN", "3"), 400, "/done"},
		{"Infinity", num("Infinity", "3"), 400, "/done"},
		{"exponent", num("1e3", "2000"), 422, "/done"},
		{"fraction", num("10.0", "20"), 422, "/done"},
		{"quoted number", num(`"5"`, "20"), 422, "/done"},
		{"null number", num("null", "20"), 422, "/done"},
		{"both null", num("null", "null"), 422, "/done"},
		{"true", num("true", "20"), 422, "/done"},
		{"negative", num("-1", "20"), 422, "/done"},
		{"minus zero", num("-0", "20"), 422, "/done"},
		{"2^53", num("1", "9007199254740992"), 422, "/total"},
		{"2^63", num("1", "9223372036854775808"), 422, "/total"},
		{"10^400", num("1", "1"+strings.Repeat("0", 400)), 422, "/total"},
		{"done over total", num("3", "2"), 422, "/done"},
		{"done of nothing", num("1", "0"), 422, "/done"},
		{"done alone", "{" + good + `,"done":1}`, 422, "/total"},
		{"total alone", "{" + good + `,"total":1}`, 422, "/done"},
		{"failed alone", "{" + good + `,"failed":1,"state":"failed"}`, 422, "/failed"},
		{"parts over total", "{" + good + `,"done":5,"total":10,"failed":4,"skipped":2}`, 422, "/done"},
		{"neither counts nor state", "{" + good + "}", 422, "/state"},
		{"duplicate member", "{" + good + `,"done":1,"done":2,"total":3}`, 400, "/done"},
		{"wrong case", "{" + good + `,"Done":1,"total":3}`, 422, "/Done"},
		{"unknown member", "{" + good + `,"done":1,"total":3,"role":"admin"}`, 422, "/role"},
		{"attributes", "{" + good + `,"done":1,"total":3,"attributes":{}}`, 422, "/attributes"},
		{"program in a single report", "{" + good + `,"done":1,"total":3,"program":"demo"}`, 422, "/program"},
		{"two documents", num("1", "3") + num("1", "3"), 400, ""},
		{"trailing text", num("1", "3") + "x", 400, ""},
		{"BOM", "\uFEFF" + num("1", "3"), 400, ""},
		{"blank body", "  ", 400, ""},
		{"invalid UTF-8", "{" + good + ",\"done\":1,\"total\":3,\"message\":\"\xff\"}", 400, ""},
		{"lone surrogate", "{" + good + `,"done":1,"total":3,"message":"\ud800"}`, 400, ""},
		{"NUL", "{" + good + `,"done":1,"total":3,"message":"a\u0000b"}`, 400, "/message"},
		{"control character", "{" + good + `,"done":1,"total":3,"message":"a\u001bb"}`, 422, "/message"},
		{"long message", "{" + good + `,"done":1,"total":3,"message":"` + strings.Repeat("x", 2001) + `"}`, 422, "/message"},
		{"blank message", "{" + good + `,"done":1,"total":3,"message":"  "}`, 422, "/message"},
		{"bidi in an id", `{"event_id":"a\u202eb","observed_at":"` + at + `","done":1,"total":3}`, 422, "/event_id"},
		{"zero-width in an id", `{"event_id":"a\u200bb","observed_at":"` + at + `","done":1,"total":3}`, 422, "/event_id"},
		{"line end in an id", `{"event_id":"a\r\nb","observed_at":"` + at + `","done":1,"total":3}`, 422, "/event_id"},
		{"empty id", `{"event_id":"","observed_at":"` + at + `","done":1,"total":3}`, 422, "/event_id"},
		{"long id", `{"event_id":"` + strings.Repeat("x", 129) + `","observed_at":"` + at + `","done":1,"total":3}`, 422, "/event_id"},
		{"null id", `{"event_id":null,"observed_at":"` + at + `","done":1,"total":3}`, 422, "/event_id"},
		{"depth", "{" + good + `,"x":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}", 400, "-"},
		{"other unit", "{" + good + `,"done":1,"total":3,"unit":"merchants"}`, 422, "/unit"},
		{"no such unit", "{" + good + `,"done":1,"total":3,"unit":"apples"}`, 422, "/unit"},
		{"no such state", "{" + good + `,"state":"RUNNING"}`, 422, "/state"},
		{"correction without reason", "{" + good + `,"done":1,"total":3,"correction":{}}`, 422, "/correction/reason"},
		{"correction with blank reason", "{" + good + `,"done":1,"total":3,"correction":{"reason":" "}}`, 422, "/correction/reason"},
		{"correction without counts", "{" + good + `,"state":"running","correction":{"reason":"x"}}`, 422, "/correction"},
		{"correction with more", "{" + good + `,"done":1,"total":3,"correction":{"reason":"x","by":"me"}}`, 422, "/correction/by"},
		{"correction is text", "{" + good + `,"done":1,"total":3,"correction":"x"}`, 422, "/correction"},
		{"next report now", "{" + good + `,"done":1,"total":3,"next_report_seconds":0}`, 422, "/next_report_seconds"},
		{"next report in 32 days", "{" + good + `,"done":1,"total":3,"next_report_seconds":2764800}`, 422, "/next_report_seconds"},
		{"next report twice", "{" + good + `,"done":1,"total":3,"next_report_seconds":60,"next_report_due_at":"` + now.Add(time.Hour).Format(time.RFC3339) + `"}`, 422, "/next_report_due_at"},
		{"next report before", "{" + good + `,"done":1,"total":3,"next_report_due_at":"` + now.Add(-time.Hour).Format(time.RFC3339) + `"}`, 422, "/next_report_due_at"},
	}
	for _, stamp := range []string{"", "yesterday", "2024-03-12", "2024-03-12T09:00:00", "2024-03-12 09:00:00Z", "2024-03-12T24:00:00Z", "2024-03-12T23:59:60Z", "2024-02-30T00:00:00Z",
		"2024-03-12T9:00:00Z", "2024-03-12T09:00:00,5Z", "2024-03-12t09:00:00z", "2024-03-12T09:00:00+7:00", "2024-03-12T09:00:00+25:00", "0000-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", now.Add(6 * time.Minute).Format(time.RFC3339), "2022-12-31T00:00:00Z"} {
		cases = append(cases, struct {
			name, body string
			status     int
			pointer    string
		}{"observed at " + stamp, `{"event_id":"x","observed_at":"` + stamp + `","done":1,"total":3}`, 422, "/observed_at"})
	}
	before := s.head()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := decode[problem](t, s.api("POST", reportsOfP1, c.body, bearing(token)).want(t, c.status))
			if c.pointer != "-" && (len(p.Errors) == 0 || p.Errors[0].Pointer != c.pointer) {
				t.Errorf("points at %+v, want %q", p.Errors, c.pointer)
			}
			if p.Detail == "" || p.RequestID == "" || p.Title == "" {
				t.Errorf("says too little: %+v", p)
			}
			if head := s.head(); head != before {
				t.Fatalf("something was written: head %d, was %d", head, before)
			}
		})
	}
	// The limits themselves are good, and an offset is no other instant.
	s.api("POST", reportsOfP1, num("9007199254740991", "9007199254740991"), bearing(token)).want(t, 201)
	zoned := strings.Replace(num("9007199254740991", "9007199254740991"), at, now.In(time.FixedZone("", 7*3600)).Format(time.RFC3339), 1)
	s.api("POST", reportsOfP1, zoned, bearing(token)).want(t, 200)
}

func TestBadBodies(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.token("report")
	good := fmt.Sprintf(`{"event_id":"x","observed_at":%q,"done":1,"total":3}`, observed(1))
	before := s.head()
	for name, c := range map[string]struct {
		body   string
		change with
		status int
	}{
		"text/plain":        {good, header("Content-Type", "text/plain"), 415},
		"form":              {good, asForm, 415},
		"XML":               {good, header("Content-Type", "application/xml"), 415},
		"multipart":         {good, header("Content-Type", "multipart/form-data; boundary=x"), 415},
		"no type":           {good, func(r *http.Request) { r.Header.Del("Content-Type") }, 415},
		"utf-16":            {good, header("Content-Type", "application/json; charset=utf-16"), 415},
		"problem type":      {good, header("Content-Type", "application/problem+json"), 415},
		"gzip":              {good, header("Content-Encoding", "gzip"), 415},
		"br":                {good, header("Content-Encoding", "br"), 415},
		"identity":          {good, header("Content-Encoding", "identity"), 415},
		"too large":         {`{"message":"` + strings.Repeat("x", maxSingleBody) + `"}`, nil, 413},
		"too large, chunks": {`{"message":"` + strings.Repeat("x", maxSingleBody) + `"}`, func(r *http.Request) { r.ContentLength = -1 }, 413},
		"no body":           {"", header("Content-Type", "application/json"), 400},
	} {
		t.Run(name, func(t *testing.T) {
			change := c.change
			if change == nil {
				change = func(*http.Request) {}
			}
			a := s.send("POST", reportsOfP1, c.body, bearing(token), change).want(t, c.status)
			if kind := a.Header.Get("Content-Type"); kind != "application/problem+json" {
				t.Errorf("Content-Type %q", kind)
			}
		})
	}
	if s.head() != before {
		t.Error("something was written")
	}
	s.send("POST", reportsOfP1, good, bearing(token), header("Content-Type", `application/json; charset="UTF-8"`)).want(t, 201)
}

func TestTokens(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	body := fmt.Sprintf(`{"event_id":"x","observed_at":%q,"done":1,"total":3}`, observed(1))
	token, session := s.token("report", "P1"), s.session(access.Engineer)
	broken := token[:len(token)-1] + "!"
	swapped := "tenggat_job_" + token[13:14] + token[12:13] + token[14:]
	before := s.head()
	for name, change := range map[string]with{
		"nothing":      func(*http.Request) {},
		"broken":       bearing(broken),
		"typing error": bearing(swapped),
		"unknown":      bearing(access.NewAPIToken()),
		"lower case":   bearing(strings.ToLower(token)),
		"basic":        header("Authorization", "Basic "+token),
		"bare":         header("Authorization", token),
		"twice": func(r *http.Request) {
			r.Header["Authorization"] = []string{"Bearer " + token, "Bearer " + token}
		},
		"session":       signedIn(session),
		"as a cookie":   func(r *http.Request) { r.AddCookie(&http.Cookie{Name: sessionCookie, Value: token}) },
		"session token": bearing(session),
		"in the query":  func(r *http.Request) { r.URL.RawQuery = "access_token=" + token + "&token=" + token },
	} {
		t.Run(name, func(t *testing.T) {
			a := s.send("POST", reportsOfP1, body, change).want(t, http.StatusUnauthorized)
			p := decode[problem](t, a)
			if p.Type != "/problems/unauthenticated" || p.Detail == "" || a.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%+v, WWW-Authenticate %q", p, a.Header.Get("WWW-Authenticate"))
			}
		})
	}
	s.send("POST", "/api/v1/programs/other/milestones/P1/reports", body, bearing(token)).want(t, 404)
	s.send("POST", "/api/v1/programs/none/milestones/P1/reports", body, bearing(token)).want(t, 404)
	s.send("POST", "/api/v1/programs/demo/milestones/U1/reports", body, bearing(token)).want(t, 403)
	s.send("POST", "/api/v1/programs/demo/milestones/XX/reports", body, bearing(s.token("report"))).want(t, 404)
	s.send("POST", reportsOfP1, body, bearing(s.token("read"))).want(t, 403)
	s.get("/programs/demo", bearing(s.token("read"))).want(t, http.StatusSeeOther) // no page opens to a token

	s.get("/api/v1/programs/demo/milestones/P1", bearing(token)).want(t, 200)
	s.get("/api/v1/programs/demo/milestones/U1", bearing(token)).want(t, 403)
	s.get("/api/v1/programs/demo/summary", bearing(token)).want(t, 403)
	s.get("/api/v1/programs/demo/summary", bearing(s.token("read", "P1"))).want(t, 403)
	s.get("/api/v1/programs/other/summary", bearing(s.token("read"))).want(t, 404)
	if s.head() != before {
		t.Error("something was written")
	}

	rows, err := s.db.Writer().Tokens(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	s.send("POST", reportsOfP1, body, bearing(token)).want(t, 201)
	for _, row := range rows {
		if err := s.db.Writer().RevokeToken(t.Context(), row.ID); err != nil {
			t.Fatal(err)
		}
	}
	s.send("POST", reportsOfP1, body, bearing(token)).want(t, 401)
	if strings.Contains(s.logs.String(), token) || strings.Contains(s.logs.String(), session) {
		t.Error("a secret is in the log")
	}
}

func TestTokenRate(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *Config) { c.TokenPerMinute = 3 })
	token := s.token("read")
	for range 3 {
		s.get("/api/v1/programs", bearing(token)).want(t, 200)
	}
	a := s.api("GET", "/api/v1/programs", "", bearing(token)).want(t, 429)
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	s.get("/api/v1/programs", bearing(s.token("read"))).want(t, 200)
	s.clock.forward(time.Minute)
	s.get("/api/v1/programs", bearing(token)).want(t, 200)
}

func TestGuessingTokensIsLimited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range 1000 {
		if a := s.get("/api/v1/programs", bearing("x"), header("X-Forwarded-For", newID())); a.StatusCode == 429 {
			return
		}
	}
	t.Error("1,000 bad tokens from one address were answered")
}

func TestBatch(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.token("report", "P1", "U1")
	one := func(id, milestone string, done int) string {
		return fmt.Sprintf(`{"program":"demo","milestone":%q,"event_id":%q,"observed_at":%q,"done":%d,"total":100}`, milestone, id, observed(5), done)
	}
	batch := func(items ...string) string { return `{"reports":[` + strings.Join(items, ",") + `]}` }

	type result struct {
		Index, Status int
		Problem       *problem
	}
	type batchResults struct {
		Summary batchSummary
		Results []result
	}
	got := decode[batchResults](t, s.api("POST", "/api/v1/reports:batch", batch(
		one("1", "P1", 10), one("2", "U1", 20), one("1", "P1", 10), one("1", "P1", 11), one("3", "M1", 1), one("4", "P1", 101),
		strings.Replace(one("5", "P1", 12), "demo", "other", 1),
	), bearing(token)).want(t, 200))
	wantStatus := []int{201, 201, 200, 409, 403, 422, 404}
	for i, r := range got.Results {
		if r.Index != i || r.Status != wantStatus[i] || (r.Problem != nil) != (wantStatus[i] >= 400) {
			t.Errorf("result %d: %+v, problem %+v", i, r, r.Problem)
		}
	}
	if got.Results[5].Problem.Errors[0].Pointer != "/reports/5/done" {
		t.Errorf("points at %+v", got.Results[5].Problem.Errors)
	}
	if want := (batchSummary{Received: 7, Applied: 2, Duplicate: 1, Rejected: 4}); got.Summary != want {
		t.Errorf("summary = %+v, want %+v", got.Summary, want)
	}

	before := s.head()
	p := decode[problem](t, s.api("POST", "/api/v1/reports:batch?atomic=true", batch(one("6", "P1", 30), one("7", "U1", 101)), bearing(token)).want(t, 422))
	if p.Errors[0].Pointer != "/reports/1/done" {
		t.Errorf("points at %+v", p.Errors)
	}
	s.api("POST", "/api/v1/reports:batch?atomic=true", batch(one("6", "P1", 30), one("7", "U1", 5)), bearing(token)).want(t, 409)
	s.send("POST", "/api/v1/reports:batch?atomic=true", batch(one("6", "P1", 30), `{"program":"demo"}`), bearing(token)).want(t, 422)
	s.send("POST", "/api/v1/reports:batch?atomic=yes", batch(one("6", "P1", 30)), bearing(token)).want(t, 400)
	if s.head() != before {
		t.Error("an atomic batch was written in part")
	}
	s.api("POST", "/api/v1/reports:batch?atomic=true", batch(one("6", "P1", 30), one("7", "U1", 40)), bearing(token)).want(t, 200)
	if s.head() != before+2 {
		t.Errorf("head %d, want %d", s.head(), before+2)
	}

	s.send("POST", "/api/v1/reports:batch", `{"reports":[]}`, bearing(token)).want(t, 422)
	s.send("POST", "/api/v1/reports:batch", `{"reports":{}}`, bearing(token)).want(t, 422)
	s.send("POST", "/api/v1/reports:batch", `[]`, bearing(token)).want(t, 422)
	many := make([]string, 1001)
	for i := range many {
		many[i] = one(fmt.Sprint("m", i), "P1", 50)
	}
	s.send("POST", "/api/v1/reports:batch", batch(many...), bearing(token)).want(t, 413)
	all := decode[batchResults](t, s.send("POST", "/api/v1/reports:batch", batch(many[:1000]...), bearing(token)).want(t, 200))
	if all.Summary.Received != 1000 || all.Summary.Rejected != 0 {
		t.Errorf("1,000 reports: %+v", all.Summary)
	}
	for _, path := range []string{"/api/v1/reports", "/api/v1/reportsx", "/api/v1/reports:bat", "/api/v1/reports:batch/"} {
		s.send("POST", path, batch(one("9", "P1", 60)), bearing(token)).want(t, 404)
	}
}
