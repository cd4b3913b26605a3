package regression

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// change is what the test says of one function.
type change struct {
	// Shares of the service's profile, in [0, 1]. scaled is the comparison's after the scale of the whole was taken out.
	baseline, comparison, scaled float64
	// samples of both sides.
	samples float64
	// isTested is false for a function that has too few of them.
	isTested bool
	// The test: distance of the shares in standard errors, its degrees of freedom, two-sided p and the family's q.
	distance, freedom, p, q float64
	// low and high bound the scaled comparison's share less the baseline's, by 95 in 100.
	low, high float64
	// error is the standard error on the scale of arcs, see arc.
	error float64
}

// arc is the angle whose sine is the root of a share. Its variance is 1 / 4n for any share, which makes one test fit
// rare functions and large ones (Anscombe 1948).
func arc(share float64) float64 { return math.Asin(math.Sqrt(min(1, max(0, share)))) }

// shareOf undoes arc.
func shareOf(arc float64) float64 {
	s := math.Sin(min(math.Pi/2, max(0, arc)))
	return s * s
}

// sides are what a test knows: the samples of both windows by bucket, and by instance where they were fetched apart.
type sides struct {
	baseline, comparison counts
	// instances are empty when they are not known; paired says that both windows saw the same ones, so that what is
	// peculiar to one of them is on both sides.
	baselineInstances, comparisonInstances counts
	paired                                 bool
	// scatterOnly: the size of a sample is not known or not the same on both sides.
	scatterOnly bool
	// leastShare of the service's profile, both windows together, that a function needs to be tested: rarer ones cannot
	// change by what is worth telling, and would only make the family larger.
	leastShare float64
	// assumed is the dispersion when nothing can be measured: a single bucket on either side.
	assumed float64
}

// batchSize is how many neighbouring buckets are one for measuring scatter: what is alike from one bucket to the next
// then shows as scatter of its own function.
const batchSize = 2

// fewestSamples is how many samples of a function both sides must have together before it is tested. Fewer cannot
// become significant, and would only make the family larger.
const fewestSamples = 16

// compare tests every function of one kind of cost (own, or with what it calls) and returns their changes in order. scale
// is that of the whole, see scaleOf. A function with too few samples has p = 1; q is set by discover.
func compare(s sides, functions int, scale float64) []change {
	noises := s.noises(functions)
	wholeB, wholeC := s.baseline.sum(), s.comparison.sum()
	changes := make([]change, functions)
	for i := range changes {
		b, c := s.baseline.of(i), s.comparison.of(i)
		it := change{baseline: b / wholeB, comparison: c / wholeC, samples: b + c, p: 1, q: 1}
		it.scaled = min(1, it.comparison/scale)
		it.freedom = noises[i].freedom
		it.error = math.Sqrt(noises[i].dispersion * (1/wholeB + 1/(wholeC*scale)) / 4)
		if (it.samples >= fewestSamples || s.scatterOnly) && b+c >= s.leastShare*(wholeB+wholeC) {
			it.isTested = true
			it.p = it.probability()
		}
		changes[i] = it
	}
	return changes
}

// test compares every kind of cost in one family, and returns the changes a kind and the scale of the whole. The first kind
// is the functions' own cost, from which the scale is read: once over all of them, and again without those that changed.
func test(functions int, kinds ...sides) (changes [][]change, scale float64) {
	own := kinds[0]
	changed := make([]bool, functions)
	for range 2 {
		scale = scaleOf(own.baseline, own.comparison, changed)
		changes = changes[:0]
		for _, kind := range kinds {
			changes = append(changes, compare(kind, functions, scale))
		}
		discover(changes, likewise)
		for i, it := range changes[0] {
			changed[i] = it.q <= clearlyChanged
		}
	}
	return changes, scale
}

// clearlyChanged is the q up to which a function does not count for the scale.
const clearlyChanged = 0.1

// discover sets the q-values of one family: everything that was tested of one service and profile type.
func discover(kinds [][]change, how dependence) {
	var family []*change
	var ps []float64
	for _, changes := range kinds {
		for i := range changes {
			if changes[i].isTested {
				family, ps = append(family, &changes[i]), append(ps, changes[i].p)
			}
		}
	}
	for i, q := range falseDiscoveryRates(ps, how) {
		family[i].q = q
	}
}

func (c *change) probability() float64 {
	c.distance = (arc(c.scaled) - arc(c.baseline)) / c.error
	if c.error == 0 || math.IsNaN(c.distance) {
		c.distance = 0
		return 1
	}
	return 2 * c.tail(math.Abs(c.distance))
}

// tail is the chance of a distance beyond this one, on one side.
func (c *change) tail(distance float64) float64 {
	if math.IsInf(c.freedom, 1) || c.freedom > 1e6 {
		return distuv.UnitNormal.Survival(distance)
	}
	if c.freedom <= 0 {
		return 1
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: c.freedom}.Survival(distance)
}

func quantile(p, freedom float64) float64 {
	if math.IsInf(freedom, 1) || freedom > 1e6 {
		return distuv.UnitNormal.Quantile(p)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: max(freedom, 0.5)}.Quantile(p)
}

func (c *change) bound() {
	reach := quantile(0.975, c.freedom) * c.error
	c.low = shareOf(arc(c.scaled)-reach) - c.baseline
	c.high = shareOf(arc(c.scaled)+reach) - c.baseline
}

// smallestSeen is the growth in share that this test would have found four times in five at the given chance of a false
// alarm.
func (c *change) smallestSeen(falseAlarm float64) float64 {
	reach := (quantile(1-falseAlarm/2, c.freedom) + quantile(0.8, c.freedom)) * c.error
	return shareOf(arc(c.baseline)+reach) - c.baseline
}

// noises are the functions' noises for the comparison of the two windows: from buckets, and from instances where both
// sides have different ones.
func (s sides) noises(functions int) []noise {
	floor := float64(leastDispersion)
	if s.scatterOnly {
		floor = 0
	}
	k := (len(s.baseline.whole) + len(s.comparison.whole)) / 2
	var buckets []noise
	if k < 2 {
		buckets = make([]noise, functions)
		for i := range buckets {
			buckets[i] = noise{dispersion: s.assumed, freedom: math.Inf(1)}
		}
	} else {
		batches := []counts{s.baseline.batched(batchSize), s.comparison.batched(batchSize)}
		rho := autocorrelation(batches, functions)
		buckets = moderated(batches, functions, floor, counts.stepped)
		for i := range buckets {
			buckets[i].dispersion *= inflation(rho, len(batches[0].whole))
			buckets[i].freedom = fewerFreedoms(buckets[i].freedom, rho)
		}
	}
	if s.paired || len(s.baselineInstances.whole) < 2 || len(s.comparisonInstances.whole) < 2 {
		return buckets
	}
	instances := moderated([]counts{s.baselineInstances, s.comparisonInstances}, functions, floor, counts.pearson)
	for i := range buckets {
		buckets[i] = together(buckets[i], instances[i], floor)
	}
	return buckets
}

// together adds the scatter over time to the scatter between instances; the counting noise in both counts once. The
// degrees of freedom are Satterthwaite's.
func together(time, instances noise, floor float64) noise {
	sum := time.dispersion + instances.dispersion
	squares := time.dispersion*time.dispersion/time.freedom + instances.dispersion*instances.dispersion/instances.freedom
	return noise{dispersion: max(time.dispersion, instances.dispersion, sum-floor), freedom: sum * sum / squares}
}
