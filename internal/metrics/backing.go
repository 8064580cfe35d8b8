package metrics

import "time"

// backing is what stands behind the counts day by day: evidence that reviews accepted, and the regulator's letters. What was said
// before a milestone's last reopening is withdrawn.
type backing struct {
	reviews  []ReviewedFrom                     // not yet begun
	accepted []AcceptedFrom                     // not yet begun
	review   map[string]map[string]ReviewedFrom // by milestone and evidence
	whole    *time.Time                         // of the latest letter that accepts the whole program
	letter   map[string]time.Time               // of the latest letter, by milestone
	reopened map[string]time.Time
}

func newBacking(h History) backing {
	return backing{
		reviews: h.Reviews, accepted: h.Letters, review: map[string]map[string]ReviewedFrom{}, letter: map[string]time.Time{}, reopened: map[string]time.Time{},
	}
}

// to takes in what has begun by the end of day, and all the rest on the last day.
func (b *backing) to(day Day, last bool) {
	for len(b.reviews) > 0 && (b.reviews[0].From <= day || last) {
		b.add(b.reviews[0])
		b.reviews = b.reviews[1:]
	}
	for len(b.accepted) > 0 && (b.accepted[0].From <= day || last) {
		letter := b.accepted[0]
		if len(letter.Milestones) == 0 && (b.whole == nil || letter.At.After(*b.whole)) {
			b.whole = &letter.At
		}
		for _, key := range letter.Milestones {
			if known, covered := b.letter[key]; !covered || letter.At.After(known) {
				b.letter[key] = letter.At
			}
		}
		b.accepted = b.accepted[1:]
	}
}

func (b *backing) add(r ReviewedFrom) {
	if b.review[r.Milestone] == nil {
		b.review[r.Milestone] = map[string]ReviewedFrom{}
	}
	if r.Entry >= b.review[r.Milestone][r.Evidence].Entry {
		b.review[r.Milestone][r.Evidence] = r
	}
}

// reopen withdraws what was said of a milestone before a moment.
func (b *backing) reopen(milestone string, at time.Time) {
	if at.After(b.reopened[milestone]) {
		b.reopened[milestone] = at
	}
}

func (b *backing) stands(milestone string, at time.Time) bool {
	reopened := b.reopened[milestone]
	return reopened.IsZero() || at.After(reopened)
}

func (b *backing) evidence() bool { return len(b.review) > 0 }

func (b *backing) letters() bool { return b.whole != nil || len(b.letter) > 0 }

// supported is how much of a count evidence supports.
func (b *backing) supported(c Counts, key string) int64 {
	supported := int64(0)
	for _, r := range b.review[key] {
		if b.stands(key, r.At) {
			supported = max(supported, r.Supported)
		}
	}
	return min(supported, c.Done)
}

// covered is how much of a count a letter covers: all that is done, or nothing.
func (b *backing) covered(c Counts, key string) int64 {
	own, covers := b.letter[key]
	if covers && b.stands(key, own) || b.whole != nil && b.stands(key, *b.whole) {
		return c.Done
	}
	return 0
}
