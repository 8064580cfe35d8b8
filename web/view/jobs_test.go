package view

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

func addJobs(pages map[string]templ.Component, suffix string, f Frame, p metrics.Program, h metrics.History, a metrics.Assessment) {
	base := ProgramPath(p.Key)
	var assessed []metrics.JobAssessment
	if len(p.Milestones) > 0 {
		assessed = append(assessed, metrics.AssessJob(sampleJob, []metrics.Day{a.Today, a.Today - 1}, a.At, h, a.Today))
	}
	f.Path = base + "/jobs"
	pages["jobs"+suffix] = JobsPage(NewJobsModel(f, p, assessed))
	for _, job := range assessed {
		f.Path = base + "/jobs/" + job.Job.Key
		pages["job"+suffix] = JobPage(NewJobModel(f, p, job, sampleRuns(a.At), true, []JobToken{{[]string{"report"}, []string{"P1"}, a.At}}, "https://tenggat.example.id"))
		pages["job silent"+suffix] = JobPage(NewJobModel(f, p, metrics.JobAssessment{Job: job.Job}, nil, false, nil, "https://tenggat.example.id"))
	}
}

var sampleJob = metrics.Job{Key: "load", Name: metrics.Text{ID: "Muat pembayaran", EN: "Load payments"}, Milestones: []string{"P1", "P2"}, Cadence: 24 * time.Hour}

func sampleRuns(at time.Time) []metrics.JobRun {
	return []metrics.JobRun{
		{ID: "run-7", Milestones: []string{"P1"}, State: metrics.Failed, From: at.Add(-time.Hour), To: at, Reports: 3, Counts: &metrics.Counts{Done: 5, Total: 9}},
		{Milestones: []string{"P1", "P2"}, From: at, To: at, Reports: 1},
	}
}

func TestStripDrawsADayForEachDay(t *testing.T) {
	_, h, a, _ := tokopediaCase(t, "2024-03-12")
	assessed := metrics.AssessJob(sampleJob, []metrics.Day{a.Today}, a.At, h, a.Today)
	strip := newFreshnessStrip(words{i18n.English, wib}, assessed)
	if len(strip.Marks) != metrics.FreshnessDays || strip.Width != "280" || strip.Marks[27].X != "275" {
		t.Errorf("%d marks on %s px, the last at %s", len(strip.Marks), strip.Width, strip.Marks[27].X)
	}
	if !strings.Contains(strip.Summary, "27 days silent") || !strings.Contains(strip.Summary, "12 March 2024") {
		t.Errorf("summary: %s", strip.Summary)
	}
}

func TestCommandsAreForWhoeverMayReport(t *testing.T) {
	for role, want := range map[access.Role]bool{access.Engineer: true, access.Regulator: false, access.Executive: false} {
		if got := strings.Contains(string(render(t, samplePages(t, i18n.English, role)["job now"])), "curl -sS"); got != want {
			t.Errorf("%s sees the curl command: %v, want %v", role, got, want)
		}
	}
}
