package datasource

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// maxScrapes is how many profiles are looked at one by one for a series of a
// state; beyond it the number of profiles is worked out from their interval.
const maxScrapes = 300_000

// stateLines are the lines of a state and what they were made of.
type stateLines struct {
	lines     []line
	instances int
	notices   []string
}

// levelLines is the series of a state: in each bucket the mean of each instance's
// profiles, added over the instances. An instance that sent none in a bucket
// counts with its last profile for up to two collection intervals, so that
// buckets shorter than the interval do not show a part of the instances only.
func (d *Datasource) levelLines(ctx context.Context, o Operand, t pyroscope.ProfileType, g grid, groupBy []string) (stateLines, error) {
	recently, err := d.lately(ctx, o, t)
	if err != nil || len(recently.Instances) == 0 {
		return stateLines{}, err
	}
	made := stateLines{instances: len(recently.Instances)}
	if recently.Label == "" {
		made.notices = append(made.notices, noInstanceLabel())
	}
	step := nested(g.Step, recently.Interval)
	expected := 0.0
	if recently.Interval > 0 {
		expected = float64(len(recently.Instances)) * float64(g.End-g.Start) / float64(recently.Interval)
	}
	estimated := expected > maxScrapes
	if estimated {
		step = g.Step
		made.notices = append(made.notices, fmt.Sprintf("These are about %.0f profiles, too many to look at one by one: the values "+
			"assume one every %s. Narrow the range or the selector for exact ones.", expected, time.Duration(recently.Interval)*time.Millisecond))
	}
	carried := 2 * recently.Interval
	before := (carried + step.Milliseconds() - 1) / step.Milliseconds() * step.Milliseconds()
	by := slices.Clone(groupBy)
	if recently.Label != "" {
		by = append(by, serviceLabel, recently.Label)
	}
	all, err := d.sums(ctx, pyroscope.SeriesQuery{Type: t.ID, Selector: o.Selector,
		Range: pyroscope.Range{Start: g.Start - before, End: g.End}, Step: step, GroupBy: by})
	if err != nil {
		return stateLines{}, err
	}
	if estimated {
		perBucket := max(1, float64(g.Step.Milliseconds())/float64(recently.Interval))
		for _, s := range all {
			for i := range s.Value {
				s.Value[i] /= perBucket
			}
		}
	}
	byInstance := map[instance][]pyroscope.Series{}
	for _, s := range all {
		of := instance{name: labelOf(s.Labels, recently.Label), service: labelOf(s.Labels, serviceLabel)}
		if recently.Label == "" {
			of = instance{}
		}
		byInstance[of] = append(byInstance[of], s)
	}
	made.instances = len(byInstance)
	var lines []line
	for _, series := range byInstance {
		lines = append(lines, meanLines(series, g, groupBy, carried)...)
	}
	made.lines = addLines(lines)
	return made, nil
}

func labelOf(all []pyroscope.Label, name string) string {
	for _, l := range all {
		if l.Name == name {
			return l.Value
		}
	}
	return ""
}

// meanLines turns the profiles of one instance, a series for each group of labels,
// into a line for each: in each bucket the mean over the instance's profiles.
// A profile without a group's labels counts as 0 for it.
func meanLines(series []pyroscope.Series, g grid, groupBy []string, carried int64) []line {
	var times []int64
	values := make([]map[int64]float64, len(series))
	for i, s := range series {
		values[i] = make(map[int64]float64, len(s.Time))
		for k, at := range s.Time {
			values[i][at] = s.Value[k]
		}
		times = append(times, s.Time...)
	}
	slices.Sort(times)
	times = slices.Compact(times)
	lines := make([]line, len(series))
	for i, s := range series {
		lines[i].labels = keepLabels(s.Labels, groupBy)
	}
	for end := g.Start + g.Step.Milliseconds(); end <= g.End; end += g.Step.Milliseconds() {
		first := sort.Search(len(times), func(i int) bool { return times[i] > end-g.Step.Milliseconds() })
		last := sort.Search(len(times), func(i int) bool { return times[i] > end })
		if first == last { // none in this bucket: the last one before, if it is not too old
			if first == 0 || times[first-1] < end-carried {
				continue
			}
			first--
		}
		for i := range lines {
			sum, any := 0.0, false
			for _, at := range times[first:last] {
				value, known := values[i][at]
				sum, any = sum+value, any || known
			}
			if any {
				lines[i].at = append(lines[i].at, end)
				lines[i].value = append(lines[i].value, sum/float64(last-first))
			}
		}
	}
	return slices.DeleteFunc(lines, func(l line) bool { return len(l.at) == 0 })
}

func keepLabels(all []pyroscope.Label, names []string) []pyroscope.Label {
	var kept []pyroscope.Label
	for _, l := range all {
		if slices.Contains(names, l.Name) && !slices.Contains(kept, l) {
			kept = append(kept, l)
		}
	}
	return kept
}

// nested is the longest part of a step, in whole seconds, in which an instance
// sends at most one profile: no more than half the collection interval.
func nested(step time.Duration, interval int64) time.Duration {
	most := time.Duration(interval) * time.Millisecond / 2
	if interval == 0 || step <= most {
		most = min(step, 15*time.Second)
	}
	for part := most.Truncate(time.Second); part > fine; part -= time.Second {
		if step%part == 0 {
			return part
		}
	}
	if step%fine == 0 {
		return fine
	}
	return step
}
