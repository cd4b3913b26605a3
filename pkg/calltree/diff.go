package calltree

// Diff is two trees joined by path of names, depth first. Level and Symbol are
// common to both sides; a node that one side lacks is worth nothing there.
// Baseline is what is held against, Comparison what is looked at.
type Diff struct {
	Symbols              []string
	Level                []int64
	Symbol               []uint32
	Baseline, Comparison Values
}

// Values are the values of one side of a diff, one entry a node.
type Values struct{ Total, Self []int64 }

// Join lays two trees over each other. Either may be without nodes.
func Join(baseline, comparison *Tree) *Diff {
	nodes := max(baseline.Len(), comparison.Len())
	if nodes == 0 {
		return &Diff{}
	}
	b := newBuilder(2, nodes)
	b.graft(baseline, 0)
	b.graft(comparison, 1)
	return b.diff()
}

// diff lays the nodes of a builder of two sides out.
func (b *builder) diff() *Diff {
	d := &Diff{
		Symbols: b.names, Level: make([]int64, 0, len(b.node)), Symbol: make([]uint32, 0, len(b.node)),
		Baseline: makeValues(len(b.node)), Comparison: makeValues(len(b.node)),
	}
	b.walk(func(node int32, level int64, symbol uint32) {
		d.Baseline.Self = append(d.Baseline.Self, b.self[2*node])
		d.Comparison.Self = append(d.Comparison.Self, b.self[2*node+1])
		d.Level = append(d.Level, level)
		d.Symbol = append(d.Symbol, symbol)
	})
	for _, side := range []*Values{&d.Baseline, &d.Comparison} {
		side.Total = side.Total[:len(d.Level)]
		addUp(d.Level, side.Self, side.Total)
	}
	return d
}

func makeValues(nodes int) Values {
	return Values{Total: make([]int64, 0, nodes), Self: make([]int64, 0, nodes)}
}

// Len is the number of nodes, the root included.
func (d *Diff) Len() int { return len(d.Level) }

// Name is the function name of node i.
func (d *Diff) Name(i int) string { return d.Symbols[d.Symbol[i]] }
