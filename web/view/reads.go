package view

import (
	"strconv"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// Read is what somebody from outside opened within an hour, or a change that was refused.
type Read struct {
	Reader          string // a pseudonym, or "job:" and the job's key
	Role            access.Role
	Refused         bool
	Path            string
	AsOf            time.Time // zero: the present
	FirstAt, LastAt time.Time
	Times           int64
}

// ReadsModel is the page of reads.
type ReadsModel struct {
	Frame
	Rows                            []ReadLine
	OlderHref, NewestHref, BackHref string
}

// ReadLine is a read in words.
type ReadLine struct {
	Who, Role, What, Address, AsOf, First, Last, Times string
}

// NewReadsModel makes the page. older is the id below which the next page begins (0: there is none), paged whether this is not the
// newest.
func NewReadsModel(f Frame, p metrics.Program, list []Read, older int64, paged bool) ReadsModel {
	w := words{f.Lang, p.Zone}
	m := ReadsModel{BackHref: f.Link(f.InProgram("/audit"))}
	for _, r := range list {
		m.Rows = append(m.Rows, ReadLine{
			Who: w.actor(r.Reader), Role: roleName(f.Lang, r.Role), What: w.readOf(r), Address: r.Path, AsOf: w.readAsOf(r.AsOf),
			First: w.atMid(r.FirstAt), Last: w.atMid(r.LastAt), Times: w.Int(r.Times),
		})
	}
	if older > 0 {
		q := without(f.Query, "before")
		q.Set("before", strconv.FormatInt(older, 10))
		m.OlderHref = address(f.Path, q)
	}
	if paged {
		m.NewestHref = address(f.Path, without(f.Query, "before"))
	}
	m.Frame = f.titled("", f.t(i18n.ReadsTitle))
	return m
}

// readPages names pages by what their address begins with below the program; the empty one is the program itself.
var readPages = map[string]i18n.Message{
	"": i18n.NavOverview, "summary": i18n.NavOverview, "milestones": i18n.NavMilestones, "items": i18n.TabItems, "timeline": i18n.NavTimeline, "compare": i18n.CompareTab,
	"statements": i18n.RegisterTab, "deadlines": i18n.DeadlinesTab, "override": i18n.TrailOverride, "jobs": i18n.JobsTab, "method": i18n.TabMethod, "audit": i18n.TrailTab,
	"days": i18n.ReadsDay, "checkpoints": i18n.CheckpointsTitle, "checkpoint": i18n.CheckpointsTitle, "proofs": i18n.CheckpointsTitle,
	"ledger": i18n.ReadsLedger, "proof": i18n.ReadsProof,
}

// readOf says what was opened. A page that it has no name for is told by its address, which stands beside.
func (w words) readOf(r Read) string {
	path, overAPI := strings.CutPrefix(r.Path, "/api/v1")
	what := w.readPage(path)
	if overAPI {
		what = w.T(i18n.ReadsByAPI, what)
	}
	if r.Refused {
		what = w.T(i18n.ReadsRefused, what)
	}
	return what
}

func (w words) readPage(path string) string {
	if path == "/reports:batch" {
		return w.T(i18n.ReadsBatch)
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if parts[0] == "programs" {
		parts = append(parts[min(2, len(parts)):], "")
	}
	page, of := parts[0], ""
	if len(parts) > 1 {
		of = parts[1]
	}
	if page == "audit" && of == "reads" || page == "audit" && of == "tables" {
		return w.readFile(w.T(i18n.ReadsTitle), parts)
	}
	if page == "tables" {
		return w.readFile(w.T(i18n.NavOverview), parts)
	}
	message, known := readPages[page]
	if !known {
		return w.T(i18n.ReadsOther)
	}
	what := w.T(message)
	switch page {
	case "milestones", "jobs", "days", "items":
		if of != "" && of != "new" {
			what = w.T(i18n.TrailOf, what, of)
		}
	}
	return w.readFile(what, parts)
}

// readFile adds the name of a file, where the address ends in one.
func (w words) readFile(what string, parts []string) string {
	for i, part := range parts[:len(parts)-1] {
		if part == "tables" {
			return w.T(i18n.ReadsFile, what, parts[i+1])
		}
	}
	return what
}

// readAsOf is the moment that was asked for: a day where it is the last instant of one.
func (w words) readAsOf(at time.Time) string {
	if at.IsZero() {
		return w.T(i18n.ReadsPresent)
	}
	if next := at.In(w.zone).Add(time.Microsecond); next.Hour() == 0 && next.Minute() == 0 && next.Second() == 0 && next.Nanosecond() == 0 {
		return w.Date(at.In(w.zone))
	}
	return w.at(at)
}

// ReadsFile is what outside accounts read of a program.
func ReadsFile(p metrics.Program, list []Read) tables.Table {
	return tables.Make("reads", i18n.ReadsTitle, []tables.Field[Read]{
		col("reader", i18n.ReadsWho, func(r Read) tables.Cell { return tables.Word(r.Reader) }),
		col("role", i18n.ReadsRole, func(r Read) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return roleName(w.Lang, r.Role) })
		}),
		col("what", i18n.ReadsWhat, func(r Read) tables.Cell { return inBoth(p.Zone, func(w words) string { return w.readOf(r) }) }),
		col("path", i18n.ReadsAddress, func(r Read) tables.Cell { return tables.Word(r.Path) }),
		col("read_as_of", i18n.ReadsAsOf, func(r Read) tables.Cell { return tables.TimeOf(r.AsOf) }),
		col("first_at", i18n.ReadsFirst, func(r Read) tables.Cell { return tables.TimeOf(r.FirstAt) }),
		col("last_at", i18n.ReadsLast, func(r Read) tables.Cell { return tables.TimeOf(r.LastAt) }),
		col("times", i18n.ReadsTimes, func(r Read) tables.Cell { return tables.Whole(r.Times) }),
	}, list)
}
