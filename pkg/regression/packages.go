package regression

import (
	"cmp"
	"slices"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/names"
)

// packages are tested apart from functions: work that is spread thin over a package, such as one encoder a message, shows
// in no single function. What is tested is a package's subtree: all stacks that pass through it, once.
type packages struct {
	names []string
	row   map[string]int
	of    map[string]int // by function; -1 for none
}

func newPackages(functions []string) *packages {
	p := &packages{row: map[string]int{}, of: map[string]int{}}
	for _, function := range functions {
		name := names.PackageOf(function)
		if name == "" || function == calltree.Dropped {
			p.of[function] = -1
			continue
		}
		row, known := p.row[name]
		if !known {
			row = len(p.names)
			p.row[name], p.names = row, append(p.names, name)
		}
		p.of[function] = row
	}
	return p
}

// count is the samples of every package's subtree in each tree.
func (p *packages) count(trees []*calltree.Tree, sample float64) counts {
	c := emptyCounts(len(p.names), len(trees))
	for column, tree := range trees {
		c.whole[column] = float64(tree.Sum()) / sample
		rows := make([]int, len(tree.Symbols))
		for i, symbol := range tree.Symbols {
			rows[i] = p.of[symbol]
		}
		inside := make([]int, len(p.names)) // how many open frames are of the package
		var open []int
		for node := range tree.Len() {
			for len(open) > int(tree.Level[node]) {
				if row := open[len(open)-1]; row >= 0 {
					inside[row]--
				}
				open = open[:len(open)-1]
			}
			row := -1
			if node > 0 {
				row = rows[tree.Symbol[node]]
			}
			if row >= 0 {
				if inside[row] == 0 {
					c.samples[row][column] += float64(tree.Total[node]) / sample
				}
				inside[row]++
			}
			open = append(open, row)
		}
	}
	return c
}

// testPackages compares subtrees of packages. They lie in one another and share one whole, so that some rise because
// others fall, which the procedure for functions does not cover; theirs is that of Benjamini and Yekutieli (2001), which
// covers any dependence. A service has few packages, so it costs little. Too few to tell how much things scatter, so that
// is learnt from the functions beside them. scale is that of the functions.
func testPackages(packages, functions sides, scale float64) []change {
	number := len(packages.baseline.samples)
	both := packages
	both.baseline, both.comparison = packages.baseline.beside(functions.baseline), packages.comparison.beside(functions.comparison)
	both.baselineInstances = packages.baselineInstances.beside(functions.baselineInstances)
	both.comparisonInstances = packages.comparisonInstances.beside(functions.comparisonInstances)
	changes := compare(both, number+len(functions.baseline.samples), scale)[:number]
	discover([][]change{changes}, anyDependence)
	return changes
}

// beside has the rows of both.
func (c counts) beside(other counts) counts {
	return counts{samples: slices.Concat(c.samples, other.samples), whole: c.whole}
}

func (a *analysis) testPackages() {
	a.packages = newPackages(a.family.names)
	s := a.sides
	sample := a.input.SampleValue
	if s.scatterOnly {
		sample = 1
	}
	s.baseline, s.comparison = a.packages.count(a.baseline, sample), a.packages.count(a.comparison, sample)
	s.baselineInstances = a.packages.count(a.instances(a.input.Baseline), sample)
	s.comparisonInstances = a.packages.count(a.instances(a.input.Comparison), sample)
	a.packageSides, a.ofPackages = s, testPackages(s, a.sides, a.scale)
}

// packageEvents are the causes that neither a function's own cost nor its total shows: growth that is spread thin over a
// package. Told at the function of the package that grew most.
func (a *analysis) packageEvents(known []event) []event {
	var grown []int
	for row, it := range a.ofPackages {
		if _, isFinding := a.judge(it); isFinding && it.scaled > it.baseline {
			grown = append(grown, row)
		}
	}
	slices.SortFunc(grown, func(x, y int) int {
		return cmp.Or(cmp.Compare(a.ofPackages[x].p, a.ofPackages[y].p), cmp.Compare(a.packages.names[x], a.packages.names[y]))
	})
	var found []event
	for _, row := range grown {
		if a.isToldOf(row, append(slices.Clone(known), found...)) {
			continue
		}
		if cause, any := a.thinEvent(row); any {
			found = append(found, cause)
		}
	}
	return found
}

// isToldOf says that at least half of a package's growth happens at causes that are told already: below them, or they
// below it.
func (a *analysis) isToldOf(row int, causes []event) bool {
	told := map[string]bool{}
	for _, cause := range causes {
		told[cause.arises] = true
		for _, name := range cause.grown {
			told[name] = true
		}
	}
	j := a.joined
	growth, carried := 0.0, 0.0
	for node := 1; node < j.Len(); node++ {
		isInside, isTold := false, false
		for at := node; at > 0; at = int(j.parent[at]) {
			isInside = isInside || a.packages.of[j.Name(at)] == row
			isTold = isTold || told[j.Name(at)]
		}
		if isInside {
			growth += j.selfChange[node]
			if isTold {
				carried += j.selfChange[node]
			}
		}
	}
	return growth <= 0 || carried >= explained*growth
}

// thinEvent is the cause of a package's growth, at the function of it with the largest.
func (a *analysis) thinEvent(row int) (event, bool) {
	best, most := "", 0.0
	var grown []string
	for _, name := range a.family.names {
		if a.packages.of[name] != row {
			continue
		}
		shares := a.joined.functions[name]
		if shares.comparison < a.limits.Ratio*shares.baseline || shares.change() <= 0 {
			continue
		}
		grown = append(grown, name)
		if shares.change() > most {
			best, most = name, shares.change()
		}
	}
	if best == "" {
		return event{}, false
	}
	slices.SortFunc(grown, func(x, y string) int {
		return cmp.Or(cmp.Compare(a.joined.functions[y].change(), a.joined.functions[x].change()), cmp.Compare(x, y))
	})
	return event{
		arises: best, grown: grown[:min(mostWithin, len(grown))], node: a.joined.heaviestChange(best), thin: a.thinGrowth(row),
	}, true
}

// thinGrowth is what is known of a package that grew though none of its functions did beyond doubt.
type thinGrowth struct {
	name string
	change
	course course
	// givesBack is another package that costs less by most of the growth: code that moved.
	givesBack string
}

func (a *analysis) thinGrowth(row int) *thinGrowth {
	thin := thinGrowth{name: a.packages.names[row], change: a.ofPackages[row], course: course{baseline: len(a.baseline)}}
	thin.bound()
	for _, window := range []struct {
		counts
		scale float64
	}{{a.packageSides.baseline, 1}, {a.packageSides.comparison, a.scale}} {
		for column, whole := range window.whole {
			thin.course.shares = append(thin.course.shares, window.samples[row][column]/whole/window.scale)
		}
	}
	growth := thin.scaled - thin.baseline
	for other, it := range a.ofPackages {
		if it.baseline-it.scaled >= growth/2 && it.q <= clearlyChanged && it.baseline <= mostOfAll {
			thin.givesBack = a.packages.names[other]
		}
	}
	return &thin
}
