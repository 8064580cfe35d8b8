//go:build e2e

package e2e

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// SIGTERM: the program takes no new work, finishes what runs and exits 0. A report that was half sent when the signal came is
// acknowledged, and is there after the next start.
func TestTerminationFinishesWhatRuns(t *testing.T) {
	data := dataDir(t)
	p := serve(t, data, "--drain-delay", "300ms")
	openOffice(t, p)
	token := issue(t, p, officeProgram, "slow", "--scope", "report", "--scope", "read").Token

	slow := startReport(t, p, token, `{"event_id":"in-flight","observed_at":"2026-03-01T00:00:00Z","done":3,"total":10}`)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	eventually(t, "/readyz says that the program is about to stop", func() bool {
		a, err := visitor{program: p}.try(http.MethodGet, "/readyz", "", "")
		return err == nil && a.StatusCode == http.StatusServiceUnavailable && strings.Contains(a.body, "draining")
	})
	eventually(t, "new connections are refused", func() bool {
		conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	})
	if status := slow.finish(t); status != http.StatusCreated {
		t.Errorf("the report in flight was answered with %d, want 201", status)
	}
	if err := p.wait(); err != nil {
		t.Fatal(err)
	}

	again := serve(t, data)
	if got := reportIDs(t, visitor{program: again, token: token}, "P1")["in-flight"]; got != 1 {
		t.Errorf("the report in flight is there %d times, want once", got)
	}
}

// slowReport is a request of which the last byte has not been sent.
type slowReport struct {
	conn net.Conn
	rest string
}

func startReport(t *testing.T, p *program, token, body string) slowReport {
	t.Helper()
	host := strings.TrimPrefix(p.url, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "POST /api/v1/programs/%s/milestones/P1/reports HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		officeProgram, host, token, len(body))
	if err != nil {
		t.Fatal(err)
	}
	// Once the program asks for the body, the request is being handled.
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, " 100 ") {
		t.Fatalf("instead of asking for the body: %q, %v", line, err)
	}
	if _, err := conn.Write([]byte(body[:len(body)-1])); err != nil {
		t.Fatal(err)
	}
	return slowReport{conn, body[len(body)-1:]}
}

func (s slowReport) finish(t *testing.T) int {
	t.Helper()
	if _, err := s.conn.Write([]byte(s.rest)); err != nil {
		t.Fatal(err)
	}
	_ = s.conn.SetReadDeadline(time.Now().Add(patience))
	answers := bufio.NewReader(s.conn)
	for {
		response, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatalf("the request in flight was not answered: %v", err)
		}
		if response.StatusCode != http.StatusContinue {
			return response.StatusCode
		}
	}
}

// eventually waits until something has come true.
func eventually(t testing.TB, what string, come func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !come(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it never came true that %s", what)
		}
	}
}

// reportIDs counts, by event id, the reports of a milestone that the API lists.
func reportIDs(t *testing.T, v visitor, milestone string) map[string]int {
	t.Helper()
	ids := map[string]int{}
	for before := ""; ; {
		page := decode[struct {
			Reports []struct {
				ID string `json:"id"`
			} `json:"reports"`
			Next *int64 `json:"next_before"`
		}](t, v.get(t, "/api/v1/programs/"+officeProgram+"/milestones/"+milestone+"/reports?limit=200"+before).want(t, http.StatusOK))
		for _, r := range page.Reports {
			ids[r.ID]++
		}
		if page.Next == nil {
			return ids
		}
		before = fmt.Sprintf("&before=%d", *page.Next)
	}
}

// kill -9 while jobs post: after the next start every acknowledged report is there exactly once, and the projections are what
// the ledger says.
func TestKilledWhilePosting(t *testing.T) {
	data := dataDir(t)
	p := serve(t, data)
	openOffice(t, p)
	token := issue(t, p, officeProgram, "flood", "--scope", "report", "--scope", "read").Token

	f := &flood{visitor: visitor{program: p, token: token}, stop: make(chan struct{})}
	f.start(8)
	eventually(t, "200 reports are acknowledged", func() bool { return f.acknowledged() >= 200 })
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-p.ended
	close(f.stop)
	f.senders.Wait()

	again := serve(t, data)
	restarted := visitor{program: again, token: token}
	ids := reportIDs(t, restarted, "P1")
	for _, id := range f.acked {
		if ids[id] != 1 {
			t.Errorf("the acknowledged report %s is there %d times", id, ids[id])
		}
	}
	if extra := len(ids) - len(f.acked); extra < 0 || extra > 8 {
		t.Errorf("%d reports for %d acknowledged ones and 8 senders", len(ids), len(f.acked))
	}
	wantNoDifference(t, again)

	// What got no answer is sent again, and so is what got one: it counts once.
	for _, body := range f.bodies[len(f.bodies)-20:] {
		if a := restarted.report(t, officeProgram, "P1", body); a.StatusCode != http.StatusCreated && a.StatusCode != http.StatusOK {
			t.Errorf("sent again: status %d\n%s", a.StatusCode, a.body)
		}
	}
	for id, times := range reportIDs(t, restarted, "P1") {
		if times != 1 {
			t.Errorf("after sending again the report %s is there %d times", id, times)
		}
	}
}

// flood is a number of senders that post until the program is gone.
type flood struct {
	visitor
	stop    chan struct{}
	senders sync.WaitGroup

	mu     sync.Mutex
	next   int
	bodies []string // all that were sent
	acked  []string // event ids that got 201
}

func (f *flood) start(senders int) {
	for range senders {
		f.senders.Go(func() {
			for f.sendOne() {
			}
		})
	}
}

// sendOne reports whether there is any point in going on.
func (f *flood) sendOne() bool {
	select {
	case <-f.stop:
		return false
	default:
	}
	id, body := f.nextReport()
	a, err := f.try(http.MethodPost, "/api/v1/programs/"+officeProgram+"/milestones/P1/reports", "application/json", body)
	if err != nil {
		return false
	}
	if a.StatusCode == http.StatusCreated {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.acked = append(f.acked, id)
	}
	return true
}

// nextReport makes reports that are all as good as any other in whatever order they come: the same count, ever later.
func (f *flood) nextReport() (id, body string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next++
	id = fmt.Sprintf("flood-%05d", f.next)
	at := time.Date(2026, 2, 1, 0, 0, f.next, 0, time.UTC).Format(time.RFC3339)
	body = fmt.Sprintf(`{"event_id":%q,"observed_at":%q,"done":5,"total":10}`, id, at)
	f.bodies = append(f.bodies, body)
	return id, body
}

func (f *flood) acknowledged() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.acked)
}

// A database elsewhere: the schema is the operator's to bring up, and the program refuses one that is not.
func TestDatabaseURL(t *testing.T) {
	env := []string{"DATABASE_URL=" + bareDatabase(t)}
	if complaint := command(t, env, "", "serve", "--addr", "127.0.0.1:0").fails(t, 1); !strings.Contains(complaint, "schema up") {
		t.Errorf("a database without schema: %s", complaint)
	}
	if out := command(t, env, "", "schema", "status").ok(t); !strings.Contains(out, "pending") {
		t.Errorf("schema status before: %s", out)
	}
	if out := command(t, env, "", "schema", "up").ok(t); !strings.Contains(out, "applied 1") {
		t.Errorf("schema up: %s", out)
	}
	if out := command(t, env, "", "schema", "up").ok(t); strings.Contains(out, "applied") {
		t.Errorf("schema up again: %s", out)
	}
	p, err := launch("", env, "serve")
	if err != nil {
		t.Fatal(err)
	}
	openOffice(t, p)
	job := visitor{program: p, token: issue(t, p, officeProgram, "elsewhere").Token}
	job.report(t, officeProgram, "P1", `{"event_id":"1","observed_at":"2026-03-01T00:00:00Z","done":1,"total":10}`).want(t, http.StatusCreated)
	if page := reader(t, p).get(t, "/programs/"+officeProgram+"?lang=en").want(t, http.StatusOK).body; !strings.Contains(words(page), "6% of the whole") {
		t.Errorf("the overview does not show 6%%:\n%s", words(page))
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

// Logs say what happened and hold no password, token, session or query: at the most talkative, in both forms.
func TestLogsHoldNoSecret(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			p := serve(t, dataDir(t), "--log-level", "debug", "--log-format", format)
			openOffice(t, p)
			guess := url.Values{"email": {officeReader}, "password": {keepSecret("tebakan yang keliru")}}
			visitor{program: p}.post(t, "/sign-in", guess).want(t, http.StatusUnprocessableEntity)
			person := reader(t, p)
			person.get(t, "/programs/"+officeProgram+"?as_of=2026-03-01&secret="+keepSecret("in-the-query")).want(t, http.StatusOK)
			job := visitor{program: p, token: issue(t, p, officeProgram, "quiet").Token}
			job.report(t, officeProgram, "P1", `{"event_id":"1","observed_at":"2026-03-01T00:00:00Z","done":1,"total":10,"message":"`+keepSecret("what the job said")+`"}`).want(t, http.StatusCreated)
			if err := p.stop(); err != nil {
				t.Fatal(err)
			}
			log := p.log.String()
			if !strings.Contains(log, "/programs/:program") || !strings.Contains(log, "job:quiet") || format == "json" && !strings.HasPrefix(log, "{") {
				t.Errorf("the log does not say what happened:\n%s", log)
			}
		})
	}
}
