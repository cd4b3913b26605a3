package datasource

import (
	"context"
	"slices"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/flameql"
	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const matchEqual = labels.MatchEqual

// numberFacts is what a number says of itself, in meta.custom.
type numberFacts struct {
	Baseline   float64   `json:"baseline"`
	Comparison float64   `json:"comparison"`
	Change     float64   `json:"change"`
	Ratio      *float64  `json:"ratio"`
	Diff       diffFacts `json:"diff"`
}

// number is the ratio or the change of two operands for an alert rule, with the
// labels that the selector fixes. By share it is that of the stacks that the
// filter keeps in all stacks; without a filter, cost per second, since the share
// of everything is always one. No profiles on either side are no data, and a
// ratio to a baseline of zero is null.
func (d *Datasource) number(ctx context.Context, plan Plan) (data.Frames, error) {
	if plan.Diff.Normalise == flameql.NormaliseDefault && !plan.Filter.narrows() {
		plan.Diff.Normalise = flameql.NormaliseRate
	}
	plan.Operands = d.closedOperands(plan.Operands)
	sides, err := d.compare(ctx, plan)
	if err != nil || sides.wholeBaseline == 0 && sides.wholeComparison == 0 {
		return nil, err
	}
	facts := numberFacts{Baseline: float64(sides.baseline.Sum()), Comparison: float64(sides.comparison.Sum()), Diff: sides.facts}
	unit := sides.unit
	switch sides.facts.Normalise {
	case flameql.NormaliseShare:
		facts.Baseline /= wholeOf(sides.wholeBaseline)
		facts.Comparison /= wholeOf(sides.wholeComparison)
		unit = "percentunit"
	case flameql.NormaliseRate: // the comparison is scaled to the baseline's time
		baseline := plan.Operands[1]
		if len(baseline.Types) > 0 && baseline.Type().Kind() == pyroscope.Flow {
			var factor float64
			unit, factor = d.scaleOf(baseline.Type(), baseline.Range.Duration())
			facts.Baseline *= factor
			facts.Comparison *= factor
		}
	}
	facts.Change = facts.Comparison - facts.Baseline
	if facts.Baseline > 0 {
		ratio := facts.Comparison / facts.Baseline
		facts.Ratio = &ratio
	}
	frame := frames.Number("ratio", "", labelsOf(plan), facts.Ratio, facts)
	if plan.Diff.Change {
		frame = frames.Number("change", unit, labelsOf(plan), &facts.Change, facts)
	}
	frame.Meta.ExecutedQueryString = executedDiff(plan)
	return withNotices(frame, sides.notices), nil
}

// closedOperands look at ranges in which no profile can arrive any more. A baseline that is an hour earlier stays an hour
// earlier: it moves as far as what it is held against.
func (d *Datasource) closedOperands(operands []Operand) []Operand {
	closed := slices.Clone(operands)
	for i := range closed {
		closed[i].Range = d.closedRange(closed[i].Range)
		if earlier := closed[i].Earlier; earlier > 0 {
			closed[i].Range = pyroscope.Range{Start: closed[0].Range.Start - earlier, End: closed[0].Range.End - earlier}
		}
	}
	return closed
}

// closedRange moves a range back until no profile of it can arrive any more, on
// the grid of the least step, so that evaluations within a step see the same.
func (d *Datasource) closedRange(r pyroscope.Range) pyroscope.Range {
	closed := min(r.End, d.now().Add(-d.settings.IngestDelay).UnixMilli())
	closed = floorTo(closed, d.settings.MinStep.Milliseconds())
	return pyroscope.Range{Start: closed - (r.End - r.Start), End: closed}
}

// labelsOf are the labels that tell an alert's instances apart: what the selector
// of the comparison fixes, and the function.
func labelsOf(plan Plan) data.Labels {
	fixed := data.Labels{}
	for _, m := range plan.Operands[0].Selector.Matchers {
		if m.Type == labels.MatchEqual && m.Value != "" {
			fixed[m.Name] = m.Value
		}
	}
	if plan.Filter.Function != nil {
		fixed["function"] = plan.Filter.Function.String()
	}
	return fixed
}
