package calltree

// Focus keeps the stacks that pass through a function for which match is true,
// with their whole path from the root. Values shrink to those stacks.
func (t *Tree) Focus(match func(name string) bool) *Tree {
	matched := matchSymbols(t, match)
	b := newBuilder(1, t.Len()/4+1)
	open := []int32{0}  // by level: the kept node of the stack being read, notKept if none yet
	path := []uint32{0} // by level: its symbol in b
	inside := int64(-1) // level of the outermost match on the stack, -1 if none
	const notKept = -1
	for i := 1; i < t.Len(); i++ {
		level := t.Level[i]
		open = append(open[:level], notKept)
		path = append(path[:level], b.symbol(t.Name(i)))
		if level <= inside {
			inside = -1
		}
		if inside < 0 && matched[t.Symbol[i]] {
			inside = level
		}
		if inside < 0 || t.Self[i] == 0 {
			continue
		}
		for l := int64(1); l <= level; l++ {
			if open[l] == notKept {
				open[l] = b.under(open[l-1], path[l])
			}
		}
		b.gain(open[level], 0, t.Self[i])
	}
	if len(b.node) == 1 {
		return &Tree{}
	}
	return b.tree(0)
}

// Hide removes the frames of functions for which match is true; what they called
// moves up to their caller, and their own time becomes the caller's.
func (t *Tree) Hide(match func(name string) bool) *Tree {
	if t.Len() == 0 {
		return &Tree{}
	}
	matched := matchSymbols(t, match)
	b := newBuilder(1, t.Len())
	open := []int32{0}
	b.gain(0, 0, t.Self[0])
	for i := 1; i < t.Len(); i++ {
		level := int(t.Level[i])
		node := open[level-1]
		if !matched[t.Symbol[i]] {
			node = b.under(node, b.symbol(t.Name(i)))
		}
		b.gain(node, 0, t.Self[i])
		open = append(open[:level], node)
	}
	return b.tree(0)
}

func matchSymbols(t *Tree, match func(string) bool) []bool {
	matched := make([]bool, len(t.Symbols))
	for i, name := range t.Symbols {
		matched[i] = match(name)
	}
	return matched
}
