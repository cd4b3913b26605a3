package datasource

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// average adds up, over the instances, the mean of each instance's profiles in
// the range.
func (d *Datasource) average(ctx context.Context, q pyroscope.TreeQuery, o Operand, t pyroscope.ProfileType) (stateTree, error) {
	recently, err := d.lately(ctx, o, t)
	if err != nil {
		return stateTree{}, err
	}
	seen, err := d.observe(ctx, o, t, o.Range, countingStep(recently.Interval, o.Range))
	if err != nil || len(seen.Instances) == 0 {
		return stateTree{}, err
	}
	made := stateTree{instances: len(seen.Instances)}
	if seen.Label == "" {
		made.notices = append(made.notices, noInstanceLabel())
	}
	q.Range = seen.Range // what was counted, to the millisecond
	byCount := map[int][]instance{}
	for _, s := range seen.Instances {
		n := len(s.At)
		byCount[n] = append(byCount[n], s.instance)
	}
	if len(byCount) > maxWindows {
		joinCounts(byCount)
		made.notices = append(made.notices, fmt.Sprintf("The %d instances sent very different numbers of profiles; "+
			"instances with nearly the same number are averaged together.", made.instances))
	}
	var queries []pyroscope.TreeQuery
	var weights []float64
	for _, n := range slices.Sorted(maps.Keys(byCount)) {
		selectors := []pyroscope.Selector{o.Selector}
		if seen.Label != "" && len(byCount) > 1 {
			if selectors, err = seen.selecting(o.Selector, byCount[n]); err != nil {
				return stateTree{}, err
			}
		}
		for _, selector := range selectors {
			q.Selector = selector
			queries = append(queries, q)
			weights = append(weights, 1/float64(n))
		}
	}
	made.tree, err = d.treesOf(ctx, queries, weights)
	return made, err
}

// joinCounts puts instances with neighbouring numbers of profiles together, the
// closest numbers first, until maxWindows groups are left.
func joinCounts(byCount map[int][]instance) {
	counts := slices.Sorted(maps.Keys(byCount))
	for len(counts) > maxWindows {
		closest := 1
		for i := 2; i < len(counts); i++ {
			if float64(counts[i])/float64(counts[i-1]) < float64(counts[closest])/float64(counts[closest-1]) {
				closest = i
			}
		}
		low, high := counts[closest-1], counts[closest]
		if len(byCount[low]) > len(byCount[high]) {
			low, high = high, low // the larger group keeps its number
		}
		byCount[high] = append(byCount[high], byCount[low]...)
		delete(byCount, low)
		counts = slices.Sorted(maps.Keys(byCount))
	}
}

// countingStep is a bucket in which an instance has at most one profile: half the
// collection interval, in whole seconds; where that is not known, a second for an
// hour and less, a quarter of a minute for more.
func countingStep(interval int64, r pyroscope.Range) time.Duration {
	switch {
	case interval > 0:
		return max(fine, (time.Duration(interval) * time.Millisecond / 2).Truncate(time.Second))
	case r.Duration() <= time.Hour:
		return fine
	default:
		return 15 * time.Second
	}
}
