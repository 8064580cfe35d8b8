package verify

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/bundle"
	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// Figure checks one headline: that every entry it rests on is in the ledger that was signed, and that these entries give it. It
// cannot show that nothing else should have been counted.
func Figure(in io.Reader, keys []note.Verifier) Report {
	c := &figureChecker{entries: map[int64]ledger.Entry{}}
	c.check(in, keys)
	c.decide()
	return c.Report
}

type figureChecker struct {
	Report
	figure  bundle.Figure
	head    ledger.Checkpoint
	entries map[int64]ledger.Entry
}

func (c *figureChecker) check(in io.Reader, keys []note.Verifier) {
	if len(keys) == 0 {
		c.add(Finding{Code: NoKey})
		return
	}
	f, err := bundle.ReadFigure(in)
	if err != nil {
		c.add(unreadable(err))
		return
	}
	zone, err := time.LoadLocation(f.Timezone)
	if err != nil {
		c.add(unreadable(err))
		return
	}
	c.figure, c.Program, c.Slug = f, f.Program, f.Slug
	if !c.open([]byte(f.Checkpoint), keys) {
		return
	}
	for i := range f.Entries {
		c.include(f.Entries[i])
	}
	if len(c.Findings) == 0 {
		c.sum(zone)
	}
}

// open reads the checkpoint.
func (c *figureChecker) open(signed []byte, keys []note.Verifier) bool {
	cp, err := openCheckpoint(signed, c.figure.Program, keys)
	var forged *note.InvalidSignatureError
	switch {
	case errors.Is(err, errOtherKey):
		c.add(Finding{Code: NothingSigned})
	case errors.As(err, &forged):
		c.add(Finding{Code: SignatureFalse, Detail: forged.Name})
	case err != nil:
		c.add(Finding{Code: NoCheckpoint, Detail: err.Error()})
	case cp.Size < c.figure.Entry:
		c.add(Finding{Code: CheckpointShort, Entry: c.figure.Entry, To: cp.Size})
	default:
		c.head, c.Checkpoints, c.Origin, c.SignedUpTo, c.Root = cp, 1, cp.Origin, cp.Size, cp.Root.String()
		return true
	}
	return false
}

// include checks that an entry is in the tree that was signed.
func (c *figureChecker) include(p bundle.Proved) {
	e, err := ledger.Decode([]byte(p.Canonical))
	if err == nil {
		err = ledger.KnowsBody(e)
	}
	if err != nil {
		code := EntryMalformed
		if errors.Is(err, ledger.ErrUnknown) {
			code = NewerEntry
		}
		c.add(Finding{Code: code, Entry: e.Number, Detail: err.Error()})
		return
	}
	hashes := make([]ledger.Hash, len(p.Inclusion))
	for i, text := range p.Inclusion {
		if hashes[i], err = ledger.ParseHash(text); err != nil {
			c.add(unreadable(err))
			return
		}
	}
	if e.Number < 1 || e.Number > c.head.Size || e.Program != c.figure.Program ||
		ledger.CheckInclusion(hashes, e.Number, ledger.LeafHash([]byte(p.Canonical)), c.head.Size, c.head.Root) != nil {
		c.add(Finding{Code: FigureNotIncluded, Entry: e.Number, To: c.head.Size})
		return
	}
	if e.Number > c.figure.Entry {
		c.add(Finding{Code: FigureDiffers, Member: "entry", Published: fmt.Sprint(c.figure.Entry), Derived: fmt.Sprint(e.Number)})
		return
	}
	c.entries[e.Number] = e
	c.Entries++
}

// sum derives the headline from the entries alone and compares it with the one that was published.
func (c *figureChecker) sum(zone *time.Location) {
	state := fold.State{Program: metrics.Program{ID: c.figure.Program, Key: c.figure.Slug, Zone: zone, Entry: c.figure.Entry}}
	facts, counts, err := c.sort()
	if err == nil {
		err = state.Facts(facts, counts)
	}
	asOf, timeErr := bundle.ParseTime(c.figure.AsOf)
	if err = errors.Join(err, timeErr); err != nil {
		c.add(unreadable(err))
		return
	}
	state.Start = metrics.DayOf(asOf, zone) // no figure here hangs on what was before
	a := metrics.Assess(state.Program, state.History, asOf)
	compared, first := difference(generic(c.figure.Sum), generic(bundle.NewSum(state.Program, a)), "")
	if first != nil {
		c.add(Finding{Code: FigureDiffers, Member: first.member, Published: first.published, Derived: first.derived})
	}
	c.Figures, c.Headline = compared, &a.Figures
}

// sort tells the definitions among the entries from the counts.
func (c *figureChecker) sort() (facts []fold.Fact, counts map[string]fold.MilestoneState, err error) {
	counts = map[string]fold.MilestoneState{}
	for _, number := range slices.Sorted(maps.Keys(c.entries)) {
		e := c.entries[number]
		if !e.Observes() {
			key, err := ledger.KeyOf(e)
			if err != nil {
				return nil, nil, err
			}
			facts = append(facts, fold.Fact{Kind: e.Kind, Key: key, Entry: number, ObservedAt: e.ObservedAt, RecordedAt: e.RecordedAt, Body: e.Body})
			continue
		}
		o, milestone, err := fold.Observation(e)
		if err != nil {
			return nil, nil, err
		}
		if _, twice := counts[milestone]; twice {
			return nil, nil, fmt.Errorf("two counts of %s", milestone)
		}
		counts[milestone] = fold.MilestoneState{Progress: metrics.Progress{Counts: o.Counts, Counted: o.Order}, Entry: number, CountedEntry: number}
	}
	return facts, counts, nil
}
