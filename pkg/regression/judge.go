package regression

import (
	"fmt"
	"math"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// sift tells functions that grew, or shrank, from those that did not; what only looks changed goes to the report.
func (a *analysis) sift(changes []change, report *Report) (grown, shrunk []string) {
	for row, it := range changes {
		if it.isTested {
			report.Tested++
		}
		if a.input.MaxNodes > 0 && a.family.names[row] == calltree.Dropped {
			continue
		}
		why, isFinding := a.judge(it)
		switch {
		case isFinding && it.scaled > it.baseline:
			grown = append(grown, a.family.names[row])
		case isFinding:
			shrunk = append(shrunk, a.family.names[row])
		case why != "":
			report.reject(Rejected{
				Function: a.family.shown[row], Baseline: it.baseline, Comparison: it.scaled, Q: it.q, Why: why,
			})
		}
	}
	return grown, shrunk
}

// reject keeps one reason a function, the clearer one.
func (r *Report) reject(rejected Rejected) {
	for i, other := range r.Rejected {
		if other.Function == rejected.Function {
			if rejected.Q < other.Q {
				r.Rejected[i] = rejected
			}
			return
		}
	}
	r.Rejected = append(r.Rejected, rejected)
}

// judge says whether a function's change is a finding, or else, when it looks like one, why it is none.
func (a *analysis) judge(it change) (why string, isFinding bool) {
	difference := it.scaled - it.baseline
	isLarge := math.Abs(difference) >= a.limits.Share &&
		(it.scaled >= a.limits.Ratio*it.baseline || it.baseline >= a.limits.Ratio*it.scaled)
	isSure := it.q <= a.limits.FalseDiscovery
	switch {
	case isLarge && isSure:
		return "", true
	case isLarge && !it.isTested:
		return "It has too few samples to tell.", false
	case isLarge:
		return fmt.Sprintf("It may be chance: of %d functions tested, one differs as much by itself in %.0f of 100 comparisons.",
			a.tested(), 100*min(1, it.p*float64(a.tested()))), false
	case isSure:
		return fmt.Sprintf("It changed, but by less than a factor of %.2g or %.2g%% of the profile.",
			a.limits.Ratio, 100*a.limits.Share), false
	}
	return "", false
}

func (a *analysis) tested() int {
	n := 0
	for _, changes := range [][]change{a.own, a.total} {
		for _, it := range changes {
			if it.isTested {
				n++
			}
		}
	}
	return n
}
