package tree

// Flame is a tree as flame graph levels.
type Flame struct {
	Names []string // Names[0] is RootText
	// Levels hold, for each bar from left to right, offset, total and self of
	// each side, then the index of the name. The offset is the distance from
	// the end of the bar before it in the same level and side.
	Levels  [][]int64
	Total   int64 // of all sides together
	Sides   []int64
	MaxSelf int64
}

// Flame lays the tree out: the self value of a node at its left end, then its
// children in the order of their names.
func (t *Tree) Flame() *Flame {
	f := &Flame{Names: []string{RootText}}
	below := t.sortedChildren(true)
	label := t.nameInPaintOrder(f, &below)

	type bar struct {
		node  uint32
		start [2]int64 // where it begins on each side
	}
	width := len(t.Sides)*3 + 1
	for level := []bar{{node: Root}}; len(level) > 0; {
		values := make([]int64, 0, len(level)*width)
		var next []bar
		var end [2]int64
		for _, at := range level {
			inner := at.start
			for s := range t.Sides {
				total, self := t.Sides[s].Total[at.node], t.Sides[s].Self[at.node]
				if at.node == Root {
					self = 0
				}
				values = append(values, at.start[s]-end[s], total, self)
				end[s] = at.start[s] + total
				inner[s] += self
				f.MaxSelf = max(f.MaxSelf, self)
			}
			values = append(values, int64(label[at.node]))
			for _, child := range below.of(at.node) {
				next = append(next, bar{child, inner})
				for s := range t.Sides {
					inner[s] += t.Sides[s].Total[child]
				}
			}
		}
		f.Levels = append(f.Levels, values)
		level = next
	}
	for _, side := range t.Sides {
		f.Sides = append(f.Sides, side.Total[Root])
		f.Total += side.Total[Root]
	}
	return f
}

// nameInPaintOrder fills f.Names in Pyroscope's order, depth first with the
// rightmost child first, and gives the index of each node's name in it.
func (t *Tree) nameInPaintOrder(f *Flame, below *children) []uint32 {
	label := make([]uint32, t.Len())
	known := map[string]uint32{RootText: 0}
	byName := make([]uint32, len(t.Names)) // index+1
	remainder := uint32(0)
	index := func(text string) uint32 {
		at, ok := known[text]
		if !ok {
			at = uint32(len(f.Names))
			known[text] = at
			f.Names = append(f.Names, text)
		}
		return at + 1
	}
	stack := []uint32{Root}
	for len(stack) > 0 {
		node := stack[len(stack)-1]
		stack = append(stack[:len(stack)-1], below.of(node)...)
		if node == Root {
			continue
		}
		slot := &remainder
		if name := t.Name[node]; name != Remainder {
			slot = &byName[name]
		}
		if *slot == 0 {
			*slot = index(t.text(node))
		}
		label[node] = *slot - 1
	}
	return label
}
