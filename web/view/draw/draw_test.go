package draw

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// words are texts as charts have them: a name, a date, a percentage.
var words = []string{"87%", "0%", "per 12 Mar", "Tenggat 12 Apr 2024 (v3, v1)", "Perkiraan 22 Mar 2024–23 Feb 2025", "Realisasi 87,5%", "v2", "P1 +400 butir, 84% → 82,1%"}

var styles = []Style{Plain, Quiet, Strong, Figure}

// grown are the widths a room's labels may be shown at, and more.
func grown(r Room) []float64 { return []float64{r.Least, r.Least * 1.1, r.Least * 2, r.Least * 7} }

func drawSpot(t *rapid.T, height float64) Spot {
	return Spot{
		X: rapid.Float64Range(0, 1).Draw(t, "x"), DX: rapid.Float64Range(-20, 20).Draw(t, "dx"), Y: rapid.Float64Range(-10, height+10).Draw(t, "y"),
		Anchor: Anchor(rapid.IntRange(0, 2).Draw(t, "anchor")),
	}
}

// rounding is what adding in another order may make of a pixel.
const rounding = 1e-9

// The law of the package: what is placed at the least width of a room stays inside the frame and apart at every greater one.
func TestPlacedLabelsStayApartAtEveryWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		room := rapid.SampledFrom(Rooms).Draw(t, "room")
		sheet := newSheet(room, 200)
		for range rapid.IntRange(1, 25).Draw(t, "labels") {
			var spots []Spot
			for range rapid.IntRange(1, 5).Draw(t, "spots") {
				spots = append(spots, drawSpot(t, 200))
			}
			sheet.Put(rapid.SampledFrom(styles).Draw(t, "style"), rapid.SampledFrom(words).Draw(t, "text"), spots...)
		}
		for _, width := range grown(room) {
			for i, l := range sheet.Labels {
				if b := l.Box(width); b.Left < 0 || b.Right > width+rounding || b.Top < 0 || b.Bottom > 200 {
					t.Fatalf("%q leaves the frame at %v: %v", l.Text, width, b)
				}
				for _, other := range sheet.Labels[:i] {
					if l.Box(width).Overlaps(other.Box(width)) {
						t.Fatalf("%q covers %q at %v", l.Text, other.Text, width)
					}
				}
			}
		}
	})
}

// Flags are all named, in rows, whatever their number and wherever they stand.
func TestFlagsStayApartAtEveryWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var flags []Flag
		for range rapid.IntRange(1, 12).Draw(t, "flags") {
			flags = append(flags, Flag{X: rapid.Float64Range(0, 1).Draw(t, "x"), Style: rapid.SampledFrom(styles).Draw(t, "style"), Texts: []string{rapid.SampledFrom(words).Draw(t, "long"), "12 Apr"}})
		}
		for i, strip := range Strip(flags) {
			labels := strip.Sheets[0].Labels
			if len(labels) != len(flags) || len(strip.Lines) != len(flags) {
				t.Fatalf("%d labels and %d lines for %d flags", len(labels), len(strip.Lines), len(flags))
			}
			for _, width := range grown(Rooms[i]) {
				for j, l := range labels {
					if b := l.Box(width); b.Left < 0 || b.Right > width+rounding || b.Top < 0 || b.Bottom > strip.height {
						t.Fatalf("%q leaves the frame at %v: %v", l.Text, width, b)
					}
					for _, other := range labels[:j] {
						if l.Box(width).Overlaps(other.Box(width)) {
							t.Fatalf("%q covers %q at %v", l.Text, other.Text, width)
						}
					}
				}
			}
		}
	})
}

func TestNoFlagsMakeNoStrip(t *testing.T) {
	if Strip(nil) != nil {
		t.Error("a strip without flags")
	}
}

// A label goes a little further rather than cover a line, and is left out rather than cover a heavy one if that is asked for.
func TestLabelsKeepOffLines(t *testing.T) {
	near, far := Spot{X: 0.1, Y: 50}, Spot{X: 0.1, Y: 120}
	for _, c := range []struct {
		name  string
		lines []Spot // base lines of what lies across
		put   func(*Sheet, Style, string, ...Spot) bool
		wantY string // "" for no label
	}{
		{"nothing in the way", nil, (*Sheet).Put, "50"},
		{"a line in the way", []Spot{near}, (*Sheet).Put, "120"},
		{"lines everywhere", []Spot{near, far}, (*Sheet).Put, "50"},
		{"lines everywhere, and no label over them", []Spot{near, far}, (*Sheet).PutClear, ""},
	} {
		sheet := newSheet(Rooms[0], 200)
		for _, l := range c.lines {
			sheet.Keep(Heavy, Point{0, l.Y - 4}, Point{1, l.Y - 4})
		}
		put := c.put(sheet, Plain, "Realisasi", near, far)
		if put != (c.wantY != "") || put && sheet.Labels[0].Y != c.wantY {
			t.Errorf("%s: put %v: %+v", c.name, put, sheet.Labels)
		}
	}
}

func TestKeptSlopesAndSteps(t *testing.T) {
	sheet := newSheet(Rooms[0], 200)
	sheet.KeepSlope(Light, Point{0, 200}, Point{1, 0})
	sheet.KeepSteps(Light, Point{0, 150}, Point{0.5, 100}, Point{1, 100})
	for _, c := range []struct {
		spot Spot
		want bool
	}{{Spot{X: 0, Y: 20}, false}, {Spot{X: 0.5, Y: 104, Anchor: Middle}, true}, {Spot{X: 0.1, Y: 154}, true}, {Spot{X: 0.6, Y: 180}, false}} {
		if got := sheet.covered(newLabel(Quiet, "87%", c.spot)) > 0; got != c.want {
			t.Errorf("%+v covers a line: %v, want %v", c.spot, got, c.want)
		}
	}
}

func TestShapesInSharesAndPixels(t *testing.T) {
	d := New(100)
	d.Steps("actual", Point{0, 90}, Point{0.25, 90}, Point{0.5, 40})
	d.Path("plan", Point{0, 90}, Point{1, 10})
	d.Area("wedge", Point{0.5, 40}, Point{1, 0}, Point{1, 40})
	d.Rect("lane", 0.125, 0.5, 8, 12)
	d.Line("due", Point{0.3333, 0}, Point{0.3333, 100})
	d.Triangle("change", Point{0.5, 100}, 5)
	for want, got := range map[string]string{
		"M0 90H250H500V40": d.Paths[0].D, "M0 90L1000 10": d.Paths[1].D, "M500 40L1000 0L1000 40Z": d.Paths[2].D, "12.5%": d.Rects[0].X, "37.5%": d.Rects[0].W, "33.33%": d.Lines[0].X1,
		"M0-10L5 0L-5 0Z": d.Marks[0].D, "0 0 1000 100": d.ViewBox(),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	d.Path("nothing", Point{0, 0})
	if len(d.Paths) != 3 {
		t.Error("a line of one point")
	}
}

// Each line of a hatching lies inside its shape.
func TestHatchStaysInside(t *testing.T) {
	d := New(100)
	d.Hatch("hatch", Point{0.2, 10}, Point{0.8, 10}, Point{0.8, 90}, Point{0.2, 90})
	if strings.Count(d.Paths[0].D, "M") < 10 {
		t.Errorf("few lines: %s", d.Paths[0].D)
	}
	for field := range strings.FieldsFuncSeq(d.Paths[0].D, func(r rune) bool { return r == 'M' || r == 'L' }) {
		x, y, _ := strings.Cut(field, " ")
		if len(x) < 3 || len(x) > 5 || len(y) < 2 || len(y) > 4 { // from 200 to 800, from 10 to 90
			t.Errorf("a corner at %s", field)
		}
	}
	d.Hatch("hatch", Point{0.2, 10}, Point{0.2, 10})
	if len(d.Paths) != 1 {
		t.Error("a hatching of nothing")
	}
}

// Every text is at least as wide as in a narrow font and at most as wide as with one em a letter.
func TestWidths(t *testing.T) {
	for _, style := range styles {
		for _, text := range words {
			n := float64(len([]rune(text)))
			if w := style.Width(text); w < n*style.size*0.3 || w > n*style.size*1.06 {
				t.Errorf("%q takes %v", text, w)
			}
		}
	}
	if Strong.Width("Tenggat") <= Plain.Width("Tenggat") {
		t.Error("heavy text is no wider")
	}
}
