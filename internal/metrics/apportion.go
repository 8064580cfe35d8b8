package metrics

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
)

// ratio is an exact share of a thing: done of total, 0 <= done <= total. A total of 0 is a share of nothing: 0.
type ratio struct{ done, total int64 }

// less compares two ratios exactly.
func (r ratio) less(s ratio) bool {
	if r.total == 0 || s.total == 0 {
		return r.total == 0 && s.total != 0 && s.done > 0
	}
	aHi, aLo := bits.Mul64(uint64(r.done), uint64(s.total))
	bHi, bLo := bits.Mul64(uint64(s.done), uint64(r.total))
	return aHi < bHi || aHi == bHi && aLo < bLo
}

// part is an exact quantity weight x done / total, split for arithmetic that fits machine words: the whole units, and the first
// 128 bits of the fraction. Two fractions with totals below 2^63 that differ at all differ within those bits, and equal
// fractions have equal bits, so they order parts exactly; only their sum may need more (see carry).
type part struct {
	weight  BasisPoints
	of      ratio
	units   BasisPoints
	hi, low uint64
}

func newPart(weight BasisPoints, of ratio) part {
	p := part{weight: weight, of: of}
	if of.total == 0 {
		return p
	}
	total := uint64(of.total)
	hi, lo := bits.Mul64(uint64(weight), uint64(of.done))
	units, rest := bits.Div64(hi, lo, total)
	p.units = BasisPoints(units)
	p.hi, rest = bits.Div64(rest, 0, total)
	p.low, _ = bits.Div64(rest, 0, total)
	return p
}

func (p part) broken() bool { return p.hi|p.low != 0 }

// carry is how many whole units the parts' fractions make together: floor of their exact sum.
func carry(parts []part) BasisPoints {
	var units, hi, low, c uint64
	for _, p := range parts {
		low, c = bits.Add64(low, p.low, 0)
		hi, c = bits.Add64(hi, p.hi, c)
		units += c
	}
	// Each fraction was cut off below its 128th bit, so the sum is short by less than len(parts) of those.
	_, c = bits.Add64(low, uint64(len(parts)), 0)
	if _, c = bits.Add64(hi, 0, c); c == 0 {
		return BasisPoints(units)
	}
	return exactCarry(parts)
}

// exactCarry decides the rare sum that falls within a hair of a whole unit, such as 1/3 + 2/3.
func exactCarry(parts []part) BasisPoints {
	sum, term := new(big.Rat), new(big.Rat)
	for _, p := range parts {
		if p.of.total != 0 {
			numerator := new(big.Int).Mul(big.NewInt(int64(p.weight)), big.NewInt(p.of.done))
			numerator.Mod(numerator, big.NewInt(p.of.total))
			sum.Add(sum, term.SetFrac(numerator, big.NewInt(p.of.total)))
		}
	}
	return BasisPoints(new(big.Int).Quo(sum.Num(), sum.Denom()).Int64())
}

// floorSum is the floor of the exact sum of the parts.
func floorSum(parts []part) BasisPoints {
	sum := carry(parts)
	for _, p := range parts {
		sum += p.units
	}
	return sum
}

// apportion prints exact parts in whole basis points so that they add up to the floor of their exact sum: each is rounded down,
// and the units left over go to the largest fractions, to the earlier one among equals, and never to a part without a fraction.
//
// Where atMost is given, parts that would stay within it come first: a verified figure then does not exceed the reported one
// as long as units can be placed elsewhere.
func apportion(parts []part, atMost []BasisPoints) []BasisPoints {
	points := make([]BasisPoints, len(parts))
	var broken []int
	for i, p := range parts {
		points[i] = p.units
		if p.broken() {
			broken = append(broken, i)
		}
	}
	left := int(carry(parts))
	if left == 0 {
		return points
	}
	exceeds := func(i int) int {
		if atMost != nil && points[i] >= atMost[i] {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(broken, func(a, b int) int {
		return cmp.Or(cmp.Compare(exceeds(a), exceeds(b)), cmp.Compare(parts[b].hi, parts[a].hi), cmp.Compare(parts[b].low, parts[a].low))
	})
	for _, i := range broken[:left] {
		points[i]++
	}
	return points
}
