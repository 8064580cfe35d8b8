package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// CompareRecord is a deadline, an item or a statement that came, changed or went between the two moments.
type CompareRecord struct {
	Kind, Name, Href string
	What             string
	From, To         string
}

// record is a CompareRecord before it has a language.
type record struct {
	kind           i18n.Message
	key, page      string
	name, from, to func(words) string // from, to: nil where it was not on record
	what           i18n.Message
}

// recordsOf puts what differs between two moments in one list: deadlines, items, statements.
func recordsOf(d metrics.Differences) []record {
	var list []record
	for _, c := range d.Deadlines {
		list = append(list, deadlineRecord(c))
	}
	for _, c := range d.Items {
		list = append(list, itemRecord(c))
	}
	for _, c := range d.Statements {
		list = append(list, statementRecord(c))
	}
	return list
}

// newRecord is what all kinds have in common: whether it came, went or changed, and how it was and is.
func newRecord[T any](kind i18n.Message, page string, c metrics.Changed[T], key func(T) string, name, state func(words, T) string) record {
	r := record{kind: kind, page: page, what: i18n.CompareAltered}
	say := func(t *T, f func(words, T) string) func(words) string {
		if t == nil {
			return nil
		}
		return func(w words) string { return f(w, *t) }
	}
	r.from, r.to = say(c.Before, state), say(c.After, state)
	newest := c.After
	switch {
	case c.Before == nil:
		r.what = i18n.CompareJoined
	case c.After == nil:
		r.what, newest = i18n.CompareGone, c.Before
	}
	r.key, r.name = key(*newest), say(newest, name)
	return r
}

func deadlineRecord(c metrics.Changed[metrics.Deadline]) record {
	r := newRecord(i18n.TrailDeadline, "/deadlines", c, func(d metrics.Deadline) string { return d.Key }, words.deadlineName, func(w words, d metrics.Deadline) string {
		if d.Binding {
			return w.deadlineDay(d) + ", " + w.T(i18n.DeadlineBinds)
		}
		return w.deadlineDay(d)
	})
	if c.Before != nil && c.After != nil && c.Before.Binding != c.After.Binding {
		r.what = i18n.CompareUnbound
		if c.After.Binding {
			r.what = i18n.CompareBound
		}
	}
	return r
}

func itemRecord(c metrics.Changed[metrics.Item]) record {
	r := newRecord(i18n.TrailItem, "/items", c, func(i metrics.Item) string { return i.Key }, func(w words, i metrics.Item) string { return w.written(i.Title) }, func(w words, i metrics.Item) string {
		if i.Closed {
			return join(w.T(i18n.CompareClosedState)+".", w.text(i.Resolution))
		}
		return w.T(i18n.CompareOpenState, w.dayOr(i.Due, i18n.ItemNoDue))
	})
	if c.After != nil && c.After.Closed && (c.Before == nil || !c.Before.Closed) {
		r.what = i18n.CompareClosed
	}
	return r
}

func statementRecord(c metrics.Changed[metrics.Statement]) record {
	return newRecord(i18n.TrailStatement, "/statements", c, func(s metrics.Statement) string { return s.Key }, func(w words, s metrics.Statement) string {
		return w.who(s) + ": " + shorten(w.written(s.Words), quotedWords)
	}, func(w words, s metrics.Statement) string {
		value := w.claimed(s)
		if value == "" {
			value = w.T(wordsForValue(s.Kind))
		}
		return w.T(i18n.CompareSaid, value, w.dayOr(s.StatedOn, i18n.RegisterUndated))
	})
}

func (m *CompareModel) records(f Frame, w words, d metrics.Differences, on metrics.Day) {
	said := func(f func(words) string) string {
		if f == nil {
			return "–"
		}
		return f(w)
	}
	for _, r := range recordsOf(d) {
		m.Records = append(m.Records, CompareRecord{
			Kind: w.T(r.kind), Name: r.name(w), Href: f.LinkWith(f.InProgram(r.page), "as_of", on.String()), What: w.T(r.what), From: said(r.from), To: said(r.to),
		})
	}
}

// quotedWords is how much of a statement names it, in characters.
const quotedWords = 120
