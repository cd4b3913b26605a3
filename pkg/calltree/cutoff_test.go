package calltree_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// treeOf builds a tree of rows {level, self, name}.
func treeOf(rows ...struct {
	level, self int64
	name        string
}) *calltree.Tree {
	tree := &calltree.Tree{}
	for i, r := range rows {
		tree.Symbols = append(tree.Symbols, r.name)
		tree.Append(r.level, 0, r.self, uint32(i))
	}
	return calltree.Merge(tree)
}

type row = struct {
	level, self int64
	name        string
}

func TestCutOffLooksAtTheRemainderBesideTheCallPath(t *testing.T) {
	baseline := treeOf(row{0, 0, "total"},
		row{1, 0, "main"}, row{2, 60, "parse"}, row{2, 30, "other"},
		row{1, 5, "gc"})
	comparison := treeOf(row{0, 0, "total"},
		row{1, 0, "main"}, row{2, 60, "parse"}, row{2, 0, "encode"}, row{3, 25, "json"},
		row{1, 5, "gc"}, row{2, 8, "sweep"})
	inBaseline, inComparison := calltree.Join(baseline, comparison).CutOff()
	require.Equal(t, map[string]int64{"encode": 30, "json": 30, "sweep": 0}, inBaseline)
	require.Equal(t, map[string]int64{"other": 0}, inComparison)
}

func TestCutOffLeavesOutFunctionsOfBothSides(t *testing.T) {
	baseline := treeOf(row{0, 0, "total"}, row{1, 5, "log"}, row{1, 0, "main"}, row{2, 50, "other"})
	comparison := treeOf(row{0, 0, "total"}, row{1, 5, "log"}, row{1, 0, "main"}, row{2, 50, "log"})
	inBaseline, _ := calltree.Join(baseline, comparison).CutOff()
	require.Empty(t, inBaseline)
}

func TestTruncatedDiffKeepsSumsAndTheGreatestNodes(t *testing.T) {
	for seed := range uint64(300) {
		whole := calltree.Join(small(seed), small(seed+3))
		for _, most := range []int{1, 5, 20} {
			cut := whole.Truncate(most)
			require.Equal(t, whole.Baseline.Total[0], cut.Baseline.Total[0])
			require.Equal(t, whole.Comparison.Total[0], cut.Comparison.Total[0])
			if whole.Len()-1 <= most {
				require.Equal(t, whole, cut)
				continue
			}
			functions, kept := whole.Functions(), cut.Functions()
			for name := range kept {
				_, known := functions[name]
				require.True(t, known || name == calltree.Dropped, "seed %d: %s came from nowhere", seed, name)
			}
		}
	}
}
