package metrics

// backing is what stands behind the counts day by day: evidence that reviews accepted, and the regulator's letters.
type backing struct {
	reviews  []ReviewedFrom // not yet begun
	accepted []AcceptedFrom // not yet begun
	review   map[string]ReviewedFrom
	whole    bool // a letter accepts the whole program
	letter   map[string]bool
}

func newBacking(h History) backing {
	return backing{reviews: h.Reviews, accepted: h.Letters, review: map[string]ReviewedFrom{}, letter: map[string]bool{}}
}

// to takes in what has begun by the end of day, and all the rest on the last day.
func (b *backing) to(day Day, last bool) {
	for len(b.reviews) > 0 && (b.reviews[0].From <= day || last) {
		if r := b.reviews[0]; r.Entry >= b.review[r.Milestone].Entry {
			b.review[r.Milestone] = r
		}
		b.reviews = b.reviews[1:]
	}
	for len(b.accepted) > 0 && (b.accepted[0].From <= day || last) {
		b.whole = b.whole || len(b.accepted[0].Milestones) == 0
		for _, key := range b.accepted[0].Milestones {
			b.letter[key] = true
		}
		b.accepted = b.accepted[1:]
	}
}

func (b *backing) evidence() bool { return len(b.review) > 0 }

func (b *backing) letters() bool { return b.whole || len(b.letter) > 0 }

// supported is how much of a count evidence supports.
func (b *backing) supported(c Counts, key string) int64 { return min(b.review[key].Supported, c.Done) }

// covered is how much of a count a letter covers: all that is done, or nothing.
func (b *backing) covered(c Counts, key string) int64 {
	if b.whole || b.letter[key] {
		return c.Done
	}
	return 0
}
