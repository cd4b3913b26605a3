package calltree

import "math"

// Merge joins trees by path of names and adds their values up. Trees without
// nodes count for nothing. The result shares no memory with the trees except
// their names.
func Merge(trees ...*Tree) *Tree {
	nodes := 0
	for _, t := range trees {
		nodes = max(nodes, t.Len())
	}
	if nodes == 0 {
		return &Tree{}
	}
	b := newBuilder(1, nodes)
	for _, t := range trees {
		b.graft(t, 0)
	}
	return b.tree(0)
}

// Scaled returns the tree with every self value multiplied and rounded, and the
// totals added up anew, so that Total = Self + children still holds.
func (t *Tree) Scaled(factor float64) *Tree {
	scaled := &Tree{Symbols: t.Symbols, Level: t.Level, Symbol: t.Symbol,
		Self: make([]int64, t.Len()), Total: make([]int64, t.Len())}
	for i, self := range t.Self {
		scaled.Self[i] = int64(math.Round(float64(self) * factor))
	}
	addUp(scaled.Level, scaled.Self, scaled.Total)
	return scaled
}
