package regression

import (
	"fmt"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// LeakInput is what a leak is judged by: a state, such as memory in use or goroutines, of one service.
type LeakInput struct {
	// Instances are the levels of each instance since its start, its first minutes left out.
	Instances [][]Level
	// Buckets are the mean states of the service over time, all instances added up.
	Buckets []Bucket
	// Thresholds: the growth must be a factor of Ratio over the time that is looked at.
	Thresholds Thresholds
}

// edge is the part of the buckets at either end between which the growth is explained.
const edge = 4

// FindLeak tells whether a state grows steadily, on most of the instances and by as much as the thresholds want, and
// which function holds what it grew by. Without a leak there is no finding.
func FindLeak(input LeakInput) (leak Finding, growth Growth, isLeak bool) {
	limits := input.Thresholds.orDefault()
	growth = SteadyGrowth(input.Instances)
	buckets := withProfiles(Window{Buckets: input.Buckets}).Buckets
	if !growth.Steady || growth.Relative < limits.Ratio-1 || len(buckets) < 2 {
		return leak, growth, false
	}
	f := newFamily()
	trees := make([]*calltree.Tree, len(buckets))
	for i, bucket := range buckets {
		trees[i] = f.normalized(bucket.Tree)
	}
	few := max(1, len(trees)/edge)
	early, late := trees[:few], trees[len(trees)-few:]
	// Held against the same whole, shares are levels: what grew by itself is told from what grew as all did.
	whole := float64(calltree.Merge(early...).Sum()) / float64(calltree.Merge(late...).Sum())
	j := join(early, late, whole)
	a := analysis{family: f, joined: j}
	cause := heldBy(j)
	leak = Finding{
		Kind: Leak, Function: a.shown(cause.arises), Stack: a.shownAll(j.stack(cause.node)), Within: a.shownAll(cause.grown),
		Course: courseOf(trees, cause.arises, 1), Growth: &growth, P: growth.P, Q: growth.P,
		Instances: growth.Instances, InstancesGrown: growth.Growing, Alerts: true,
		Since: buckets[0].Start,
	}
	for _, bucket := range buckets {
		leak.Ends = append(leak.Ends, bucket.End)
	}
	levels := j.functions[cause.arises]
	leak.Baseline, leak.Comparison = meanOf(courseOf(early, cause.arises, 1)), meanOf(courseOf(late, cause.arises, 1))
	leak.Low, leak.High = leak.Comparison-leak.Baseline, leak.Comparison-leak.Baseline
	if levels.baseline > 0 {
		leak.Ratio = levels.comparison / levels.baseline
	}
	return leak, growth, true
}

// heldBy is the cause of the growth of a whole: of the functions whose own level grew, the one under which most of it is.
func heldBy(j *joined) event {
	var grown []string
	own := map[string]float64{}
	for node := 1; node < j.Len(); node++ {
		own[j.Name(node)] += j.selfChange[node]
	}
	most := 0.0
	for _, growth := range own {
		most = max(most, growth)
	}
	for name, growth := range own {
		if growth > 0 && growth >= most/edge {
			grown = append(grown, name)
		}
	}
	causes := events(j, grown, 1)
	if len(causes) > 0 {
		return causes[0]
	}
	return event{arises: j.Name(0)}
}

// Hourly is a leak's growth in words, as far as numbers without a unit can be.
func (g Growth) Hourly(written func(float64) string) string {
	return fmt.Sprintf("%s an hour on each instance (95%% sure of %s to %s), on %d of %d", written(g.PerHour), written(g.Low),
		written(g.High), g.Growing, g.Instances)
}

// LevelsAfter are the levels of an instance without its first minutes, if it started after the time that is looked at.
func LevelsAfter(levels []Level, begins time.Time, warmUp time.Duration) []Level {
	if len(levels) == 0 || levels[0].At.Sub(begins) < warmUp {
		return levels
	}
	for i, level := range levels {
		if level.At.Sub(levels[0].At) >= warmUp {
			return levels[i:]
		}
	}
	return nil
}
