// Package calltreetest makes call trees for tests and benchmarks.
package calltreetest

import (
	"fmt"
	"math/rand/v2"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// Shape of a random tree.
type Shape struct {
	Nodes   int // the root included
	Symbols int // different function names, the root's included
	Depth   int // most levels below the root
	MaxSelf int64
}

// Random makes a tree of exactly this many nodes, the same for the same seed.
// Siblings may share a name.
func Random(seed uint64, s Shape) *calltree.Tree {
	random := rand.New(rand.NewPCG(seed, 1))
	symbols := make([]string, s.Symbols)
	symbols[0] = calltree.RootName
	for i := 1; i < s.Symbols; i++ {
		symbols[i] = fmt.Sprintf("github.com/example/shop/%0*d.(*Service).Handle%d", 1+random.IntN(40), i, i)
	}
	tree := calltree.MakeTree(symbols, s.Nodes)
	tree.Append(0, 0, 0, 0)
	level := int64(0)
	for range s.Nodes - 1 {
		// A walk that mostly goes on down and now and then climbs back.
		for level > 0 && (level >= int64(s.Depth) || random.IntN(100) < 45) {
			level--
		}
		level++
		self := int64(0)
		if random.IntN(3) == 0 {
			self = random.Int64N(s.MaxSelf)
		}
		tree.Append(level, 0, self, uint32(1+random.IntN(s.Symbols-1)))
	}
	Total(tree)
	return tree
}

// Total gives every leaf at least 1 and sets the totals from the self values.
func Total(tree *calltree.Tree) {
	below := make([]int64, 1, 64) // sums of the children seen so far, by level
	for i := tree.Len() - 1; i >= 0; i-- {
		level := int(tree.Level[i])
		for len(below) < level+2 {
			below = append(below, 0)
		}
		if tree.Self[i] == 0 && below[level+1] == 0 {
			tree.Self[i] = 1
		}
		tree.Total[i] = tree.Self[i] + below[level+1]
		below[level+1] = 0
		below[level] += tree.Total[i]
	}
}
