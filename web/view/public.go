package view

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// Released is what goes with figures that are public.
type Released struct {
	Note  metrics.Text // of compliance for the public; empty: none
	Badge bool         // other sites may show the figure
	Entry int64        // of the release; 0: it is not recorded yet
	At    time.Time    // when it was released
	Now   time.Time    // when it is read
	Base  string       // where people reach this server
}

// PublicModel is what everybody may read of a program. It is made of what was released and of nothing else.
type PublicModel struct {
	Frame
	Name, Demo        string
	Headline          string
	Percent, Declared string // Percent "": nothing was reported; Declared: what goes with 100 % that nobody accepted
	Measures          []Measure
	HasVerdict        bool
	Verdict           Tag
	Reason            string
	Deadline, Days    string
	AsOf, Old         string
	Note, NoteLang    string // NoteLang: "" for the page's own language
	Areas, Milestones []PublicRow
	Check             string
	StateHref         string // the same state on the program's own pages, for those who may open them
	JSONHref          string
	BadgeSrc, Embed   string // "" where there is no badge
}

// PublicRow is an area or a milestone.
type PublicRow struct {
	Name, Share, Weight, Reported string
	Counts                        string // of a milestone
}

// oldRelease is after how many days the page warns that the program may have moved on.
const oldRelease = 14

// PublicPath is where everybody reads what was released of a program.
func PublicPath(slug string) string { return "/public/" + url.PathEscape(slug) }

// NewPublicModel makes the page. p and a hold what was released and nothing else.
func NewPublicModel(f Frame, p metrics.Program, a metrics.Assessment, r Released) PublicModel {
	w := words{f.Lang, p.Zone}
	m := PublicModel{
		Name: w.text(p.Name), Demo: demoNote(f.Lang, p.Demo), Headline: w.releasedHeadline(a), Percent: w.keyPercent(a), Measures: w.measures(a.Figures), Note: w.text(r.Note),
		AsOf: join(w.known(p, a)+".", w.released(p, r)),
	}
	if a.State == metrics.StateDeclaredComplete {
		m.Declared = w.T(i18n.DeclaredOfTheWhole)
	}
	if r.Note.ID == r.Note.EN && f.Lang != i18n.Indonesian {
		m.NoteLang = i18n.Indonesian.Tag() // it was not translated
	}
	if metrics.DayOf(r.Now, p.Zone)-a.Today >= oldRelease {
		m.Old = w.T(i18n.PublicOld)
	}
	m.judged(w, a)
	m.rows(w, a)
	if r.Entry > 0 {
		m.place(w, p, a, r)
	}
	m.Frame = f
	m.Title = w.releasedShare(a) + " · " + w.markedName(p)
	if m.HasVerdict {
		m.Title = w.releasedShare(a) + " · " + m.Verdict.Word + " · " + w.markedName(p)
	}
	m.LinkPreview = &LinkPreview{Title: m.Title, Description: join(m.Headline, m.AsOf), Address: r.Base + PublicPath(p.Key)}
	return m
}

// judged adds the verdict and the deadline that counted, where they were released.
func (m *PublicModel) judged(w words, a metrics.Assessment) {
	if a.Judgement.Verdict != "" {
		m.HasVerdict, m.Verdict, m.Reason, m.Deadline = true, w.verdictTag(a.Judgement.Verdict), w.reason(a.Judgement.Reason, a.Curve.LastReport), w.T(i18n.DeadlineNone)
	}
	if b := a.Binding(); b != nil {
		m.Deadline, m.Days = w.T(i18n.DeadlineWithVersion, w.day(b.Deadline.Date), w.deadlineName(b.Deadline)), w.T(i18n.PublicDays, w.DaysLeft(b.DaysLeft))
	}
}

// rows adds the areas and the milestones that were released.
func (m *PublicModel) rows(w words, a metrics.Assessment) {
	for _, area := range a.Areas {
		m.Areas = append(m.Areas, w.publicRow(w.text(area.Name), area.Share, area.Weight, area.Figures))
	}
	for _, s := range a.Milestones {
		row := w.publicRow(w.text(s.Milestone.Name), s.Share, s.Milestone.Weight, s.Figures)
		row.Counts = w.counts(s.Milestone.Progress.Counts, s.Milestone.Unit)
		m.Milestones = append(m.Milestones, row)
	}
}

// place adds where the release can be had and checked.
func (m *PublicModel) place(w words, p metrics.Program, a metrics.Assessment, r Released) {
	path := PublicPath(p.Key)
	m.Check = w.T(i18n.PublicCheck, w.Int(r.Entry), w.Int(p.Entry))
	m.StateHref = ProgramPath(p.Key) + "?" + url.Values{"as_of": {a.At.Format(time.RFC3339Nano)}, "lang": {w.Tag()}}.Encode()
	m.JSONHref = "/api/v1" + path
	if r.Badge {
		m.BadgeSrc = path + "/badge.svg?lang=" + w.Tag()
		m.Embed = `<a href="` + r.Base + path + `"><img src="` + r.Base + m.BadgeSrc + `" alt="` + w.T(i18n.BadgeAlt) + `"></a>`
	}
}

// released says when it was released, and how long ago that is.
func (w words) released(p metrics.Program, r Released) string {
	if days := metrics.DayOf(r.Now, p.Zone) - metrics.DayOf(r.At, p.Zone); days > 0 {
		return w.N(i18n.PublicReleasedAgo, int64(days), w.at(r.At))
	}
	return w.T(i18n.PublicReleased, w.at(r.At))
}

func (w words) publicRow(name string, share, weight metrics.BasisPoints, f metrics.Figures) PublicRow {
	row := PublicRow{Name: name, Share: w.share(share, weight > 0 && f.Accepted == weight), Weight: w.pts(weight), Reported: w.pts(f.Reported)}
	if weight == 0 { // nothing to take a share of
		row.Share = w.T(i18n.NoValue)
	}
	return row
}

// releasedShare is the figure with what it is a share of, or that there is none.
func (w words) releasedShare(a metrics.Assessment) string {
	if percent := w.keyPercent(a); percent != "" {
		return w.ofWhole(percent)
	}
	return w.T(i18n.PublicNoReport)
}

// releasedHeadline says how far the program is, in a sentence.
func (w words) releasedHeadline(a metrics.Assessment) string {
	switch percent := w.keyPercent(a); {
	case percent == "":
		return w.T(i18n.HeadlineNoReport)
	case a.HeadlineRange != nil:
		return w.T(i18n.HeadlineRange, w.ofWhole(w.pct(a.HeadlineRange.Low)), w.ofWhole(w.bound(a.HeadlineRange.High)))
	case a.State == metrics.StateAccepted:
		return w.T(i18n.PublicAccepted)
	case a.State == metrics.StateDeclaredComplete:
		return w.T(i18n.PublicDeclared)
	default:
		return w.T(i18n.HeadlineReported, w.ofWhole(percent))
	}
}

// Badge is the released figure as a picture of one line.
type Badge struct {
	Lang, Title  string
	Label, Says  string
	Stripe       string // colour of the verdict
	Width, Split string // of the whole, and of the part with the label
	Face         string // outline of the part with the figure
	LabelX, SayX string
}

// NewBadge makes the picture of a release: the figure, the verdict if it was released, and of when they are.
func NewBadge(l i18n.Lang, p metrics.Program, a metrics.Assessment) Badge {
	const pad, stripe = 8, 5
	w := words{l, p.Zone}
	b := Badge{Lang: w.Tag(), Label: w.T(i18n.ProductName), Says: w.releasedShare(a), Stripe: badgeColours[""]}
	if v := a.Judgement.Verdict; v != "" {
		tag := w.verdictTag(v)
		b.Says, b.Stripe = b.Says+" · "+tag.Word, badgeColours[tag.Class]
	}
	b.Says += " · " + w.dayMid(a.Today)
	if p.Demo != "" {
		b.Says += " · " + w.T(i18n.DemoMark)
	}
	b.Title = w.text(p.Name) + ": " + b.Says
	label, says := int(draw.Quiet.Width(b.Label))+2*pad, int(draw.Quiet.Width(b.Says))+2*pad+stripe
	b.Face = fmt.Sprintf("M%d 1H%dQ%d 1 %d 4V20Q%d 23 %d 23H%dZ", label, label+says-4, label+says-1, label+says-1, label+says-1, label+says-4, label)
	b.Split, b.Width, b.LabelX, b.SayX = strconv.Itoa(label), strconv.Itoa(label+says), strconv.Itoa(pad), strconv.Itoa(label+stripe+pad)
	return b
}

// badgeColours are the style sheet's colours of verdicts on a light ground: a picture on another site has no style sheet.
var badgeColours = map[string]string{"ontrack": "#0a756b", "watch": "#916600", "late": "#63060e", "done": "#15254c", "unknown": "#4a5263", "": "#12436d"}
