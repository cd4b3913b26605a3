package regression

import (
	"cmp"
	"slices"
)

// falseDiscoveryRates turns the p-values of one family of tests into q-values: the share of false ones to expect among
// all that are as striking as this one (Benjamini and Hochberg 1995). It holds for tests that are independent or depend
// positively, as callers and callees do; the simulator's services depend so.
func falseDiscoveryRates(ps []float64) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[a], ps[b]) })
	family := float64(len(ps))
	qs := make([]float64, len(ps))
	least := 1.0
	for rank := len(order) - 1; rank >= 0; rank-- {
		i := order[rank]
		least = min(least, ps[i]*family/float64(rank+1))
		qs[i] = least
	}
	return qs
}
