// Package release says what of a program becomes public when compliance releases it: which of its figures are copied into the entry of
// the release, and how that entry reads as a program of which nothing else is known.
package release

import (
	"slices"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// Part is what can be released beside the program's own figures, which always are.
type Part string

// The parts.
const (
	Verdict    Part = "verdict" // with its reason and the deadline
	Areas      Part = "areas"
	Milestones Part = "milestones"
)

// New copies what becomes public of a program that was judged.
func New(p metrics.Program, a metrics.Assessment, parts ...Part) *ledger.PublicFigures {
	f := &ledger.PublicFigures{
		AsOf: moment(a.At), Entry: p.Entry, RecordedAt: moment(p.RecordedAt), Today: a.Today.String(), Name: ledger.Text(p.Name), Demo: p.Demo, State: string(a.State), PublicPoints: publicPoints(a.Figures),
	}
	if a.HeadlineRange != nil {
		f.Range = &ledger.PublicRange{Low: int64(a.HeadlineRange.Low), High: int64(a.HeadlineRange.High)}
	}
	if slices.Contains(parts, Verdict) {
		f.PublicVerdict = publicVerdict(a)
	}
	if slices.Contains(parts, Areas) {
		for _, area := range a.Areas {
			f.Areas = append(f.Areas, ledger.PublicArea{Key: area.Key, Name: ledger.Text(area.Name), Weight: int64(area.Weight), PublicPoints: publicPoints(area.Figures), Share: int64(area.Share)})
		}
	}
	if slices.Contains(parts, Milestones) {
		for _, m := range a.Milestones {
			f.Milestones = append(f.Milestones, publicMilestone(m))
		}
	}
	return f
}

func publicPoints(f metrics.Figures) ledger.PublicPoints {
	return ledger.PublicPoints{Reported: int64(f.Reported), Verified: int64(f.Verified), Accepted: int64(f.Accepted), Outstanding: int64(f.Outstanding)}
}

func publicVerdict(a metrics.Assessment) ledger.PublicVerdict {
	r := a.Judgement.Reason
	v := ledger.PublicVerdict{
		Verdict: string(a.Judgement.Verdict), LastReport: dayText(a.Curve.LastReport),
		Reason: &ledger.PublicReason{Code: string(r.Code), Points: int64(r.Points), Limit: int64(r.Limit), Days: int64(r.Days), LimitDays: int64(r.LimitDays), Date: dayText(r.Date)},
	}
	if b := a.Binding(); b != nil {
		v.Deadline = &ledger.PublicDeadline{Key: b.Deadline.Key, Version: b.Deadline.Version, Date: b.Deadline.Date.String(), DaysLeft: int64(b.DaysLeft)}
	}
	return v
}

func publicMilestone(m metrics.MilestoneAssessment) ledger.PublicMilestone {
	p := ledger.PublicMilestone{
		Key: m.Milestone.Key, Name: ledger.Text(m.Milestone.Name), Unit: m.Milestone.Unit, Weight: int64(m.Milestone.Weight),
		PublicPoints: publicPoints(m.Figures), Share: int64(m.Share),
	}
	if c := m.Milestone.Progress.Counts; c != nil {
		p.Done, p.Total = &c.Done, &c.Total
	}
	return p
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

func dayText(d *metrics.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// State is a program of which nothing is known but what is public. It is an error if the figures were not made by New.
func State(slug string, zone *time.Location, f ledger.PublicFigures) (p metrics.Program, a metrics.Assessment, err error) {
	p = metrics.Program{Key: slug, Name: metrics.Text(f.Name), Zone: zone, Demo: f.Demo, Entry: f.Entry}
	a = metrics.Assessment{State: metrics.State(f.State), Figures: points(f.PublicPoints)}
	if a.At, err = time.Parse(time.RFC3339Nano, f.AsOf); err != nil {
		return p, a, err
	}
	if p.RecordedAt, err = time.Parse(time.RFC3339Nano, f.RecordedAt); err != nil {
		return p, a, err
	}
	if a.Today, err = metrics.ParseDay(f.Today); err != nil {
		return p, a, err
	}
	if f.Range != nil {
		a.HeadlineRange = &metrics.Range{Low: metrics.BasisPoints(f.Range.Low), High: metrics.BasisPoints(f.Range.High)}
	}
	for _, area := range f.Areas {
		a.Areas = append(a.Areas, metrics.AreaAssessment{
			Key: area.Key, Name: metrics.Text(area.Name), Weight: metrics.BasisPoints(area.Weight), Figures: points(area.PublicPoints), Share: metrics.BasisPoints(area.Share),
		})
	}
	for _, m := range f.Milestones {
		milestone := metrics.Milestone{Key: m.Key, Name: metrics.Text(m.Name), Unit: m.Unit, Weight: metrics.BasisPoints(m.Weight)}
		if m.Done != nil && m.Total != nil {
			milestone.Progress.Counts = &metrics.Counts{Done: *m.Done, Total: *m.Total}
		}
		a.Milestones = append(a.Milestones, metrics.MilestoneAssessment{Milestone: milestone, Figures: points(m.PublicPoints), Share: metrics.BasisPoints(m.Share)})
	}
	return p, a, readVerdict(&a, f.PublicVerdict)
}

func points(p ledger.PublicPoints) metrics.Figures {
	return metrics.Figures{
		Reported: metrics.BasisPoints(p.Reported), Verified: metrics.BasisPoints(p.Verified), Accepted: metrics.BasisPoints(p.Accepted), Outstanding: metrics.BasisPoints(p.Outstanding),
	}
}

func readVerdict(a *metrics.Assessment, v ledger.PublicVerdict) (err error) {
	a.Judgement.Verdict = metrics.Verdict(v.Verdict)
	if r := v.Reason; r != nil {
		a.Judgement.Reason = metrics.Reason{
			Code: metrics.ReasonCode(r.Code), Points: metrics.BasisPoints(r.Points), Limit: metrics.BasisPoints(r.Limit), Days: int(r.Days), LimitDays: int(r.LimitDays),
		}
		if a.Judgement.Reason.Date, err = optionalDay(r.Date); err != nil {
			return err
		}
	}
	if a.Curve.LastReport, err = optionalDay(v.LastReport); err != nil || v.Deadline == nil {
		return err
	}
	date, err := metrics.ParseDay(v.Deadline.Date)
	a.Deadlines = []metrics.DeadlineAssessment{{
		Deadline: metrics.Deadline{Key: v.Deadline.Key, Version: v.Deadline.Version, Date: date, Binding: true}, DaysLeft: int(v.Deadline.DaysLeft),
	}}
	return err
}

func optionalDay(text string) (*metrics.Day, error) {
	if text == "" {
		return nil, nil
	}
	d, err := metrics.ParseDay(text)
	return &d, err
}
