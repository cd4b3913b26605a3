package pyroscope

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/calltree/calltreetest"
)

// naive reads a flame graph the obvious way: every bar looks for the one above
// that holds it. It returns self and total by path.
func naive(graph *querierv1.FlameGraph) map[string][2]int64 {
	type bar struct {
		start, end int64
		path       string
	}
	sums := map[string][2]int64{}
	var above []bar
	for depth, level := range graph.GetLevels() {
		var bars []bar
		at := int64(0)
		for v := level.Values; len(v) > 0; v = v[4:] {
			b := bar{start: at + v[0], end: at + v[0] + v[1]}
			at = b.end
			for _, parent := range above {
				if b.start >= parent.start && b.end <= parent.end {
					b.path = parent.path + "\x00" + graph.Names[v[3]]
				}
			}
			if depth == 0 {
				b.path = graph.Names[v[3]]
			}
			bars = append(bars, b)
			sums[b.path] = [2]int64{sums[b.path][0] + v[2], sums[b.path][1] + v[1]}
		}
		above = bars
	}
	return sums
}

func byPath(t *calltree.Tree) map[string][2]int64 {
	sums := map[string][2]int64{}
	var path []string
	for i := range t.Len() {
		path = append(path[:t.Level[i]], t.Name(i))
		key := strings.Join(path, "\x00")
		sums[key] = [2]int64{sums[key][0] + t.Self[i], sums[key][1] + t.Total[i]}
	}
	return sums
}

func wire(t testing.TB, graph *querierv1.FlameGraph) []byte {
	t.Helper()
	bytes, err := proto.Marshal(&querierv1.SelectMergeStacktracesResponse{Flamegraph: graph})
	require.NoError(t, err)
	return bytes
}

func TestRecordedAnswers(t *testing.T) {
	files, err := filepath.Glob("testdata/answers/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			var answer querierv1.SelectMergeStacktracesResponse
			require.NoError(t, protojson.Unmarshal(text, &answer))
			tree, err := DecodeFlamegraph(wire(t, answer.Flamegraph))
			require.NoError(t, err)
			require.Equal(t, naive(answer.Flamegraph), byPath(tree))
			require.Equal(t, answer.Flamegraph.Total, tree.Sum())
			require.Equal(t, answer.Flamegraph.Total == 0, tree.Empty())
		})
	}
}

func TestEveryKindOfCharacter(t *testing.T) {
	text, err := os.ReadFile("testdata/answers/3001-flame-names.json")
	require.NoError(t, err)
	var answer querierv1.SelectMergeStacktracesResponse
	require.NoError(t, protojson.Unmarshal(text, &answer))
	tree, err := DecodeFlamegraph(wire(t, answer.Flamegraph))
	require.NoError(t, err)
	require.Equal(t, answer.Flamegraph.Names, tree.Symbols)
	require.Greater(t, len(tree.Symbols), 10)
}

// A server's protobuf library may pass on names that are no UTF-8, as profiles of C
// programs hold them.
func TestNamesThatAreNoUTF8(t *testing.T) {
	graph := wire(t, &querierv1.FlameGraph{Names: []string{"total", "gr??e", "plain"}, Total: 9,
		Levels: []*querierv1.Level{{Values: []int64{0, 9, 0, 0}}, {Values: []int64{0, 5, 5, 1, 0, 4, 4, 2}}}})
	tree, err := DecodeFlamegraph(bytes.Replace(graph, []byte("gr??e"), []byte("gr\xf6\xdfe"), 1))
	require.NoError(t, err)
	require.Equal(t, []string{"total", "gr\uFFFDe", "plain"}, tree.Symbols)
}

// encode is the server's way round, from a tree: own time left, children after it.
func encode(tree *calltree.Tree) *querierv1.FlameGraph {
	graph := &querierv1.FlameGraph{Names: tree.Symbols, Total: tree.Sum()}
	ends, free := map[int64]int64{}, map[int64]int64{}
	for i := range tree.Len() {
		level := tree.Level[i]
		if int(level) == len(graph.Levels) {
			graph.Levels = append(graph.Levels, &querierv1.Level{})
		}
		start := free[level-1]
		free[level-1] += tree.Total[i]
		free[level] = start + tree.Self[i]
		graph.Levels[level].Values = append(graph.Levels[level].Values, start-ends[level], tree.Total[i], tree.Self[i], int64(tree.Symbol[i]))
		ends[level] = start + tree.Total[i]
	}
	return graph
}

func TestRandomTrees(t *testing.T) {
	for seed := range uint64(300) {
		want := calltreetest.Random(seed, calltreetest.Shape{Nodes: 1 + int(seed), Symbols: 2 + int(seed%40), Depth: 1 + int(seed%50), MaxSelf: 1 << (seed % 40)})
		got, err := DecodeFlamegraph(wire(t, encode(want)))
		require.NoError(t, err)
		require.Equal(t, want, got, "seed %d", seed)
	}
}

func TestStack300Deep(t *testing.T) {
	tree := calltreetest.Random(1, calltreetest.Shape{Nodes: 100_000, Symbols: 70_000, Depth: 3000, MaxSelf: 1000})
	require.Greater(t, slices.Max(tree.Level), int64(300))
	got, err := DecodeFlamegraph(wire(t, encode(tree)))
	require.NoError(t, err)
	require.Equal(t, tree, got)
}

func TestNoFlamegraph(t *testing.T) {
	for _, answer := range [][]byte{nil, wire(t, nil), wire(t, &querierv1.FlameGraph{}), wire(t, &querierv1.FlameGraph{Names: []string{"total"}})} {
		tree, err := DecodeFlamegraph(answer)
		require.NoError(t, err)
		require.True(t, tree.Empty())
	}
}

func TestBarsWithoutWidthAreLeftOut(t *testing.T) {
	tree, err := DecodeFlamegraph(wire(t, &querierv1.FlameGraph{
		Names: []string{"total", "a", "zero", "under zero"},
		Levels: []*querierv1.Level{{Values: []int64{0, 10, 0, 0}}, {Values: []int64{0, 0, 0, 2, 0, 10, 10, 1, 0, 0, 0, 2}},
			{Values: []int64{10, 0, 0, 3}}},
	}))
	require.NoError(t, err)
	require.Equal(t, map[string][2]int64{"total": {0, 10}, "total\x00a": {10, 10}}, byPath(tree))
}

// Numbers may be sent one by one, a message in several parts, fields unknown.
func TestOtherFormsOfTheWire(t *testing.T) {
	var level1, level2, graph, answer []byte
	for _, v := range []uint64{0, 300, 0, 0} {
		level1 = protowire.AppendVarint(protowire.AppendTag(level1, 1, protowire.VarintType), v)
	}
	level2 = protowire.AppendBytes(protowire.AppendTag(level2, 1, protowire.BytesType), []byte{0, 100})
	level2 = protowire.AppendBytes(protowire.AppendTag(level2, 1, protowire.BytesType), []byte{100, 1})
	graph = protowire.AppendString(protowire.AppendTag(graph, 1, protowire.BytesType), "total")
	graph = protowire.AppendString(protowire.AppendTag(graph, 1, protowire.BytesType), "a")
	graph = protowire.AppendBytes(protowire.AppendTag(graph, 2, protowire.BytesType), level1)
	graph = protowire.AppendFixed64(protowire.AppendTag(graph, 99, protowire.Fixed64Type), 1)
	rest := protowire.AppendBytes(protowire.AppendTag(nil, 2, protowire.BytesType), level2)
	answer = protowire.AppendBytes(protowire.AppendTag(answer, 1, protowire.BytesType), graph)
	answer = protowire.AppendBytes(protowire.AppendTag(answer, 7, protowire.BytesType), []byte("unknown"))
	answer = protowire.AppendBytes(protowire.AppendTag(answer, 1, protowire.BytesType), rest)
	tree, err := DecodeFlamegraph(answer)
	require.NoError(t, err)
	require.Equal(t, map[string][2]int64{"total": {0, 300}, "total\x00a": {100, 100}}, byPath(tree))
}

func TestMalformedFlamegraphs(t *testing.T) {
	names := []string{"total", "a"}
	level := func(values ...int64) *querierv1.Level { return &querierv1.Level{Values: values} }
	for name, graph := range map[string]*querierv1.FlameGraph{
		"name out of range":     {Names: names, Levels: []*querierv1.Level{level(0, 5, 0, 2)}},
		"negative name":         {Names: names, Levels: []*querierv1.Level{level(0, 5, 0, -1)}},
		"negative width":        {Names: names, Levels: []*querierv1.Level{level(0, -5, 0, 0)}},
		"negative self":         {Names: names, Levels: []*querierv1.Level{level(0, 5, -1, 0)}},
		"too large":             {Names: names, Levels: []*querierv1.Level{level(1<<62, 1<<62, 0, 0)}},
		"inside of a bar":       {Names: names, Levels: []*querierv1.Level{level(0, 5, 0)}},
		"wider than the parent": {Names: names, Levels: []*querierv1.Level{level(0, 5, 0, 0), level(0, 6, 0, 1)}},
		"beside the parent":     {Names: names, Levels: []*querierv1.Level{level(0, 5, 0, 0), level(5, 1, 0, 1)}},
		"a level is missing":    {Names: names, Levels: []*querierv1.Level{level(0, 5, 0, 0), level(), level(0, 1, 0, 1)}},
		"no names":              {Levels: []*querierv1.Level{level(0, 5, 0, 0)}},
		"two roots":             {Names: names, Levels: []*querierv1.Level{level(0, 5, 0, 0, 0, 5, 0, 0)}},
	} {
		_, err := DecodeFlamegraph(wire(t, graph))
		require.ErrorIs(t, err, errMalformed, name)
	}
	_, err := DecodeFlamegraph([]byte("<html>this is no protobuf</html>"))
	require.ErrorIs(t, err, errMalformed)
}

func FuzzDecodeFlamegraph(f *testing.F) {
	f.Add(wire(f, encode(calltreetest.Random(3, calltreetest.Shape{Nodes: 40, Symbols: 9, Depth: 7, MaxSelf: 1000}))))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, answer []byte) {
		tree, err := DecodeFlamegraph(answer)
		if err != nil {
			return
		}
		for i := range tree.Len() {
			if tree.Level[i] > int64(i) || int(tree.Symbol[i]) >= len(tree.Symbols) {
				t.Fatalf("node %d is impossible", i)
			}
		}
	})
}

func TestDecodeSeries(t *testing.T) {
	answer := seriesBytes(t)
	series, err := decodeSeries(answer)
	require.NoError(t, err)
	require.Equal(t, []Series{
		{Labels: []Label{{"pod", "a"}, {"zone", "x"}}, Time: []int64{15_000, 30_000}, Value: []float64{1.5, 2}},
		{Time: []int64{15_000}, Value: []float64{9e15}},
	}, series)
	for n := range answer { // cut anywhere: an error or fewer series, never a panic
		if cut, err := decodeSeries(answer[:n]); err == nil {
			require.LessOrEqual(t, len(cut), 2)
		}
	}
}

func TestCountVarints(t *testing.T) {
	for n := range 40 {
		var packed []byte
		for i := range n {
			packed = binary.AppendUvarint(packed, uint64(1)<<(i*3%60))
		}
		require.Equal(t, n, countVarints(packed))
	}
}

func ExampleDecodeFlamegraph() {
	answer, _ := proto.Marshal(&querierv1.SelectMergeStacktracesResponse{Flamegraph: &querierv1.FlameGraph{
		Names:  []string{"total", "main", "work"},
		Levels: []*querierv1.Level{{Values: []int64{0, 10, 0, 0}}, {Values: []int64{0, 10, 3, 1}}, {Values: []int64{3, 7, 7, 2}}},
	}})
	tree, _ := DecodeFlamegraph(answer)
	for i := range tree.Len() {
		fmt.Println(tree.Level[i], tree.Name(i), tree.Total[i], tree.Self[i])
	}
	// Output:
	// 0 total 10 0
	// 1 main 10 3
	// 2 work 7 7
}
