package view

import (
	"cmp"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// words writes a program's values in a language and in the program's zone.
type words struct {
	i18n.Lang
	zone *time.Location
}

func (w words) text(t metrics.Text) string { return w.Pick(t.ID, t.EN) }

// written is a free text that must have been given when it was recorded: one that is not there any more was erased, and says so.
func (w words) written(t metrics.Text) string { return cmp.Or(w.text(t), w.T(i18n.TextErased)) }

// pct is a share of something that stands beside it; pts is points of the whole, exactly.
//
// share is pct of what is reported as done: all of something reads as declared until a letter covers it.
func (w words) pct(b metrics.BasisPoints) string    { return w.Percent(int64(b)) }
func (w words) pts(b metrics.BasisPoints) string    { return w.Points(int64(b)) }
func (w words) signed(b metrics.BasisPoints) string { return w.SignedPoints(int64(b)) }

func (w words) share(b metrics.BasisPoints, accepted bool) string {
	if b == metrics.Whole && !accepted {
		return w.T(i18n.DeclaredShare, w.pct(b))
	}
	return w.pct(b)
}

// ofWhole adds to a percentage what it is a share of: "87% dari keseluruhan".
func (w words) ofWhole(percent string) string { return w.T(i18n.PercentOfWhole, percent) }

// points is "6,3 poin".
func (w words) points(b metrics.BasisPoints) string {
	if b == 100 {
		return w.T(i18n.OnePointOfWhole, w.pts(b))
	}
	return w.T(i18n.PointsOfWhole, w.pts(b))
}

func (w words) day(d metrics.Day) string      { return w.Date(d.UTC()) }
func (w words) dayMid(d metrics.Day) string   { return w.DateShort(d.UTC()) }
func (w words) dayShort(d metrics.Day) string { return w.DayShort(d.UTC()) }

func (w words) days(a, b metrics.Day) string { return w.DateRange(a.UTC(), b.UTC()) }

// daysMid is days for a narrow column: it breaks between them and nowhere else.
func (w words) daysMid(a, b metrics.Day) string {
	return strings.ReplaceAll(w.dayMid(a)+"–"+w.dayMid(b), " ", "\u00a0")
}

// dayOr is the day, or the given message where there is none.
func (w words) dayOr(d *metrics.Day, none i18n.Message) string {
	if d == nil {
		return w.T(none)
	}
	return w.dayMid(*d)
}

func (w words) at(t time.Time) string    { return w.DateTime(t.In(w.zone)) }
func (w words) atMid(t time.Time) string { return w.DateTimeShort(t.In(w.zone)) }

// unit names what a milestone counts; a unit without a name of its own stands as it was recorded.
func (w words) unit(unit string) string {
	switch unit {
	case "records":
		return w.T(i18n.UnitRecords)
	case "merchants":
		return w.T(i18n.UnitMerchants)
	case "checks":
		return w.T(i18n.UnitChecks)
	case "percent":
		return w.T(i18n.UnitPercent)
	}
	return unit
}

func (w words) layer(layer string) string {
	switch layer {
	case "front_end":
		return w.T(i18n.LayerFrontEnd)
	case "back_end":
		return w.T(i18n.LayerBackEnd)
	case "both":
		return w.T(i18n.LayerBoth)
	}
	return layer
}

func (w words) provenance(p string) string {
	switch p {
	case "article":
		return w.T(i18n.ProvenanceArticle)
	case "public":
		return w.T(i18n.ProvenancePublic)
	case "derived":
		return w.T(i18n.ProvenanceDerived)
	case "invented":
		return w.T(i18n.ProvenanceInvented)
	}
	return p
}

// counts is "40 dari 100 rekaman". A milestone that counts percent has "40 dari 100 persen": a count is what somebody reported, and
// no percentage with a sum behind it.
func (w words) counts(c *metrics.Counts, unit string) string {
	if c == nil {
		return w.T(i18n.StateNoReport)
	}
	return strings.TrimSpace(w.T(i18n.CountOf, w.Int(c.Done), w.Int(c.Total), w.unit(unit)))
}

// every is how often reports are promised: "tiap 7 hari".
func (w words) every(d time.Duration) string {
	switch {
	case d <= 0:
		return w.T(i18n.None)
	case d%(24*time.Hour) == 0:
		return w.N(i18n.EveryDays, int64(d/(24*time.Hour)))
	case d%time.Hour == 0:
		return w.N(i18n.EveryHours, int64(d/time.Hour))
	case d%time.Minute == 0:
		return w.N(i18n.EveryMinutes, int64(d/time.Minute))
	}
	return w.N(i18n.EverySeconds, int64(d/time.Second))
}

// stale is the sentence of the stale banner: which weight has missed its report, and since when nothing was heard.
func (w words) stale(p metrics.Program, a metrics.Assessment) string {
	if a.StaleWeight == 0 {
		return ""
	}
	sentence := w.T(i18n.ReasonStaleShare, w.pts(a.StaleWeight))
	if a.Curve.GapDays > 0 {
		sentence = w.N(i18n.StaleBanner, int64(a.Curve.GapDays)) + " " + sentence
	}
	return sentence
}
