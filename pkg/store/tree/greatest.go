package tree

import "context"

// greatest gives the first cut of Truncate of the sum of trees: the nodes whose
// total is at least the maxNodes-th greatest, and below each a Remainder of what
// it lost. A node is never greater than its parent, so it is enough to open the
// greatest node that is known and to get to know its children, maxNodes times.
func greatest(ctx context.Context, parts []part, maxNodes int) (*Tree, error) {
	g := &opening{parts: parts, tree: empty(1), texts: map[string]uint32{}}
	roots := none
	for p, from := range parts {
		g.names = append(g.names, make([]uint32, len(from.Names)))
		g.nodes = append(g.nodes, partNode{uint32(p), Root, roots})
		roots = int32(len(g.nodes) - 1)
	}
	g.open(Root, roots)
	last := int64(0)
	for n := 0; len(g.heap) > 0; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if n >= maxNodes && g.heap[0].total < last {
			break
		}
		last = g.heap[0].total
		next := g.known[g.pop()]
		g.open(g.tree.push(next.parent, next.name), next.nodes)
	}
	g.leaveRest()
	g.tree.sum()
	return &g.tree, nil
}

// checkEvery is how many nodes are opened between looks at the context.
const checkEvery = 1 << 12

// opening is the work of greatest.
type opening struct {
	parts []part
	tree  Tree
	known []sum
	nodes []partNode
	heap  []ranked // of known, those that are not opened; the greatest first

	names [][]uint32        // of each part, their names in the tree + 1, as far as met
	texts map[string]uint32 // names in the tree
	seen  []uint32          // by name in the tree: its last place in known + 1

	totals []int64 // working space of open
}

// sum is a node of the sum of all trees.
type sum struct {
	parent, name uint32 // in the tree
	nodes        int32  // of the parts: the first of a list
}

// partNode is a node of a part, in a list.
type partNode struct {
	part, node uint32
	next       int32
}

// none ends a list.
const none = int32(-1)

type ranked struct {
	total int64
	at    uint32
}

// name gives a name of a part its number in the tree.
func (g *opening) name(part, name uint32) uint32 {
	slot := &g.names[part][name]
	if *slot == 0 {
		text := g.parts[part].Names[name]
		n, ok := g.texts[text]
		if !ok {
			n = uint32(len(g.tree.Names))
			g.texts[text] = n
			g.tree.Names = append(g.tree.Names, text)
			g.seen = append(g.seen, 0)
		}
		*slot = n + 1
	}
	return *slot - 1
}

// open takes a node into the tree: its self value, and its children as known.
func (g *opening) open(at uint32, nodes int32) {
	first := len(g.known)
	g.totals = g.totals[:0]
	for ; nodes != none; nodes = g.nodes[nodes].next {
		n := g.nodes[nodes]
		from := g.parts[n.part]
		side := &from.Sides[0]
		g.tree.Sides[0].Self[at] += side.Self[n.node]
		for _, child := range from.below.of(n.node) {
			if side.Total[child] == 0 {
				continue
			}
			name := g.name(n.part, from.Name[child])
			place := int(g.seen[name]) - 1
			if place < first {
				place = len(g.known)
				g.seen[name] = uint32(place + 1)
				g.known = append(g.known, sum{at, name, none})
				g.totals = append(g.totals, 0)
			}
			g.totals[place-first] += side.Total[child]
			g.nodes = append(g.nodes, partNode{n.part, child, g.known[place].nodes})
			g.known[place].nodes = int32(len(g.nodes) - 1)
		}
	}
	for i, total := range g.totals {
		g.push(ranked{total, uint32(first + i)})
	}
}

// leaveRest turns what was not opened into Remainders.
func (g *opening) leaveRest() {
	rest := map[uint32]uint32{}
	for _, left := range g.heap {
		parent := g.known[left.at].parent
		at, ok := rest[parent]
		if !ok {
			at = g.tree.push(parent, Remainder)
			rest[parent] = at
		}
		g.tree.Sides[0].Self[at] += left.total
	}
}

// push and pop keep the heap: container/heap would make an object of each entry.
func (g *opening) push(r ranked) {
	g.heap = append(g.heap, r)
	i := len(g.heap) - 1
	for up := (i - 1) / 2; i > 0 && g.heap[up].total < r.total; up = (i - 1) / 2 {
		g.heap[i] = g.heap[up]
		i = up
	}
	g.heap[i] = r
}

func (g *opening) pop() uint32 {
	top, last := g.heap[0], g.heap[len(g.heap)-1]
	g.heap = g.heap[:len(g.heap)-1]
	i := 0
	for {
		down := 2*i + 1
		if down+1 < len(g.heap) && g.heap[down+1].total > g.heap[down].total {
			down++
		}
		if down >= len(g.heap) || g.heap[down].total <= last.total {
			break
		}
		g.heap[i] = g.heap[down]
		i = down
	}
	if len(g.heap) > 0 {
		g.heap[i] = last
	}
	return top.at
}
