// Package tree holds call trees merged by function name, as flat columns, and
// writes them in the forms of the Pyroscope API: flame graph levels, the binary
// tree format, and the levels of a difference of two trees.
package tree

import "math"

// Root is the first node of every tree. Its total is the total of the tree.
const Root = 0

// Remainder is the name of the synthetic nodes that stand for what was cut.
// It is written as RemainderText. A function that is really called so is an
// ordinary name.
const Remainder = math.MaxUint32

// RemainderText is how a Remainder is written.
const RemainderText = "other"

// RootText is how the root is written in flame graph levels.
const RootText = "total"

// Tree is a call tree in columns, one entry a node. Parent[i] < i for i > 0.
type Tree struct {
	Names  []string // distinct names; Name indexes them
	Parent []uint32
	Name   []uint32 // index into Names or Remainder
	// Sides are the values: one side for a tree, two (left and right) for a
	// difference. A node that a side lacks has zeros there.
	Sides []Side
}

// Side holds values in the unit of the sample type.
type Side struct {
	Self  []int64 // of the node alone
	Total []int64 // with everything below it
}

// Len is the number of nodes with the root.
func (t *Tree) Len() int { return len(t.Parent) }

// text is how node i is written.
func (t *Tree) text(i uint32) string {
	if t.Name[i] == Remainder {
		return RemainderText
	}
	return t.Names[t.Name[i]]
}

// weight is what truncation ranks a node by: the greatest of its totals.
func (t *Tree) weight(i int) int64 {
	w := t.Sides[0].Total[i]
	for _, side := range t.Sides[1:] {
		w = max(w, side.Total[i])
	}
	return w
}
