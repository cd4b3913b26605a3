package regression

import "github.com/flamewatch/profiles/pkg/names"

// asMuch is how much of a growth must pass through a caller for it to be the one that asks for more.
const asMuch = 0.85

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
