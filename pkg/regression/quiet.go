package regression

import "math"

// slack is how much nearer to no change than the thresholds a function may be and still be looked at closely: the scale
// of the whole is not known exactly.
const slack = 0.9

// IsQuiet says, from one tree a side, that no function and no package changed by anything near the thresholds: a look at the buckets
// cannot find anything then. It is cheap, and says nothing of whether a change is chance.
func IsQuiet(input Input) bool {
	limits := input.Thresholds.orDefault()
	f := newFamily()
	a := analysis{input: input, family: f}
	input.Baseline, input.Comparison = withProfiles(input.Baseline), withProfiles(input.Comparison)
	baseline, comparison := a.trees(input.Baseline), a.trees(input.Comparison)
	if len(baseline) == 0 || len(comparison) == 0 {
		return false // to be told why
	}
	ownB, totalB := f.count(baseline, 1)
	ownC, totalC := f.count(comparison, 1)
	scale := scaleOf(ownB, ownC, make([]bool, len(f.names)))
	p := newPackages(f.names)
	packagesB, packagesC := p.count(baseline, 1), p.count(comparison, 1)
	ratio := 1 + slack*(limits.Ratio-1)
	for _, scale := range []float64{scale, 1} {
		for _, kind := range [][2]counts{{ownB, ownC}, {totalB, totalC}, {packagesB, packagesC}} {
			for row := range kind[0].samples {
				b, c := kind[0].of(row)/kind[0].sum(), kind[1].of(row)/kind[1].sum()/scale
				if math.Abs(c-b) >= slack*limits.Share && (c >= ratio*b || b >= ratio*c) {
					return false
				}
			}
		}
	}
	return true
}
