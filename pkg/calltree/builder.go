package calltree

import (
	"slices"
	"strings"
)

// builder joins stacks by path of names into one tree. A node has one self value
// a side: one for a merge, baseline and comparison for a diff.
type builder struct {
	sides   int
	symbols map[string]uint32
	names   []string
	node    []builderNode
	self    []int64 // sides values a node
	child   map[edge]int32
}

// builderNode is a node before its place in the depth-first order is known.
// Children form a list: firstChild, then nextSibling of each; 0 ends it, since
// the root is nobody's child.
type builderNode struct {
	symbol      uint32
	firstChild  int32
	nextSibling int32
}

type edge struct {
	parent int32
	symbol uint32
}

func newBuilder(sides, nodes int) *builder {
	b := &builder{
		sides:   sides,
		symbols: make(map[string]uint32, nodes/4),
		node:    make([]builderNode, 0, nodes),
		self:    make([]int64, 0, nodes*sides),
		child:   make(map[edge]int32, nodes),
	}
	b.add(b.symbol(RootName))
	return b
}

func (b *builder) symbol(name string) uint32 {
	id, known := b.symbols[name]
	if !known {
		id = uint32(len(b.names))
		b.symbols[name] = id
		b.names = append(b.names, name)
	}
	return id
}

func (b *builder) add(symbol uint32) int32 {
	b.node = append(b.node, builderNode{symbol: symbol})
	b.self = append(b.self, make([]int64, b.sides)...)
	return int32(len(b.node) - 1)
}

// under returns the child of parent with this symbol, made if it is missing.
func (b *builder) under(parent int32, symbol uint32) int32 {
	at := edge{parent, symbol}
	if id, known := b.child[at]; known {
		return id
	}
	id := b.add(symbol)
	b.child[at] = id
	b.node[id].nextSibling = b.node[parent].firstChild
	b.node[parent].firstChild = id
	return id
}

func (b *builder) gain(node int32, side int, self int64) { b.self[int(node)*b.sides+side] += self }

// graft adds a whole tree to one side. Its root joins the root whatever its name.
func (b *builder) graft(tree *Tree, side int) {
	if tree.Len() == 0 {
		return
	}
	ids := make([]uint32, len(tree.Symbols))
	for i, name := range tree.Symbols {
		ids[i] = b.symbol(name)
	}
	open := []int32{0} // by level: the node whose subtree is being read
	for i := range tree.Len() {
		node := int32(0)
		if level := int(tree.Level[i]); level > 0 {
			node = b.under(open[level-1], ids[tree.Symbol[i]])
			open = append(open[:level], node)
		}
		b.gain(node, side, tree.Self[i])
	}
}

// walk visits the nodes depth first, siblings in byte order of their names and
// the server's remainder last, which is the order in which a server sends them.
func (b *builder) walk(visit func(node int32, level int64, symbol uint32)) {
	type open struct {
		node  int32
		level int64
	}
	stack := []open{{0, 0}}
	var siblings []int32
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		visit(top.node, top.level, b.node[top.node].symbol)
		siblings = siblings[:0]
		for id := b.node[top.node].firstChild; id != 0; id = b.node[id].nextSibling {
			siblings = append(siblings, id)
		}
		slices.SortFunc(siblings, func(x, y int32) int {
			return -compareNames(b.names[b.node[x].symbol], b.names[b.node[y].symbol])
		})
		for _, id := range siblings { // the greatest first: the stack turns them round
			stack = append(stack, open{id, top.level + 1})
		}
	}
}

// compareNames puts the remainder after every function.
func compareNames(a, b string) int {
	if (a == Dropped) != (b == Dropped) {
		if a == Dropped {
			return 1
		}
		return -1
	}
	return strings.Compare(a, b)
}

// tree lays the nodes of one side out.
func (b *builder) tree(side int) *Tree {
	t := MakeTree(b.names, len(b.node))
	b.walk(func(node int32, level int64, symbol uint32) {
		t.Append(level, 0, b.self[int(node)*b.sides+side], symbol)
	})
	addUp(t.Level, t.Self, t.Total)
	return t
}

// addUp sets the totals of a depth-first order from its self values.
func addUp(level, self, total []int64) {
	below := []int64{0} // by level: sum of the children seen, last to first
	for i := len(level) - 1; i >= 0; i-- {
		at := int(level[i])
		for len(below) < at+2 {
			below = append(below, 0)
		}
		total[i] = self[i] + below[at+1]
		below[at+1] = 0
		below[at] += total[i]
	}
}
