package regression

import (
	"cmp"
	"slices"
)

// dependence is what is known of how the tests of a family hang together.
type dependence int

const (
	// likewise: independent, or rising together, as callers and callees do (Benjamini and Hochberg 1995; Benjamini and
	// Yekutieli 2001 for the dependence). The simulator's services depend so, and some whose parts rise and fall against
	// each other.
	likewise dependence = iota
	// anyDependence asks nothing of the tests, at the price of a factor (Benjamini and Yekutieli 2001).
	anyDependence
)

// falseDiscoveryRates turns the p-values of one family of tests into q-values: the share of false ones to expect among
// all that are as striking as this one.
func falseDiscoveryRates(ps []float64, how dependence) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[a], ps[b]) })
	family := float64(len(ps))
	if how == anyDependence {
		family *= harmonic(len(ps))
	}
	qs := make([]float64, len(ps))
	least := 1.0
	for rank := len(order) - 1; rank >= 0; rank-- {
		i := order[rank]
		least = min(least, ps[i]*family/float64(rank+1))
		qs[i] = least
	}
	return qs
}

// harmonic is the sum of 1/i up to n, by which the procedure for any dependence is stricter.
func harmonic(n int) float64 {
	sum := 0.0
	for i := 1; i <= n; i++ {
		sum += 1 / float64(i)
	}
	return sum
}
