package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"tenggat/internal/access"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// maxJobReports is how many of a job's newest reports its page gathers into runs.
const maxJobReports = 200

// getJobs lists a program's integration jobs and how fresh each is.
func (s *Server) getJobs(r *request) error {
	credential := r.credential
	return s.sendPage(r, nil, func(ctx context.Context, j judged, _ moment, f view.Frame) (component, error) {
		jobs, err := s.assessJobs(ctx, credential, j, j.Jobs)
		if err != nil {
			return nil, err
		}
		return view.JobsPage(view.NewJobsModel(f, j.Program, jobs)), nil
	})
}

// assessJobs judges jobs by what j knows of the ledger.
func (s *Server) assessJobs(ctx context.Context, credential string, j judged, jobs []metrics.Job) ([]metrics.JobAssessment, error) {
	if len(jobs) == 0 { // and a moment before the program may have days that the database cannot name
		return nil, nil
	}
	keys := make([]string, len(jobs))
	for i, job := range jobs {
		keys[i] = job.Key
	}
	today := j.assessment.Today
	heard, err := s.reader.JobsHeard(ctx, credential, j.ID, keys, j.known(), today-metrics.FreshnessDays+1, today)
	if err != nil {
		return nil, err
	}
	assessed := make([]metrics.JobAssessment, len(jobs))
	for i, job := range jobs {
		assessed[i] = metrics.AssessJob(job, heard[job.Key].Days, heard[job.Key].LastAt, j.History, today)
	}
	return assessed, nil
}

// getJob is one job: its freshness, its last runs and, for whoever may report, how to send its next report.
func (s *Server) getJob(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	ctx := r.Request().Context()
	j, err := s.judge(ctx, r.credential, r.program.ID, m)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(j.Jobs, func(job metrics.Job) bool { return job.Key == r.param("job") })
	if at < 0 {
		return &failure{kind: notFound}
	}
	assessed, err := s.assessJobs(ctx, r.credential, j, j.Jobs[at:at+1])
	if err != nil {
		return err
	}
	reports, err := s.reader.JobObservations(ctx, r.credential, j.ID, j.Jobs[at].Key, j.known(), maxJobReports)
	if err != nil {
		return err
	}
	tokens, err := s.jobTokens(ctx, r, j.Jobs[at].Key)
	if err != nil {
		return err
	}
	frame := withProgram(r.frame(r.queryOf("as_of", "lang")), m, j)
	model := view.NewJobModel(frame, j.Program, assessed[0], metrics.JobRuns(reports), len(reports) == maxJobReports, tokens, s.publicAddress(r))
	return s.sendOnce(r, http.StatusOK, view.JobPage(model))
}

// jobTokens are the job's live tokens, for whoever may report; their secrets are known to nobody.
func (s *Server) jobTokens(ctx context.Context, r *request, job string) (list []view.JobToken, err error) {
	if !access.Can(r.who.Role, access.ReportProgress) {
		return nil, nil
	}
	rows, err := s.writer.Tokens(ctx, r.program.Slug)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if live := row.RevokedAt == nil && s.now().Before(row.ExpiresAt); live && row.Job == job {
			list = append(list, view.JobToken{Scopes: slices.Sorted(slices.Values([]string(row.Scopes))), Milestones: row.Milestones, ExpiresAt: row.ExpiresAt})
		}
	}
	return list, nil
}

// publicAddress is where people and jobs reach this server: as configured, else as this request did.
func (s *Server) publicAddress(r *request) string {
	if s.config.BaseURL != "" {
		return strings.TrimSuffix(s.config.BaseURL, "/")
	}
	return "http://" + r.Request().Host
}
