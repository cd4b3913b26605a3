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
	// proof is the function whose total was found to have grown, where that and no function's own cost led here.
	proof string
	// node is the place where most of it happens: the joined tree's node of arises with the largest change.
	node int
}

const (
	// covered is how much of a function's growth must lie below another for it to be explained by that.
	covered = 0.8
	// asMuch is how much of a growth must pass through a caller for it to be the one that asks for more.
	asMuch = 0.85
	// asGood is how close to the best a function's score must be to be told apart by place alone.
	asGood = 0.98
)

// events joins functions that grew into causes. A regression rarely stands in one function alone: whoever serialises more
// also allocates more and copies more. Named is the function of which growth makes up most: the handler above it carries
// the growth and much else, the functions below it only a part of it. What the first cause explains is left out when the
// next one is looked for.
func events(j *joined, grown []string, leastRatio float64) []event {
	left, named := map[string]bool{}, map[string]bool{}
	for _, name := range grown {
		left[name] = true
	}
	whole := j.growthBelow(left, nil)
	var found []event
	for len(left) > 0 {
		below := j.growthBelow(left, named)
		for name := range left {
			if below[name][name] < explained*whole[name][name] {
				delete(left, name) // most of it belongs to causes that are told already
			}
		}
		growth := map[string]float64{}
		for name, carried := range below {
			shares := j.functions[name]
			if left[name] || shares.comparison >= leastRatio*shares.baseline {
				for function, mass := range carried {
					if left[function] {
						growth[name] += mass
					}
				}
			}
		}
		arises := j.askedFor(j.mostOfGrowth(growth), leastRatio)
		if arises == "" {
			break
		}
		it := event{arises: arises, node: j.heaviestChange(arises)}
		for name := range left {
			if below[arises][name] >= covered*below[name][name] {
				it.grown = append(it.grown, name)
			}
		}
		if len(it.grown) == 0 {
			break
		}
		slices.SortFunc(it.grown, func(a, b string) int {
			return cmp.Or(cmp.Compare(below[b][b], below[a][a]), cmp.Compare(a, b))
		})
		for _, name := range it.grown {
			delete(left, name)
		}
		named[arises] = true
		found = append(found, it)
	}
	return found
}

// mostOfGrowth is the function with the largest growth for its size: the square of the growth over the share, which is
// how clearly it stands out of the function's own counting noise. Of a caller and its only callee it is the callee.
// Empty when nothing grew.
func (j *joined) mostOfGrowth(growth map[string]float64) string {
	score := func(name string) float64 {
		return growth[name] * max(0, growth[name]) / max(j.functions[name].comparison, 1e-12)
	}
	best := 0.0
	for name := range growth {
		best = max(best, score(name))
	}
	chosen := ""
	for name := range growth {
		if score(name) > 0 && score(name) >= asGood*best && (chosen == "" || j.isInner(name, chosen)) {
			chosen = name
		}
	}
	return chosen
}

// isInner says that a function is the smaller of two, or the deeper one.
func (j *joined) isInner(a, b string) bool {
	of, than := j.functions[a].comparison, j.functions[b].comparison
	deep, deeper := j.Level[j.heaviestChange(b)], j.Level[j.heaviestChange(a)]
	return of < than || of == than && (deeper > deep || deeper == deep && a < b)
}

// growthBelow tells for every function how much of each grown function's own growth lies below it, itself included. What
// lies below a function that is named already is left out.
func (j *joined) growthBelow(grown, named map[string]bool) map[string]map[string]float64 {
	below := map[string]map[string]float64{}
	seen := map[string]bool{}
	for node := 1; node < j.Len(); node++ {
		name := j.Name(node)
		if !grown[name] || j.selfChange[node] == 0 {
			continue
		}
		clear(seen)
		isTold := false
		for at := node; at > 0; at = int(j.parent[at]) {
			seen[j.Name(at)] = true
			isTold = isTold || named[j.Name(at)]
		}
		for caller := range seen {
			if isTold {
				break
			}
			if below[caller] == nil {
				below[caller] = map[string]float64{}
			}
			below[caller][name] += j.selfChange[node]
		}
	}
	return below
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
// calls. grown are functions whose total grew. Named is the one of which growth makes up most.
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
		growth := map[string]float64{name: j.functions[name].change()}
		for _, inner := range grown {
			if carried[name][inner] >= explained*j.functions[name].change() {
				growth[inner] = j.functions[inner].change()
			}
		}
		arises := j.askedFor(j.mostOfGrowth(growth), leastRatio)
		found = append(found, event{arises: arises, grown: j.mostGrownBelow(arises), proof: name, node: j.heaviestChange(arises)})
	}
	return found
}

// within takes causes that lie below a wider one into that: a function that does more asks more of what it calls, and that
// is one event. The wider ones come from subtreeEvents, which tells only what the known causes explain less than half of.
func (j *joined) within(wider, known []event) []event {
	var others []event
	for _, cause := range known {
		isWithin := false
		for i := range wider {
			if j.shareBelow(wider[i].arises, cause.arises) >= covered {
				wider[i].grown = append(wider[i].grown, cause.arises)
				isWithin = true
				break
			}
		}
		if !isWithin {
			others = append(others, cause)
		}
	}
	return once(append(wider, others...))
}

// once joins causes that are told at the same function: two functions of a library may be asked for by one caller.
func once(causes []event) []event {
	var joined []event
	for _, cause := range causes {
		at := slices.IndexFunc(joined, func(other event) bool { return other.arises == cause.arises })
		if at < 0 {
			joined = append(joined, cause)
			continue
		}
		for _, name := range cause.grown {
			if !slices.Contains(joined[at].grown, name) {
				joined[at].grown = append(joined[at].grown, name)
			}
		}
	}
	return joined
}

// shareBelow is how much of a function's growth happens below another one, from 0 to 1.
func (j *joined) shareBelow(caller, name string) float64 {
	if caller == name {
		return 0
	}
	whole, below := 0.0, 0.0
	for node := 1; node < j.Len(); node++ {
		if j.Name(node) != name {
			continue
		}
		isInner, isBelow := false, false
		for at := int(j.parent[node]); at > 0; at = int(j.parent[at]) {
			isInner = isInner || j.Name(at) == name
			isBelow = isBelow || j.Name(at) == caller
		}
		if isInner {
			continue // counted with the outer one
		}
		whole += j.changeAt(node)
		if isBelow {
			below += j.changeAt(node)
		}
	}
	if whole <= 0 {
		return 0
	}
	return below / whole
}

// askedFor goes from a function of a standard library to the one that asks more of it, when that is one: the innermost
// caller of the service's own, or of a package it uses, which carries (nearly) all of the growth and grew by little else.
func (j *joined) askedFor(arises string, leastRatio float64) string {
	if !names.IsStandardLibrary(arises) {
		return arises
	}
	growth := j.functions[arises].change()
	asks := arises
	for caller, carried := range j.callersOf(arises) {
		shares := j.functions[caller]
		if carried < asMuch*growth || names.IsStandardLibrary(caller) || shares.comparison < leastRatio*shares.baseline ||
			growth < explained*shares.change() {
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
