package regression

import (
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
)

// Level is a state at an instant: bytes in use, goroutines.
type Level struct {
	At    time.Time
	Value float64
}

// Growth is the steady growth of a level: what a leak looks like.
type Growth struct {
	// PerHour is the median instance's slope, in the profile's unit an hour; Low and High bound it by 95 in 100 (Sen 1968).
	PerHour, Low, High float64
	// Relative is the median instance's growth over the time that it was seen, beside the level it began with.
	Relative float64
	// P is the median instance's chance of rising so by itself.
	P float64
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
	var slopes, lows, highs, relatives, chances []float64
	growth := Growth{P: 1}
	for _, levels := range instances {
		if len(levels) < fewestLevels {
			continue
		}
		it := theilSen(levels)
		slopes, lows, highs = append(slopes, it.slope), append(lows, it.low), append(highs, it.high)
		hours := levels[len(levels)-1].At.Sub(levels[0].At).Hours()
		relatives = append(relatives, it.slope*hours/max(it.begins, 1e-9))
		chances = append(chances, distuv.UnitNormal.Survival(it.rank))
		growth.Instances++
		if it.slope > 0 && it.rank > steadyRank {
			growth.Growing++
		}
	}
	if growth.Instances == 0 {
		return growth
	}
	growth.PerHour, growth.Low, growth.High = median(slopes), median(lows), median(highs)
	growth.Relative, growth.P = median(relatives), median(chances)
	growth.Steady = 2*growth.Growing > growth.Instances
	return growth
}

// trend of one instance: slope an hour with its bounds, the level it begins with, and Kendall's S over its standard error.
type trend struct{ slope, low, high, begins, rank float64 }

// mostPoints bounds the pairs that are looked at: of longer series every n-th point is taken.
const mostPoints = 400

func theilSen(levels []Level) trend {
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
		return trend{}
	}
	slices.Sort(slopes)
	n := float64(len(points))
	deviation := math.Sqrt(n * (n - 1) * (2*n + 5) / 18)
	it := trend{slope: median(slopes), rank: concordance / deviation}
	pairs := float64(len(slopes))
	it.low = slopes[int(max(0, (pairs-1.96*deviation)/2))]
	it.high = slopes[int(min(pairs-1, (pairs+1.96*deviation)/2))]
	begins := make([]float64, len(points))
	for i, point := range points {
		begins[i] = point.Value - it.slope*point.At.Sub(points[0].At).Hours()
	}
	it.begins = median(begins)
	return it
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
