package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"tenggat/internal/access"
)

// Door says with what a route is opened.
type Door string

// The doors.
const (
	Public  Door = "public"  // anybody
	People  Door = "session" // a signed-in person
	Jobs    Door = "token"   // a job's API token
	Readers Door = "reader"  // either
	Feeds   Door = "feed"    // the secret in a feed's address
)

// Route is one door of the program and who may open it.
type Route struct {
	Method string         `json:"method"`
	Path   string         `json:"path"`
	Door   Door           `json:"door"`
	Action access.Action  `json:"action,omitempty"` // what a person's role must cover; "": every signed-in person may
	Scopes []access.Scope `json:"scopes,omitempty"` // of which a token needs one
	Writes bool           `json:"writes"`           // facts, accounts or tokens; sessions and one's own feeds aside

	handle func(*Server, *request) error
	keeps  []string // form fields that survive a session that ended meanwhile

	background bool // pages ask by themselves, which is no use of the session
}

var (
	reads     = []access.Scope{access.ScopeRead}
	reporting = []access.Scope{access.ScopeReport}
	either    = []access.Scope{access.ScopeRead, access.ScopeReport}
)

// routes is every door there is. HEAD is answered wherever GET is.
var routes = []Route{
	{Method: "GET", Path: "/livez", Door: Public, handle: (*Server).getLive},
	{Method: "GET", Path: "/readyz", Door: Public, handle: (*Server).getReady},
	{Method: "GET", Path: "/static/*", Door: Public, handle: (*Server).getStatic},
	{Method: "GET", Path: "/problems/:problem", Door: Public, handle: (*Server).getProblem},
	{Method: "GET", Path: "/api/v1/openapi.json", Door: Public, handle: (*Server).getOpenAPI},

	{Method: "GET", Path: "/sign-in", Door: Public, handle: (*Server).getSignIn},
	{Method: "POST", Path: "/sign-in", Door: Public, handle: (*Server).postSignIn},
	{Method: "POST", Path: "/sign-out", Door: People, handle: (*Server).postSignOut},

	{Method: "POST", Path: "/theme", Door: Public, handle: (*Server).postTheme},
	{Method: "GET", Path: "/help", Door: Public, handle: (*Server).getHelp},

	{Method: "GET", Path: "/public/:program", Door: Public, handle: (*Server).getPublic},
	{Method: "GET", Path: "/public/:program/badge.svg", Door: Public, handle: (*Server).getBadge},
	{Method: "GET", Path: "/api/v1/public/:program", Door: Public, handle: (*Server).getPublicJSON},

	{Method: "GET", Path: "/admin", Door: People, Action: access.ManageAccounts, handle: (*Server).getAdmin},
	{Method: "POST", Path: "/admin/tokens/:token/revoke", Door: People, Action: access.ManageTokens, Writes: true, handle: (*Server).postRevokeToken},
	{Method: "POST", Path: "/admin/accounts/:account/disable", Door: People, Action: access.ManageAccounts, Writes: true, handle: (*Server).postDisableAccount},

	{Method: "GET", Path: "/", Door: People, handle: (*Server).getPrograms},
	{Method: "GET", Path: "/updates", Door: People, Action: access.ReportProgress, handle: (*Server).getUpdates},
	{Method: "GET", Path: "/programs/:program", Door: People, Action: access.ReadProgram, handle: (*Server).getOverview},
	{Method: "GET", Path: "/programs/:program/compare", Door: People, Action: access.ReadProgram, handle: (*Server).getCompare},
	{Method: "GET", Path: "/programs/:program/summary", Door: People, Action: access.ReadProgram, handle: (*Server).getSummary},
	{Method: "GET", Path: "/programs/:program/summary.pdf", Door: People, Action: access.ReadProgram, handle: (*Server).getSummaryPDF},
	{Method: "GET", Path: "/programs/:program/share", Door: People, Action: access.ReadProgram, handle: (*Server).getShare},
	{Method: "GET", Path: "/programs/:program/share/card.svg", Door: People, Action: access.ReadProgram, handle: (*Server).getCardSVG},
	{Method: "GET", Path: "/programs/:program/share/card", Door: People, Action: access.RecordStatement, handle: (*Server).getCard},
	{Method: "POST", Path: "/programs/:program/share/card", Door: People, Action: access.RecordStatement, Writes: true, handle: (*Server).postCard, keeps: cardFields},
	{Method: "GET", Path: "/programs/:program/feeds", Door: People, Action: access.ReadProgram, handle: (*Server).getFeeds},
	{Method: "POST", Path: "/programs/:program/feeds", Door: People, Action: access.ReadProgram, handle: (*Server).postFeeds},
	{Method: "POST", Path: "/programs/:program/feeds/revoke", Door: People, Action: access.ReadProgram, handle: (*Server).postRevokeFeeds},
	{Method: "GET", Path: "/programs/:program/release", Door: People, Action: access.ReleaseFigures, handle: (*Server).getRelease},
	{Method: "POST", Path: "/programs/:program/release", Door: People, Action: access.ReleaseFigures, Writes: true, handle: (*Server).postRelease, keeps: releaseFields},
	{Method: "GET", Path: "/programs/:program/release/withdraw", Door: People, Action: access.ReleaseFigures, handle: (*Server).getWithdraw},
	{Method: "POST", Path: "/programs/:program/release/withdraw", Door: People, Action: access.ReleaseFigures, Writes: true, handle: (*Server).postWithdraw, keeps: withdrawFields},
	{Method: "GET", Path: "/feeds/:feed/calendar.ics", Door: Feeds, Action: access.ReadProgram, handle: (*Server).getCalendar},
	{Method: "GET", Path: "/feeds/:feed/news.atom", Door: Feeds, Action: access.ReadProgram, handle: (*Server).getNews},
	{Method: "GET", Path: "/programs/:program/timeline", Door: People, Action: access.ReadProgram, handle: (*Server).getTimeline},
	{Method: "GET", Path: "/programs/:program/jobs", Door: People, Action: access.ReadProgram, handle: (*Server).getJobs},
	{Method: "GET", Path: "/programs/:program/jobs/:job", Door: People, Action: access.ReadProgram, handle: (*Server).getJob},
	{Method: "GET", Path: "/programs/:program/method", Door: People, Action: access.ReadProgram, handle: (*Server).getMethod},
	{Method: "GET", Path: "/programs/:program/audit", Door: People, Action: access.ReadProgram, handle: (*Server).getAudit},
	{Method: "GET", Path: "/programs/:program/audit/reads", Door: People, Action: access.ReadLedger, handle: (*Server).getReads},
	{Method: "GET", Path: "/programs/:program/audit/tables/:table", Door: People, Action: access.ReadLedger, handle: (*Server).getAuditTable},
	{Method: "GET", Path: "/programs/:program/days/:day", Door: People, Action: access.ReadProgram, handle: (*Server).getDay},
	{Method: "GET", Path: "/programs/:program/milestones", Door: People, Action: access.ReadProgram, handle: (*Server).getMilestones},
	{Method: "GET", Path: "/programs/:program/milestones/:milestone", Door: People, Action: access.ReadProgram, handle: (*Server).getMilestone},
	{Method: "GET", Path: "/programs/:program/milestones/:milestone/update", Door: People, Action: access.ReportProgress, handle: (*Server).getUpdate},
	{Method: "POST", Path: "/programs/:program/milestones/:milestone/update", Door: People, Action: access.ReportProgress, Writes: true, handle: (*Server).postUpdate, keeps: updateFields},
	{Method: "GET", Path: "/programs/:program/milestones/:milestone/evidence", Door: People, Action: access.AddEvidence, handle: (*Server).getAddEvidence},
	{Method: "POST", Path: "/programs/:program/milestones/:milestone/evidence", Door: People, Action: access.AddEvidence, Writes: true, handle: (*Server).postAddEvidence, keeps: evidenceFields},
	{Method: "GET", Path: "/programs/:program/milestones/:milestone/reopen", Door: People, Action: access.CorrectProgress, handle: (*Server).getReopen},
	{Method: "POST", Path: "/programs/:program/milestones/:milestone/reopen", Door: People, Action: access.CorrectProgress, Writes: true, handle: (*Server).postReopen, keeps: reopenFields},
	{Method: "GET", Path: "/programs/:program/proposals", Door: People, Action: access.ReadProgram, handle: (*Server).getProposals},
	{Method: "GET", Path: "/programs/:program/proposals/:proposal", Door: People, Action: access.DecideProposal, handle: (*Server).getDecide},
	{Method: "POST", Path: "/programs/:program/proposals/:proposal", Door: People, Action: access.DecideProposal, Writes: true, handle: (*Server).postDecide, keeps: decideFields},
	{Method: "GET", Path: "/programs/:program/evidence", Door: People, Action: access.ReadEvidence, handle: (*Server).getEvidence},
	{Method: "GET", Path: "/programs/:program/evidence/:evidence/review", Door: People, Action: access.ReviewEvidence, handle: (*Server).getReview},
	{Method: "POST", Path: "/programs/:program/evidence/:evidence/review", Door: People, Action: access.ReviewEvidence, Writes: true, handle: (*Server).postReview, keeps: reviewFields},
	{Method: "GET", Path: "/programs/:program/files/:file", Door: People, Action: access.ReadEvidence, handle: (*Server).getFile},
	{Method: "GET", Path: "/programs/:program/items", Door: People, Action: access.ReadProgram, handle: (*Server).getItems},
	{Method: "GET", Path: "/programs/:program/items/new", Door: People, Action: access.RaiseItem, handle: (*Server).getBlocker},
	{Method: "POST", Path: "/programs/:program/items/new", Door: People, Action: access.RaiseItem, Writes: true, handle: (*Server).postBlocker, keeps: blockerFields},
	{Method: "GET", Path: "/programs/:program/items/:item/close", Door: People, Action: access.RaiseItem, handle: (*Server).getClose},
	{Method: "POST", Path: "/programs/:program/items/:item/close", Door: People, Action: access.RaiseItem, Writes: true, handle: (*Server).postClose, keeps: closeFields},
	{Method: "GET", Path: "/programs/:program/statements", Door: People, Action: access.ReadProgram, handle: (*Server).getStatements},
	{Method: "GET", Path: "/programs/:program/statements/new", Door: People, Action: access.RecordStatement, handle: (*Server).getStatement},
	{Method: "POST", Path: "/programs/:program/statements/new", Door: People, Action: access.RecordStatement, Writes: true, handle: (*Server).postStatement, keeps: statementFields},
	{Method: "GET", Path: "/programs/:program/deadlines", Door: People, Action: access.ReadProgram, handle: (*Server).getDeadlines},
	{Method: "GET", Path: "/programs/:program/deadlines/new", Door: People, Action: access.SetDeadline, handle: (*Server).getDeadline},
	{Method: "POST", Path: "/programs/:program/deadlines/new", Door: People, Action: access.SetDeadline, Writes: true, handle: (*Server).postDeadline, keeps: deadlineFields},
	{Method: "GET", Path: "/programs/:program/deadlines/binding", Door: People, Action: access.SetDeadline, handle: (*Server).getBinding},
	{Method: "POST", Path: "/programs/:program/deadlines/binding", Door: People, Action: access.SetDeadline, Writes: true, handle: (*Server).postBinding, keeps: bindingFields},
	{Method: "GET", Path: "/programs/:program/aftercare", Door: People, Action: access.ReadProgram, handle: (*Server).getAfterCare},
	{Method: "GET", Path: "/programs/:program/acceptances/new", Door: People, Action: access.RecordAcceptance, handle: (*Server).getAcceptance},
	{Method: "POST", Path: "/programs/:program/acceptances/new", Door: People, Action: access.RecordAcceptance, Writes: true, handle: (*Server).postAcceptance, keeps: acceptanceFields},
	{Method: "GET", Path: "/programs/:program/sanctions/new", Door: People, Action: access.RecordSanctionStep, handle: (*Server).getSanction},
	{Method: "POST", Path: "/programs/:program/sanctions/new", Door: People, Action: access.RecordSanctionStep, Writes: true, handle: (*Server).postSanction, keeps: sanctionFields},
	{Method: "GET", Path: "/programs/:program/audits/new", Door: People, Action: access.RecordAudit, handle: (*Server).getAuditPlan},
	{Method: "POST", Path: "/programs/:program/audits/new", Door: People, Action: access.RecordAudit, Writes: true, handle: (*Server).postAuditPlan, keeps: auditFields},
	{Method: "GET", Path: "/programs/:program/audits/change", Door: People, Action: access.RecordChange, handle: (*Server).getAuditChange},
	{Method: "POST", Path: "/programs/:program/audits/change", Door: People, Action: access.RecordChange, Writes: true, handle: (*Server).postAuditChange, keeps: changeFields},
	{Method: "GET", Path: "/programs/:program/audits/:audit/result", Door: People, Action: access.RecordAudit, handle: (*Server).getAuditResult},
	{Method: "POST", Path: "/programs/:program/audits/:audit/result", Door: People, Action: access.RecordAudit, Writes: true, handle: (*Server).postAuditResult, keeps: resultFields},
	{Method: "GET", Path: "/programs/:program/reports", Door: People, Action: access.ReadProgram, handle: (*Server).getProgressReports},
	{Method: "GET", Path: "/programs/:program/reports/new", Door: People, Action: access.IssueReport, handle: (*Server).getReportForm},
	{Method: "POST", Path: "/programs/:program/reports/new", Door: People, Action: access.IssueReport, Writes: true, handle: (*Server).postReportForm, keeps: reportFields},
	{Method: "GET", Path: "/programs/:program/reports/:number", Door: People, Action: access.ReadProgram, handle: (*Server).getProgressReport},
	{Method: "GET", Path: "/programs/:program/reports/:number/:rendering", Door: People, Action: access.ReadProgram, handle: (*Server).getProgressReportFile},
	{Method: "GET", Path: "/programs/:program/reports/:number/tables/:table", Door: People, Action: access.ReadProgram, handle: (*Server).getReportTable},
	{Method: "GET", Path: "/programs/:program/tables/:table", Door: People, Action: access.ReadProgram, handle: (*Server).getTable},
	{Method: "GET", Path: "/programs/:program/milestones/:milestone/tables/:table", Door: People, Action: access.ReadProgram, handle: (*Server).getMilestoneTable},
	{Method: "GET", Path: "/programs/:program/jobs/:job/tables/:table", Door: People, Action: access.ReadProgram, handle: (*Server).getJobTable},
	{Method: "GET", Path: "/programs/:program/days/:day/tables/:table", Door: People, Action: access.ReadProgram, handle: (*Server).getDayTable},
	{Method: "GET", Path: "/tables/:table", Door: People, Action: access.ReadProgram, handle: (*Server).getProgramsTable},
	{Method: "GET", Path: "/programs/:program/checkpoints", Door: People, Action: access.ReadProgram, handle: (*Server).getCheckpoints},
	{Method: "GET", Path: "/programs/:program/override", Door: People, Action: access.SetDeadline, handle: (*Server).getOverride},
	{Method: "POST", Path: "/programs/:program/override", Door: People, Action: access.SetDeadline, Writes: true, handle: (*Server).postOverride, keeps: overrideFields},

	{Method: "POST", Path: "/api/v1/programs/:program/milestones/:milestone/reports", Door: Jobs, Action: access.ReportProgress, Scopes: reporting, Writes: true, handle: (*Server).postReport},
	{Method: "POST", Path: "/api/v1/reports:batch", Door: Jobs, Action: access.ReportProgress, Scopes: reporting, Writes: true, handle: (*Server).postReports},
	{Method: "GET", Path: "/api/v1/stream", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getStream, background: true},
	{Method: "GET", Path: "/api/v1/programs/:program/stream", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getStream, background: true},
	{Method: "GET", Path: "/api/v1/programs", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getProgramsJSON},
	{Method: "GET", Path: "/api/v1/programs/:program", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getProgramJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/reports", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getProgressReportsJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/reports/:number", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getProgressReportJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/reports/:number/:rendering", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getProgressReportFile},
	{Method: "GET", Path: "/api/v1/programs/:program/reports/:number/tables/:table", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getReportTable},
	{Method: "GET", Path: "/api/v1/tables/:table", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getProgramsTable},
	{Method: "GET", Path: "/api/v1/programs/:program/tables/:table", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getTable},
	{Method: "GET", Path: "/api/v1/programs/:program/milestones/:milestone/tables/:table", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getMilestoneTable},
	{Method: "GET", Path: "/api/v1/programs/:program/days/:day/tables/:table", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getDayTable},
	{Method: "GET", Path: "/api/v1/programs/:program/jobs/:job/tables/:table", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getJobTable},
	{Method: "GET", Path: "/api/v1/programs/:program/summary", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getSummaryJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/ledger", Door: Readers, Action: access.ReadLedger, Scopes: reads, handle: (*Server).getLedger},
	{Method: "GET", Path: "/api/v1/programs/:program/proof", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getProof},
	{Method: "GET", Path: "/api/v1/programs/:program/items", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getItemsJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/checkpoint", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getCheckpointNote},
	{Method: "GET", Path: "/api/v1/programs/:program/checkpoints", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getCheckpointsJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/proofs/inclusion", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getInclusion},
	{Method: "GET", Path: "/api/v1/programs/:program/proofs/consistency", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getConsistency},
	{Method: "GET", Path: "/api/v1/programs/:program/proposals", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getProposalsJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/milestones/:milestone/proposals", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getProposalsJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/evidence", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getEvidenceJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/letters", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getLettersJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/aftercare", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getAfterCareJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/milestones", Door: Readers, Action: access.ReadProgram, Scopes: reads, handle: (*Server).getMilestonesJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/milestones/:milestone", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getMilestoneJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/milestones/:milestone/reports", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getReportsJSON},
	{Method: "GET", Path: "/api/v1/programs/:program/milestones/:milestone/reports/:entry", Door: Readers, Action: access.ReadProgram, Scopes: either, handle: (*Server).getReportJSON},
}

// styleguide is a door for developers: it is hung where Config.Styleguide asks for it, and listed nowhere.
var styleguide = Route{Method: "GET", Path: "/styleguide", Door: Public, handle: (*Server).getStyleguide}

// Routes is a copy of the table.
func Routes() []Route { return slices.Clone(routes) }

// Roles lists the roles of people that may pass; none for a door that people do not open.
func (t Route) Roles() []access.Role {
	if t.Door != People && t.Door != Readers {
		return nil
	}
	return slices.DeleteFunc(access.Roles(), func(role access.Role) bool { return t.Action != "" && !access.Can(role, t.Action) })
}

// MarshalJSON adds the roles, which follow from the action.
func (t Route) MarshalJSON() ([]byte, error) {
	type plain Route
	return marshal(struct {
		plain
		Roles []access.Role `json:"roles,omitempty"`
	}{plain(t), t.Roles()})
}

// inProgram reports whether the path names a program.
func (t *Route) inProgram() bool { return strings.Contains(t.Path, "/:program") }

// open hangs a door into echo. Nothing but the table ever calls this.
func (s *Server) open(t *Route) {
	guarded := func(c echo.Context) error {
		r := c.(*request)
		r.route = t
		if !r.readPath() {
			return &failure{kind: notFound}
		}
		if err := s.admit(r); err != nil {
			return err
		}
		return t.handle(s, r)
	}
	path := strings.ReplaceAll(t.Path, "reports:batch", `reports\:batch`) // a colon that begins no parameter
	s.echo.Add(t.Method, path, guarded)
	if t.Method == http.MethodGet {
		s.echo.Add(http.MethodHead, path, guarded) // net/http leaves the body out
	}
}
