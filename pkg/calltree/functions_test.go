package calltree_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// naiveFunctions counts every stack once for each function in it.
func naiveFunctions(t *calltree.Tree) map[string]calltree.Cost {
	costs := map[string]calltree.Cost{}
	for i := 1; i < t.Len(); i++ {
		costs[t.Name(i)] = calltree.Cost{}
	}
	for path, self := range stacksOf(t) {
		if path == "" {
			continue
		}
		frames := strings.Split(path, between)
		leaf := costs[frames[len(frames)-1]]
		leaf.Self += self
		costs[frames[len(frames)-1]] = leaf
		slices.Sort(frames)
		for _, name := range slices.Compact(frames) {
			cost := costs[name]
			cost.Total += self
			costs[name] = cost
		}
	}
	return costs
}

func TestFunctionsCountAStackOnce(t *testing.T) {
	for seed := range uint64(1000) {
		tree := small(seed)
		require.Equal(t, naiveFunctions(tree), tree.Functions(), "seed %d", seed)
	}
	require.Empty(t, (&calltree.Tree{}).Functions())
}

func TestFunctionsOfADiffAreThoseOfItsSides(t *testing.T) {
	for seed := range uint64(300) {
		baseline, comparison := small(seed), small(seed+7)
		got := calltree.Join(baseline, comparison).Functions()
		for name, cost := range baseline.Functions() {
			require.Equal(t, cost, got[name].Baseline, "seed %d, %s", seed, name)
		}
		for name, cost := range comparison.Functions() {
			require.Equal(t, cost, got[name].Comparison, "seed %d, %s", seed, name)
		}
		for name, cost := range got {
			require.NotEqual(t, calltree.ComparedCost{}, cost, "seed %d, %s is on neither side", seed, name)
		}
	}
}
