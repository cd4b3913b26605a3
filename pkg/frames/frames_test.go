package frames

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/calltree/calltreetest"
)

// overTheWire sends a frame as the plugin protocol and Grafana do: as Arrow, then
// as JSON.
func overTheWire(t *testing.T, frame *data.Frame) string {
	t.Helper()
	arrow, err := frame.MarshalArrow()
	require.NoError(t, err)
	back, err := data.UnmarshalArrowFrame(arrow)
	require.NoError(t, err)
	text, err := json.Marshal(back)
	require.NoError(t, err)
	return string(text)
}

func TestFlameOnTheWire(t *testing.T) {
	tree := calltree.MakeTree([]string{"total", "main", "work <b>"}, 3)
	tree.Append(0, 10, 0, 0)
	tree.Append(1, 10, 3, 1)
	tree.Append(2, 7, 7, 2)
	require.JSONEq(t, `{
		"schema": {"name": "response",
			"meta": {"typeVersion": [0,0], "preferredVisualisationType": "flamegraph",
				"preferredVisualisationPluginId": "flamewatch-flamegraph-panel", "custom": {"nodes": 3}},
			"fields": [
				{"name": "level", "type": "number", "typeInfo": {"frame": "int64"}},
				{"name": "value", "type": "number", "typeInfo": {"frame": "int64"}, "config": {"unit": "ns"}},
				{"name": "self", "type": "number", "typeInfo": {"frame": "int64"}, "config": {"unit": "ns"}},
				{"name": "label", "type": "enum", "typeInfo": {"frame": "enum"},
					"config": {"type": {"enum": {"text": ["total", "main", "work <b>"]}}}}]},
		"data": {"values": [[0,1,2],[10,10,7],[0,3,7],[0,1,2]]}}`,
		overTheWire(t, Flame(tree, "ns", map[string]any{"nodes": 3})))
}

func TestEmptyFlameHasItsFields(t *testing.T) {
	for _, tree := range []*calltree.Tree{nil, {}} {
		frame := Flame(tree, "bytes", nil)
		require.Equal(t, 1, frame.Rows(), "core's panel reads the first row")
		require.Zero(t, frame.Fields[1].At(0))
		require.Len(t, frame.Fields, 4)
		require.NotEmpty(t, overTheWire(t, frame))
	}
}

// An enum can name 65,536 symbols; one more makes the labels strings.
func TestMoreSymbolsThanAnEnumHolds(t *testing.T) {
	for symbols, kind := range map[int]data.FieldType{65_536: data.FieldTypeEnum, 65_537: data.FieldTypeString} {
		tree := calltreetest.Random(1, calltreetest.Shape{Nodes: 70_000, Symbols: symbols, Depth: 30, MaxSelf: 10})
		tree.Symbol[69_999] = uint32(symbols - 1)
		frame := Flame(tree, "ns", nil)
		require.Equal(t, kind, frame.Fields[3].Type())
		for _, i := range []int{0, 1, 40_000, 69_999} {
			label := fmt.Sprint(frame.Fields[3].At(i))
			if kind == data.FieldTypeEnum {
				label = frame.Fields[3].Config.TypeConfig.Enum.Text[frame.Fields[3].At(i).(data.EnumItemIndex)]
			}
			require.Equal(t, tree.Name(i), label)
		}
	}
}

func TestSeriesOnTheWire(t *testing.T) {
	var line Line
	line.Labels = data.Labels{"pod": "a"}
	line.Append(time.UnixMilli(15_000), 0.5)
	line.Append(time.UnixMilli(45_000), 1)
	line.Fill(time.UnixMilli(15_000), time.UnixMilli(45_000), 15*time.Second)
	require.JSONEq(t, `{
		"schema": {"name": "series",
			"meta": {"type": "timeseries-multi", "typeVersion": [0,1], "preferredVisualisationType": "graph"},
			"fields": [
				{"name": "time", "type": "time", "typeInfo": {"frame": "time.Time"}},
				{"name": "cpu", "type": "number", "typeInfo": {"frame": "float64", "nullable": true}, "labels": {"pod": "a"}, "config": {"unit": "cores"}}]},
		"data": {"values": [[15000,30000,45000],[0.5,null,1]]}}`, overTheWire(t, Series(line, "cpu", "cores", nil)))
	require.True(t, math.IsNaN(line.Value[1]))
}
