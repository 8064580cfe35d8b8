package bundle

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"tenggat/internal/metrics"
)

// Figure is one headline with the sum behind it: the entries it rests on, the proof that each of them is in the ledger, and the
// signed checkpoint of that ledger. It fits on a page where a bundle does not, and proves less: that nothing else should have been
// counted, only a bundle shows.
type Figure struct {
	Version  int    `json:"tenggat_figure"`
	Program  string `json:"program"` // UUID
	Slug     string `json:"slug"`
	Timezone string `json:"timezone"`
	AsOf     string `json:"as_of"` // the moment the headline was judged at
	Entry    int64  `json:"entry"` // the last entry known then
	Sum
	Checkpoint string   `json:"checkpoint"`
	Entries    []Proved `json:"entries"`
}

// Sum is a headline term by term.
type Sum struct {
	Reported metrics.BasisPoints `json:"reported_basis_points"`
	Weights  int64               `json:"weights_entry"` // the weight set in force; 0: none
	Terms    []Term              `json:"terms"`         // one a milestone in scope; their points add up to Reported
}

// Term is a milestone's part of a headline.
type Term struct {
	Milestone  string              `json:"key"` // of the milestone
	Weight     metrics.BasisPoints `json:"weight_basis_points"`
	Done       *int64              `json:"done"` // null: no count was ever reported
	Total      *int64              `json:"total"`
	Reported   metrics.BasisPoints `json:"reported_basis_points"`
	Definition int64               `json:"definition_entry"`
	Count      int64               `json:"count_entry"` // 0: none
}

// NewSum picks the sum out of an assessment of p.
func NewSum(p metrics.Program, a metrics.Assessment) Sum {
	s := Sum{a.Reported, p.WeightSet.Entry, []Term{}}
	for _, m := range a.Milestones {
		t := Term{Milestone: m.Milestone.Key, Weight: m.Milestone.Weight, Reported: m.Reported, Definition: m.Milestone.Entry, Count: m.Milestone.CountedEntry}
		if c := m.Milestone.Progress.Counts; c != nil {
			t.Done, t.Total = &c.Done, &c.Total
		}
		s.Terms = append(s.Terms, t)
	}
	return s
}

// RestsOn lists the entries that a sum rests on, in order.
func (s Sum) RestsOn() []int64 {
	var numbers []int64
	for _, t := range s.Terms {
		numbers = append(numbers, t.Definition, t.Count)
	}
	numbers = append(numbers, s.Weights)
	slices.Sort(numbers)
	return slices.DeleteFunc(slices.Compact(numbers), func(n int64) bool { return n == 0 })
}

// Proved is an entry and the hashes that lead from its leaf to the checkpoint's root, in base64, as RFC 6962 orders them.
type Proved struct {
	Canonical string   `json:"entry"`
	Inclusion []string `json:"inclusion"`
}

// MaxFigure is how long a figure may be, in bytes.
const MaxFigure = MaxLine

// WriteFigure writes a figure. Its version is filled in.
func WriteFigure(out io.Writer, f Figure) error {
	f.Version = Version
	raw, err := line(f)
	if err == nil {
		_, err = out.Write(raw)
	}
	return err
}

// ReadFigure reads what WriteFigure wrote. Errors are *Damage or *UnknownVersion.
func ReadFigure(in io.Reader) (Figure, error) {
	raw, err := io.ReadAll(io.LimitReader(in, MaxFigure+1))
	if err == nil && len(raw) > MaxFigure {
		err = fmt.Errorf("longer than %d bytes", MaxFigure)
	}
	if err == nil {
		err = checkVersion(raw, "tenggat_figure")
	}
	var unknown *UnknownVersion
	if errors.As(err, &unknown) {
		return Figure{}, unknown
	}
	f := Figure{}
	if err == nil {
		f, err = parse[Figure](raw)
	}
	if err != nil {
		return Figure{}, &Damage{1, err}
	}
	return f, nil
}
