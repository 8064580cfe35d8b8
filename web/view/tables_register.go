package view

import (
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// StatementsFile is the register, newest first. comparisons belong to p.Statements, one each; side and subject narrow it as on the page.
func StatementsFile(p metrics.Program, comparisons []metrics.Comparison, side, subject string) tables.Table {
	var claims []judgedClaim
	for _, c := range joinClaims(p, comparisons) {
		if (side == "" || c.said.Side == side) && (subject == "" || subjectKey(c.said.Area, c.said.Subject) == subject) {
			claims = append(claims, c)
		}
	}
	say := func(f func(words, judgedClaim) string) func(judgedClaim) tables.Cell {
		return func(c judgedClaim) tables.Cell { return inBoth(p.Zone, func(w words) string { return f(w, c) }) }
	}
	return tables.Make("statements", i18n.TableStatements, []tables.Field[judgedClaim]{
		col("statement", i18n.HeadKey, func(c judgedClaim) tables.Cell { return tables.Word(c.said.Key) }),
		col("stated_on", i18n.HeadStatedOn, func(c judgedClaim) tables.Cell { return tables.DateOf(c.said.StatedOn) }),
		col("published_on", i18n.HeadPublishedOn, func(c judgedClaim) tables.Cell { return tables.DateOf(c.said.PublishedOn) }),
		col("side", i18n.RegisterSide, say(func(w words, c judgedClaim) string { return w.side(c.said.Side) })),
		col("speaker", i18n.HeadSpeaker, func(c judgedClaim) tables.Cell { return tables.FreeOf(c.said.Speaker) }),
		col("words", i18n.HeadWords, func(c judgedClaim) tables.Cell { return written(c.said.Words) }),
		col("value", i18n.StatementValue, say(func(w words, c judgedClaim) string { return w.claimed(c.said) })),
		colIn(tables.Percent, "low", i18n.HeadLow, func(c judgedClaim) tables.Cell { return hundredthsOf(c.said.Low) }),
		colIn(tables.Percent, "high", i18n.HeadHigh, func(c judgedClaim) tables.Cell { return hundredthsOf(c.said.High) }),
		col("approximate", i18n.HeadApproximate, func(c judgedClaim) tables.Cell { return tables.Yes(c.said.Approximate) }),
		col("subject", i18n.RegisterSubject, say(func(w words, c judgedClaim) string { return w.claimSubject(p, c.said.Area, c.said.Subject) })),
		col("scope", i18n.RegisterScope, say(func(w words, c judgedClaim) string { return w.claimScope(p, c) })),
		col("computed_on", i18n.HeadComputedOn, func(c judgedClaim) tables.Cell { return tables.DateOf(c.On) }),
		colIn(tables.Percent, "computed", i18n.HeadComputed, func(c judgedClaim) tables.Cell { return hundredthsOf(c.Computed) }),
		col("computed_of", i18n.HeadComputedOf, func(c judgedClaim) tables.Cell { return computedOf(c) }),
		colIn(tables.Points, "difference", i18n.HeadDifference, func(c judgedClaim) tables.Cell { return hundredthsOf(c.Difference) }),
		col("judgement", i18n.RegisterJudged, say(func(w words, c judgedClaim) string { return w.claimTag(c.Comparison).Word })),
		col("source", i18n.Source, func(c judgedClaim) tables.Cell { return tables.WordOf(c.said.Source) }),
		col("provenance", i18n.HeadProvenance, say(func(w words, c judgedClaim) string { return w.provenance(c.said.Provenance) })),
	}, claims)
}

func computedOf(c judgedClaim) tables.Cell {
	switch {
	case c.Computed == nil:
		return nil
	case c.Unit == metrics.ShareOfArea:
		return fixed(i18n.Area)
	}
	return fixed(i18n.WholeProgram)
}

// DeadlinesFile is every version of every deadline with its verdict.
func DeadlinesFile(p metrics.Program, a metrics.Assessment) tables.Table {
	type version = metrics.DeadlineAssessment
	say := func(f func(words, version) string) func(version) tables.Cell {
		return func(d version) tables.Cell { return inBoth(p.Zone, func(w words) string { return f(w, d) }) }
	}
	override := func(f func(metrics.Override) tables.Cell) func(version) tables.Cell {
		return func(d version) tables.Cell {
			if d.Override == nil {
				return nil
			}
			return f(*d.Override)
		}
	}
	return tables.Make("deadlines", i18n.TableDeadlines, []tables.Field[version]{
		col("deadline", i18n.HeadKey, func(d version) tables.Cell { return tables.Word(d.Deadline.Key) }),
		col("version", i18n.ColumnVersion, func(d version) tables.Cell { return entryNo(d.Deadline.Version) }),
		col("kind", i18n.ColumnKind, say(func(w words, d version) string { return w.deadlineKind(d.Deadline) })),
		col("earliest", i18n.HeadEarliest, func(d version) tables.Cell { return tables.DateOf(d.Deadline.Earliest) }),
		col("date", i18n.HeadDeadlineDay, func(d version) tables.Cell { return tables.Date(d.Deadline.Date) }),
		col("binding", i18n.HeadBinding, func(d version) tables.Cell { return tables.Yes(d.Deadline.Binding) }),
		col("stated", i18n.ColumnStated, func(d version) tables.Cell { return named(d.Deadline.Stated) }),
		col("announced_on", i18n.ColumnAnnounced, func(d version) tables.Cell { return tables.Date(d.Deadline.AnnouncedOn) }),
		col("announced_by", i18n.HeadAnnouncedBy, func(d version) tables.Cell { return tables.WordOf(d.Deadline.AnnouncedBy) }),
		col("document", i18n.ColumnDocument, func(d version) tables.Cell { return tables.WordOf(d.Deadline.Document) }),
		colIn(tables.Days, "days_left", i18n.HeadDaysLeft, func(d version) tables.Cell { return tables.Whole(d.DaysLeft) }),
		col("passed", i18n.HeadPassed, func(d version) tables.Cell { return tables.Yes(d.Passed) }),
		col("verdict", i18n.Verdict, say(func(w words, d version) string { return w.verdictTag(d.Judgement.Verdict).Word })),
		col("reason", i18n.Reason, say(func(w words, d version) string { return w.reason(d.Judgement.Reason, a.Curve.LastReport) })),
		col("override", i18n.HeadOverride, override(func(o metrics.Override) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.verdictTag(o.Verdict).Word })
		})),
		col("override_by", i18n.HeadOverrideBy, override(func(o metrics.Override) tables.Cell { return tables.WordOf(o.By) })),
		col("override_until", i18n.HeadOverrideUntil, override(func(o metrics.Override) tables.Cell { return tables.Date(o.Until) })),
		col("override_reason", i18n.HeadOverrideReason, override(func(o metrics.Override) tables.Cell { return written(o.Reason) })),
		col("spi_t", i18n.ScheduleIndex, func(d version) tables.Cell { return spi(d.Schedule) }),
		col("provenance", i18n.HeadProvenance, say(func(w words, d version) string { return w.provenance(d.Deadline.Provenance) })),
		col("entry", i18n.ColumnEntry, func(d version) tables.Cell { return entryNo(d.Deadline.Entry) }),
	}, a.Deadlines)
}

// BindingsFile is which deadline counted when, the latest first.
func BindingsFile(p metrics.Program) tables.Table {
	bound := slices.Clone(p.Bindings)
	slices.Reverse(bound)
	return tables.Make("bindings", i18n.BindingHistory, []tables.Field[metrics.Binding]{
		col("deadline", i18n.Deadline, func(b metrics.Binding) tables.Cell { return tables.WordOf(b.Deadline) }),
		col("from", i18n.BindingFrom, func(b metrics.Binding) tables.Cell { return tables.TimeOf(b.From) }),
		col("to", i18n.BindingTo, func(b metrics.Binding) tables.Cell {
			if b.To == nil {
				return nil
			}
			return tables.TimeOf(*b.To)
		}),
		col("reason", i18n.Reason, func(b metrics.Binding) tables.Cell { return tables.FreeOf(b.Reason) }),
		col("entry", i18n.ColumnEntry, func(b metrics.Binding) tables.Cell { return entryNo(b.Entry) }),
		col("ended_in", i18n.HeadEndedIn, func(b metrics.Binding) tables.Cell { return entryNo(b.ToEntry) }),
	}, bound)
}

// LimitsFile is the thresholds in force beside the defaults, as the page words them.
func LimitsFile(p metrics.Program) tables.Table {
	rows := func(l i18n.Lang) []LimitRow { return words{l, p.Zone}.limits(p.Rules) }
	id, en := rows(i18n.Indonesian), rows(i18n.English)
	indices := make([]int, len(id))
	for i := range indices {
		indices[i] = i
	}
	both := func(of func(LimitRow) string) func(int) tables.Cell {
		return func(i int) tables.Cell { return tables.Words{ID: of(id[i]), EN: of(en[i])} }
	}
	return tables.Make("limits", i18n.LimitsTitle, []tables.Field[int]{
		col("name", i18n.LimitsName, both(func(r LimitRow) string { return r.Name })),
		col("in_force", i18n.LimitsInForce, both(func(r LimitRow) string { return r.Value })),
		col("default", i18n.LimitsDefault, both(func(r LimitRow) string { return r.Default })),
		col("own", i18n.HeadOwn, func(i int) tables.Cell { return tables.Yes(id[i].Own) }),
	}, indices)
}

func spi(s *metrics.Schedule) tables.Cell {
	if s == nil {
		return nil
	}
	if index, ok := s.IndexHundredths(); ok {
		return tables.Hundredths(index)
	}
	return nil
}
