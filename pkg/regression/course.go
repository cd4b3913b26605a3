package regression

import (
	"math"
	"slices"
)

// course is a function's share of the service's profile, bucket by bucket, baseline first.
type course struct {
	shares   []float64
	baseline int // how many of them are of the baseline
}

// isTransient says that the growth is over, or was one peak: in the last quarter of the comparison, or in its middle
// bucket, less than a quarter of it is left, or without the highest bucket less than half.
func (c course) isTransient() bool {
	before, after := c.shares[:c.baseline], c.shares[c.baseline:]
	if len(after) < 4 || len(before) == 0 {
		return false
	}
	usual := meanOf(before)
	growth := meanOf(after) - usual
	if growth <= 0 {
		return false
	}
	last := after[len(after)-max(2, len(after)/4):]
	others := (meanOf(after)*float64(len(after)) - slices.Max(after)) / float64(len(after)-1)
	return meanOf(last)-usual < growth/4 || median(after)-usual < growth/4 || others-usual < growth/2
}

// begins is the index of the first bucket of the new level: the split that leaves the least squares (the likelihood's
// maximum for a single step). Of equals the earliest.
func (c course) begins() int {
	best, least := c.baseline, math.Inf(1)
	for split := 1; split < len(c.shares); split++ {
		if left := squaresAround(c.shares[:split]) + squaresAround(c.shares[split:]); left < least-1e-15 {
			best, least = split, left
		}
	}
	return best
}

func squaresAround(values []float64) float64 {
	mean, sum := meanOf(values), 0.0
	for _, value := range values {
		sum += (value - mean) * (value - mean)
	}
	return sum
}
