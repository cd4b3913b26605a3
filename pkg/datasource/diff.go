package datasource

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/flameql"
	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// sideNodes is how many nodes the sides of a comparison are fetched with at
// least: what a server cuts off of one side only would look new or gone.
const sideNodes = 1 << 16

// DiffMode says how the sides of a diff are made comparable and what an alert
// rule sees of it.
type DiffMode struct {
	Normalise flameql.Normalisation
	// Change shows comparison - baseline to alert rules, else their ratio.
	Change bool
	// Number is what an alert rule sees, as the query names it; empty for the ratio.
	Number string
}

func diffMode(q Query, compares bool) (m DiffMode, err error) {
	switch m.Normalise = flameql.Normalisation(q.Normalise); m.Normalise {
	case flameql.NormaliseDefault, flameql.NormaliseShare, flameql.NormaliseInstance, flameql.NormaliseRate, flameql.NormaliseNone:
	default:
		return m, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The normalisation %q is not known. "+
			"Choose share, instance, rate or none.", shorten(q.Normalise)), nil)
	}
	m.Number, m.Change = q.Number, q.Number == "change"
	isOfRegressions := q.QueryType == string(ShapeRegressions) && slices.Contains(frames.RegressionNumberNames, q.Number)
	if q.Number != "" && q.Number != "ratio" && !m.Change && !isOfRegressions && !asksForRange(q, compares) {
		return m, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The number %q is not known here. Choose ratio or change; in an alert rule "+
			"also from and to, of a comparison baselineFrom and baselineTo; of regressions also %s.",
			shorten(q.Number), strings.Join(frames.RegressionNumberNames, ", ")), nil)
	}
	return m, nil
}

// diffFacts is what a diff's frame says of itself, in meta.custom.
type diffFacts struct {
	Call       string                `json:"call"`
	DurationMS int64                 `json:"durationMs"`
	Normalise  flameql.Normalisation `json:"normalise"`
	Baseline   sideFacts             `json:"baseline"`
	Comparison sideFacts             `json:"comparison"`
	Nodes      int                   `json:"nodes"`
	// Shows is as in flameFacts.
	Shows string `json:"shows,omitempty"`
}

// comparedTrees are the two sides of a diff before they are laid over each other.
type comparedTrees struct {
	baseline, comparison calltree.Tree
	// wholeBaseline and wholeComparison are the sides' totals without the filter.
	wholeBaseline, wholeComparison int64
	facts                          diffFacts
	notices                        []string
	unit                           string
}

// diff lays the call trees of two operands over each other.
func (d *Datasource) diff(ctx context.Context, plan Plan) (data.Frames, error) {
	begun := d.now()
	sides, err := d.compare(ctx, plan)
	if err != nil {
		return nil, err
	}
	// By share the values stay what they are: the panel compares shares, and the
	// reader sees the true costs.
	joined := calltree.Join(&sides.baseline, &sides.comparison).Truncate(int(plan.Limits.MaxNodes))
	sides.facts.Nodes = joined.Len()
	sides.facts.DurationMS = d.now().Sub(begun).Round(time.Millisecond).Milliseconds()
	frame := frames.Diff(joined, sides.unit, sides.facts)
	if plan.Packed {
		frame = frames.PackDiff(frame, joined)
	}
	frame.Meta.ExecutedQueryString = executedDiff(plan)
	return withNotices(frame, sides.notices), nil
}

func executedDiff(plan Plan) string {
	return "comparison: " + executed(callOf(plan.Operands[0]), plan.Operands[0]) +
		"\nbaseline: " + executed(callOf(plan.Operands[1]), plan.Operands[1])
}

// compare fetches both sides, filters them and scales the comparison to what the
// baseline was measured on.
func (d *Datasource) compare(ctx context.Context, plan Plan) (comparedTrees, error) {
	chosen, baseline := plan.Operands[0], plan.Operands[1]
	if err := comparable(chosen, baseline); err != nil {
		return comparedTrees{}, err
	}
	chosen, err := d.prepared(ctx, chosen)
	if err != nil {
		return comparedTrees{}, err
	}
	comparison := chosen
	if chosen.SpanAbsent {
		comparison = chosen.wholeService()
	}
	plan.Operands = []Operand{comparison, baseline}
	limit := min(max(plan.Limits.MaxNodes, sideNodes), serverMaxNodes)
	var trees [2]*calltree.Tree
	var facts [2]sideFacts
	var notices [2][]string
	err = sideBySide(ctx, 2, func(ctx context.Context, i int) (err error) {
		trees[i], facts[i], notices[i], err = d.comparedSide(ctx, plan, plan.Operands[i], limit)
		return err
	})
	if err != nil {
		return comparedTrees{}, err
	}
	made := comparedTrees{
		facts: diffFacts{Call: callOf(comparison), Normalise: plan.Diff.Normalise, Baseline: facts[1], Comparison: facts[0]},
		unit:  unitOf(comparison, baseline), wholeBaseline: trees[1].Sum(), wholeComparison: trees[0].Sum(),
	}
	if made.facts.Normalise == flameql.NormaliseDefault {
		made.facts.Normalise = flameql.NormaliseShare
	}
	scale, notice := scaleOf(made.facts)
	made.facts.Comparison.Scale = scale
	spanNotices, err := d.comparedSpanNotices(ctx, plan, chosen, trees[0], baseline)
	if err != nil {
		return comparedTrees{}, err
	}
	made.facts.Shows = strings.Join(spanNotices, " ")
	made.notices = slices.Concat(spanNotices, notices[0], notices[1])
	made.notices = append(made.notices, notice...)
	made.notices = append(made.notices, sideNotices(made.facts, comparison, baseline)...)
	made.baseline, made.comparison = *plan.Filter.apply(trees[1]), *plan.Filter.apply(trees[0])
	if scale != 1 {
		made.comparison = *made.comparison.Scaled(scale)
	}
	return made, nil
}
