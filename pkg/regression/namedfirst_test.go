package regression

import (
	"math/rand/v2"
	"testing"
	"time"
)

// namedFirst is how often the function that does more work is the first one told, in call trees of a real program: some
// by what they do themselves, some by all that they call.
func namedFirst(t *testing.T) float64 {
	right, told := 0.0, 0.0
	tries := howMany(20)
	for seed := range tries {
		random := rand.New(rand.NewPCG(uint64(seed), 17))
		shape := shapeOf(t, seed/2)
		grown, isWhole := pickFunction(random, shape), seed%2 == 0
		input := Input{SampleValue: 1}
		start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		noises := map[string]*latent{}
		for bucket := range 24 {
			factor := 1.0
			if bucket >= 12 {
				factor = 1.8
			}
			tree := drawTree(random, shape, noises, 6_000, func(node int) float64 {
				return growthOf(shape, node, grown, isWhole, factor)
			})
			it := Bucket{Start: start, End: start.Add(5 * time.Minute), Tree: tree, Instances: 1}
			start = it.End
			if bucket < 12 {
				input.Baseline.Buckets = append(input.Baseline.Buckets, it)
			} else {
				input.Comparison.Buckets = append(input.Comparison.Buckets, it)
			}
		}
		finding, isFound := firstGrowth(t, input)
		if !isFound {
			continue
		}
		told++
		if isSamePlace(shape, finding.Function, grown) {
			right++
		} else {
			t.Logf("named %s, was %s (whole %v)", finding.Function, grown, isWhole)
		}
	}
	if told < float64(tries)/2 {
		t.Errorf("only %.0f of %d changes were found", told, tries)
	}
	return right / told
}
