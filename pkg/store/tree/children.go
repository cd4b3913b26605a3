package tree

import (
	"cmp"
	"slices"
)

// children lists the children of every node.
type children struct {
	first []uint32 // first[i]:first[i+1] is the range of node i in nodes
	nodes []uint32
}

// children lists them in the order of the tree.
func (t *Tree) children() children {
	n := t.Len()
	c := children{first: make([]uint32, n+1), nodes: make([]uint32, n-1)}
	for i := 1; i < n; i++ {
		c.first[t.Parent[i]+1]++
	}
	for i := 1; i <= n; i++ {
		c.first[i] += c.first[i-1]
	}
	next := slices.Clone(c.first[:n])
	for i := 1; i < n; i++ {
		p := t.Parent[i]
		c.nodes[next[p]] = uint32(i)
		next[p]++
	}
	return c
}

// sortedChildren lists them in the order of their names, in byte order;
// Remainders stand last, or where their text sorts.
func (t *Tree) sortedChildren(remainderLast bool) children {
	c := t.children()
	rank, remainderRank := t.nameRanks(remainderLast)
	of := func(i uint32) uint32 {
		if t.Name[i] == Remainder {
			return remainderRank
		}
		return rank[t.Name[i]]
	}
	for i := range t.Len() {
		if below := c.of(uint32(i)); len(below) > 1 {
			slices.SortFunc(below, func(a, b uint32) int { return cmp.Compare(of(a), of(b)) })
		}
	}
	return c
}

func (c *children) of(i uint32) []uint32 { return c.nodes[c.first[i]:c.first[i+1]] }

// nameRanks gives every used name its place in byte order.
func (t *Tree) nameRanks(remainderLast bool) (rank []uint32, remainder uint32) {
	used := make([]bool, len(t.Names))
	var order []uint32
	for _, name := range t.Name[1:] {
		if name != Remainder && !used[name] {
			used[name] = true
			order = append(order, name)
		}
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(t.Names[a], t.Names[b]) })
	rank = make([]uint32, len(t.Names))
	for place, name := range order {
		rank[name] = uint32(place)*2 + 1
	}
	if remainderLast {
		return rank, uint32(len(order))*2 + 2
	}
	place, _ := slices.BinarySearchFunc(order, RemainderText, func(name uint32, text string) int {
		return cmp.Compare(t.Names[name], text)
	})
	return rank, uint32(place) * 2
}
