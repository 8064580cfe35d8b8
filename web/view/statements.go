package view

import (
	"cmp"
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// StatementRow is one public claim, as it was said.
type StatementRow struct {
	SaidOn, PrintedOn string
	Who               string
	Words             string
	Value             string // "75%", "sedikitnya 70%", "85% sampai 90%", "sisa 13%"; "" where nothing was quantified
	Subject           string
	Source            string
}

func newStatementRows(w words, statements []metrics.Statement) []StatementRow {
	rows := make([]StatementRow, 0, len(statements))
	for _, s := range statements {
		rows = append(rows, StatementRow{
			SaidOn: w.dayOr(s.StatedOn, i18n.DateNotStated), PrintedOn: w.dayOr(s.PublishedOn, i18n.DateNotStated),
			Who: w.who(s), Words: w.written(s.Words), Value: w.claimed(s), Subject: cmp.Or(w.text(s.Subject), w.T(i18n.NotStated)), Source: s.Source,
		})
	}
	return rows
}

// who is the speaker and the side spoken for.
func (w words) who(s metrics.Statement) string {
	side, speaker := w.side(s.Side), w.text(s.Speaker)
	switch {
	case speaker == "":
		return side
	case side == "":
		return speaker
	}
	return speaker + " (" + side + ")"
}

func (w words) side(side string) string {
	switch side {
	case "regulator":
		return w.T(i18n.SideRegulator)
	case "operator":
		return w.T(i18n.SideOperator)
	case "merchant":
		return w.T(i18n.SideMerchant)
	case "expert":
		return w.T(i18n.SideExpert)
	case "press":
		return w.T(i18n.SidePress)
	}
	return side
}

// percentLeft is the kind of a statement whose bounds are of what remains; all others are of what is done.
const percentLeft = "percent_left"

// claimed writes the value of a statement as exact, bound or range, and of what is left where that was said.
func (w words) claimed(s metrics.Statement) string {
	value := ""
	switch {
	case s.Low == nil && s.High == nil:
		return ""
	case s.High == nil:
		value = w.T(i18n.StatementAtLeast, w.stated(*s.Low))
	case s.Low == nil:
		value = w.T(i18n.StatementAtMost, w.stated(*s.High))
	case *s.Low == *s.High && s.Approximate:
		value = w.T(i18n.StatementApprox, w.stated(*s.Low))
	case *s.Low == *s.High:
		value = w.stated(*s.Low)
	default:
		value = w.T(i18n.StatementBetween, w.stated(*s.Low), w.stated(*s.High))
	}
	if s.Kind == percentLeft {
		return w.T(i18n.StatementLeft, value)
	}
	return value
}

// stated writes a percentage as it was said, to the hundredth.
func (w words) stated(b metrics.BasisPoints) string { return w.pts(b) + "%" }

// claim is what a statement says is done of the whole; a missing bound is open.
type claim struct{ low, high *metrics.BasisPoints }

// newClaim reads a statement as a claim about the whole; ok is false if it says nothing of that.
func newClaim(s metrics.Statement) (c claim, ok bool) {
	if s.Area != "" || s.Scope == metrics.ScopeOther || s.Low == nil && s.High == nil {
		return claim{}, false
	}
	if s.Kind != percentLeft {
		return claim{s.Low, s.High}, true
	}
	return claim{rest(s.High), rest(s.Low)}, true
}

func rest(left *metrics.BasisPoints) *metrics.BasisPoints {
	if left == nil {
		return nil
	}
	done := metrics.Whole - *left
	return &done
}

// mark is where a claim is drawn: at its open bound's other end, or halfway between two.
func (c claim) mark() metrics.BasisPoints {
	switch {
	case c.low == nil:
		return *c.high
	case c.high == nil:
		return *c.low
	}
	return (*c.low + *c.high) / 2
}

func saidOrPrinted(s metrics.Statement) *metrics.Day {
	if s.StatedOn != nil {
		return s.StatedOn
	}
	return s.PublishedOn
}

func newestFirst(all []metrics.Statement) []metrics.Statement {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b metrics.Statement) int {
		x, y := saidOrPrinted(a), saidOrPrinted(b)
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		return cmp.Compare(*y, *x)
	})
	return sorted
}
