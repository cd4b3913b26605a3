package frames

import (
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// Diff writes two joined trees as a nested set: the fields of Flame, of which
// value and self are the baseline's, and valueRight and selfRight, which are the
// comparison's. Core's panel draws such a frame as a diff.
func Diff(diff *calltree.Diff, unit string, custom any) *data.Frame {
	frame := Flame(&calltree.Tree{
		Symbols: diff.Symbols, Level: diff.Level, Symbol: diff.Symbol,
		Total: diff.Baseline.Total, Self: diff.Baseline.Self,
	}, unit, custom)
	config := func() *data.FieldConfig { return &data.FieldConfig{Unit: unit} }
	total, self := diff.Comparison.Total, diff.Comparison.Self
	if diff.Len() == 0 {
		total, self = []int64{0}, []int64{0}
	}
	frame.Fields = append(frame.Fields,
		data.NewField("valueRight", nil, total).SetConfig(config()),
		data.NewField("selfRight", nil, self).SetConfig(config()),
	)
	return frame
}
