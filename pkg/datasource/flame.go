package datasource

import (
	"context"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// flameFacts is what a flame graph's frame says of itself, in meta.custom.
type flameFacts struct {
	ProfileTypeID string `json:"profileTypeId"`
	Call          string `json:"call"`
	DurationMS    int64  `json:"durationMs"`
	Nodes         int    `json:"nodes"`
	MaxNodes      int64  `json:"maxNodes"`
	DroppedNodes  int    `json:"droppedNodes"`
	DroppedTotal  int64  `json:"droppedTotal"`
	RealOther     bool   `json:"realOther,omitempty"`
}

func (d *Datasource) flame(ctx context.Context, plan Plan) (data.Frames, error) {
	begun := d.now()
	operand := plan.Operands[0]
	tree, err := d.client.Tree(ctx, pyroscope.TreeQuery{
		Type: operand.Type().ID, Selector: operand.Selector, Range: operand.Range, MaxNodes: plan.Limits.MaxNodes,
		Spans: operand.Spans, Traces: operand.Traces, Profiles: operand.Profiles,
	})
	if err != nil {
		return nil, err
	}
	if tree.Empty() {
		tree = &calltree.Tree{}
	}
	rest := tree.FindRemainder(plan.Limits.MaxNodes)
	frame := frames.Flame(tree, operand.Type().Unit(), flameFacts{
		ProfileTypeID: operand.Type().ID,
		Call:          "SelectMergeStacktraces",
		DurationMS:    d.now().Sub(begun).Round(time.Millisecond).Milliseconds(),
		Nodes:         tree.Len(), MaxNodes: plan.Limits.MaxNodes,
		DroppedNodes: rest.Nodes, DroppedTotal: rest.Total, RealOther: rest.Real,
	})
	return data.Frames{frame}, nil
}
