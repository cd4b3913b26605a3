package calltree

// Cost is what a function costs in one profile, in the unit of the sample type.
type Cost struct {
	// Self is the sum over the function's own frames.
	Self int64
	// Total is the sum of the stacks that pass through the function; a stack in
	// which it stands several times counts once.
	Total int64
}

// Functions adds the nodes of a tree up by name, the root left out.
func (t *Tree) Functions() map[string]Cost {
	costs := map[string]Cost{}
	if t.Len() > 0 {
		addFunctions(t.Symbols, t.Level, t.Symbol, Values{Total: t.Total, Self: t.Self}, func(name string, cost Cost) {
			costs[name] = cost
		})
	}
	return costs
}

// ComparedCost is what a function costs on either side of a diff.
type ComparedCost struct{ Baseline, Comparison Cost }

// Functions adds the nodes of a diff up by name, the root left out.
func (d *Diff) Functions() map[string]ComparedCost {
	costs := map[string]ComparedCost{}
	if d.Len() == 0 {
		return costs
	}
	addFunctions(d.Symbols, d.Level, d.Symbol, d.Baseline, func(name string, cost Cost) {
		costs[name] = ComparedCost{Baseline: cost}
	})
	addFunctions(d.Symbols, d.Level, d.Symbol, d.Comparison, func(name string, cost Cost) {
		both := costs[name]
		both.Comparison = cost
		costs[name] = both
	})
	return costs
}

// addFunctions tells the cost of every name once. Names, not symbols, are told
// apart: a server may send a name twice.
func addFunctions(symbols []string, level []int64, symbol []uint32, values Values, tell func(string, Cost)) {
	byName := make(map[string]uint32, len(symbols))
	id := make([]uint32, len(symbols))
	for i, name := range symbols {
		if _, known := byName[name]; !known {
			byName[name] = uint32(i)
		}
		id[i] = byName[name]
	}
	costs := make([]Cost, len(symbols))
	seen := make([]bool, len(symbols))
	open := make([]int32, len(symbols)) // how often a name stands on the current stack
	path := []uint32{}                  // names of the current stack below the root
	for i := 1; i < len(level); i++ {
		at := int(level[i])
		for len(path) >= at {
			open[path[len(path)-1]]--
			path = path[:len(path)-1]
		}
		name := id[symbol[i]]
		seen[name] = true
		costs[name].Self += values.Self[i]
		if open[name] == 0 {
			costs[name].Total += values.Total[i]
		}
		open[name]++
		path = append(path, name)
	}
	for i, cost := range costs {
		if seen[i] {
			tell(symbols[i], cost)
		}
	}
}
