package i18n

import (
	"strconv"
	"strings"
)

// Numbers are written by hand instead of by x/text: the rules are short, a figure must be truncated and never rounded, and
// integer arithmetic keeps it exact. A negative number always bears a real minus sign.
const minus = "\u2212"

// Percent writes a share in basis points (10,000 = the whole) in percent with at most one decimal, cut off and never
// rounded: 8759 is "87,5%", 9999 "99,9%", 8700 "87%", -5 "0%".
func (l Lang) Percent(basisPoints int64) string { return l.Decimal(basisPoints/10, 1) + "%" }

// Points writes basis points as points of the whole, exactly: 630 is "6,3", 625 "6,25", -630 "−6,3".
func (l Lang) Points(basisPoints int64) string { return l.Decimal(basisPoints, 2) }

// SignedPoints is Points with a plus sign before what is above zero, for changes and deviations.
func (l Lang) SignedPoints(basisPoints int64) string {
	return plus(basisPoints) + l.Points(basisPoints)
}

// Int writes an integer with its digits in groups of three: "61.516.178", in English "61,516,178".
func (l Lang) Int(n int64) string { return l.Decimal(n, 0) }

// SignedInt is Int with a plus sign before what is above zero.
func (l Lang) SignedInt(n int64) string { return plus(n) + l.Int(n) }

// Size writes a number of bytes: "999 B", "12,5 KiB", "20 MiB"; cut off, never rounded.
func (l Lang) Size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return l.Decimal(bytes*10>>20, 1) + " MiB"
	case bytes >= 1<<10:
		return l.Decimal(bytes*10>>10, 1) + " KiB"
	}
	return l.Int(bytes) + " B"
}

// Decimal writes n / 10^places exactly, without trailing zeros: Decimal(85, 2) is "0,85". places is 0 to 18.
func (l Lang) Decimal(n int64, places int) string {
	digits, negative := strings.CutPrefix(strconv.FormatInt(n, 10), "-")
	if missing := places + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	whole, fraction := digits[:len(digits)-places], strings.TrimRight(digits[len(digits)-places:], "0")

	var b strings.Builder
	if negative {
		b.WriteString(minus)
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.pick(".", ","))
		}
		b.WriteRune(digit)
	}
	if fraction != "" {
		b.WriteString(l.pick(",", ".") + fraction)
	}
	return b.String()
}

func plus(n int64) string {
	if n > 0 {
		return "+"
	}
	return ""
}
