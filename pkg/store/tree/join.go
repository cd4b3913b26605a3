package tree

import "slices"

// Join aligns two trees by path of names: the result has two sides and a node
// for every path of either tree. Remainders are aligned like a function called
// RemainderText, and become ordinary nodes.
func Join(left, right *Tree) *Tree {
	b := NewBuilder(0)
	b.tree.Sides = append(b.tree.Sides, Side{Self: []int64{0}})
	for s, from := range []*Tree{left, right} {
		node := make([]uint32, from.Len())
		for i := 1; i < from.Len(); i++ {
			at := b.child(node[from.Parent[i]], b.name(from.text(uint32(i))))
			b.tree.Sides[s].Self[at] += from.Sides[0].Self[i]
			node[i] = at
		}
	}
	return b.Tree()
}

// Under keeps only stacks that begin with callSite (names from the root); they
// keep their whole path. An empty callSite keeps everything.
func (t *Tree) Under(callSite []string) *Tree {
	if len(callSite) == 0 {
		return t
	}
	// depth[i] is how many names of callSite the path to i matches from its
	// root on, -1 once it left it.
	depth := make([]int, t.Len())
	kept := &Tree{Names: t.Names, Sides: make([]Side, len(t.Sides))}
	node := make([]uint32, t.Len())
	for i := range t.Parent {
		switch above := depth[t.Parent[i]]; {
		case i == Root:
			depth[i] = 0
		case above < 0 || above < len(callSite) && t.text(uint32(i)) != callSite[above]:
			depth[i] = -1
			continue
		default:
			depth[i] = min(above+1, len(callSite))
		}
		node[i] = uint32(len(kept.Parent))
		kept.Parent = append(kept.Parent, node[t.Parent[i]])
		kept.Name = append(kept.Name, t.Name[i])
		for s := range t.Sides {
			self := int64(0)
			if depth[i] == len(callSite) {
				self = t.Sides[s].Self[i]
			}
			kept.Sides[s].Self = append(kept.Sides[s].Self, self)
		}
	}
	if !slices.Contains(depth, len(callSite)) {
		kept.Parent, kept.Name = kept.Parent[:1], kept.Name[:1]
		for s := range kept.Sides {
			kept.Sides[s].Self = kept.Sides[s].Self[:1]
		}
	}
	kept.sum()
	return kept
}
