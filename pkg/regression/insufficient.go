package regression

import (
	"fmt"
	"math"
)

// insufficient tells the smallest change that could have been seen of a function with a tenth of the profile: the size
// that an engineer asks about. There is too little data when a growth by three quarters of that would have been missed.
func (a *analysis) insufficient() *Insufficient {
	const share = 0.1
	it := change{baseline: share, freedom: math.Inf(1)}
	wholeB, wholeC := a.sides.baseline.sum(), a.sides.comparison.sum()
	dispersion := a.typicalDispersion()
	it.error = math.Sqrt(dispersion * (1/wholeB + 1/(wholeC*a.scale)) / 4)
	smallest := it.smallestSeen(a.limits.FalseDiscovery / float64(max(1, a.tested())))
	if smallest <= 0.75*share {
		return nil
	}
	return &Insufficient{
		BaselineSamples: wholeB, ComparisonSamples: wholeC, Share: share, SmallestChange: smallest,
		Why: fmt.Sprintf("Too little data: with %.0f and %.0f samples, a function with %.0f%% of the profile must gain %.0f points to be seen. "+
			"Take a longer range.", wholeB, wholeC, 100*share, 100*smallest),
	}
}

// typicalDispersion is the median of the functions that were tested.
func (a *analysis) typicalDispersion() float64 {
	var dispersions []float64
	wholeB, wholeC := a.sides.baseline.sum(), a.sides.comparison.sum()
	for _, it := range a.own {
		if it.isTested {
			dispersions = append(dispersions, 4*it.error*it.error/(1/wholeB+1/(wholeC*a.scale)))
		}
	}
	if len(dispersions) == 0 {
		return assumedDispersion
	}
	return median(dispersions)
}
