package regression

import (
	"cmp"
	"math"
	"slices"
)

const (
	// Shares of functions that are left out on either side, by change and by size, as TMM does for sequencing data.
	trimmedByChange = 0.3
	trimmedBySize   = 0.05

	// fewestForScale is how many functions must be there before their middle says something about the whole.
	fewestForScale = 15

	// fewestToCompare is how many samples a function needs on either side to count for the scale.
	fewestToCompare = 10
)

// scaleOf is by how much all shares of the comparison are larger than in the baseline because the whole is made of
// something else: when a function of 20 % goes away, every other share grows by a quarter and none of them changed. It is
// the trimmed mean of the logarithms of ratios (Robinson and Oshlack 2010), weighted by how well each is known, and 1
// when there are too few functions to tell.
//
// Functions that are known to have changed are left out.
func scaleOf(baseline, comparison counts, changed []bool) float64 {
	type change struct{ log, size, weight float64 }
	var changes []change
	wholeB, wholeC := baseline.sum(), comparison.sum()
	for i := range changed {
		b, c := baseline.of(i), comparison.of(i)
		if changed[i] || b < fewestToCompare || c < fewestToCompare {
			continue
		}
		changes = append(changes, change{
			log:    math.Log((c / wholeC) / (b / wholeB)),
			size:   math.Log(c/wholeC) + math.Log(b/wholeB),
			weight: 1 / (1/b + 1/c),
		})
	}
	if len(changes) < fewestForScale {
		return 1
	}
	// The middle by change; a function outside of it may have changed itself.
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.log, b.log) })
	cut := int(trimmedByChange * float64(len(changes)))
	changes = changes[cut : len(changes)-cut]
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.size, b.size) })
	cut = int(trimmedBySize * float64(len(changes)))
	changes = changes[cut : len(changes)-cut]
	sum, weights := 0.0, 0.0
	for _, each := range changes {
		sum += each.weight * each.log
		weights += each.weight
	}
	return math.Exp(sum / weights)
}
