// Package frames writes call trees and series as Grafana data frames, in the
// shape of core's profile data source, so that core's own panels and Tempo's
// embedded flame graph can draw them.
package frames

import (
	"math"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/calltree"
)

const (
	// FlameName is the name by which Tempo's embedded view finds the flame graph.
	FlameName = "response"
	// FlamePanel draws flame graphs in Explore where it is installed; elsewhere
	// core's panel does.
	FlamePanel = "flamewatch-flamegraph-panel"
)

// maxEnumSymbols is what an enum field can index: the SDK's index is a uint16.
const maxEnumSymbols = math.MaxUint16 + 1

// Flame writes a call tree as a nested set: one row a node, depth first, with
// the fields level, value (total), self and label. unit is a Grafana unit.
// The label is an enum unless the tree has more symbols than an enum can index.
func Flame(tree *calltree.Tree, unit string, custom any) *data.Frame {
	if tree.Len() == 0 {
		tree = nothing()
	}
	frame := data.NewFrame(FlameName,
		data.NewField("level", nil, tree.Level),
		data.NewField("value", nil, tree.Total).SetConfig(&data.FieldConfig{Unit: unit}),
		data.NewField("self", nil, tree.Self).SetConfig(&data.FieldConfig{Unit: unit}),
		labelField(tree),
	)
	frame.Meta = &data.FrameMeta{
		PreferredVisualization:         data.VisTypeFlameGraph,
		PreferredVisualizationPluginID: FlamePanel,
		Custom:                         custom,
	}
	return frame
}

// nothing is a root that is worth nothing. Core's panel reads the first row of every flame frame, so that one without
// rows breaks it.
func nothing() *calltree.Tree {
	tree := calltree.MakeTree([]string{calltree.RootName}, 1)
	tree.Append(0, 0, 0, 0)
	return tree
}

func labelField(tree *calltree.Tree) *data.Field {
	if len(tree.Symbols) > maxEnumSymbols {
		labels := make([]string, tree.Len())
		for i, symbol := range tree.Symbol {
			labels[i] = tree.Symbols[symbol]
		}
		return data.NewField("label", nil, labels)
	}
	labels := make([]data.EnumItemIndex, tree.Len())
	for i, symbol := range tree.Symbol {
		labels[i] = data.EnumItemIndex(symbol)
	}
	return data.NewField("label", nil, labels).SetConfig(&data.FieldConfig{
		TypeConfig: &data.FieldTypeConfig{Enum: &data.EnumFieldConfig{Text: tree.Symbols}},
	})
}
