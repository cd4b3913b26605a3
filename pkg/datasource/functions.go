package datasource

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/flameql"
	"github.com/flamewatch/profiles/pkg/frames"
)

// maxFunctionRows is how many rows a table of functions has when the query names
// no limit.
const maxFunctionRows = 1000

// functionFacts is what a table of functions says of itself, in meta.custom.
type functionFacts struct {
	ProfileTypeID string `json:"profileTypeId,omitempty"`
	DurationMS    int64  `json:"durationMs"`
	// Shown and Total count functions.
	Shown int `json:"shown"`
	Total int `json:"total"`
	// Diff is there when two sides are compared.
	Diff *diffFacts `json:"diff,omitempty"`
}

// functions is a table of the functions of one operand, the greatest self first,
// or of two operands, the greatest change first.
func (d *Datasource) functions(ctx context.Context, plan Plan) (data.Frames, error) {
	begun := d.now()
	if plan.compares() {
		return d.comparedFunctions(ctx, plan, begun)
	}
	operand := plan.Operands[0]
	if len(operand.Types) == 0 {
		return withNotices(frames.Functions(nil, "", functionFacts{}), []string{d.whyEmpty(ctx, operand)}), nil
	}
	made, err := d.operandTree(ctx, plan, operand, max(plan.Limits.MaxNodes, sideNodes))
	if err != nil {
		return nil, err
	}
	whole := wholeOf(made.tree.Sum())
	var rows []frames.FunctionRow
	for name, cost := range plan.Filter.apply(made.tree).Functions() {
		rows = append(rows, frames.FunctionRow{Name: name, Self: float64(cost.Self), Total: float64(cost.Total),
			SelfShare: float64(cost.Self) / whole, Share: float64(cost.Total) / whole})
	}
	slices.SortFunc(rows, func(a, b frames.FunctionRow) int {
		return cmp.Or(cmp.Compare(b.Self, a.Self), cmp.Compare(b.Total, a.Total), strings.Compare(a.Name, b.Name))
	})
	facts := functionFacts{ProfileTypeID: operand.Type().ID, Total: len(rows)}
	rows = rows[:min(len(rows), rowLimit(plan.Limits))]
	facts.Shown = len(rows)
	facts.DurationMS = d.now().Sub(begun).Round(time.Millisecond).Milliseconds()
	frame := frames.Functions(rows, operand.Type().Unit(), facts)
	frame.Meta.ExecutedQueryString = executed(callOf(operand), operand)
	return withNotices(frame, made.notices), nil
}

// rowLimit is the query's limit; the default of series does not hold for rows.
func rowLimit(l Limits) int {
	if l.MaxSeries == 0 || l.Remainder {
		return maxFunctionRows
	}
	return l.MaxSeries
}

func (d *Datasource) comparedFunctions(ctx context.Context, plan Plan, begun time.Time) (data.Frames, error) {
	sides, err := d.compare(ctx, plan)
	if err != nil {
		return nil, err
	}
	rows := comparedRows(sides)
	facts := functionFacts{Total: len(rows), Diff: &sides.facts}
	rows = rows[:min(len(rows), rowLimit(plan.Limits))]
	facts.Shown = len(rows)
	facts.DurationMS = d.now().Sub(begun).Round(time.Millisecond).Milliseconds()
	unit := sides.unit
	if sides.facts.Normalise == flameql.NormaliseShare {
		unit = "percentunit"
	}
	frame := frames.Compared(rows, unit, facts)
	frame.Meta.ExecutedQueryString = executedDiff(plan)
	return withNotices(frame, sides.notices), nil
}

// comparedRows compares the totals of every function, the greatest change first.
// By share they are parts of their side's whole.
func comparedRows(sides comparedTrees) []frames.ComparedRow {
	joined := calltree.Join(&sides.baseline, &sides.comparison)
	hiddenBefore, hiddenNow := joined.CutOff()
	ofBaseline, ofComparison := 1.0, 1.0
	if sides.facts.Normalise == flameql.NormaliseShare {
		ofBaseline, ofComparison = wholeOf(sides.wholeBaseline), wholeOf(sides.wholeComparison)
	}
	var rows []frames.ComparedRow
	for name, cost := range joined.Functions() {
		if name == calltree.Dropped {
			continue // what a server cut off is no function
		}
		row := frames.ComparedRow{Name: name, Baseline: float64(cost.Baseline.Total) / ofBaseline,
			Comparison: float64(cost.Comparison.Total) / ofComparison}
		row.Change = row.Comparison - row.Baseline
		if row.Baseline > 0 {
			ratio := row.Comparison / row.Baseline
			row.Ratio = &ratio
		}
		row.Kind = kindOf(cost, hiddenBefore[name], hiddenNow[name], row.Change)
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b frames.ComparedRow) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Change), math.Abs(a.Change)), strings.Compare(a.Name, b.Name))
	})
	return rows
}

// wholeOf is what shares are parts of. Divided by it, and not multiplied by its
// inverse, equal shares are equal numbers.
func wholeOf(sum int64) float64 { return float64(max(1, sum)) }

// kindOf names a change. A function is only new, or removed, when what the other
// side's server cut off beside it is smaller than the function.
func kindOf(cost calltree.ComparedCost, hiddenBefore, hiddenNow int64, change float64) string {
	before, now := cost.Baseline.Total, cost.Comparison.Total
	switch {
	case before == 0 && hiddenBefore >= now || now == 0 && hiddenNow >= before:
		return "cut off"
	case before == 0:
		return "new"
	case now == 0:
		return "removed"
	case change > 0:
		return "grew"
	case change < 0:
		return "shrank"
	default:
		return "same"
	}
}
