package metrics

import (
	"reflect"
	"slices"
)

// Changed is a thing that two states of a program do not have alike.
type Changed[T any] struct {
	Before *T // nil: it was not on record
	After  *T // nil: it is not any more
}

// Differences are what was put on record, changed or taken back between two states of a program: beside figures, counts and weights,
// which SplitChange tells. Each list is in the order of the later state; what is gone comes last.
type Differences struct {
	Deadlines  []Changed[Deadline] // also one that came to bind, or no longer does
	Items      []Changed[Item]     // also one that was closed
	Statements []Changed[Statement]
}

// DifferencesOf compares two states of one program, each as it was known at its moment.
func DifferencesOf(before, after Program) Differences {
	return Differences{
		Deadlines:  differing(before.Deadlines, after.Deadlines, func(d Deadline) string { return d.Key }),
		Items:      differing(before.Items, after.Items, func(i Item) string { return i.Key }),
		Statements: differing(before.Statements, after.Statements, func(s Statement) string { return s.Key }),
	}
}

// differing pairs things that have the same key, and leaves out those that are alike.
func differing[T any](before, after []T, key func(T) string) []Changed[T] {
	var list []Changed[T]
	find := func(things []T, wanted string) *T {
		if i := slices.IndexFunc(things, func(t T) bool { return key(t) == wanted }); i >= 0 {
			return &things[i]
		}
		return nil
	}
	for i := range after {
		if was := find(before, key(after[i])); was == nil || !reflect.DeepEqual(*was, after[i]) {
			list = append(list, Changed[T]{was, &after[i]})
		}
	}
	for i := range before {
		if find(after, key(before[i])) == nil {
			list = append(list, Changed[T]{Before: &before[i]})
		}
	}
	return list
}
