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

// drawn is a service of a scenario, before and after, and the truth of it.
type drawn struct {
	world
	sides
	instances int
	growth    []float64    // of each function
	changed   map[int]bool // the functions that rose or fell by themselves
	grown     int          // how many of them rose
	scale     float64      // of all costs, comparison over baseline
}

const drawnFunctions = 300

func (s scenario) draw(seed uint64) drawn {
	random := rand.New(rand.NewPCG(seed, 7))
	w := newWorld(random, drawnFunctions)
	w.habit, w.spikes, w.perBucket, w.opposed = s.habit, s.spikes, s.perBucket, s.opposed
	d := drawn{instances: s.instances, growth: slices.Repeat([]float64{1}, drawnFunctions), changed: map[int]bool{}}
	for _, i := range w.pick(random, 12) {
		d.growth[i] = s.leastG + (s.mostG-s.leastG)*random.Float64()
		d.changed[i] = true
	}
	d.grown = len(d.changed)
	if s.isOtherwise {
		largest := w.largest(d.changed)
		d.growth[largest], d.changed[largest] = 0.2, true
	}
	for i := range w.shares {
		d.scale += w.shares[i] * d.growth[i]
	}
	var habitsB, habitsC [][]float64
	if s.instances > 0 {
		habitsB, habitsC = w.habits(random, s.instances), w.habits(random, s.instances)
	}
	b, bi := w.window(random, slices.Repeat([]float64{1}, drawnFunctions), habitsB)
	c, ci := w.window(random, d.growth, habitsC)
	d.world = w
	d.sides = sides{
		baseline: b, comparison: c, baselineInstances: bi, comparisonInstances: ci,
		paired: s.instances == 0, leastShare: DefaultThresholds.Share / 2,
	}
	return d
}

// compare draws one service twice and holds the test, and the oracle that knows each function's noise, to its truth.
func (s scenario) compare(seed uint64, into *score) {
	d := s.draw(seed)
	changes, measured := test(drawnFunctions, d.sides)
	d.scorePackages(measured, into)
	oracle, tested := d.oracle(changes[0])
	b, c := d.baseline, d.comparison
	for i, it := range changes[0] {
		grew := d.growth[i] > 1
		isLarge, isFound := isLargeChange(it), isLargeAndSure(it)
		if isFound {
			into.discoveries++
			if !d.changed[i] {
				into.falses++
			}
		}
		isSought := grew && it.isTested && d.oracleFinds(i, d.growth[i], b.sum(), c.sum(), s.instances, d.grown, tested) >= 0.7
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

// scorePackages holds what is told of packages, tested apart, to the truth of their functions.
func (d drawn) scorePackages(measured float64, into *score) {
	packages := d.sides
	packages.baseline, packages.comparison = d.inPackages(d.baseline), d.inPackages(d.comparison)
	packages.baselineInstances, packages.comparisonInstances = d.inPackages(d.baselineInstances), d.inPackages(d.comparisonInstances)
	changed := map[int]bool{}
	for i := range d.changed {
		changed[d.group[i]] = true
	}
	for row, it := range testPackages(packages, d.sides, measured) {
		if isLargeAndSure(it) {
			into.packages++
			if !changed[row] {
				into.falsePackages++
			}
		}
	}
}

// oracle is which functions a test finds that knows the noise of each, and how many were tested.
func (d drawn) oracle(changes []change) (finds map[int]bool, tested int) {
	var ps []float64
	var family []int
	for i, it := range changes {
		if !it.isTested {
			continue
		}
		variance := d.variance(i, d.baseline.sum(), d.instances) + d.variance(i, d.comparison.sum(), d.instances)
		z := (it.comparison*d.scale - it.baseline) / math.Sqrt(variance)
		family, ps = append(family, i), append(ps, 2*distuv.UnitNormal.Survival(math.Abs(z)))
	}
	finds = map[int]bool{}
	for rank, q := range falseDiscoveryRates(ps, likewise) {
		finds[family[rank]] = q <= DefaultThresholds.FalseDiscovery
	}
	return finds, len(family)
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
