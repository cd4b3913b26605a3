package tree

import (
	"context"
	"errors"
	"math"

	"github.com/flamewatch/profiles/pkg/store/pairs"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// Builder merges self values of several symbol tables into one tree.
type Builder struct {
	tree     Tree
	maxNodes int
	names    map[string]uint32
	// children finds nodes once indexed is set. A table on its own has every
	// node once, so the first needs no looking up.
	children pairs.Table
	indexed  bool
}

// ErrTooLarge says that a merged tree has more nodes than it may.
var ErrTooLarge = errors.New("the merged profiles have too many different stacks: narrow the range or the selector")

// NewBuilder gives an empty builder of a tree of at most maxNodes nodes, or
// without a limit for 0.
func NewBuilder(maxNodes int) *Builder {
	if maxNodes == 0 {
		maxNodes = math.MaxInt
	}
	b := &Builder{maxNodes: maxNodes, names: make(map[string]uint32)}
	b.tree = Tree{
		Parent: []uint32{Root},
		Name:   []uint32{Remainder},
		Sides:  []Side{{Self: []int64{0}}},
	}
	return b
}

// checkEvery is how many nodes are worked through between looks at the context.
const checkEvery = 1 << 16

// Add merges values by name node of one symbol table; self is as long as
// view.NameParent and is used up: Add overwrites it. Values at symbols.Root
// belong to stacks without any symbol, which a tree of names cannot show.
func (b *Builder) Add(ctx context.Context, view *symbols.View, self []int64) error {
	t := &b.tree
	// From here on total[i] is self + the totals of the children; a node
	// without any value below it is left out of the tree.
	total := make([]int64, len(self))
	for i := len(self) - 1; i > 0; i-- {
		total[i] += self[i]
		total[view.NameParent[i]] += total[i]
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	child := b.child
	if t.Len() == 1 {
		child = b.push
	}
	node := make([]uint32, len(self))         // name node -> node of the tree
	name := make([]uint32, len(view.Strings)) // text of the table -> name of the tree + 1
	for i := 1; i < len(self); i++ {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if t.Len() > b.maxNodes {
			return ErrTooLarge
		}
		if total[i] == 0 {
			continue
		}
		text := view.NameText[i]
		if name[text] == 0 {
			name[text] = b.name(view.Strings[text]) + 1
		}
		at := child(node[view.NameParent[i]], name[text]-1)
		t.Sides[0].Self[at] += self[i]
		node[i] = at
	}
	return nil
}

func (b *Builder) name(text string) uint32 {
	n, ok := b.names[text]
	if !ok {
		n = uint32(len(b.tree.Names))
		b.tree.Names = append(b.tree.Names, text)
		b.names[text] = n
	}
	return n
}

// child gives the node of a name below a parent, made where missing.
func (b *Builder) child(parent, name uint32) uint32 {
	t := &b.tree
	if !b.indexed {
		b.children.Rebuild(t.Parent, t.Name, 2*t.Len())
		b.indexed = true
	}
	at, slot, ok := b.children.Find(t.Parent, t.Name, parent, name)
	if !ok {
		at = b.push(parent, name)
		b.children.Add(t.Parent, t.Name, slot)
	}
	return at
}

// push appends a node.
func (b *Builder) push(parent, name uint32) uint32 {
	t := &b.tree
	t.Parent = append(t.Parent, parent)
	t.Name = append(t.Name, name)
	for i := range t.Sides {
		t.Sides[i].Self = append(t.Sides[i].Self, 0)
	}
	return uint32(len(t.Parent) - 1)
}

// Tree gives the merged tree. The builder must not be used any more.
func (b *Builder) Tree() *Tree {
	b.tree.sum()
	return &b.tree
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
