package regression

import (
	"cmp"
	"slices"
)

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
