package regression

import (
	"cmp"
	"slices"

	"github.com/flamewatch/profiles/pkg/names"
)

// event is one cause: functions whose own cost grew along one call path, and the function where that arises.
type event struct {
	// arises is the function to name, grown are the tested ones that it explains, the largest growth first.
	arises string
	grown  []string
	// node is the place where most of it happens: the joined tree's node of arises with the largest change.
	node int
}

const (
	// covered is how much of a function's growth must lie below another for it to be explained by that.
	covered = 0.8
	// asMuch is how much of the largest growth an inner function must have to be named instead of an outer one.
	asMuch = 0.85
)

// events joins functions that grew into causes. A regression rarely stands in one function alone: whoever serialises more
// also allocates more and copies more. Named is the innermost function that has (nearly) all of the growth below it and
// grew as a whole by the least ratio itself; the handler above it, which only carries it, did not.
func events(j *joined, grown []string, leastRatio float64) []event {
	left := map[string]bool{}
	for _, name := range grown {
		left[name] = true
	}
	var found []event
	for len(left) > 0 {
		seed := largest(j, left)
		below := j.growthBelow(left)
		mass := below[seed][seed]
		arises := seed
		best := joinedGrowth(below, seed)
		type outer struct {
			name   string
			growth float64
		}
		var candidates []outer
		for name := range j.functions {
			carries := below[name]
			if carries == nil || name == seed || carries[seed] < covered*mass {
				continue
			}
			shares := j.functions[name]
			if shares.comparison < leastRatio*shares.baseline {
				continue
			}
			candidates = append(candidates, outer{name, joinedGrowth(below, name)})
			best = max(best, joinedGrowth(below, name))
		}
		slices.SortFunc(candidates, func(a, b outer) int { return cmp.Compare(a.name, b.name) })
		if joinedGrowth(below, seed) < asMuch*best {
			smallest := 0.0
			for _, candidate := range candidates {
				size := j.functions[candidate.name].comparison
				if candidate.growth >= asMuch*best && (arises == seed || size < smallest) {
					arises, smallest = candidate.name, size
				}
			}
		}
		arises = j.askedFor(arises, leastRatio)
		it := event{arises: arises, node: j.heaviestChange(arises)}
		for name := range left {
			if name == seed || below[arises][name] >= covered*below[name][name] {
				it.grown = append(it.grown, name)
			}
		}
		slices.SortFunc(it.grown, func(a, b string) int {
			return cmp.Or(cmp.Compare(below[b][b], below[a][a]), cmp.Compare(a, b))
		})
		for _, name := range it.grown {
			delete(left, name)
		}
		found = append(found, it)
	}
	return found
}

// growthBelow tells for every function how much of each grown function's own growth lies below it, itself included.
func (j *joined) growthBelow(grown map[string]bool) map[string]map[string]float64 {
	below := map[string]map[string]float64{}
	seen := map[string]bool{}
	for node := 1; node < j.Len(); node++ {
		name := j.Name(node)
		if !grown[name] || j.selfChange[node] == 0 {
			continue
		}
		clear(seen)
		for at := node; at > 0; at = int(j.parent[at]) {
			caller := j.Name(at)
			if seen[caller] {
				continue
			}
			seen[caller] = true
			if below[caller] == nil {
				below[caller] = map[string]float64{}
			}
			below[caller][name] += j.selfChange[node]
		}
	}
	return below
}

func joinedGrowth(below map[string]map[string]float64, name string) float64 {
	sum := 0.0
	for _, growth := range below[name] {
		sum += growth
	}
	return sum
}

// largest is the function whose own share grew most; of equals the first by name.
func largest(j *joined, left map[string]bool) string {
	own := map[string]float64{}
	for node := 1; node < j.Len(); node++ {
		if name := j.Name(node); left[name] {
			own[name] += j.selfChange[node]
		}
	}
	best := ""
	for name := range left {
		if best == "" || own[name] > own[best] || own[name] == own[best] && name < best {
			best = name
		}
	}
	return best
}

// heaviestChange is the node of a function with the largest change of its total, 0 when it has none.
func (j *joined) heaviestChange(name string) int {
	best := 0
	for node := 1; node < j.Len(); node++ {
		if j.Name(node) == name && (best == 0 || j.changeAt(node) > j.changeAt(best)) {
			best = node
		}
	}
	return best
}

func (j *joined) changeAt(node int) float64 { return j.comparisonTotal[node] - j.baselineTotal[node] }

// explained is how much of a function's growth another cause must carry for it to be the same event.
const explained = 0.5

// subtreeEvents adds the causes that no function's own cost shows: growth spread thin over much of what a function
// calls. grown are functions whose total grew. Named is the innermost one that carries (nearly) all of it.
func (j *joined) subtreeEvents(grown []string, known []event, leastRatio float64) []event {
	tracked := map[string]bool{}
	for _, name := range grown {
		tracked[name] = true
	}
	for _, cause := range known {
		tracked[cause.arises] = true
	}
	carried := j.growthCarried(tracked)
	slices.SortFunc(grown, func(a, b string) int {
		return cmp.Or(cmp.Compare(j.functions[b].change(), j.functions[a].change()), cmp.Compare(a, b))
	})
	var found []event
	for _, name := range grown {
		if j.isExplained(name, carried, known) || j.isExplained(name, carried, found) {
			continue
		}
		arises := name
		for _, inner := range grown {
			if carried[name][inner] >= asMuch*j.functions[name].change() &&
				j.functions[inner].comparison < j.functions[arises].comparison {
				arises = inner
			}
		}
		arises = j.askedFor(arises, leastRatio)
		found = append(found, event{arises: arises, grown: j.mostGrownBelow(arises), node: j.heaviestChange(arises)})
	}
	return found
}

// askedFor goes from a function of a standard library to the one that asks more of it, when that is one: the innermost
// caller of the service's own, or of a package it uses, which carries (nearly) all of the growth and grew itself.
func (j *joined) askedFor(arises string, leastRatio float64) string {
	if !names.IsStandardLibrary(arises) {
		return arises
	}
	growth := j.functions[arises].change()
	asks := arises
	for caller, carried := range j.callersOf(arises) {
		shares := j.functions[caller]
		if carried < asMuch*growth || names.IsStandardLibrary(caller) || shares.comparison < leastRatio*shares.baseline {
			continue
		}
		size, best := shares.comparison, j.functions[asks].comparison
		if asks == arises || size < best || size == best && caller < asks {
			asks = caller
		}
	}
	return asks
}

// callersOf tells of everything above a function how much of its growth passes through.
func (j *joined) callersOf(name string) map[string]float64 {
	carried := map[string]float64{}
	seen := map[string]bool{}
	for node := 1; node < j.Len(); node++ {
		if j.Name(node) != name {
			continue
		}
		clear(seen)
		for at := int(j.parent[node]); at > 0; at = int(j.parent[at]) {
			if j.Name(at) == name {
				clear(seen) // a call of itself: the outer one counts
				break
			}
			seen[j.Name(at)] = true
		}
		for caller := range seen {
			carried[caller] += j.changeAt(node)
		}
	}
	return carried
}

func (j *joined) isExplained(name string, carried map[string]map[string]float64, causes []event) bool {
	for _, cause := range causes {
		if name == cause.arises || slices.Contains(cause.grown, name) ||
			carried[name][cause.arises] >= explained*j.functions[name].change() ||
			carried[cause.arises][name] >= explained*j.functions[name].change() {
			return true
		}
	}
	return false
}

// growthCarried tells for every tracked function how much of the change of each other one happens below it.
func (j *joined) growthCarried(tracked map[string]bool) map[string]map[string]float64 {
	carried := map[string]map[string]float64{}
	seen := map[string]bool{}
	for node := 1; node < j.Len(); node++ {
		name := j.Name(node)
		if !tracked[name] {
			continue
		}
		clear(seen)
		for at := int(j.parent[node]); at > 0; at = int(j.parent[at]) {
			caller := j.Name(at)
			if caller == name {
				clear(seen) // a call of itself: the outer one counts
				break
			}
			if tracked[caller] {
				seen[caller] = true
			}
		}
		for caller := range seen {
			if carried[caller] == nil {
				carried[caller] = map[string]float64{}
			}
			carried[caller][name] += j.changeAt(node)
		}
	}
	return carried
}

// mostWithin is how many functions a finding names.
const mostWithin = 5

// mostGrownBelow are the functions whose own cost grew most below a function.
func (j *joined) mostGrownBelow(name string) []string {
	own := map[string]float64{}
	for node := 1; node < j.Len(); node++ {
		if j.Name(node) != name {
			continue
		}
		level := j.Level[node]
		own[j.Name(node)] += j.selfChange[node]
		for inner := node + 1; inner < j.Len() && j.Level[inner] > level; inner++ {
			own[j.Name(inner)] += j.selfChange[inner]
		}
	}
	var functions []string
	for function, growth := range own {
		if growth > 0 {
			functions = append(functions, function)
		}
	}
	slices.SortFunc(functions, func(a, b string) int { return cmp.Or(cmp.Compare(own[b], own[a]), cmp.Compare(a, b)) })
	return functions[:min(mostWithin, len(functions))]
}
