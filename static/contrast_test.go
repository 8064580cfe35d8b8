package static

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// tokens reads the colours of the style sheet: the light and the dark value of each.
func tokens(t *testing.T) map[string][2]string {
	t.Helper()
	file, ok := Open(URL("css/tenggat.css"))
	if !ok {
		t.Fatal("no style sheet")
	}
	found := map[string][2]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+):light-dark\((#[0-9a-f]{3,6}),(#[0-9a-f]{3,6})\)`).FindAllStringSubmatch(string(file.Data), -1) {
		found[m[1]] = [2]string{m[2], m[3]}
	}
	return found
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 4 {
		hex = "#" + hex[1:2] + hex[1:2] + hex[2:3] + hex[2:3] + hex[3:4] + hex[3:4]
	}
	value := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		channel := float64(n) / 255
		if channel <= 0.04045 {
			channel /= 12.92
		} else {
			channel = math.Pow((channel+0.055)/1.055, 2.4)
		}
		value += weight * channel
	}
	return value
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestColoursHaveContrast(t *testing.T) {
	colours := tokens(t)
	check := func(ink, ground string, atLeast float64) {
		t.Helper()
		a, ok1 := colours[ink]
		b, ok2 := colours[ground]
		if !ok1 || !ok2 {
			t.Fatalf("no colour %s or %s", ink, ground)
		}
		for i, theme := range []string{"light", "dark"} {
			if got := contrast(t, a[i], b[i]); got < atLeast {
				t.Errorf("%s: %s on %s has %.2f, want %.1f", theme, ink, ground, got, atLeast)
			}
		}
	}
	for _, ground := range []string{"ground", "surface", "unknown-tint", "done-tint", "watch-tint", "ontrack-tint"} {
		check("text", ground, 7)
		check("link", ground, 4.5)
	}
	check("muted", "ground", 4.5)
	check("muted", "surface", 4.5)
	check("on-link", "link", 4.5)
	for _, state := range []string{"ontrack", "watch", "late", "done", "blocked", "unknown"} {
		check(state, state+"-tint", 4.5)
		check(state, "ground", 4.5)
	}
	for _, mark := range []string{"actual", "claim", "forecast", "change", "border", "accent"} {
		check(mark, "ground", 3)
	}
}
