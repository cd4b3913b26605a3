package frames

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// packedVector is testdata/frames/packed.json: what the browser's reader is held to as well.
type packedVector struct {
	Packed     string   `json:"packed"`
	Level      []int64  `json:"level"`
	Label      []uint32 `json:"label"`
	Value      []int64  `json:"value"`
	Self       []int64  `json:"self"`
	ValueRight []int64  `json:"valueRight,omitempty"`
	SelfRight  []int64  `json:"selfRight,omitempty"`
}

func bushyTree(nodes int) *calltree.Tree {
	symbols := []string{"total", "größe λ"}
	for i := range nodes {
		symbols = append(symbols, "f"+strconv.Itoa(i))
	}
	tree := calltree.MakeTree(symbols, nodes)
	tree.Append(0, 0, 0, 0)
	for node := 1; node < nodes; node++ {
		level := int64(1 + node%7)
		if level > tree.Level[node-1]+1 {
			level = tree.Level[node-1] + 1
		}
		tree.Append(level, 0, int64(node%5)*10_000_000*int64(1+node%3*1_000_000), uint32(1+node*31%nodes))
	}
	for node := nodes - 1; node >= 0; node-- {
		tree.Total[node] += tree.Self[node]
		for above := node - 1; above >= 0; above-- {
			if tree.Level[above] < tree.Level[node] {
				tree.Total[above] += tree.Total[node]
				break
			}
		}
	}
	return tree
}

func TestPackedVectors(t *testing.T) {
	text, err := os.ReadFile("../../testdata/frames/packed.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct{ Flame, Diff packedVector }
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	tree := bushyTree(60)
	if got := packedText(t, packTree(tree)); got != vectors.Flame.Packed {
		t.Errorf("packed flame graph is %d characters, want the vector's %d", len(got), len(vectors.Flame.Packed))
	}
	diff := calltree.Join(tree, tree.Scaled(3))
	if got := packedText(t, packJoined(diff)); got != vectors.Diff.Packed {
		t.Errorf("packed diff is %d characters, want the vector's %d", len(got), len(vectors.Diff.Packed))
	}
}

func packTree(tree *calltree.Tree) *data.Frame {
	return pack(Flame(tree, "ns", nil), 1, tree.Symbols, tree.Level, tree.Symbol, calltree.Values{Total: tree.Total, Self: tree.Self})
}

func packJoined(diff *calltree.Diff) *data.Frame {
	return pack(Diff(diff, "ns", nil), 1, diff.Symbols, diff.Level, diff.Symbol, diff.Baseline, diff.Comparison)
}

func packedText(t *testing.T, frame *data.Frame) string {
	t.Helper()
	field, _ := frame.FieldByName(packedField)
	if field == nil {
		t.Fatal("the frame is not packed")
	}
	if rows, err := frame.RowLen(); err != nil || rows != 1 {
		t.Fatalf("rows = %d, %v", rows, err)
	}
	return field.At(0).(string)
}

func TestPackKeepsWhatDescribesTheFrame(t *testing.T) {
	tree := bushyTree(fewestToPack)
	frame := Flame(tree, "ns", map[string]int{"nodes": 1})
	frame.RefID = "A"
	packed := Pack(frame, tree)
	if packed.Meta != frame.Meta || packed.RefID != "A" || packed.Name != FlameName {
		t.Errorf("meta, refID or name is lost: %+v", packed)
	}
	value, _ := packed.FieldByName("value")
	if value.Config.Unit != "ns" || value.At(0) != tree.Total[0] {
		t.Errorf("value = %v %v", value.Config, value.At(0))
	}
	label, _ := packed.FieldByName("label")
	if got := label.Config.TypeConfig.Enum.Text; len(got) != len(tree.Symbols) {
		t.Errorf("names = %v", got)
	}
}

func TestPackLeavesOthersAlone(t *testing.T) {
	small := bushyTree(100)
	odd := bushyTree(fewestToPack)
	odd.Total[7]++
	negative := bushyTree(fewestToPack)
	negative.Self[5] -= 1 << 40
	for name, tree := range map[string]*calltree.Tree{"small": small, "totals that do not add up": odd, "negative": negative} {
		frame := Flame(tree, "ns", nil)
		if Pack(frame, tree) != frame {
			t.Errorf("%s: packed", name)
		}
	}
}

// More names than an enum of the SDK can index are sent once each, not with every node.
func TestPackManyNames(t *testing.T) {
	const nodes = maxEnumSymbols + 10
	symbols := []string{"total"}
	tree := calltree.MakeTree(nil, nodes)
	tree.Append(0, nodes-1, 0, 0)
	for node := 1; node < nodes; node++ {
		symbols = append(symbols, "f"+strconv.Itoa(node))
		tree.Append(1, 1, 1, uint32(node))
	}
	tree.Symbols = symbols
	packed := Pack(Flame(tree, "short", nil), tree)
	label, _ := packed.FieldByName("label")
	if label.Type() != data.FieldTypeEnum || len(label.Config.TypeConfig.Enum.Text) != nodes {
		t.Errorf("label is %v", label.Type())
	}
	if _, err := json.Marshal(packed); err != nil {
		t.Error(err)
	}
}
