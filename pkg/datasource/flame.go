package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// flameFacts is what a flame graph's frame says of itself, in meta.custom.
type flameFacts struct {
	ProfileTypeID string `json:"profileTypeId"`
	Selector      string `json:"selector"`
	Call          string `json:"call"`
	DurationMS    int64  `json:"durationMs"`
	// Nodes of the tree, the root included, and what the server was allowed.
	Nodes    int   `json:"nodes"`
	MaxNodes int64 `json:"maxNodes"`
	// DroppedNodes and DroppedTotal are what the server cut off (`other`), the
	// total in the unit of the values.
	DroppedNodes int   `json:"droppedNodes"`
	DroppedTotal int64 `json:"droppedTotal"`
	// RealOther says that a function of the program is called `other`.
	RealOther bool `json:"realOther,omitempty"`
	// Kind is flow or level; Levels says how a level was put together and
	// Instances of how many instances, 0 if that was not looked at.
	Kind      string    `json:"kind"`
	Levels    LevelMode `json:"levels,omitempty"`
	Instances int       `json:"instances,omitempty"`
	// From and To are the range of the profiles in milliseconds.
	From int64 `json:"from"`
	To   int64 `json:"to"`
	// Shows is a sentence that says what is drawn where that is not simply the profiles of the range: the samples of a
	// span, or what is shown in their place. Our panel writes it above the graph.
	Shows string `json:"shows,omitempty"`
}

// flame merges the profiles of the first operand into one call tree.
func (d *Datasource) flame(ctx context.Context, plan Plan) (data.Frames, error) {
	begun := d.now()
	operand := plan.Operands[0]
	facts := flameFacts{Selector: operand.Selector.String(), Call: callOf(operand), MaxNodes: plan.Limits.MaxNodes, Kind: "flow"}
	facts.From, facts.To = operand.around().Start, operand.around().End
	if len(operand.Types) == 0 {
		return d.emptyFlame(ctx, operand, facts, nil), nil
	}
	facts.ProfileTypeID = operand.Type().ID
	made, err := d.treeOfFlame(ctx, plan, operand)
	if err != nil {
		return nil, err
	}
	operand, facts.Shows = made.operand, made.shows
	facts.From, facts.To = operand.around().Start, operand.around().End
	facts.Instances = made.instances
	notices := made.notices
	rest := made.tree.FindRemainder(plan.Limits.MaxNodes)
	tree := plan.Filter.apply(made.tree)
	if operand.Type().Kind() == pyroscope.Level {
		facts.Kind, facts.Levels = "level", plan.Levels
	}
	facts.DurationMS = d.now().Sub(begun).Round(time.Millisecond).Milliseconds()
	if tree.Empty() {
		return d.emptyFlame(ctx, operand, facts, notices), nil
	}
	facts.Nodes = tree.Len()
	facts.DroppedNodes, facts.DroppedTotal, facts.RealOther = rest.Nodes, rest.Total, rest.Real
	cutNodes.Add(float64(rest.Nodes))
	if rest.Real {
		notices = append(notices, "A function of this program is called `other`. The server joins what it calls into one bar, "+
			"as it does with the remainder of a flame graph that is cut.")
	}
	if plan.Embedded && facts.Shows != "" {
		// Core's panel draws it, which shows neither notices nor facts.
		tree = tree.WithRootNamed(facts.Shows)
	}
	frame := frames.Flame(tree, operand.Type().Unit(), facts)
	addStat(frame, "Nodes", "", float64(facts.Nodes))
	addStat(frame, "Nodes cut off by the server", "", float64(facts.DroppedNodes))
	if plan.Packed {
		frame = frames.Pack(frame, tree)
	}
	frame.Meta.ExecutedQueryString = executed(facts.Call, operand)
	return withNotices(frame, notices), nil
}

// operandTree merges the profiles of all types of an operand, which must have
// some, into one tree of about maxNodes nodes.
func (d *Datasource) operandTree(ctx context.Context, plan Plan, operand Operand, maxNodes int64) (stateTree, error) {
	plan.Limits.MaxNodes = maxNodes
	parts := make([]stateTree, len(operand.Types))
	err := sideBySide(ctx, len(parts), func(ctx context.Context, i int) (err error) {
		parts[i], err = d.typeTree(ctx, plan, operand, operand.Types[i])
		return err
	})
	if err != nil {
		return stateTree{}, err
	}
	whole := stateTree{tree: &calltree.Tree{}}
	trees := make([]*calltree.Tree, 0, len(parts))
	for _, p := range parts {
		if p.tree.Len() > 0 {
			trees = append(trees, p.tree)
		}
		whole.instances += p.instances
		whole.notices = append(whole.notices, p.notices...)
	}
	switch len(trees) {
	case 0:
	case 1:
		whole.tree = trees[0]
	default:
		whole.tree = calltree.Merge(trees...).Truncate(int(maxNodes))
	}
	return whole, nil
}

// typeTree is the call tree of one type of an operand: a sum for flows, a state
// for levels and for totals since the start of the process.
func (d *Datasource) typeTree(ctx context.Context, plan Plan, o Operand, t pyroscope.ProfileType) (stateTree, error) {
	q := pyroscope.TreeQuery{Type: t.ID, Selector: o.Selector, Range: o.Range, MaxNodes: plan.Limits.MaxNodes,
		Spans: o.Spans, Traces: o.Traces, Profiles: o.Profiles, CallSite: o.CallSite}
	switch {
	case o.narrowed(): // single samples or profiles: there is nothing to put together
		q.Range = o.around()
		tree, err := d.tree(ctx, q)
		return stateTree{tree: tree}, err
	case t.Kind() == pyroscope.Level && plan.Levels == Average:
		return d.average(ctx, q, o, t)
	case t.Kind() == pyroscope.Level:
		return d.latest(ctx, q, o, t)
	}
	var sum stateTree
	var growing bool
	err := sideBySide(ctx, 2, func(ctx context.Context, i int) (err error) {
		if i == 0 {
			sum.tree, err = d.tree(ctx, q)
		} else {
			growing, err = d.cumulative(ctx, o, t)
		}
		return err
	})
	if err != nil || !growing {
		return sum, err
	}
	made, err := d.latest(ctx, q, o, t)
	made.notices = append(made.notices, fmt.Sprintf("Values of %s are totals since the start of each process, so this is the last "+
		"profile of each instance and not the range. %s", t.ID, deltaCure))
	return made, err
}

func (d *Datasource) emptyFlame(ctx context.Context, o Operand, facts flameFacts, notices []string) data.Frames {
	if len(notices) == 0 {
		notices = append(notices, d.whyEmpty(ctx, o))
	}
	unit := ""
	if len(o.Types) > 0 {
		unit = o.Type().Unit()
	}
	frame := frames.Flame(nil, unit, facts)
	frame.Meta.ExecutedQueryString = executed(facts.Call, o)
	return withNotices(frame, notices)
}

func withNotices(frame *data.Frame, notices []string) data.Frames {
	for _, text := range notices {
		frame.AppendNotices(data.Notice{Severity: data.NoticeSeverityInfo, Text: text})
	}
	return data.Frames{frame}
}

func callOf(o Operand) string {
	if len(o.Spans) > 0 {
		return "SelectMergeSpanProfile"
	}
	return "SelectMergeStacktraces"
}

// executed is what Grafana's query inspector shows.
func executed(call string, o Operand) string {
	types := ""
	for i, t := range o.Types {
		types += ", "[:min(2*i, 2)] + t.ID
	}
	asked := o.around()
	return fmt.Sprintf("%s %s %s from %s to %s", call, types, o.Selector,
		time.UnixMilli(asked.Start).UTC().Format(time.RFC3339), time.UnixMilli(asked.End).UTC().Format(time.RFC3339))
}
