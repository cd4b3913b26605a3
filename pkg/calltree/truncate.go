package calltree

import "slices"

// Truncate keeps the nodes with the greatest totals, as a server does: nodes with
// a total below the maxNodes-th largest become one child `other` of their
// nearest kept ancestor. Ties are kept, so that more than maxNodes nodes may
// remain, and the remainders come on top. A tree that fits is returned as it is.
func (t *Tree) Truncate(maxNodes int) *Tree {
	if t.Len()-1 <= maxNodes || maxNodes < 1 {
		return t
	}
	least := nthLargest(t.Total[1:], maxNodes)

	b := newBuilder(1, maxNodes*2)
	ids := make(map[uint32]uint32, maxNodes)
	open := []int32{0}
	b.gain(0, 0, t.Self[0])
	for i := 1; i < t.Len(); i++ {
		level := int(t.Level[i])
		if level > len(open) {
			continue // under a node that was cut off, which took it along
		}
		parent := open[level-1]
		if t.Total[i] < least {
			b.gain(b.under(parent, b.symbol(Dropped)), 0, t.Total[i])
			open = open[:level]
			continue
		}
		id, known := ids[t.Symbol[i]]
		if !known {
			id = b.symbol(t.Name(i))
			ids[t.Symbol[i]] = id
		}
		node := b.under(parent, id)
		b.gain(node, 0, t.Self[i])
		open = append(open[:level], node)
	}
	return b.tree(0)
}

// nthLargest is the n-th largest of at least n values.
func nthLargest(values []int64, n int) int64 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return sorted[len(sorted)-n]
}
