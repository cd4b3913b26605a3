package datasource

import (
	"encoding/json"
	"fmt"
	"testing"

	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"google.golang.org/protobuf/proto"

	"github.com/flamewatch/profiles/pkg/calltree/calltreetest"
	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

func bigAnswer(b *testing.B, nodes, symbols int) []byte {
	b.Helper()
	tree := calltreetest.Random(7, calltreetest.Shape{Nodes: nodes, Symbols: symbols, Depth: 60, MaxSelf: 2_000_000_000})
	answer, err := proto.Marshal(&querierv1.SelectMergeStacktracesResponse{Flamegraph: pyroscopetest.Flamegraph(tree)})
	if err != nil {
		b.Fatal(err)
	}
	return answer
}

// BenchmarkAnswerToFrame is the whole way of a flame graph through this data
// source after the network: from the answer's bytes to the frame. Goal on two
// cores: 100,000 nodes in 16 ms and 12 MB, 1,000,000 in 130 ms and 120 MB.
func BenchmarkAnswerToFrame(b *testing.B) {
	for _, size := range []struct{ nodes, symbols int }{
		{100_000, 20_000}, {1_000_000, 20_000}, {1_000_000, 100_000},
	} {
		answer := bigAnswer(b, size.nodes, size.symbols)
		b.Run(fmt.Sprintf("nodes=%d/symbols=%d", size.nodes, size.symbols), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tree, err := pyroscope.DecodeFlamegraph(answer)
				if err != nil || tree.Len() != size.nodes {
					b.Fatal(err, tree.Len())
				}
				if frames.Flame(tree, "ns", nil).Rows() != size.nodes {
					b.Fatal("rows are missing")
				}
			}
			b.ReportMetric(float64(len(answer))/1e6, "MB-answer")
		})
	}
}

// BenchmarkFrameEncoding is what follows: Arrow from the plugin to Grafana, JSON
// from Grafana to the browser.
func BenchmarkFrameEncoding(b *testing.B) {
	for _, size := range []struct{ nodes, symbols int }{{100_000, 20_000}, {1_000_000, 20_000}} {
		tree, err := pyroscope.DecodeFlamegraph(bigAnswer(b, size.nodes, size.symbols))
		if err != nil {
			b.Fatal(err)
		}
		frame := frames.Flame(tree, "ns", nil)
		for name, encode := range map[string]func() ([]byte, error){
			"arrow": frame.MarshalArrow,
			"json":  func() ([]byte, error) { return json.Marshal(frame) },
			"packed, json": func() ([]byte, error) {
				return json.Marshal(frames.Pack(frame, tree))
			},
		} {
			b.Run(fmt.Sprintf("%s/nodes=%d", name, size.nodes), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					bytes, err := encode()
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(len(bytes))/1e6, "MB-out")
				}
			})
		}
	}
}
