package regression

import (
	"math"
	"slices"
)

// falseDiscoveryRates turns the p-values of one family of tests into q-values: the share of false ones to expect among
// all that are as striking as this one (Benjamini and Hochberg 1995). It holds for tests that are independent or depend
// positively; anyDependence gives the bound that always holds (Benjamini and Yekutieli 2001), larger by the harmonic sum.
func falseDiscoveryRates(ps []float64, anyDependence bool) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case ps[a] < ps[b]:
			return -1
		case ps[a] > ps[b]:
			return 1
		}
		return 0
	})
	family := float64(len(ps))
	factor := 1.0
	if anyDependence {
		factor = 0
		for i := range ps {
			factor += 1 / float64(i+1)
		}
	}
	qs := make([]float64, len(ps))
	least := 1.0
	for rank := len(order) - 1; rank >= 0; rank-- {
		i := order[rank]
		least = math.Min(least, ps[i]*family*factor/float64(rank+1))
		qs[i] = least
	}
	return qs
}
