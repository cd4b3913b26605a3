package tree

import (
	"slices"

	"github.com/flamewatch/profiles/pkg/store/pairs"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// builder makes a tree whose nodes are looked up by parent and name.
type builder struct {
	tree     Tree
	names    map[string]uint32
	children pairs.Table
}

// newBuilder gives a builder of a tree with so many sides.
func newBuilder(sides int) *builder {
	b := &builder{tree: empty(sides), names: make(map[string]uint32)}
	b.children.Rebuild(b.tree.Parent, b.tree.Name, 64)
	return b
}

// empty is a tree that has only its root.
func empty(sides int) Tree {
	t := Tree{Parent: []uint32{Root}, Name: []uint32{Remainder}, Sides: make([]Side, sides)}
	for s := range t.Sides {
		t.Sides[s].Self = []int64{0}
	}
	return t
}

// Of makes a tree of the values by name node of one symbol table, of which it
// takes the columns as they are; self is as long as view.NameParent. Nodes
// without any value below them have a total of zero. Values at symbols.Root
// belong to stacks without any symbol, which a tree of names cannot show: it is
// set to zero.
func Of(view *symbols.View, self []int64) *Tree {
	self[symbols.Root] = 0
	total := slices.Clone(self)
	for i := len(total) - 1; i > 0; i-- {
		total[view.NameParent[i]] += total[i]
	}
	return &Tree{Names: view.Strings, Parent: view.NameParent, Name: view.NameText, Sides: []Side{{self, total}}}
}

func (b *builder) name(text string) uint32 {
	n, ok := b.names[text]
	if !ok {
		n = uint32(len(b.tree.Names))
		b.tree.Names = append(b.tree.Names, text)
		b.names[text] = n
	}
	return n
}

// child gives the node of a name below a parent, made where missing.
func (b *builder) child(parent, name uint32) uint32 {
	t := &b.tree
	at, slot, ok := b.children.Find(t.Parent, t.Name, parent, name)
	if !ok {
		at = t.push(parent, name)
		b.children.Add(t.Parent, t.Name, slot)
	}
	return at
}

// add adds the first side of a tree to a side of this one, by path of names.
// Nodes without a total are left out. Remainders become ordinary nodes that are
// called RemainderText.
func (b *builder) add(from *Tree, side int) {
	node := make([]uint32, from.Len())
	name := make([]uint32, len(from.Names)) // +1
	for i := 1; i < from.Len(); i++ {
		if from.Sides[0].Total[i] == 0 {
			continue
		}
		at := from.Name[i]
		switch {
		case at == Remainder:
			at = b.name(RemainderText)
		case name[at] == 0:
			name[at] = b.name(from.Names[at]) + 1
			fallthrough
		default:
			at = name[at] - 1
		}
		node[i] = b.child(node[from.Parent[i]], at)
		b.tree.Sides[side].Self[node[i]] += from.Sides[0].Self[i]
	}
}

// Tree gives the tree. The builder must not be used any more.
func (b *builder) Tree() *Tree {
	b.tree.sum()
	return &b.tree
}

// push appends a node without values.
func (t *Tree) push(parent, name uint32) uint32 {
	t.Parent = append(t.Parent, parent)
	t.Name = append(t.Name, name)
	for i := range t.Sides {
		t.Sides[i].Self = append(t.Sides[i].Self, 0)
	}
	return uint32(len(t.Parent) - 1)
}

// sum fills the totals from the self values.
func (t *Tree) sum() {
	for s := range t.Sides {
		side := &t.Sides[s]
		side.Total = make([]int64, len(side.Self))
		copy(side.Total, side.Self)
		for i := len(t.Parent) - 1; i > 0; i-- {
			side.Total[t.Parent[i]] += side.Total[i]
		}
	}
}
