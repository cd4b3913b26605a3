package regression

import (
	"cmp"
	"slices"
)

// event is one cause: functions whose own cost grew along one call path, and the function where that arises.
type event struct {
	// arises is the function to name, grown are the tested ones that it explains, the largest growth first.
	arises string
	grown  []string
	// proof is the function whose total was found to have grown, where that and no function's own cost led here.
	proof string
	// thin is the growth of the function's package, where that alone led here.
	thin *thinGrowth
	// node is the place where most of it happens: the joined tree's node of arises with the largest change.
	node int
}

const (
	// covered is how much of a function's growth must lie below another for it to be explained by that.
	covered = 0.8
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
