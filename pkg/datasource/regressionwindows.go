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
	// regressionBuckets is into how many buckets a window is cut, fewestBuckets the least that show how much a function
	// scatters.
	regressionBuckets, fewestBuckets = 12, 4
	// mostInstances is how many instances of a side are fetched apart.
	mostInstances = 6
	// maxCachedNodes bounds the call trees that are kept: two million nodes are about 60 MB.
	maxCachedNodes = 2_000_000
)

// windows are the buckets of both sides: count of them, of length step, ending at these times in milliseconds.
type windows struct {
	step                 time.Duration
	count                int
	baseline, comparison int64
}

// before are the windows so many buckets earlier.
func (w windows) before(buckets int) windows {
	w.baseline -= int64(buckets) * w.step.Milliseconds()
	w.comparison -= int64(buckets) * w.step.Milliseconds()
	return w
}

// windowsOf cuts both ranges into equal closed buckets, none shorter than the profiles are apart.
func (d *Datasource) windowsOf(ctx context.Context, plan Plan) (windows, error) {
	comparison, baseline := d.closedRange(plan.Operands[0].Range), d.closedRange(plan.Operands[1].Range)
	length := min(comparison.Duration(), baseline.Duration())
	plan.Step = coarser(length/regressionBuckets, 0, d.settings.MinStep)
	pace, err := d.paceOf(ctx, plan)
	if err != nil {
		return windows{}, err
	}
	w := windows{step: max(plan.Step, pace.step)}
	w.count = min(regressionBuckets, int(length/w.step))
	if w.count < fewestBuckets {
		return windows{}, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The ranges are too short for regressions: with profiles %s "+
			"apart, each side must be %s or longer.", w.step, fewestBuckets*w.step), nil)
	}
	w.comparison = floorTo(comparison.End, w.step.Milliseconds())
	w.baseline = floorTo(baseline.End, w.step.Milliseconds())
	if w.comparison == w.baseline && plan.Operands[0].Selector.String() == plan.Operands[1].Selector.String() {
		return windows{}, pyroscope.Faulty(pyroscope.BadQuery, "Both sides are the same profiles. Choose another range or other labels "+
			"for the baseline, such as: vs offset 1h.", nil)
	}
	return w, nil
}

// regressionInput fetches what is compared of one service.
func (d *Datasource) regressionInput(ctx context.Context, plan Plan, w windows, service string) (regression.Input, error) {
	input := regression.Input{MaxNodes: sideNodes, Thresholds: plan.Thresholds}
	sides := []*regression.Window{&input.Comparison, &input.Baseline}
	operands := make([]Operand, len(sides))
	for i, end := range []int64{w.comparison, w.baseline} {
		operands[i] = plan.Operands[i]
		operands[i].Range = pyroscope.Range{Start: end - int64(w.count)*w.step.Milliseconds() + 1, End: end}
		var err error
		if operands[i].Selector, err = operands[i].Selector.With(matchEqual, serviceLabel, service); err != nil {
			return input, err
		}
	}
	for _, t := range operands[0].Types {
		growing, err := d.cumulative(ctx, operands[0], t)
		if err != nil {
			return input, err
		}
		if growing {
			return input, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("values of %s only ever grow: they are totals since the start of "+
				"each process. %s", t.ID, deltaCure), nil)
		}
	}
	for _, side := range sides {
		side.Buckets = make([]regression.Bucket, w.count)
	}
	err := sideBySide(ctx, len(sides)*w.count, func(ctx context.Context, i int) error {
		side, bucket := i/w.count, i%w.count
		end := operands[side].Range.Start - 1 + int64(bucket+1)*w.step.Milliseconds()
		tree, err := d.finishedTree(ctx, plan, operands[side], w.step, end)
		if err != nil {
			return err
		}
		sides[side].Buckets[bucket] = regression.Bucket{Start: time.UnixMilli(end).Add(-w.step), End: time.UnixMilli(end), Tree: tree}
		return nil
	})
	if err != nil {
		return input, err
	}
	if operands[0].Type().Kind() == pyroscope.Flow {
		input.SampleValue = sampleValue(input)
	}
	return input, d.addInstances(ctx, plan, operands, w, sides)
}

// finishedTree is the call tree of (end-step, end], kept once it was fetched: the windows end before profiles may still
// arrive.
func (d *Datasource) finishedTree(ctx context.Context, plan Plan, o Operand, step time.Duration, end int64) (*calltree.Tree, error) {
	o.Range = pyroscope.Range{Start: end - step.Milliseconds() + 1, End: end}
	plan.Levels = Average // the mean of a bucket, not its last profile
	key := fmt.Sprintf("%s|%v|%s|%d|%d", plan.Identity, o.Types, o.Selector, o.Range.Start, end)
	if known, found := d.trees.get(key); found {
		return known, nil
	}
	made, err := d.operandTree(ctx, plan, o, sideNodes)
	if err != nil {
		return nil, err
	}
	d.trees.put(key, made.tree)
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

// addInstances counts the instances of every bucket, and fetches up to six of either side apart where the sides have
// different ones: what is peculiar to an instance must not pass for a change.
func (d *Datasource) addInstances(ctx context.Context, plan Plan, operands []Operand, w windows, sides []*regression.Window) error {
	label, err := d.instanceLabel(ctx, operands[0])
	if err != nil || label == "" {
		return err
	}
	names := make([]map[string]float64, len(sides))
	err = sideBySide(ctx, len(sides), func(ctx context.Context, i int) error {
		o := operands[i]
		series, err := d.sums(ctx, pyroscope.SeriesQuery{
			Type: o.Type().ID, Selector: o.Selector, Step: w.step, GroupBy: []string{label},
			Range: pyroscope.Range{Start: o.Range.Start - 1, End: o.Range.End},
		})
		if pyroscope.Is(err, pyroscope.Unsupported) {
			return nil
		}
		names[i] = map[string]float64{}
		for _, s := range series {
			for k, at := range s.Time {
				bucket := (at - o.Range.Start + 1) / w.step.Milliseconds()
				if bucket >= 1 && bucket <= int64(w.count) && s.Value[k] > 0 {
					sides[i].Buckets[bucket-1].Instances++
					names[i][labelOf(s.Labels, label)] += s.Value[k]
				}
			}
		}
		return err
	})
	if err != nil || sameNames(names[0], names[1]) {
		return err
	}
	for i, side := range sides {
		if err := d.fetchInstances(ctx, plan, operands[i], label, names[i], side); err != nil {
			return err
		}
	}
	return nil
}

// largestOf are the keys with the largest values, by value and then by name.
func largestOf(costs map[string]float64, limit int) []string {
	names := slices.SortedFunc(maps.Keys(costs), func(a, b string) int {
		return cmp.Or(cmp.Compare(costs[b], costs[a]), strings.Compare(a, b))
	})
	return names[:min(limit, len(names))]
}

func sameNames(a, b map[string]float64) bool {
	common := 0
	for name := range a {
		if _, both := b[name]; both {
			common++
		}
	}
	return common > 0 && 2*common >= max(len(a), len(b))
}

func (d *Datasource) fetchInstances(ctx context.Context, plan Plan, o Operand, label string, costs map[string]float64, side *regression.Window) error {
	chosen := largestOf(costs, mostInstances)
	side.Instances = make([]regression.Instance, len(chosen))
	return sideBySide(ctx, len(chosen), func(ctx context.Context, i int) error {
		one := o
		var err error
		if one.Selector, err = o.Selector.With(matchEqual, label, chosen[i]); err != nil {
			return err
		}
		tree, err := d.finishedTree(ctx, plan, one, o.Range.Duration()+time.Millisecond, o.Range.End)
		side.Instances[i] = regression.Instance{Name: chosen[i], Tree: tree}
		return err
	})
}
