package regression

import (
	"math"
	"slices"
	"time"
)

// Level is a state at an instant: bytes in use, goroutines.
type Level struct {
	At    time.Time
	Value float64
}

// Growth is the steady growth of a level: what a leak looks like.
type Growth struct {
	// PerHour is the median instance's slope, in the profile's unit an hour.
	PerHour float64
	// Growing of Instances grow: their slope is above zero beyond chance.
	Growing, Instances int
	// Steady is true when there is enough to tell and most instances grow.
	Steady bool
}

const (
	// fewestLevels is how many points a slope needs.
	fewestLevels = 8
	// steadyRank is how far beyond chance a rise must be: Kendall's S over its standard error.
	steadyRank = 2.58
)

// SteadyGrowth judges the levels of instances, each since its start. The slope is that of Theil and Sen, the median of
// all slopes between two points, which one collection of garbage does not bend; whether it rises is Kendall's rank test
// (Mann 1945). Instances with fewer than 8 points do not vote.
func SteadyGrowth(instances [][]Level) Growth {
	var slopes []float64
	growth := Growth{}
	for _, levels := range instances {
		if len(levels) < fewestLevels {
			continue
		}
		slope, rank := theilSen(levels)
		slopes = append(slopes, slope)
		growth.Instances++
		if slope > 0 && rank > steadyRank {
			growth.Growing++
		}
	}
	if growth.Instances == 0 {
		return growth
	}
	growth.PerHour = median(slopes)
	growth.Steady = 2*growth.Growing > growth.Instances
	return growth
}

// mostPoints bounds the pairs that are looked at: of longer series every n-th point is taken.
const mostPoints = 400

func theilSen(levels []Level) (perHour, rank float64) {
	every := (len(levels) + mostPoints - 1) / mostPoints
	var points []Level
	for i := 0; i < len(levels); i += every {
		points = append(points, levels[i])
	}
	var slopes []float64
	concordance := 0.0
	for i := range points {
		for k := i + 1; k < len(points); k++ {
			hours := points[k].At.Sub(points[i].At).Hours()
			if hours <= 0 {
				continue
			}
			slope := (points[k].Value - points[i].Value) / hours
			slopes = append(slopes, slope)
			concordance += sign(slope)
		}
	}
	if len(slopes) == 0 {
		return 0, 0
	}
	n := float64(len(points))
	return median(slopes), concordance / math.Sqrt(n*(n-1)*(2*n+5)/18)
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}
