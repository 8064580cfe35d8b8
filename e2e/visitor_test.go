//go:build e2e

package e2e

import (
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const sessionCookie = "__Host-tenggat"

// visitor speaks HTTP to a program as one person or one job.
type visitor struct {
	program *program
	session string
	token   string
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

// signedIn is a person with a session. Every account signs in once and keeps it: sign-ins are rate-limited.
func (p *program) signedIn(t testing.TB, email, password string) visitor {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sessions[email] == "" {
		p.sessions[email] = p.newSession(t, email, password)
	}
	return visitor{program: p, session: p.sessions[email]}
}

func (p *program) newSession(t testing.TB, email, password string) string {
	t.Helper()
	a := visitor{program: p}.post(t, "/sign-in", url.Values{"email": {email}, "password": {keepSecret(password)}}).want(t, http.StatusSeeOther)
	for _, c := range a.Cookies() {
		if c.Name == sessionCookie {
			return keepSecret(c.Value)
		}
	}
	t.Fatalf("signing in as %s gave no session", email)
	return ""
}

func (v visitor) get(t testing.TB, path string) answer {
	t.Helper()
	return v.send(t, http.MethodGet, path, "", "")
}

// post sends a form.
func (v visitor) post(t testing.TB, path string, form url.Values) answer {
	t.Helper()
	return v.send(t, http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode())
}

// report sends a job's report.
func (v visitor) report(t testing.TB, program, milestone, body string) answer {
	t.Helper()
	return v.send(t, http.MethodPost, "/api/v1/programs/"+program+"/milestones/"+milestone+"/reports", "application/json", body)
}

// send makes one request and follows no redirect.
func (v visitor) send(t testing.TB, method, path, contentType, body string) answer {
	t.Helper()
	a, err := v.try(method, path, contentType, body)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// try is send for a program that may go away meanwhile.
func (v visitor) try(method, path, contentType, body string) (answer, error) {
	request, err := http.NewRequestWithContext(background, method, v.program.url+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	if v.session != "" {
		request.AddCookie(&http.Cookie{Name: sessionCookie, Value: v.session})
	}
	if v.token != "" {
		request.Header.Set("Authorization", "Bearer "+v.token)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return answer{response, string(content)}, err
}

func (a answer) want(t testing.TB, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d\n%.1000s", a.Request.Method, a.Request.URL.RequestURI(), a.StatusCode, status, a.body)
	}
	return a
}

// decode reads a JSON answer.
func decode[T any](t testing.TB, a answer) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%s: %v\n%.1000s", a.Request.URL.RequestURI(), err, a.body)
	}
	return v
}

var (
	markup = regexp.MustCompile(`(?s)<[^>]*>`)
	space  = regexp.MustCompile(`\s+`)
)

// words is the text of HTML as a reader sees it, on one line.
func words(source string) string {
	return strings.TrimSpace(space.ReplaceAllString(html.UnescapeString(markup.ReplaceAllString(source, " ")), " "))
}

// within is the HTML between two marks; "" if they are not there.
func within(source, from, to string) string {
	_, after, _ := strings.Cut(source, from)
	part, _, found := strings.Cut(after, to)
	if !found {
		return ""
	}
	return part
}

var (
	rowOf  = regexp.MustCompile(`(?s)<tr.*?</tr>`)
	cellOf = regexp.MustCompile(`(?s)<t[hd].*?</t[hd]>`)
)

// table reads the rows of the table that has the caption.
func table(t testing.TB, page, caption string) [][]string {
	t.Helper()
	source := within(page, "<caption>"+html.EscapeString(caption)+"</caption>", "</table>")
	if source == "" {
		t.Fatalf("no table %q in:\n%.3000s", caption, words(page))
	}
	var rows [][]string
	for _, row := range rowOf.FindAllString(source, -1) {
		var cells []string
		for _, cell := range cellOf.FindAllString(row, -1) {
			cells = append(cells, words(cell))
		}
		rows = append(rows, cells)
	}
	return rows
}
