package regression

import (
	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/names"
)

// family is the functions that are tested together: all of one service and profile type, matched across builds.
type family struct {
	// names are matched by, shown is what people see: the name that cost most.
	names, shown []string
	row          map[string]int
	normal       map[string]string
	cost         []int64
}

func newFamily() *family {
	return &family{row: map[string]int{}, normal: map[string]string{}}
}

// normalized is the tree with names that match across builds. It shares everything but the names.
func (f *family) normalized(tree *calltree.Tree) *calltree.Tree {
	if tree == nil || tree.Len() == 0 {
		return &calltree.Tree{}
	}
	symbols := make([]string, len(tree.Symbols))
	for i, name := range tree.Symbols {
		normal, known := f.normal[name]
		if !known {
			normal = names.Normalize(name)
			f.normal[name] = normal
		}
		symbols[i] = normal
	}
	f.remember(tree, symbols)
	same := *tree
	same.Symbols = symbols
	return &same
}

// remember gives the functions of a tree their rows, and the name that costs most its place on the screen.
func (f *family) remember(tree *calltree.Tree, symbols []string) {
	totals := make([]int64, len(symbols))
	for node := 1; node < tree.Len(); node++ {
		totals[tree.Symbol[node]] += tree.Self[node]
	}
	for i, name := range symbols {
		row, known := f.row[name]
		if !known {
			row = len(f.names)
			f.row[name] = row
			f.names = append(f.names, name)
			f.shown = append(f.shown, tree.Symbols[i])
			f.cost = append(f.cost, totals[i])
		} else if totals[i] > f.cost[row] {
			f.shown[row], f.cost[row] = tree.Symbols[i], totals[i]
		}
	}
}

// count lays trees side by side as samples of each function: those in which it was running itself, and those that passed
// through it. The trees are normalized; sample is what one is worth.
func (f *family) count(trees []*calltree.Tree, sample float64) (own, total counts) {
	own, total = emptyCounts(len(f.names), len(trees)), emptyCounts(len(f.names), len(trees))
	for column, tree := range trees {
		whole := float64(tree.Sum()) / sample
		own.whole[column], total.whole[column] = whole, whole
		for name, cost := range tree.Functions() {
			row := f.row[name]
			own.samples[row][column] = float64(cost.Self) / sample
			total.samples[row][column] = float64(cost.Total) / sample
		}
	}
	return own, total
}

// totals is the total of one function in each tree, a stack in which it stands several times counted once.
func totals(trees []*calltree.Tree, name string) []float64 {
	costs := make([]float64, len(trees))
	for column, tree := range trees {
		for node := 1; node < tree.Len(); {
			if tree.Name(node) != name {
				node++
				continue
			}
			costs[column] += float64(tree.Total[node])
			level := tree.Level[node]
			for node++; node < tree.Len() && tree.Level[node] > level; {
				node++
			}
		}
	}
	return costs
}
