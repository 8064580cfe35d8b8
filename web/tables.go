package web

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
	"tenggat/web/view"
)

// tableSource is what a table is made from: a program as it was judged, and a way to read more that rests on the same entry.
type tableSource struct {
	judged
	server     *Server
	ctx        context.Context
	credential string
	of         string     // the milestone, job or day in the path; "" for tables of the program
	query      url.Values // the table's own filters
}

// tableMaker makes one table.
type tableMaker struct {
	filters []string
	make    func(tableSource) (tables.Table, error)
}

// plain is a maker that needs no more than the assessment.
func plain(table func(tableSource) tables.Table, filters ...string) tableMaker {
	return tableMaker{filters, func(t tableSource) (tables.Table, error) { return table(t), nil }}
}

// programTables are all tables of a program by name. Every table on a page is here, and shows the same.
var programTables = map[string]tableMaker{
	"areas":      plain(func(t tableSource) tables.Table { return view.AreasFile(t.assessment) }),
	"sum":        plain(func(t tableSource) tables.Table { return view.SumFile(t.Program, t.assessment) }),
	"plan":       plain(func(t tableSource) tables.Table { return view.PlanFile(t.Program, t.assessment) }),
	"milestones": plain(func(t tableSource) tables.Table { return view.MilestonesFile(t.Program, t.assessment) }),
	"items": plain(func(t tableSource) tables.Table {
		return view.ItemsFile(t.Program, t.assessment, t.query.Get("area"), t.query.Get("waits"))
	}, "area", "waits"),
	"closed-items": plain(func(t tableSource) tables.Table { return view.ClosedItemsFile(t.Program, t.assessment) }),
	"statements": plain(func(t tableSource) tables.Table {
		return view.StatementsFile(t.Program, metrics.CompareStatements(t.Program, t.History, t.at), t.query.Get("side"), t.query.Get("subject"))
	}, "side", "subject"),
	"deadlines": plain(func(t tableSource) tables.Table { return view.DeadlinesFile(t.Program, t.assessment) }),
	"progress": {make: func(t tableSource) (tables.Table, error) {
		err := t.server.explain(t.ctx, t.credential, &t.judged, maxHistoryFile)
		initial, _ := metrics.InitialScope(t.Program, t.History, t.assessment.Today)
		return view.ProgressFile(t.assessment, initial), err
	}},
	"bindings":       plain(func(t tableSource) tables.Table { return view.BindingsFile(t.Program) }),
	"limits":         plain(func(t tableSource) tables.Table { return view.LimitsFile(t.Program) }),
	"schedule":       plain(func(t tableSource) tables.Table { return view.ScheduleFile(t.Program, t.assessment) }),
	"rates":          plain(func(t tableSource) tables.Table { return view.RatesFile(t.Program, t.assessment) }),
	"forecasts":      plain(func(t tableSource) tables.Table { return view.ForecastsFile(t.Program, t.assessment, t.forecast()) }),
	"chances":        plain(func(t tableSource) tables.Table { return view.ChancesFile(t.Program, t.assessment, t.forecast()) }),
	"kept-forecasts": plain(func(t tableSource) tables.Table { return view.KeptForecastsFile(t.Forecasts) }),
	"checkpoints": {make: func(t tableSource) (tables.Table, error) {
		list, err := t.checkpoints()
		return view.CheckpointsFile(t.Program, list), err
	}},
	"entries":     {trailFilters, entriesTable},
	"evidence":    plain(func(t tableSource) tables.Table { return view.EvidenceFile(t.Program, t.assessment, "") }),
	"acceptances": plain(func(t tableSource) tables.Table { return view.AcceptancesFile(t.Program) }),
	"sanctions":   plain(func(t tableSource) tables.Table { return view.SanctionsFile(t.Program) }),
	"duties":      plain(func(t tableSource) tables.Table { return view.DutiesFile(t.Program) }),
	"audits":      plain(func(t tableSource) tables.Table { return view.AuditsFile(t.Program, t.assessment) }),
	"proposals":   plain(func(t tableSource) tables.Table { return view.ProposalsFile(t.Program) }),
	"jobs": {make: func(t tableSource) (tables.Table, error) {
		jobs, err := t.server.assessJobs(t.ctx, t.credential, t.judged, t.Jobs)
		return view.JobsFile(jobs), err
	}},
	"reports": {make: reportsTable},
	"compare": compared(func(before, after judged) tables.Table {
		return view.CompareFile(before.assessment, after.assessment)
	}),
	"compare-deadlines": compared(func(before, after judged) tables.Table {
		return view.CompareDeadlinesFile(after.Program, before.assessment, after.assessment)
	}),
	"compare-areas": compared(func(before, after judged) tables.Table {
		return view.CompareAreasFile(metrics.SplitChange(before.Program, after.Program))
	}),
	"compare-milestones": compared(func(before, after judged) tables.Table {
		return view.CompareMilestonesFile(metrics.SplitChange(before.Program, after.Program))
	}),
	"compare-records": compared(func(before, after judged) tables.Table {
		return view.CompareRecordsFile(after.Program, metrics.DifferencesOf(before.Program, after.Program))
	}),
	"week": {make: func(t tableSource) (tables.Table, error) {
		split, err := t.server.splitSince(t.ctx, t.credential, t.judged, t.assessment.LastWeek.Since)
		return view.WeekFile(split), err
	}},
}

// compared is the maker of a table about two days, each as it was known at its end: those of the filters from and to, and without them
// those that the page for comparing begins with.
func compared(table func(before, after judged) tables.Table) tableMaker {
	return tableMaker{[]string{"from", "to"}, func(t tableSource) (tables.Table, error) {
		last := t.assessment.Today
		from, to, ok := spanOf(t.query, last)
		if !ok {
			return tables.Table{}, fail(malformedRequest, i18n.DetailQuery, "from, to")
		}
		before, err := t.server.judge(t.ctx, t.credential, t.ID, endOf(from, t.Zone))
		if err != nil || to == last {
			return table(before, t.judged), err
		}
		after, err := t.server.judge(t.ctx, t.credential, t.ID, endOf(to, t.Zone))
		return table(before, after), err
	}}
}

// milestoneTables are the tables of one milestone.
var milestoneTables = map[string]tableMaker{
	"counts": {make: func(t tableSource) (tables.Table, error) {
		m, err := t.milestone(t.of)
		if err != nil {
			return tables.Table{}, err
		}
		return view.CountsFile(t.Program, m.Milestone, t.History, t.assessment.Today), nil
	}},
	"evidence": {make: func(t tableSource) (tables.Table, error) {
		m, err := t.milestone(t.of)
		if err != nil {
			return tables.Table{}, err
		}
		return view.EvidenceFile(t.Program, t.assessment, m.Milestone.Key), nil
	}},
	"history": {make: func(t tableSource) (tables.Table, error) {
		m, err := t.milestone(t.of)
		if err != nil {
			return tables.Table{}, err
		}
		history, err := t.server.history(t.ctx, t.credential, t.judged, t.of, 0, maxHistoryFile)
		return view.HistoryFile(t.Program, m.Milestone, history.Rows), err
	}},
}

// maxCheckpointsFile is how many checkpoints one file holds, the newest of them.
const maxCheckpointsFile = 50_000

// checkpoints are those that had been signed when the newest that the program's state knows was.
func (t tableSource) checkpoints() ([]view.Checkpoint, error) {
	if t.Checkpoint == nil {
		return nil, nil
	}
	list, err := t.server.reader.Checkpoints(t.ctx, t.credential, t.ID, t.Checkpoint.SignedAt, 0, maxCheckpointsFile)
	shown := make([]view.Checkpoint, len(list))
	for i, c := range list {
		shown[i] = newCheckpointView(c)
	}
	return shown, err
}

// jobTables are the tables of one integration job.
var jobTables = map[string]tableMaker{
	"days": {make: func(t tableSource) (tables.Table, error) {
		job, err := t.job()
		if err != nil {
			return tables.Table{}, err
		}
		assessed, err := t.server.assessJobs(t.ctx, t.credential, t.judged, []metrics.Job{job})
		if err != nil {
			return tables.Table{}, err
		}
		return view.JobDaysFile(t.Program, assessed[0]), nil
	}},
	"runs": {make: func(t tableSource) (tables.Table, error) {
		job, err := t.job()
		if err != nil {
			return tables.Table{}, err
		}
		reports, err := t.server.reader.JobObservations(t.ctx, t.credential, t.ID, job.Key, t.known(), maxJobReports)
		return view.JobRunsFile(t.Program, job, metrics.JobRuns(reports)), err
	}},
}

// job is the job in the path.
func (t tableSource) job() (metrics.Job, error) {
	at := slices.IndexFunc(t.Jobs, func(job metrics.Job) bool { return job.Key == t.of })
	if at < 0 {
		return metrics.Job{}, &failure{kind: notFound}
	}
	return t.Jobs[at], nil
}

// reportTables are the tables of one signed report.
var reportTables = map[string]tableMaker{
	"files": {make: func(t tableSource) (tables.Table, error) {
		report, err := t.server.signedReport(t.ctx, t.credential, t.judged, t.of)
		if err != nil {
			return tables.Table{}, err
		}
		files, err := t.server.reportFiles(t.ctx, t.credential, t.ID, report)
		return view.ReportFilesFile(report.Number, files), err
	}},
}

// dayTables are the tables of one day looked back at.
var dayTables = map[string]tableMaker{
	"sum": {make: func(t tableSource) (tables.Table, error) {
		figures, err := t.day(t.of)
		return view.DaySumFile(t.Program, figures), err
	}},
}

// maxHistoryFile is how many observations one file holds, the newest of them. Longer histories are read a page at a time from the API.
const maxHistoryFile = 50_000

// getTable is one of a program's tables as a file.
func (s *Server) getTable(r *request) error { return s.sendTable(r, programTables) }

// getMilestoneTable is one of a milestone's tables as a file.
func (s *Server) getMilestoneTable(r *request) error { return s.sendTable(r, milestoneTables) }

// getJobTable is one of a job's tables as a file.
func (s *Server) getJobTable(r *request) error { return s.sendTable(r, jobTables) }

// getReportTable is one of a signed report's tables as a file.
func (s *Server) getReportTable(r *request) error { return s.sendTable(r, reportTables) }

// getDayTable is one of a day's tables as a file.
func (s *Server) getDayTable(r *request) error { return s.sendTable(r, dayTables) }

// sendTable answers with a table made from one state of the ledger: its rows, its totals and the entry it names agree, whatever is
// reported meanwhile.
func (s *Server) sendTable(r *request, known map[string]tableMaker) error {
	name, format, _ := strings.Cut(r.param("table"), ".")
	maker, found := known[name]
	if !found || !slices.Contains(tableFormats, format) {
		return &failure{kind: notFound}
	}
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	ctx := r.Request().Context()
	j, err := s.judge(ctx, r.credential, r.program.ID, m)
	if err != nil {
		return err
	}
	query := r.queryOf(maker.filters...)
	of := r.tableOf()
	table, err := maker.make(tableSource{j, s, ctx, r.credential, of, query})
	if err != nil {
		return err
	}
	origin := tables.Origin{Program: j.Key, AsOf: tables.Time(j.at), Entry: j.Entry, Filter: query.Encode()}
	answer := tableJSON{Program: j.Key, Of: of, asKnown: newAsKnown(j), Filters: query}
	if c := j.checkpoint(); c != nil {
		origin.Checkpoint = strconv.FormatInt(c.Size, 10) + " " + c.Root
		answer.Checkpoint = &signedHead{c.Size, c.Root, rfc3339(c.SignedAt)}
	}
	return sendTableFile(r, table, origin, format, func(d tables.Data) any { answer.Data = d; return answer })
}

// tableOf is what a table is of, below its program; "" for tables of the program.
func (r *request) tableOf() string {
	return cmp.Or(r.param("milestone"), r.param("job"), r.param("day"), r.param("number"))
}

// getProgramsTable is the list of the reader's programs as a file.
func (s *Server) getProgramsTable(r *request) error {
	name, format, _ := strings.Cut(r.param("table"), ".")
	if name != "programs" || !slices.Contains(tableFormats, format) {
		return &failure{kind: notFound}
	}
	wish, err := s.readWish(r)
	if err != nil {
		return err
	}
	wish.page = allPages
	l, err := s.listPrograms(r, &wish)
	if err != nil {
		return err
	}
	if err := s.addReasons(r, l.Programs); err != nil {
		return err
	}
	origin := tables.Origin{AsOf: tables.Time(l.At), Filter: r.queryOf(view.ListFilters()...).Encode()}
	answer := programsTableJSON{AsOf: rfc3339(l.At)}
	return sendTableFile(r, view.ProgramsFile(l.Programs), origin, format, func(d tables.Data) any { answer.Data = d; return answer })
}

// tableFormats are the forms of a table, as they end a file's name.
var tableFormats = []string{"csv", "json"}

// tableJSON is a program's table with what it rests on.
type tableJSON struct {
	Program string `json:"program"`
	Of      string `json:"of,omitempty"` // the milestone, job or day
	asKnown
	Checkpoint *signedHead `json:"checkpoint"` // the newest that had been signed then; null: none
	Filters    url.Values  `json:"filters"`
	tables.Data
}

// signedHead is a checkpoint as answers name it that rest on a ledger.
type signedHead struct {
	Size     int64  `json:"size"`
	Root     string `json:"root"`
	SignedAt string `json:"signed_at"`
}

// programsTableJSON is the list of programs; each row names its own last entry.
type programsTableJSON struct {
	AsOf string `json:"as_of"`
	tables.Data
}

// sendTableFile writes a table in one of its formats; answer puts its data where JSON has them.
func sendTableFile(r *request, t tables.Table, o tables.Origin, format string, answer func(tables.Data) any) error {
	name := fileName(o.Program, r.tableOf(), t.Name, o.AsOf.Stamp(), "."+format)
	if format == "csv" {
		return sendFile(r, name, tables.CSVType, t.CSV(r.lang, o))
	}
	body, err := marshal(answer(t.Data(nil)))
	if err != nil {
		return err
	}
	return sendFile(r, name, "application/json", body)
}
