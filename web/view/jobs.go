package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// JobsModel is a program's integration jobs.
type JobsModel struct {
	Frame
	Rows []JobRow
}

// JobRow is one job with how fresh it is.
type JobRow struct {
	Name, Href string
	Milestones []NamedLink
	Cadence    string
	LastHeard  string
	LastMoved  string
	Strip      FreshnessStrip
}

// NamedLink is a link with its text.
type NamedLink struct{ Name, Href string }

// NewJobsModel makes the list.
func NewJobsModel(f Frame, p metrics.Program, jobs []metrics.JobAssessment) JobsModel {
	m := JobsModel{Frame: f.titled("", f.t(i18n.JobsTitle))}
	for _, j := range jobs {
		m.Rows = append(m.Rows, newJobRow(f, p, j))
	}
	return m
}

func newJobRow(f Frame, p metrics.Program, a metrics.JobAssessment) JobRow {
	w := words{f.Lang, p.Zone}
	row := JobRow{
		Name: w.text(a.Job.Name), Href: f.Link(f.InProgram(JobPath(a.Job.Key))), Cadence: w.every(a.Job.Cadence),
		LastHeard: w.T(i18n.JobNeverHeard), LastMoved: w.dayOr(a.LastMoved, i18n.JobNeverHeard), Strip: newFreshnessStrip(w, a),
	}
	if !a.LastHeardAt.IsZero() {
		row.LastHeard = w.atMid(a.LastHeardAt)
	}
	for _, key := range a.Job.Milestones {
		row.Milestones = append(row.Milestones, NamedLink{key, f.Link(f.InProgram(MilestonePath(key)))})
	}
	return row
}

// JobModel is one job: freshness, runs and, for whoever may report, how to send the next report.
type JobModel struct {
	Frame
	JobRow
	Key      string
	Days     []JobDayRow // latest first
	Runs     []RunRow
	RunsCut  string // says that older reports are left out; "" if none are
	MaySend  bool
	Commands []Command
	Tokens   []string // one line each
	NoToken  string
}

// JobDayRow is a day of the freshness strip in words.
type JobDayRow struct{ Day, Heard string }

// RunRow is one run.
type RunRow struct {
	ID, Milestones, State, From, To, Reports, Counts string
}

// Command is something to copy into a terminal.
type Command struct {
	ID, Label, Text string
	Lines           string // how many the text has
}

// JobToken is a live token of the job, without its secret.
type JobToken struct {
	Scopes     []string // report, read
	Milestones []string // empty: all
	ExpiresAt  time.Time
}

// NewJobModel makes the page. address is where jobs reach Tenggat; cut says that older reports than those of the runs exist.
func NewJobModel(f Frame, p metrics.Program, a metrics.JobAssessment, runs []metrics.JobRun, cut bool, tokens []JobToken, address string) JobModel {
	w := words{f.Lang, p.Zone}
	m := JobModel{JobRow: newJobRow(f, p, a), Key: a.Job.Key, MaySend: f.MayUpdate()}
	for _, d := range slices.Backward(a.Days) {
		m.Days = append(m.Days, JobDayRow{w.dayMid(d.Day), w.daySign(d.Sign)})
	}
	reports := 0
	for _, r := range runs {
		reports += r.Reports
		m.Runs = append(m.Runs, w.runRow(p, r))
	}
	if cut {
		m.RunsCut = w.N(i18n.JobRunsCut, int64(reports))
	}
	if m.MaySend {
		for _, key := range a.Job.Milestones {
			if i := slices.IndexFunc(p.Milestones, func(x metrics.Milestone) bool { return x.Key == key }); i >= 0 {
				m.Commands = append(m.Commands, newCommand(w, p, p.Milestones[i], address))
			}
		}
		m.Tokens = w.jobTokens(tokens)
		if len(m.Tokens) == 0 {
			m.NoToken = w.T(i18n.JobTokensNone, "dashboard token issue "+p.Key+" --job "+a.Job.Key)
		}
	}
	m.Frame = f.titled("", m.Name)
	return m
}

func (w words) runRow(p metrics.Program, r metrics.JobRun) RunRow {
	row := RunRow{
		ID: r.ID, Milestones: strings.Join(r.Milestones, ", "), State: w.runState(r.State), From: w.atMid(r.From), To: w.atMid(r.To),
		Reports: w.Int(int64(r.Reports)), Counts: w.T(i18n.None),
	}
	if row.ID == "" {
		row.ID = w.T(i18n.JobNoRun)
	}
	if i := slices.IndexFunc(p.Milestones, func(m metrics.Milestone) bool { return m.Key == r.Milestones[len(r.Milestones)-1] }); i >= 0 && r.Counts != nil {
		row.Counts = w.counts(r.Counts, p.Milestones[i].Unit)
	}
	return row
}

// newCommand is a curl call that reports what stands now; the shell fills in token, id and time.
func newCommand(w words, p metrics.Program, m metrics.Milestone, address string) Command {
	done, total := int64(0), int64(100)
	if c := m.Progress.Counts; c != nil {
		done, total = c.Done, c.Total
	}
	lines := []string{
		"curl -sS -X POST '" + address + "/api/v1" + ProgramPath(p.Key) + MilestonePath(m.Key) + "/reports' \\",
		`  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \`,
		`  -d '{"event_id": "manual-'"$(date -u +%FT%TZ)"'", "observed_at": "'"$(date -u +%FT%TZ)"'",`,
		fmt.Sprintf(`       "done": %d, "total": %d, "unit": "%s", "state": "running"}'`, done, total, m.Unit),
	}
	return Command{"curl-" + m.Key, w.T(i18n.JobSendLabel, m.Key+" "+w.text(m.Name)), strings.Join(lines, "\n"), strconv.Itoa(len(lines))}
}

func (w words) jobTokens(tokens []JobToken) []string {
	lines := make([]string, len(tokens))
	for i, t := range tokens {
		scopes := make([]string, len(t.Scopes))
		for k, scope := range t.Scopes {
			scopes[k] = w.tokenScope(scope)
		}
		what, until := strings.Join(scopes, ", "), w.atMid(t.ExpiresAt)
		if len(t.Milestones) == 0 {
			lines[i] = w.T(i18n.JobTokenLine, what, until)
		} else {
			lines[i] = w.T(i18n.JobTokenFor, what, strings.Join(t.Milestones, ", "), until)
		}
	}
	return lines
}

func (w words) tokenScope(scope string) string {
	if scope == "report" {
		return w.T(i18n.JobScopeReport)
	}
	return w.T(i18n.JobScopeRead)
}
