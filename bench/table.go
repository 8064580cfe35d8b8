package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// report is the outcome of a run.
type report struct {
	Machine machine
	Rounds  int
	Seconds float64
	Results []result
}

// allHold reports whether every goal that was judged holds.
func (r report) allHold() bool {
	for _, line := range r.Results {
		if !line.holds() {
			return false
		}
	}
	return true
}

var columns = []string{"goal", "measured", "median (min–max)", "baseline", "ratio (min–max)", "target", ""}

// print writes the table, which is also Markdown.
func (r report) print(w io.Writer) error {
	_, err := io.WriteString(w, r.text())
	return err
}

func (r report) text() string {
	var w strings.Builder
	rows := [][]string{columns}
	for _, line := range r.Results {
		rows = append(rows, line.cells())
	}
	widths := make([]int, len(columns))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	fmt.Fprintf(&w, "%s\n%d rounds of %g s each, measured and baseline in turn.\n\n", r.Machine, r.Rounds, r.Seconds)
	for i, row := range rows {
		w.WriteString(rowText(row, widths))
		if i == 0 {
			w.WriteString(ruleText(widths))
		}
	}
	return w.String()
}

func (r result) cells() []string {
	cells := []string{r.Goal, r.What, spread(r.Measured) + " " + r.Unit, "", "", r.Limit.String(), r.verdict()}
	if len(r.Baseline) > 0 {
		cells[3] = number(r.Baseline.median()) + " (" + r.Against + ")"
		cells[4] = spread(r.judged())
	}
	return cells
}

// spread is a median with the range around it.
func spread(s series) string {
	if len(s) < 2 {
		return number(s.median())
	}
	return fmt.Sprintf("%s (%s–%s)", number(s.median()), number(s.least()), number(s.most()))
}

func rowText(row []string, widths []int) string {
	var line strings.Builder
	for i, cell := range row {
		line.WriteString("| " + cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+1))
	}
	return line.String() + "|\n"
}

func ruleText(widths []int) string {
	var line strings.Builder
	for _, width := range widths {
		line.WriteString("|" + strings.Repeat("-", width+2))
	}
	return line.String() + "|\n"
}

// lineJSON is a result as JSON.
type lineJSON struct {
	Goal     string    `json:"goal"`
	What     string    `json:"what"`
	Unit     string    `json:"unit"`
	Measured []float64 `json:"measured"`
	Baseline []float64 `json:"baseline,omitempty"`
	Against  string    `json:"against,omitempty"`
	Ratio    []float64 `json:"ratio,omitempty"`
	Target   string    `json:"target,omitempty"`
	Holds    *bool     `json:"holds,omitempty"` // absent: for information
}

// printJSON writes every round, for a program to compare runs.
func (r report) printJSON(w io.Writer) error {
	lines := []lineJSON{}
	for _, line := range r.Results {
		j := lineJSON{Goal: line.Goal, What: line.What, Unit: line.Unit, Measured: line.Measured, Baseline: line.Baseline, Against: line.Against, Target: line.Limit.String()}
		if len(line.Baseline) > 0 {
			j.Ratio = line.judged()
		}
		if line.Limit.set {
			holds := line.holds()
			j.Holds = &holds
		}
		lines = append(lines, j)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"machine": r.Machine, "rounds": r.Rounds, "seconds": r.Seconds, "goals": lines})
}
