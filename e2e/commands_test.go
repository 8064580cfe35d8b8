//go:build e2e

package e2e

import (
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// What openOffice adds to the office: its program, the officer who defines it, and one who reads it.
const (
	officeProgram = "my-program"
	officeChief   = "compliance@kantor.example"
	officeReader  = "regulator@kantor.example"
	officePass    = "kursi rotan dekat jendela"
)

// account, token and so on are what commands answer in JSON.
type (
	accountJSON struct {
		Email      string   `json:"email"`
		Role       string   `json:"role"`
		Programs   []string `json:"programs"`
		Password   string   `json:"password"`
		DisabledAt *string  `json:"disabled_at"`
	}
	tokenJSON struct {
		ID        string   `json:"id"`
		Job       string   `json:"job"`
		Program   string   `json:"program"`
		Scopes    []string `json:"scopes"`
		Token     string   `json:"token"`
		RevokedAt *string  `json:"revoked_at"`
	}
	programsJSON struct {
		Programs []struct {
			Slug    string `json:"slug"`
			Entries int64  `json:"entries"`
		} `json:"programs"`
	}
	rebuiltJSON struct {
		Programs []struct {
			Program     string `json:"program"`
			Entries     int64  `json:"entries"`
			Differences []any  `json:"differences"`
		} `json:"programs"`
	}
	routesJSON struct {
		Routes []struct {
			Method string   `json:"method"`
			Path   string   `json:"path"`
			Door   string   `json:"door"`
			Roles  []string `json:"roles"`
			Writes bool     `json:"writes"`
		} `json:"routes"`
	}
)

// opened is the office with its compliance officer and its program.
func opened(t *testing.T) *program {
	t.Helper()
	p := office(t)
	openOffice(t, p)
	return p
}

// openOffice adds the people and the documented program where they are missing.
func openOffice(t *testing.T, p *program) {
	t.Helper()
	if strings.Contains(p.run(t, "user", "list").ok(t), officeReader) {
		return
	}
	password := keepSecret(officePass) + "\n"
	p.runWith(t, password, "user", "add", officeChief, "--name", "Kepala", "--role", "compliance", "--password-stdin").ok(t)
	p.run(t, "program", "apply", exampleFile(t), "--by", officeChief).ok(t)
	p.runWith(t, password, "user", "add", officeReader, "--name", "Pengawas", "--role", "regulator", "--program", officeProgram, "--password-stdin").ok(t)
}

// reader is the office's regulator, signed in.
func reader(t *testing.T, p *program) visitor {
	t.Helper()
	return p.signedIn(t, officeReader, officePass)
}

// issue makes a token for a job of the office.
func issue(t *testing.T, p *program, program, job string, more ...string) tokenJSON {
	t.Helper()
	token := jsonOf[tokenJSON](t, p.run(t, append([]string{"token", "issue", program, "--job", job, "--json"}, more...)...))
	keepSecret(token.Token)
	return token
}

// The documented program can be applied as it stands, and applying it again changes nothing.
func TestProgramApply(t *testing.T) {
	p := opened(t)
	type applied struct {
		Program  string `json:"program"`
		Recorded int    `json:"recorded"`
	}
	again := jsonOf[applied](t, p.run(t, "program", "apply", exampleFile(t), "--by", officeChief, "--json"))
	if again.Program != officeProgram || again.Recorded != 0 {
		t.Errorf("applying the same file again: %+v, want 0 facts recorded", again)
	}
	if words := p.run(t, "program", "apply", exampleFile(t), "--by", officeChief).ok(t); !strings.Contains(words, officeProgram) || !strings.Contains(words, "0 facts") {
		t.Errorf("in words: %s", words)
	}
	p.run(t, "program", "apply", exampleFile(t), "--by", "nobody@kantor.example").fails(t, 1)
}

// The commands under "Deploying" in the README lead to an officer who sees the program.
func TestDeployingAsTheReadmeSays(t *testing.T) {
	p := serve(t, dataDir(t))
	password := keepSecret("payung kuning di serambi")
	p.runWith(t, password+"\n", "user", "add", "ani@example.id", "--name", "Ani", "--role", "compliance", "--password-stdin").ok(t)
	p.run(t, "program", "apply", exampleFile(t), "--by", "ani@example.id").ok(t)
	ani := p.signedIn(t, "ani@example.id", password)
	ani.get(t, "/programs/"+officeProgram).want(t, http.StatusNotFound) // who decides does not see by that
	p.run(t, "user", "programs", "ani@example.id", "--program", officeProgram).ok(t)
	ani.get(t, "/programs/"+officeProgram).want(t, http.StatusOK)
	p.run(t, "user", "programs", "ani@example.id").ok(t)
	ani.get(t, "/programs/"+officeProgram).want(t, http.StatusNotFound)
}

func TestProgramListAndShow(t *testing.T) {
	p := opened(t)
	list := jsonOf[programsJSON](t, p.run(t, "program", "list", "--json"))
	if len(list.Programs) != 1 || list.Programs[0].Slug != officeProgram || list.Programs[0].Entries < 8 {
		t.Errorf("program list: %+v", list)
	}
	if words := p.run(t, "program", "list").ok(t); !strings.Contains(words, officeProgram) {
		t.Errorf("program list in words: %s", words)
	}
	shown := jsonOf[struct {
		Program     string `json:"program"`
		Reported    int    `json:"reported_basis_points"`
		Outstanding int    `json:"outstanding_basis_points"`
	}](t, p.run(t, "program", "show", officeProgram, "--json"))
	if shown.Program != officeProgram || shown.Reported+shown.Outstanding != 10_000 {
		t.Errorf("program show: %+v, want reported and outstanding to make the whole", shown)
	}
	if words := p.run(t, "program", "show", officeProgram).ok(t); !strings.Contains(words, "outstanding") {
		t.Errorf("program show in words: %s", words)
	}
	if complaint := p.run(t, "program", "show", "no-such-program").fails(t, 1); !strings.Contains(complaint, "no-such-program") {
		t.Errorf("the complaint does not name the program: %s", complaint)
	}
}

func TestUserCommands(t *testing.T) {
	p := opened(t)
	const email = "insinyur@kantor.example"
	added := jsonOf[accountJSON](t, p.run(t, "user", "add", email, "--name", "Insinyur", "--role", "engineer", "--program", officeProgram, "--json"))
	keepSecret(added.Password)
	if added.Email != email || added.Role != "engineer" || !slices.Equal(added.Programs, []string{officeProgram}) || added.Password == "" {
		t.Fatalf("user add: email %q, role %q, programs %q, password given: %t", added.Email, added.Role, added.Programs, added.Password != "")
	}
	engineer := visitor{program: p, session: p.newSession(t, email, added.Password)}
	engineer.get(t, "/programs/"+officeProgram).want(t, http.StatusOK)
	if out := p.run(t, "user", "list").ok(t); !strings.Contains(out, email) || strings.Contains(out, added.Password) {
		t.Errorf("user list in words:\n%s", out)
	}
	p.run(t, "user", "add", email, "--name", "Insinyur", "--role", "engineer").fails(t, 1)

	p.run(t, "user", "disable", email).ok(t)
	engineer.get(t, "/programs/"+officeProgram).want(t, http.StatusSeeOther)
	visitor{program: p}.post(t, "/sign-in", map[string][]string{"email": {email}, "password": {added.Password}}).want(t, http.StatusUnprocessableEntity)
	list := jsonOf[struct {
		Accounts []accountJSON `json:"accounts"`
	}](t, p.run(t, "user", "list", "--json"))
	if !slices.ContainsFunc(list.Accounts, func(a accountJSON) bool { return a.Email == email && a.DisabledAt != nil }) {
		t.Errorf("user list does not say that %s is disabled: %+v", email, list)
	}
	if out := p.run(t, "user", "disable", officeChief+".invalid", "--json").fails(t, 1); !strings.Contains(out, officeChief) {
		t.Errorf("the complaint does not name the account: %s", out)
	}
}

func TestTokenCommands(t *testing.T) {
	p := opened(t)
	token := issue(t, p, officeProgram, "nightly-load")
	if token.ID == "" || token.Token == "" || token.Job != "nightly-load" || token.Program != officeProgram || !slices.Equal(token.Scopes, []string{"report"}) {
		t.Fatalf("token issue: id %q, job %q, program %q, scopes %q", token.ID, token.Job, token.Program, token.Scopes)
	}
	if out := p.run(t, "token", "list").ok(t); !strings.Contains(out, token.ID) || strings.Contains(out, token.Token) {
		t.Errorf("token list in words:\n%s", out)
	}
	job := visitor{program: p, token: token.Token}
	job.report(t, officeProgram, "P1", `{"event_id":"before","observed_at":"2026-01-06T00:00:00Z","done":0,"total":10}`).want(t, http.StatusCreated)
	p.run(t, "token", "revoke", token.ID).ok(t)
	job.report(t, officeProgram, "P1", `{"event_id":"after","observed_at":"2026-01-06T01:00:00Z","done":1,"total":10}`).want(t, http.StatusUnauthorized)
	list := jsonOf[struct {
		Tokens []tokenJSON `json:"tokens"`
	}](t, p.run(t, "token", "list", officeProgram, "--json"))
	if !slices.ContainsFunc(list.Tokens, func(l tokenJSON) bool { return l.ID == token.ID && l.RevokedAt != nil && l.Token == "" }) {
		t.Errorf("token list does not say that %s is revoked, or repeats its secret", token.ID)
	}
	p.run(t, "token", "issue", "no-such-program", "--job", "x").fails(t, 1)
	p.run(t, "token", "issue", officeProgram, "--job", "x", "--expires", "9000h").fails(t, 1)

	words := p.run(t, "token", "issue", officeProgram, "--job", "other").ok(t)
	fields := strings.Fields(words)
	keepSecret(fields[len(fields)-1])
	if !strings.Contains(words, "this once") {
		t.Errorf("token issue in words does not say that it is shown once")
	}
}

func TestRoutesCommand(t *testing.T) {
	p := opened(t)
	list := jsonOf[routesJSON](t, p.run(t, "routes", "--json"))
	if len(list.Routes) < 20 {
		t.Fatalf("only %d routes", len(list.Routes))
	}
	inWords := p.run(t, "routes").ok(t)
	for _, r := range list.Routes {
		if r.Writes && slices.Contains(r.Roles, "regulator") {
			t.Errorf("a regulator may write: %s %s", r.Method, r.Path)
		}
		if !strings.Contains(inWords, r.Path) {
			t.Errorf("%s is missing in words", r.Path)
		}
	}
}

func TestSchemaStatus(t *testing.T) {
	p := opened(t)
	list := jsonOf[struct {
		Changes []struct {
			Version int64 `json:"version"`
			Applied bool  `json:"applied"`
		} `json:"changes"`
	}](t, p.run(t, "schema", "status", "--json"))
	if len(list.Changes) == 0 || !list.Changes[0].Applied {
		t.Errorf("schema status: %+v", list)
	}
	if out := p.run(t, "schema", "status").ok(t); !strings.Contains(out, "applied") {
		t.Errorf("schema status in words: %s", out)
	}
}

func TestRebuildCheck(t *testing.T) {
	wantNoDifference(t, opened(t))
	wantNoDifference(t, theDemo(t))
}

// wantNoDifference derives everything anew from the ledgers, in words and in JSON.
func wantNoDifference(t *testing.T, p *program) {
	t.Helper()
	if out := p.run(t, "rebuild", "--check").ok(t); !strings.Contains(out, "no difference") {
		t.Errorf("rebuild --check: %s", out)
	}
	result := jsonOf[rebuiltJSON](t, p.run(t, "rebuild", "--check", "--json"))
	if len(result.Programs) == 0 {
		t.Error("rebuild --check has looked at no program")
	}
	for _, r := range result.Programs {
		if r.Entries == 0 || len(r.Differences) != 0 {
			t.Errorf("rebuild --check: %+v", r)
		}
	}
}

// Every command says what it does and needs no manual.
func TestHelp(t *testing.T) {
	for _, path := range [][]string{
		{}, {"serve"}, {"demo"}, {"routes"}, {"rebuild"}, {"forecast"},
		{"schema"}, {"schema", "up"}, {"schema", "status"},
		{"user"}, {"user", "add"}, {"user", "list"}, {"user", "programs"}, {"user", "disable"},
		{"token"}, {"token", "issue"}, {"token", "list"}, {"token", "revoke"},
		{"program"}, {"program", "list"}, {"program", "apply"}, {"program", "show"}, {"program", "override"},
		{"program", "evidence"}, {"program", "review"}, {"program", "erase"}, {"program", "decide"}, {"program", "accept"}, {"program", "sanction"},
		{"program", "audit"}, {"program", "audit", "plan"}, {"program", "audit", "change"}, {"program", "audit", "result"},
	} {
		out := command(t, nil, "", append(path, "--help")...).ok(t)
		if !strings.HasPrefix(out, "Usage: dashboard "+strings.Join(path, " ")) || !strings.Contains(out, "--data") {
			t.Errorf("%s --help:\n%s", strings.Join(path, " "), out)
		}
	}
	if top := command(t, nil, "", "--help").ok(t); command(t, nil, "").ok(t) != top {
		t.Error("without arguments the program says something else than --help")
	}
	if complaint := command(t, nil, "", "serv").fails(t, 2); !strings.Contains(complaint, "serv") {
		t.Errorf("an unknown command: %s", complaint)
	}
}

func TestLivezAndReadyz(t *testing.T) {
	stranger := visitor{program: opened(t)}
	if live := stranger.get(t, "/livez").want(t, http.StatusOK); !json.Valid([]byte(live.body)) {
		t.Errorf("/livez: %s", live.body)
	}
	ready := decode[struct {
		Status   string `json:"status"`
		Database string `json:"database"`
		Schema   struct {
			Found  int64 `json:"found"`
			Wanted int64 `json:"wanted"`
		} `json:"schema"`
	}](t, stranger.get(t, "/readyz").want(t, http.StatusOK))
	if ready.Status != "ready" || ready.Database != "ok" || ready.Schema.Found != ready.Schema.Wanted || ready.Schema.Found == 0 {
		t.Errorf("/readyz: %+v", ready)
	}
}

func TestPortTaken(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	taken := listener.Addr().String()
	for _, name := range []string{"serve", "demo"} {
		complaint := command(t, nil, "", name, "--addr", taken, "--data", dataDir(t)).fails(t, 1)
		if !strings.Contains(complaint, taken) || !strings.Contains(complaint, "--addr") {
			t.Errorf("%s on a taken port: %s", name, complaint)
		}
	}
}

func TestSecondProgramOnTheSameData(t *testing.T) {
	p := opened(t)
	complaint := p.run(t, "serve", "--addr", "127.0.0.1:0").fails(t, 1)
	if !strings.Contains(complaint, p.data) || !strings.Contains(complaint, "--data") {
		t.Errorf("a second program on the same data folder: %s", complaint)
	}
}
