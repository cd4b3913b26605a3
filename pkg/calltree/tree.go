// Package calltree holds merged call stacks as flat arrays and the operations
// on them: merge, diff, focus, hide, truncate, pprof in and out.
//
// A tree is written depth first. Node i's children are the nodes after it whose
// level is one greater, up to the next node at its own level or above. There is
// no object per node: a million nodes are four slices.
package calltree

import "slices"

// Dropped is the name a Pyroscope server gives to what it cut off: one child per
// parent that holds the sum of the parent's remaining children.
const Dropped = "other"

// RootName is the name of node 0, the sum of all stacks.
const RootName = "total"

// Tree is a call tree in depth-first order. Level, Total, Self and Symbol have
// one entry a node; node 0 is the root at level 0. Values are in the unit of the
// profile's sample type. For every node Total = Self + the children's Total.
//
// Symbol indexes Symbols. A name may stand in Symbols more than once when a
// server sends it so; operations that match nodes do it by name.
type Tree struct {
	Symbols []string
	Level   []int64
	Total   []int64
	Self    []int64
	Symbol  []uint32
}

// Len is the number of nodes, the root included.
func (t *Tree) Len() int {
	if t == nil {
		return 0
	}
	return len(t.Level)
}

// Empty says that no stack was found: there is no node but the root, and the
// root is worth nothing.
func (t *Tree) Empty() bool {
	return t.Len() == 0 || (t.Len() == 1 && t.Total[0] == 0)
}

// Sum is the root's total, in the unit of the sample type.
func (t *Tree) Sum() int64 {
	if t.Len() == 0 {
		return 0
	}
	return t.Total[0]
}

// Name is the function name of node i.
func (t *Tree) Name(i int) string { return t.Symbols[t.Symbol[i]] }

// MakeTree returns an empty tree with room for nodes and with these symbols.
func MakeTree(symbols []string, nodes int) *Tree {
	return &Tree{
		Symbols: symbols,
		Level:   make([]int64, 0, nodes),
		Total:   make([]int64, 0, nodes),
		Self:    make([]int64, 0, nodes),
		Symbol:  make([]uint32, 0, nodes),
	}
}

// Append adds a node after the last one. The caller keeps the depth-first order:
// level is at most one more than that of the node before.
func (t *Tree) Append(level, total, self int64, symbol uint32) {
	t.Level = append(t.Level, level)
	t.Total = append(t.Total, total)
	t.Self = append(t.Self, self)
	t.Symbol = append(t.Symbol, symbol)
}

// WithRootNamed is the tree with another name on its root. The nodes are shared.
func (t *Tree) WithRootNamed(name string) *Tree {
	if t.Empty() {
		return t
	}
	named := *t
	named.Symbols = append(slices.Clone(t.Symbols), name)
	named.Symbol = slices.Clone(t.Symbol)
	named.Symbol[0] = uint32(len(t.Symbols))
	return &named
}
