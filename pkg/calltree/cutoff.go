package calltree

// CutOff tells for each function how much of it may be hidden on the side where
// it does not appear: the remainders (`other`) below the callers that both sides
// know. Where a remainder is as large as the function, the function may not be
// new, or gone, at all. Functions that appear on both sides are not in the maps.
func (d *Diff) CutOff() (baseline, comparison map[string]int64) {
	baseline, comparison = d.hidden(d.Baseline, d.Comparison), d.hidden(d.Comparison, d.Baseline)
	for name, cost := range d.Functions() {
		if cost.Baseline.Total > 0 {
			delete(baseline, name)
		}
		if cost.Comparison.Total > 0 {
			delete(comparison, name)
		}
	}
	return baseline, comparison
}

// hidden looks at nodes that are worth nothing on the side cut and something on
// the other.
func (d *Diff) hidden(cut, other Values) map[string]int64 {
	remainder := d.remainders(cut)
	hidden := map[string]int64{}
	counted := map[string]int{} // nearest known caller for which a function was counted last
	known := []int{0}           // by level: nearest node of the stack that the cut side has
	for i := 1; i < d.Len(); i++ {
		level := int(d.Level[i])
		caller := known[level-1]
		if cut.Total[i] > 0 {
			known = append(known[:level], i)
			continue
		}
		known = append(known[:level], caller)
		if name := d.Name(i); other.Total[i] > 0 {
			if last, seen := counted[name]; !seen || last != caller {
				counted[name] = caller
				hidden[name] += remainder[caller]
			}
		}
	}
	return hidden
}

// remainders gives the value of the remainder among each node's children. A
// remainder is a leaf: what a function called `other` calls stays visible.
func (d *Diff) remainders(side Values) []int64 {
	remainder := make([]int64, d.Len())
	open := []int{0}
	for i := 1; i < d.Len(); i++ {
		level := int(d.Level[i])
		open = append(open[:level], i)
		if d.Name(i) == Dropped && side.Self[i] == side.Total[i] {
			remainder[open[level-1]] += side.Total[i]
		}
	}
	return remainder
}

// Truncate keeps the nodes whose greater total is among the maxNodes greatest;
// the others become one child `other` of their nearest kept ancestor. Ties are
// kept. A diff that fits is returned as it is.
func (d *Diff) Truncate(maxNodes int) *Diff {
	if d.Len()-1 <= maxNodes || maxNodes < 1 {
		return d
	}
	weight := make([]int64, d.Len())
	for i := range weight {
		weight[i] = max(d.Baseline.Total[i], d.Comparison.Total[i])
	}
	least := nthLargest(weight[1:], maxNodes)
	b := newBuilder(2, maxNodes*2)
	open := []int32{0}
	for i := range d.Len() {
		level := int(d.Level[i])
		node := int32(0)
		switch {
		case i == 0:
		case level > len(open):
			continue // under a node that was cut off, which took it along
		case weight[i] < least:
			rest := b.under(open[level-1], b.symbol(Dropped))
			b.gain(rest, 0, d.Baseline.Total[i])
			b.gain(rest, 1, d.Comparison.Total[i])
			open = open[:level]
			continue
		default:
			node = b.under(open[level-1], b.symbol(d.Name(i)))
			open = append(open[:level], node)
		}
		b.gain(node, 0, d.Baseline.Self[i])
		b.gain(node, 1, d.Comparison.Self[i])
	}
	return b.diff()
}
