package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

// whyNoLeak is said of changes of a state that is no leak.
const whyNoLeak = "A state wakes somebody up when it grows steadily on most instances, as a leak does; this one does not."

// analyseLevel judges a state, memory in use or goroutines: whether it grows steadily over the comparison, which is a
// leak, and beside that how its functions' shares changed against the baseline.
func (d *Datasource) analyseLevel(ctx context.Context, into *ServiceReport) error {
	s := into.subject
	input, present, err := d.inputOf(ctx, into.plan, s)
	if err != nil {
		return err
	}
	levels, err := d.levelsOf(ctx, s, into.plan.WarmUp)
	if err != nil {
		return err
	}
	leak, growth, isLeak := regression.FindLeak(regression.LeakInput{
		Instances: levels, Buckets: input.Comparison.Buckets, Thresholds: into.plan.Thresholds,
	})
	into.Report, err = regression.Analyse(ctx, input)
	if err != nil && !(isLeak && isOfService(err)) {
		return err
	}
	into.whole, into.unit = d.costOf(s, input.Comparison)
	for i := range into.Findings {
		if it := &into.Findings[i]; it.Alerts {
			it.Alerts, it.Why = false, whyNoLeak
		}
	}
	if isLeak {
		into.Findings = append([]regression.Finding{leak}, into.Findings...)
	} else if growth.Instances == 0 {
		into.Notices = append(into.Notices, fmt.Sprintf("Too few profiles of each instance to tell a leak of %s: "+
			"take a longer range.", into.Service))
	}
	return d.countPods(ctx, into, input, present)
}

// levelsPerWindow is about how many points a leak is judged by: means of so many parts of the window, so that garbage
// between two collections is no growth.
const levelsPerWindow = 24

// levelsOf are the levels of each instance over the comparison, the first minutes of those that started in it left out.
func (d *Datasource) levelsOf(ctx context.Context, s subject, warmUp time.Duration) ([][]regression.Level, error) {
	o := s.sides()[0]
	seen, err := d.lately(ctx, o, o.Type())
	if err != nil {
		return nil, err
	}
	if seen, err = d.observe(ctx, o, o.Type(), o.Range, countingStep(seen.Interval, o.Range)); err != nil {
		if pyroscope.Is(err, pyroscope.Unsupported) {
			return nil, nil
		}
		return nil, err
	}
	part := max(o.Range.Duration()/levelsPerWindow, time.Millisecond).Milliseconds()
	begins := time.UnixMilli(o.Range.Start)
	var all [][]regression.Level
	for _, one := range seen.Instances {
		if seen.Label != "" && one.name == "" {
			continue
		}
		var levels []regression.Level
		count := 0.0
		for i, at := range one.At {
			if n := len(levels); n > 0 && (levels[n-1].At.UnixMilli()-o.Range.Start)/part == (at-o.Range.Start)/part {
				count++
				levels[n-1].Value += (one.Sum[i] - levels[n-1].Value) / count
				continue
			}
			levels, count = append(levels, regression.Level{At: time.UnixMilli(at), Value: one.Sum[i]}), 1
		}
		all = append(all, regression.LevelsAfter(levels, begins, warmUp))
	}
	return all, nil
}
