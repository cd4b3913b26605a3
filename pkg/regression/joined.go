package regression

import (
	"github.com/flamewatch/profiles/pkg/calltree"
)

// joined is both windows as one call tree, with shares instead of values: the comparison's after the scale of the whole
// was taken out.
type joined struct {
	*calltree.Diff
	parent []int32
	// Shares of the service's profile a node, in [0, 1].
	baselineTotal, comparisonTotal, selfChange []float64
	functions                                  map[string]sharesOf
}

// sharesOf is a function's total on either side, as a share of the service's profile.
type sharesOf struct{ baseline, comparison float64 }

func (s sharesOf) change() float64 { return s.comparison - s.baseline }

func join(baseline, comparison []*calltree.Tree, scale float64) *joined {
	b, c := calltree.Merge(baseline...), calltree.Merge(comparison...)
	diff := calltree.Join(b, c)
	wholeB, wholeC := float64(max(1, b.Sum())), float64(max(1, c.Sum()))*scale
	nodes := diff.Len()
	j := &joined{
		Diff:            diff,
		parent:          make([]int32, nodes),
		baselineTotal:   make([]float64, nodes),
		comparisonTotal: make([]float64, nodes),
		selfChange:      make([]float64, nodes),
		functions:       map[string]sharesOf{},
	}
	var open []int32
	for node := range nodes {
		j.baselineTotal[node] = float64(diff.Baseline.Total[node]) / wholeB
		j.comparisonTotal[node] = float64(diff.Comparison.Total[node]) / wholeC
		j.selfChange[node] = float64(diff.Comparison.Self[node])/wholeC - float64(diff.Baseline.Self[node])/wholeB
		level := int(diff.Level[node])
		open = open[:level]
		j.parent[node] = -1
		if level > 0 {
			j.parent[node] = open[level-1]
		}
		open = append(open, int32(node))
	}
	for name, cost := range diff.Functions() {
		j.functions[name] = sharesOf{
			baseline:   float64(cost.Baseline.Total) / wholeB,
			comparison: float64(cost.Comparison.Total) / wholeC,
		}
	}
	return j
}

// stack is the path of a node from the outermost function to the node's own.
func (j *joined) stack(node int) []string {
	var path []string
	for ; node > 0; node = int(j.parent[node]) {
		path = append(path, j.Name(node))
	}
	for i, k := 0, len(path)-1; i < k; i, k = i+1, k-1 {
		path[i], path[k] = path[k], path[i]
	}
	return path
}
