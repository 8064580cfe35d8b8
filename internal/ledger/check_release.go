package ledger

import (
	"strings"
	"time"
)

func (c *check) release(r Release, texts map[string]string) {
	if r.Withdrawn {
		c.that(r.Figures == nil, InvalidValue, "figures")
		c.that(!r.Badge, InvalidValue, "badge")
		c.that(strings.TrimSpace(texts["reason"]) != "", Required, "reason")
		return
	}
	if c.that(r.Figures != nil, Required, "figures"); r.Figures != nil {
		c.publicFigures(*r.Figures)
	}
}

func (c *check) publicFigures(f PublicFigures) {
	c.instant("as_of", f.AsOf)
	c.instant("recorded_at", f.RecordedAt)
	c.that(f.Entry > 0, OutOfRange, "entry")
	c.date("today", f.Today)
	c.name("name", f.Name)
	c.that(f.State != "", Required, "state")
	c.publicPoints(f.PublicPoints, wholeBasisPoints)
	if r := f.Range; r != nil {
		c.that(r.Low >= 0 && r.Low <= r.High && r.High <= wholeBasisPoints, OutOfRange, "headline_range")
	}
	c.that((f.Verdict == "") == (f.Reason == nil), Required, "reason")
	c.that(f.Verdict != "" || f.Deadline == nil, InvalidValue, "deadline")
	if f.Deadline != nil {
		c.id("deadline", f.Deadline.Key)
		c.date("deadline", f.Deadline.Date)
	}
	for _, a := range f.Areas {
		c.id("areas", a.Key)
		c.name("areas", a.Name)
		c.publicPoints(a.PublicPoints, a.Weight)
	}
	for _, m := range f.Milestones {
		c.id("milestones", m.Key)
		c.name("milestones", m.Name)
		c.publicPoints(m.PublicPoints, m.Weight)
		c.that((m.Done == nil) == (m.Total == nil), Required, "total")
	}
}

func (c *check) instant(field, value string) {
	_, err := time.Parse(time.RFC3339Nano, value)
	c.that(err == nil, InvalidValue, field)
}

// publicPoints: reported and outstanding make up the whole of a thing, and what is proven is part of what is reported.
func (c *check) publicPoints(p PublicPoints, whole int64) {
	c.that(whole >= 0 && whole <= wholeBasisPoints && p.Reported >= 0 && p.Outstanding >= 0 && p.Reported+p.Outstanding == whole, OutOfRange, "reported_basis_points")
	c.that(p.Verified >= 0 && p.Verified <= p.Reported, OutOfRange, "verified_basis_points")
	c.that(p.Accepted >= 0 && p.Accepted <= p.Reported, OutOfRange, "accepted_basis_points")
}
