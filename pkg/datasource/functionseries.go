package datasource

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// maxBuckets is how many call trees a series per function is made of.
const maxBuckets = 120

// FunctionMode says what a series shows of a function.
type FunctionMode struct {
	// Self shows what the function costs itself, else with what it calls.
	Self bool
	// Share shows the part of all stacks, from 0 to 1, else the cost.
	Share bool
}

func functionMode(q Query) (FunctionMode, error) {
	mode := FunctionMode{Share: q.AsShare && (q.Function != "" || q.Focus != "")}
	switch q.FunctionValue {
	case "", "total":
	case "self":
		mode.Self = true
	default:
		return mode, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The value %q of a function is not known. Choose total or self.",
			shorten(q.FunctionValue)), nil)
	}
	return mode, nil
}

// functionSeries is a line for each function that matches, the costliest first,
// or, with a focus only, one line for the stacks in focus. A server's series know
// no functions, so each bucket is a call tree of its own, fetched side by side.
// Finished buckets stand on a grid of absolute times and are kept, so that a
// refresh fetches the newest ones only.
func (d *Datasource) functionSeries(ctx context.Context, plan Plan) (data.Frames, error) {
	begun := d.now()
	operand := plan.Operands[0]
	if len(plan.GroupBy) > 0 {
		return nil, pyroscope.Faulty(pyroscope.BadQuery, "A series per function cannot be grouped by labels as well. "+
			"Remove the grouping, or choose one value in the selector.", nil)
	}
	if err := d.refuseTotals(ctx, operand, totalsInSeries); err != nil {
		return nil, err
	}
	plan.Step = coarser(plan.Step, operand.Range.Duration()/maxBuckets, d.settings.MinStep)
	pace, err := d.paceOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	step := pace.step
	g := gridOf(operand.Range, step)
	ends, closed := g.ends(), d.now().Add(-d.settings.IngestDelay).UnixMilli()
	if plan.Closed {
		for len(ends) > 0 && ends[len(ends)-1] > closed {
			ends = ends[:len(ends)-1]
		}
	}
	buckets, notices, err := d.bucketsOf(ctx, plan, step, ends, closed)
	if err != nil {
		return nil, err
	}
	lines := functionLines(buckets, ends, plan)
	facts := d.seriesFactsOf(operand.Type(), pace, callOf(operand))
	facts.Total = len(lines)
	facts.RateCalculated = facts.RateCalculated && !plan.PerFunction.Share
	facts.PartialFrom = g.partialFrom(closed)
	if len(lines) == 0 {
		if plan.Filter.Function != nil && len(notices) == 0 {
			notices = append(notices, fmt.Sprintf("No function matches %s in this range.", plan.Filter.Function))
		}
		return d.noSeries(ctx, plan, notices), nil
	}
	if pace.notice != "" {
		notices = append(notices, pace.notice)
	}
	// Functions contain each other, so what is not shown cannot be added up.
	plan.Limits.Remainder = false
	shown := greatest(lines, plan.Limits)
	if facts.Shown = len(shown); facts.Shown < facts.Total {
		notices = append(notices, fmt.Sprintf("%d of %d functions are shown, the costliest ones.", facts.Shown, facts.Total))
	}
	facts.DurationMS = d.now().Sub(begun).Round(time.Millisecond).Milliseconds()
	frames := d.drawLines(shown, plan, g, facts)
	frames[0].Meta.ExecutedQueryString = executed(facts.Call, operand) + fmt.Sprintf(" in %d buckets of %s", len(ends), step)
	withNotices(frames[0], notices)
	return frames, nil
}

// coarser is the first of the steps that are multiples of least and no finer than
// any of those wished for.
func coarser(wished, other, least time.Duration) time.Duration {
	longest := max(wished, other, least)
	return (longest + least - 1) / least * least
}

// ends are the ends of the buckets of a grid, in milliseconds.
func (g grid) ends() []int64 {
	var ends []int64
	for at := g.Start + g.Step.Milliseconds(); at <= g.End; at += g.Step.Milliseconds() {
		ends = append(ends, at)
	}
	return ends
}

// bucketsOf fetches the costs of the buckets that end at these times. A bucket
// that cannot be had is nil and noted, unless all of them fail.
func (d *Datasource) bucketsOf(ctx context.Context, plan Plan, step time.Duration, ends []int64, closed int64) ([]*bucketCosts, []string, error) {
	buckets := make([]*bucketCosts, len(ends))
	var guard sync.Mutex
	var failed int
	var first error
	err := sideBySide(ctx, len(ends), func(ctx context.Context, i int) error {
		costs, err := d.bucket(ctx, plan, step, ends[i], ends[i] <= closed)
		if err == nil {
			buckets[i] = &costs
			return nil
		}
		guard.Lock()
		defer guard.Unlock()
		failed++
		if first == nil {
			first = err
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, nil, err
	}
	var notices []string
	switch {
	case failed > 0 && failed == len(ends):
		return nil, nil, first
	case failed > 0:
		notices = append(notices, fmt.Sprintf("%d of %d buckets are missing: %s", failed, len(ends), first))
	}
	return buckets, notices, nil
}

// bucket is the cost of the functions in (end-step, end].
func (d *Datasource) bucket(ctx context.Context, plan Plan, step time.Duration, end int64, finished bool) (bucketCosts, error) {
	o := plan.Operands[0]
	o.Range = pyroscope.Range{Start: end - step.Milliseconds() + 1, End: end}
	plan.Levels = Average // the mean of a bucket, not its last profile
	narrow := TreeFilter{Focus: plan.Filter.Focus, Hide: plan.Filter.Hide}
	key := fmt.Sprintf("%s|%v|%s|%d|%d|%v|%v|%q%q%q", plan.Identity, o.Types, o.Selector, o.Range.Start, end, narrow.Focus, narrow.Hide,
		o.Spans, o.Traces, o.Profiles)
	if finished {
		known, found := d.buckets.get(key)
		countLookup("functions", found)
		if found {
			return known, nil
		}
	}
	made, err := d.operandTree(ctx, plan, o, sideNodes)
	if err != nil {
		return bucketCosts{}, err
	}
	kept := narrow.apply(made.tree)
	costs := bucketCosts{costs: kept.Functions(), kept: kept.Sum(), whole: made.tree.Sum(),
		dropped: made.tree.FindRemainder(sideNodes).Total}
	if finished {
		d.buckets.put(key, costs)
	}
	return costs, nil
}

// functionLines puts the buckets together: a value where a function, or at least
// something, was seen; zero where the others were and it was not.
func functionLines(buckets []*bucketCosts, ends []int64, plan Plan) []line {
	byName := map[string]*line{}
	if plan.Filter.Function == nil {
		byName[""] = &line{}
	} else {
		for _, b := range buckets {
			if b == nil {
				continue
			}
			for name := range b.costs {
				if byName[name] == nil && name != calltree.Dropped && plan.Filter.Function.MatchString(name) {
					byName[name] = &line{labels: []pyroscope.Label{{Name: "function", Value: name}}}
				}
			}
		}
	}
	var lines []line
	for name, l := range byName {
		for i, b := range buckets {
			if b == nil || b.whole == 0 {
				continue
			}
			l.at = append(l.at, ends[i])
			l.value = append(l.value, b.valueOf(name, plan.PerFunction))
		}
		if l.sum() > 0 {
			lines = append(lines, *l)
		}
	}
	return lines
}

// valueOf is what a function, or with an empty name all that is kept, costs.
func (b *bucketCosts) valueOf(name string, mode FunctionMode) float64 {
	value := float64(b.kept)
	if cost := b.costs[name]; name != "" && mode.Self {
		value = float64(cost.Self)
	} else if name != "" {
		value = float64(cost.Total)
	}
	if mode.Share {
		value /= wholeOf(b.whole)
	}
	return value
}
