package regression

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// scenario is a way in which services differ.
type scenario struct {
	name          string
	habit, spikes float64
	isOtherwise   bool // the largest function goes away: every other share grows
	perBucket     float64
	leastG, mostG float64
	instances     int
	opposed       bool
}

var scenarios = []scenario{
	{name: "quiet", perBucket: 12_000, leastG: 1.25, mostG: 2},
	{name: "few samples", perBucket: 1_500, leastG: 1.4, mostG: 3},
	{name: "jobs by the clock", perBucket: 12_000, leastG: 1.25, mostG: 2, spikes: 0.004},
	{name: "another composition", perBucket: 12_000, leastG: 1.25, mostG: 2, isOtherwise: true},
	{name: "other instances", perBucket: 12_000, leastG: 1.4, mostG: 2, habit: 0.06, instances: 5},
}

// Half of the functions fall when the others rise: what the procedure for functions is not proved for.
var againstEachOther = scenario{name: "against each other", perBucket: 12_000, leastG: 1.25, mostG: 2, opposed: true}

// score adds up what was said against what was true.
type score struct {
	discoveries, falses   float64
	sought, found, oracle float64
	// Of packages, tested apart.
	packages, falsePackages float64
	ratios, zs              []rival // of rules that others use
}

// rival is what another rule says of one function: how striking, and whether it really grew.
type rival struct {
	striking       float64
	grew, isSought bool
}

func (s *score) add(other score) {
	s.packages += other.packages
	s.falsePackages += other.falsePackages
	s.discoveries += other.discoveries
	s.falses += other.falses
	s.sought += other.sought
	s.found += other.found
	s.oracle += other.oracle
	s.ratios = append(s.ratios, other.ratios...)
	s.zs = append(s.zs, other.zs...)
}

// compare draws one service twice and holds the test, and the oracle that knows each function's noise, to its truth.
func (s scenario) compare(seed uint64, into *score) {
	random := rand.New(rand.NewPCG(seed, 7))
	const functions = 300
	w := newWorld(random, functions)
	w.habit, w.spikes, w.perBucket, w.opposed = s.habit, s.spikes, s.perBucket, s.opposed
	growth := slices.Repeat([]float64{1}, functions)
	changed := map[int]bool{}
	for _, i := range w.pick(random, 12) {
		growth[i] = s.leastG + (s.mostG-s.leastG)*random.Float64()
		changed[i] = true
	}
	grown := len(changed)
	if s.isOtherwise {
		largest := w.largest(changed)
		growth[largest], changed[largest] = 0.2, true
	}
	scale := 0.0
	for i := range w.shares {
		scale += w.shares[i] * growth[i]
	}
	var habitsB, habitsC [][]float64
	if s.instances > 0 {
		habitsB, habitsC = w.habits(random, s.instances), w.habits(random, s.instances)
	}
	b, bi := w.window(random, slices.Repeat([]float64{1}, functions), habitsB)
	c, ci := w.window(random, growth, habitsC)
	compared := sides{
		baseline: b, comparison: c, baselineInstances: bi, comparisonInstances: ci,
		paired: s.instances == 0, leastShare: DefaultThresholds.Share / 2,
	}
	changes, measured := test(functions, compared)
	packages := compared
	packages.baseline, packages.comparison = w.inPackages(b), w.inPackages(c)
	packages.baselineInstances, packages.comparisonInstances = w.inPackages(bi), w.inPackages(ci)
	changedPackages := map[int]bool{}
	for i := range changed {
		changedPackages[w.group[i]] = true
	}
	for row, it := range testPackages(packages, compared, measured) {
		if isLargeAndSure(it) {
			into.packages++
			if !changedPackages[row] {
				into.falsePackages++
			}
		}
	}

	var ps []float64
	var family []int
	for i, it := range changes[0] {
		if !it.isTested {
			continue
		}
		variance := w.variance(i, b.sum(), s.instances) + w.variance(i, c.sum(), s.instances)
		z := (it.comparison*scale - it.baseline) / math.Sqrt(variance)
		family, ps = append(family, i), append(ps, 2*distuv.UnitNormal.Survival(math.Abs(z)))
	}
	oracle := map[int]bool{}
	for rank, q := range falseDiscoveryRates(ps, likewise) {
		oracle[family[rank]] = q <= DefaultThresholds.FalseDiscovery
	}
	for i, it := range changes[0] {
		grew := growth[i] > 1
		isLarge, isFound := isLargeChange(it), isLargeAndSure(it)
		if isFound {
			into.discoveries++
			if !changed[i] {
				into.falses++
			}
		}
		isSought := grew && it.isTested && w.oracleFinds(i, growth[i], b.sum(), c.sum(), s.instances, grown, len(family)) >= 0.7
		if isSought {
			into.sought++
			if isFound {
				into.found++
			}
			if isLarge && oracle[i] {
				into.oracle++
			}
		}
		if it.isTested {
			into.ratios = append(into.ratios, rival{it.comparison / max(it.baseline, 1e-9), grew, isSought})
			pooled := (b.of(i) + c.of(i)) / (b.sum() + c.sum())
			z := (it.comparison - it.baseline) / math.Sqrt(pooled*(1-pooled)*(1/b.sum()+1/c.sum()))
			into.zs = append(into.zs, rival{z, grew, isSought})
		}
	}
}

func isLargeChange(it change) bool {
	isFactor := it.scaled >= DefaultThresholds.Ratio*it.baseline || it.baseline >= DefaultThresholds.Ratio*it.scaled
	return isFactor && math.Abs(it.scaled-it.baseline) >= DefaultThresholds.Share
}

func isLargeAndSure(it change) bool {
	return isLargeChange(it) && it.q <= DefaultThresholds.FalseDiscovery
}

// powerAt is how many of the sought functions a rule finds when its threshold is set, in hindsight, so that no more of
// what it tells is false than that.
func powerAt(rivals []rival, falseShare float64) float64 {
	slices.SortStableFunc(rivals, func(a, b rival) int { return cmp.Compare(b.striking, a.striking) })
	sought, found, falses, best := 0.0, 0.0, 0.0, 0.0
	for _, it := range rivals {
		if it.isSought {
			sought++
		}
	}
	for i, it := range rivals {
		if it.isSought {
			found++
		}
		if !it.grew {
			falses++
		}
		if falses/float64(i+1) <= falseShare {
			best = found
		}
	}
	return best / sought
}
