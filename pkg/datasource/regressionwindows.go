package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// regressionBuckets is into how many buckets a window is cut, fewestBuckets the least that show how much a function
	// scatters. What a bucket costs is measured in docs/regressions.md.
	regressionBuckets, fewestBuckets = 12, 4
	// defaultWarmUp is how long an instance is left out after its start: caches fill, code is compiled.
	defaultWarmUp = 10 * time.Minute
)

// stretch is count closed buckets one after the other, the last of which ends at end, in milliseconds.
type stretch struct {
	end   int64
	count int
}

// span is the stretch in buckets of step, from its first millisecond to its last.
func (s stretch) span(step time.Duration) pyroscope.Range {
	return pyroscope.Range{Start: s.end - int64(s.count)*step.Milliseconds() + 1, End: s.end}
}

// windows are the buckets of both sides, all of length step.
type windows struct {
	step                 time.Duration
	baseline, comparison stretch
}

// before are the windows so many buckets earlier.
func (w windows) before(buckets int) windows {
	w.baseline.end -= int64(buckets) * w.step.Milliseconds()
	w.comparison.end -= int64(buckets) * w.step.Milliseconds()
	return w
}

// windowsOf cuts both ranges into equal closed buckets, none shorter than the profiles are apart. The windows of a query
// against the previous version are of equal length, and the baseline's end is found service by service.
func (d *Datasource) windowsOf(ctx context.Context, plan Plan) (windows, error) {
	operands := d.closedOperands(plan.Operands)
	comparison, baseline := operands[0].Range, operands[1].Range
	length := min(comparison.Duration(), baseline.Duration())
	plan.Step = coarser(length/regressionBuckets, 0, d.settings.MinStep)
	pace, err := d.paceOf(ctx, plan)
	if err != nil {
		return windows{}, err
	}
	w := windows{step: max(plan.Step, pace.step)}
	count := min(regressionBuckets, int(length/w.step))
	if count < fewestBuckets {
		return windows{}, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The ranges are too short for regressions: with profiles %s "+
			"apart, each side must be %s or longer.", w.step, fewestBuckets*w.step), nil)
	}
	step := w.step.Milliseconds()
	w.comparison = stretch{floorTo(comparison.End, step), count}
	w.baseline = stretch{floorTo(baseline.End, step), count}
	if earlier := operands[1].Earlier; earlier > 0 {
		// In whole buckets, so that both sides move at once, and upwards, so that none is on both sides.
		w.baseline.end = w.comparison.end - floorTo(earlier+step-1, step)
	}
	if w.comparison == w.baseline && !plan.PreviousVersion && plan.Operands[0].Type().Kind() == pyroscope.Flow &&
		plan.Operands[0].Selector.String() == plan.Operands[1].Selector.String() {
		return windows{}, pyroscope.Faulty(pyroscope.BadQuery, "Both sides are the same profiles. Choose another range or other labels "+
			"for the baseline, such as: vs offset 1h.", nil)
	}
	return w, nil
}
