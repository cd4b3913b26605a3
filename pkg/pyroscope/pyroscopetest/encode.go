// Package pyroscopetest makes answers of a profile server for tests and
// benchmarks.
package pyroscopetest

import (
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// Flamegraph writes a tree in the server's format: one list a level of distance
// from the end of the bar before, total, self and name index. A node's own time
// lies at its left end and its children follow.
func Flamegraph(tree *calltree.Tree) *querierv1.FlameGraph {
	graph := &querierv1.FlameGraph{Names: tree.Symbols, Total: tree.Sum()}
	var ends, free []int64 // by level: end of the last bar, where the next child begins
	for i := range tree.Len() {
		level := int(tree.Level[i])
		for len(graph.Levels) <= level {
			graph.Levels = append(graph.Levels, &querierv1.Level{})
			ends, free = append(ends, 0), append(free, 0)
		}
		start := int64(0)
		if level > 0 {
			start = free[level-1]
			free[level-1] += tree.Total[i]
		}
		free[level] = start + tree.Self[i]
		values := &graph.Levels[level].Values
		*values = append(*values, start-ends[level], tree.Total[i], tree.Self[i], int64(tree.Symbol[i]))
		ends[level] = start + tree.Total[i]
		graph.MaxSelf = max(graph.MaxSelf, tree.Self[i])
	}
	return graph
}
