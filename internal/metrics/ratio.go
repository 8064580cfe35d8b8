package metrics

// Ratio is an exact fraction; Den is positive.
type Ratio struct{ Num, Den int64 }

// Hundredths is the ratio times 100, rounded to the nearest whole number and away from zero at the half.
func (r Ratio) Hundredths() int64 {
	n := 100 * r.Num
	half := r.Den / 2
	if n < 0 {
		half = -half
	}
	return (n + half) / r.Den
}

// belowOne reports whether the ratio is less than 1.
func (r Ratio) belowOne() bool { return r.Num < r.Den }
