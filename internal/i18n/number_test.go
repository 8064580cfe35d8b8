package i18n

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPercent(t *testing.T) {
	cases := []struct {
		basisPoints int64
		id, en      string
	}{
		{0, "0%", "0%"}, {9, "0%", "0%"}, {10, "0,1%", "0.1%"}, {8700, "87%", "87%"}, {8750, "87,5%", "87.5%"}, {8759, "87,5%", "87.5%"},
		{7540, "75,4%", "75.4%"}, {9999, "99,9%", "99.9%"}, {10000, "100%", "100%"}, {123450, "1.234,5%", "1,234.5%"},
		{-5, "0%", "0%"}, {-10, "−0,1%", "−0.1%"}, {-8759, "−87,5%", "−87.5%"}, {-8700, "−87%", "−87%"},
	}
	for _, c := range cases {
		if id, en := Indonesian.Percent(c.basisPoints), English.Percent(c.basisPoints); id != c.id || en != c.en {
			t.Errorf("Percent(%d) = %q, %q, want %q, %q", c.basisPoints, id, en, c.id, c.en)
		}
	}
}

func TestPoints(t *testing.T) {
	cases := []struct {
		basisPoints        int64
		id, en, signed, is string
	}{
		{0, "0", "0", "0", "0"}, {1, "0,01", "0.01", "+0,01", "+0.01"}, {10, "0,1", "0.1", "+0,1", "+0.1"}, {600, "6", "6", "+6", "+6"},
		{630, "6,3", "6.3", "+6,3", "+6.3"}, {625, "6,25", "6.25", "+6,25", "+6.25"}, {10000, "100", "100", "+100", "+100"},
		{-630, "−6,3", "−6.3", "−6,3", "−6.3"}, {-1, "−0,01", "−0.01", "−0,01", "−0.01"},
	}
	for _, c := range cases {
		if id, en := Indonesian.Points(c.basisPoints), English.Points(c.basisPoints); id != c.id || en != c.en {
			t.Errorf("Points(%d) = %q, %q, want %q, %q", c.basisPoints, id, en, c.id, c.en)
		}
		if id, en := Indonesian.SignedPoints(c.basisPoints), English.SignedPoints(c.basisPoints); id != c.signed || en != c.is {
			t.Errorf("SignedPoints(%d) = %q, %q, want %q, %q", c.basisPoints, id, en, c.signed, c.is)
		}
	}
}

func TestInt(t *testing.T) {
	cases := []struct {
		n      int64
		id, en string
	}{
		{0, "0", "0"}, {7, "7", "7"}, {100, "100", "100"}, {999, "999", "999"}, {1000, "1.000", "1,000"}, {61516178, "61.516.178", "61,516,178"},
		{-100, "−100", "−100"}, {-1234567, "−1.234.567", "−1,234,567"},
		{math.MaxInt64, "9.223.372.036.854.775.807", "9,223,372,036,854,775,807"},
		{math.MinInt64, "−9.223.372.036.854.775.808", "−9,223,372,036,854,775,808"},
	}
	for _, c := range cases {
		if id, en := Indonesian.Int(c.n), English.Int(c.n); id != c.id || en != c.en {
			t.Errorf("Int(%d) = %q, %q, want %q, %q", c.n, id, en, c.id, c.en)
		}
	}
	if got := Indonesian.SignedInt(40); got != "+40" {
		t.Errorf("SignedInt(40) = %q", got)
	}
}

// read turns a written number back into an exact one.
func read(t *rapid.T, l Lang, s string) *big.Rat {
	group, point := ".", ","
	if l == English {
		group, point = ",", "."
	}
	plain := strings.NewReplacer("\u2212", "-", group, "", point, ".").Replace(s)
	n, ok := new(big.Rat).SetString(plain)
	if !ok {
		t.Fatalf("%q cannot be read back", s)
	}
	return n
}

// A printed percentage is never further from zero than the share itself, and less than a tenth of a percent nearer to it.
func TestPercentNeverRoundsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		basisPoints := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-10_100, 10_100)).Draw(t, "basis points")
		l := rapid.SampledFrom(Langs()).Draw(t, "language")
		text, found := strings.CutSuffix(l.Percent(basisPoints), "%")
		if !found {
			t.Fatalf("%q is no percentage", text)
		}
		printed, exact := read(t, l, text), big.NewRat(basisPoints, 100)
		lost := new(big.Rat).Sub(new(big.Rat).Abs(exact), new(big.Rat).Abs(printed))
		if lost.Sign() < 0 || lost.Cmp(big.NewRat(1, 10)) >= 0 || printed.Sign()*exact.Sign() < 0 {
			t.Fatalf("%d is printed as %q", basisPoints, text)
		}
		if (text == "100") != (basisPoints >= 10_000 && basisPoints < 10_010) {
			t.Fatalf("%d is printed as %q", basisPoints, text)
		}
	})
}

// Everything else is written exactly, and the longer way of writing is never chosen.
func TestDecimalsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, places := rapid.Int64().Draw(t, "n"), rapid.IntRange(0, 18).Draw(t, "places")
		l := rapid.SampledFrom(Langs()).Draw(t, "language")
		text := l.Decimal(n, places)
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
		if exact := new(big.Rat).SetFrac(big.NewInt(n), scale); read(t, l, text).Cmp(exact) != 0 {
			t.Fatalf("%d / 10^%d is printed as %q", n, places, text)
		}
		if point := l.pick(",", "."); strings.Contains(text, point) && strings.HasSuffix(text, "0") || strings.HasSuffix(text, point) {
			t.Fatalf("%q ends in what could be left out", text)
		}
	})
}
