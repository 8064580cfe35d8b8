package view

import (
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Programs in which nothing is open come last, and the field to begin with is the first that there is.
func TestUpdatesBeginWhereSomethingIsOpen(t *testing.T) {
	p, _, a, _ := tokopediaCase(t, "2024-03-12")
	empty, assessed := emptyProgram()
	f := frame(i18n.English, access.Engineer, "/updates", metrics.Program{}, metrics.Assessment{})
	m := NewUpdatesModel(f, []Judged{{empty, assessed}, {p, a}}, "", "", func() string { return "" })
	if m.Programs[0].Anchor != "program-"+p.Key || m.Programs[1].Anchor != "program-"+empty.Key {
		t.Errorf("in the order %s, %s", m.Programs[0].Anchor, m.Programs[1].Anchor)
	}
	for i, row := range m.Programs[0].Rows {
		if row.Focus != (i == 0) {
			t.Errorf("row %d has the focus: %v", i, row.Focus)
		}
	}
}
