package metrics

import (
	"cmp"
	"slices"
)

// Worklist orders the open milestones by how much they wait for news: those whose promised report is missing first, then those
// whose latest run failed, then by planned due date. It returns indices into Assessment.Milestones; equal ones keep their order.
func Worklist(a Assessment) []int {
	var open []int
	for i, m := range a.Milestones {
		if m.Open {
			open = append(open, i)
		}
	}
	slices.SortStableFunc(open, func(x, y int) int {
		p, q := a.Milestones[x], a.Milestones[y]
		return cmp.Or(yesFirst(p.Stale, q.Stale), yesFirst(p.Failing, q.Failing), cmp.Compare(p.Milestone.Due, q.Milestone.Due))
	})
	return open
}

// NextInWorklist is the open milestone to turn to after one of the given key was reported: one whose report is missing if there is
// any, otherwise the one that follows it. It is an index into Assessment.Milestones; -1: nothing else is open.
func NextInWorklist(a Assessment, key string) int {
	list := Worklist(a)
	at := slices.IndexFunc(list, func(i int) bool { return a.Milestones[i].Milestone.Key == key })
	if len(list) > 0 && at != 0 && a.Milestones[list[0]].Stale {
		return list[0]
	}
	if at+1 < len(list) {
		return list[at+1]
	}
	if at > 0 { // it was the last: begin again
		return list[0]
	}
	return -1
}

func yesFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
