package tree

// Truncate cuts the tree to about maxNodes nodes (the root not counted), the
// way Pyroscope does. With more nodes than that, the limit is the maxNodes-th
// greatest total; nodes of at least that total stay, so ties make it more. What
// is cut of a parent's children becomes one Remainder child with their sum as
// self value. Remainders count as nodes, so the cut is repeated on its result
// until nothing changes. A joined tree ranks a node by the greater of its totals.
func (t *Tree) Truncate(maxNodes int) *Tree {
	for {
		cut := t.cutOnce(maxNodes)
		if cut == nil {
			return t
		}
		t = cut
	}
}

// cutOnce gives nil when nothing is to be cut.
func (t *Tree) cutOnce(maxNodes int) *Tree {
	if t.Len()-1 <= maxNodes {
		return nil
	}
	weights := make([]int64, t.Len()-1)
	for i := range weights {
		weights[i] = t.weight(i + 1)
	}
	limit := NthGreatest(weights, maxNodes)
	cut := &Tree{Names: t.Names, Sides: make([]Side, len(t.Sides))}
	node := make([]uint32, t.Len())
	remainder := make(map[uint32]uint32) // parent -> its Remainder, in cut
	const gone = Remainder
	cut.push(Root, t.Name[Root])
	t.addSelf(cut, Root, Root)
	changed := false
	for i := 1; i < t.Len(); i++ {
		parent := node[t.Parent[i]]
		if parent == gone {
			node[i] = gone
			continue
		}
		synthetic := t.Name[i] == Remainder
		if t.weight(i) >= limit && !synthetic {
			node[i] = cut.push(parent, t.Name[i])
			t.addSelf(cut, i, node[i])
			continue
		}
		if !synthetic {
			changed = true
			node[i] = gone
		}
		rest, ok := remainder[parent]
		if !ok {
			rest = cut.push(parent, Remainder)
			remainder[parent] = rest
		}
		for s := range cut.Sides {
			cut.Sides[s].Self[rest] += t.Sides[s].Total[i]
		}
	}
	if !changed {
		return nil
	}
	cut.sum()
	return cut
}

func (t *Tree) addSelf(to *Tree, from int, at uint32) {
	for s := range t.Sides {
		to.Sides[s].Self[at] += t.Sides[s].Self[from]
	}
}

// NthGreatest gives the n-th greatest of values, which it reorders; 1 is the
// greatest. n must be in 1..len(values). (Hoare's selection, median of three.)
func NthGreatest(values []int64, n int) int64 {
	lo, hi, want := 0, len(values)-1, n-1
	for lo < hi {
		a, b, c := values[lo], values[(lo+hi)/2], values[hi]
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := lo, hi
		for i <= j {
			for values[i] > pivot {
				i++
			}
			for values[j] < pivot {
				j--
			}
			if i <= j {
				values[i], values[j] = values[j], values[i]
				i++
				j--
			}
		}
		switch {
		case want <= j:
			hi = j
		case want >= i:
			lo = i
		default:
			return values[want]
		}
	}
	return values[want]
}
