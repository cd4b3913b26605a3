package datasource

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

const (
	// mostInstances is how many instances of a side are fetched apart.
	mostInstances = 6
	// keptTreeBytes bounds the call trees that are kept: some 12 million nodes, or 250 trees of 50,000.
	keptTreeBytes = 96 << 20
)

// inputOf fetches what is compared: the trees of all buckets side by side, and where the sides have different instances
// up to six of each apart, so that what is peculiar to an instance does not pass for a change.
func (d *Datasource) inputOf(ctx context.Context, plan Plan, s subject) (regression.Input, [2]attendance, error) {
	input := regression.Input{MaxNodes: sideNodes, Thresholds: plan.Thresholds}
	into := [2]*regression.Window{&input.Comparison, &input.Baseline}
	stretches := [2]stretch{s.windows.comparison, s.windows.baseline}
	sides := s.sides()
	var present [2]attendance
	if err := d.refuseTotals(ctx, sides[0], totalsInRegressions); err != nil {
		return input, present, err
	}
	err := sideBySide(ctx, len(sides), func(ctx context.Context, i int) (err error) {
		present[i], err = d.attendanceOf(ctx, sides[i], stretches[i], s.step, plan.WarmUp)
		return err
	})
	if err != nil {
		return input, present, err
	}
	if present[0].livesShortly(stretches[0]) || present[1].livesShortly(stretches[1]) {
		present[0].young, present[1].young = nil, nil
	}
	for i, side := range into {
		side.Buckets = make([]regression.Bucket, stretches[i].count)
	}
	err = sideBySide(ctx, stretches[0].count+stretches[1].count, func(ctx context.Context, k int) (err error) {
		side, bucket := 0, k
		if k >= stretches[0].count {
			side, bucket = 1, k-stretches[0].count
		}
		end := stretches[side].end - int64(stretches[side].count-1-bucket)*s.step.Milliseconds()
		into[side].Buckets[bucket], err = d.bucketOf(ctx, plan, sides[side], present[side], s.step, end)
		return err
	})
	if err != nil {
		return input, present, err
	}
	if sides[0].Type().Kind() == pyroscope.Flow {
		input.SampleValue = sampleValue(input)
	}
	if present[0].label == "" || sameInstances(present[0].cost, present[1].cost) {
		return input, present, nil
	}
	for i := range sides {
		if err := d.fetchInstances(ctx, plan, sides[i], present[i], into[i]); err != nil {
			return input, present, err
		}
	}
	return input, present, nil
}

// bucketOf is the bucket that ends at end, without the instances that are in their first minutes.
func (d *Datasource) bucketOf(ctx context.Context, plan Plan, o Operand, present attendance, step time.Duration, end int64) (regression.Bucket, error) {
	bucket := regression.Bucket{Start: time.UnixMilli(end).Add(-step), End: time.UnixMilli(end)}
	bucket.Instances = float64(len(present.old[end]))
	selector, any, err := present.without(o.Selector, end)
	if err != nil || !any {
		return bucket, err
	}
	o.Selector = selector
	bucket.Tree, err = d.finishedTree(ctx, plan, o, step, end)
	return bucket, err
}

// finishedTree is the call tree of (end-step, end], kept once it was fetched: the windows end before profiles may still
// arrive.
func (d *Datasource) finishedTree(ctx context.Context, plan Plan, o Operand, step time.Duration, end int64) (*calltree.Tree, error) {
	o.Range = pyroscope.Range{Start: end - step.Milliseconds() + 1, End: end}
	plan.Levels = Average // the mean of a bucket, not its last profile
	key := fmt.Sprintf("%s|%v|%s|%d|%d", plan.Identity, o.Types, o.Selector, o.Range.Start, end)
	known, found := d.trees.get(key)
	countLookup("trees", found)
	if found {
		return known.Tree(), nil
	}
	made, err := d.operandTree(ctx, plan, o, sideNodes)
	if err != nil {
		return nil, err
	}
	d.trees.put(key, calltree.Keep(made.tree))
	return made.tree, nil
}

// sampleValue is what one sample is worth: the greatest common divisor of all self values. Where the two sides were
// sampled at different rates it is not known, and 0.
func sampleValue(input regression.Input) float64 {
	var ofSides [2]int64
	for i, window := range []regression.Window{input.Baseline, input.Comparison} {
		for _, bucket := range window.Buckets {
			if bucket.Tree == nil {
				continue
			}
			for _, self := range bucket.Tree.Self {
				for a := self; a != 0; {
					ofSides[i], a = a, ofSides[i]%a
				}
			}
		}
	}
	if ofSides[0] == 0 || ofSides[0] != ofSides[1] {
		return 0
	}
	return float64(ofSides[0])
}

// fetchInstances fetches the costliest instances of a side apart, over its whole window.
func (d *Datasource) fetchInstances(ctx context.Context, plan Plan, o Operand, present attendance, side *regression.Window) error {
	chosen := largestOf(present.cost, mostInstances)
	side.Instances = make([]regression.Instance, len(chosen))
	return sideBySide(ctx, len(chosen), func(ctx context.Context, i int) error {
		one := o
		var err error
		if one.Selector, err = o.Selector.With(matchEqual, present.label, chosen[i]); err != nil {
			return err
		}
		tree, err := d.finishedTree(ctx, plan, one, o.Range.Duration()+time.Millisecond, o.Range.End)
		side.Instances[i] = regression.Instance{Name: chosen[i], Tree: tree}
		return err
	})
}

// largestOf are the keys with the largest values, by value and then by name.
func largestOf(costs map[string]float64, limit int) []string {
	names := slices.SortedFunc(maps.Keys(costs), func(a, b string) int {
		return cmp.Or(cmp.Compare(costs[b], costs[a]), strings.Compare(a, b))
	})
	return names[:min(limit, len(names))]
}
