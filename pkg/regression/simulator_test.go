package regression

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// world is a service whose truth is known: what every function costs, and how it scatters.
type world struct {
	// shares of the functions in the baseline, in [0, 1].
	shares []float64
	// dispersion at this number of samples a bucket, and the likeness of neighbours, of each function.
	dispersion, rho []float64
	// group of functions that rise and fall shared, as callers and callees do.
	group []int
	// habit is the scatter between instances, relative to the share.
	habit float64
	// perBucket is the mean number of samples a bucket, traffic its relative scatter.
	perBucket, traffic float64
	buckets            int
	// opposed lets every other function fall when its group rises: kinds of requests that take turns.
	opposed bool
	// spikes is the chance of a function to run five times as much in one bucket, as a job by the clock does.
	spikes float64
}

// shared is the part of the scatter that a group of functions shares.
const shared = 0.3

// newWorld has sizes as real profiles have them: a few large functions and a long tail.
func newWorld(random *rand.Rand, functions int) world {
	w := world{buckets: 12, perBucket: 12_000, traffic: 0.25}
	sum := 0.0
	for i := range functions {
		size := math.Exp(random.NormFloat64()*1.1) / math.Pow(float64(i+1), 0.6)
		w.shares = append(w.shares, size)
		sum += size
		w.dispersion = append(w.dispersion, 1.2+2.8*random.Float64())
		w.rho = append(w.rho, 0.6*random.Float64())
		w.group = append(w.group, random.IntN(functions/8+1))
	}
	for i := range w.shares {
		w.shares[i] /= sum
	}
	return w
}

// pick chooses functions of a size that can be seen, and that leave room to grow.
func (w world) pick(random *rand.Rand, number int) []int {
	var picked []int
	for _, i := range random.Perm(len(w.shares)) {
		if len(picked) < number && w.shares[i] >= 0.002 && w.shares[i] <= 0.15 {
			picked = append(picked, i)
		}
	}
	return picked
}

// pickLarge chooses one function with a few hundredths of the profile.
func (w world) pickLarge(random *rand.Rand) int {
	for {
		if i := random.IntN(len(w.shares)); w.shares[i] >= 0.01 && w.shares[i] <= 0.1 {
			return i
		}
	}
}

func (w world) largest(but map[int]bool) int {
	best := -1
	for i, share := range w.shares {
		if !but[i] && (best < 0 || share > w.shares[best]) {
			best = i
		}
	}
	return best
}

// window draws the samples of one window. habits are the instances' habits, one row an instance, and may be nil.
func (w world) window(random *rand.Rand, growth []float64, habits [][]float64) (byBucket, byInstance counts) {
	functions := len(w.shares)
	pods := max(1, len(habits))
	byBucket = emptyCounts(functions, w.buckets)
	byInstance = emptyCounts(functions, pods)
	rates := make([]float64, functions)
	for i, share := range w.shares {
		rates[i] = share * growth[i]
	}
	groups := make([]latent, len(w.shares)/8+1)
	own := make([]latent, functions)
	for b := range w.buckets {
		traffic := w.perBucket * math.Exp(w.traffic*random.NormFloat64()-w.traffic*w.traffic/2)
		shocks := make([]float64, len(groups))
		for g := range groups {
			shocks[g] = groups[g].next(random, 0.3)
		}
		for i := range functions {
			mean := rates[i] * traffic
			// What is more than counting noise varies the rate itself.
			spread := math.Sqrt((w.dispersion[i] - 1) / max(mean, 1e-9))
			spread = min(spread, 0.8)
			sign := 1.0
			if w.opposed && i%2 == 1 {
				sign = -1
			}
			shock := sign*math.Sqrt(shared)*shocks[w.group[i]] + math.Sqrt(1-shared)*own[i].next(random, w.rho[i])
			mean *= math.Exp(spread*shock - spread*spread/2)
			if w.spikes > 0 && random.Float64() < w.spikes {
				mean *= 5
			}
			for pod := range pods {
				rate := mean / float64(pods)
				if len(habits) > 0 {
					rate *= habits[pod][i]
				}
				x := poisson(random, rate)
				byBucket.samples[i][b] += x
				byBucket.whole[b] += x
				byInstance.samples[i][pod] += x
				byInstance.whole[pod] += x
			}
		}
	}
	return byBucket, byInstance
}

// latent is a first-order autoregressive process of unit variance.
type latent struct {
	value   float64
	started bool
}

func (l *latent) next(random *rand.Rand, rho float64) float64 {
	if !l.started {
		l.started = true
		l.value = random.NormFloat64()
		return l.value
	}
	l.value = rho*l.value + math.Sqrt(1-rho*rho)*random.NormFloat64()
	return l.value
}

// habits are the factors by which instances differ, one row an instance.
func (w world) habits(random *rand.Rand, instances int) [][]float64 {
	habits := make([][]float64, instances)
	for pod := range habits {
		habits[pod] = make([]float64, len(w.shares))
		for i := range habits[pod] {
			habits[pod][i] = math.Exp(w.habit*random.NormFloat64() - w.habit*w.habit/2)
		}
	}
	return habits
}

// variance of a function's share over a window of so many samples, as the oracle knows it.
func (w world) variance(function int, samples float64, instances int) float64 {
	share := w.shares[function]
	alike := (1-shared)*meanInflation(w.rho[function], w.buckets) + shared*meanInflation(0.3, w.buckets)
	variance := (1 + (w.dispersion[function]-1)*alike) * share / samples
	if instances > 0 {
		variance += w.habit * w.habit * share * share / float64(instances)
	}
	return variance
}

// oracleFinds is the oracle's own chance to find a growth, about: at the level that the family's last true one has.
func (w world) oracleFinds(function int, growth, baseline, comparison float64, instances, grown, family int) float64 {
	deviation := math.Sqrt(w.variance(function, baseline, instances) + growth*growth*w.variance(function, comparison, instances))
	level := DefaultThresholds.FalseDiscovery * float64(grown) / float64(family)
	return distuv.UnitNormal.Survival(distuv.UnitNormal.Quantile(1-level/2) - w.shares[function]*(growth-1)/deviation)
}

// meanInflation is by how much a mean of k alike neighbours varies more than one of independent ones.
func meanInflation(rho float64, k int) float64 {
	factor, power := 1.0, 1.0
	for lag := 1; lag < k; lag++ {
		power *= rho
		factor += 2 * (1 - float64(lag)/float64(k)) * power
	}
	return factor
}

func poisson(random *rand.Rand, mean float64) float64 {
	if mean <= 0 {
		return 0
	}
	if mean > 50 {
		return max(0, math.Round(mean+math.Sqrt(mean)*random.NormFloat64()))
	}
	limit, product, n := math.Exp(-mean), random.Float64(), 0.0
	for product > limit {
		product *= random.Float64()
		n++
	}
	return n
}

// inPackages adds up the functions of each group: a flat profile in which no stack passes through two packages.
func (w world) inPackages(c counts) counts {
	joined := emptyCounts(len(w.shares)/8+1, len(c.whole))
	copy(joined.whole, c.whole)
	for i, row := range c.samples {
		for column, x := range row {
			joined.samples[w.group[i]][column] += x
		}
	}
	return joined
}

// part are some buckets of a stream.
func (c counts) part(from, to int) counts {
	part := counts{samples: make([][]float64, len(c.samples)), whole: c.whole[from:to]}
	for i, row := range c.samples {
		part.samples[i] = row[from:to]
	}
	return part
}

func joinCounts(before, after counts) counts {
	joined := counts{whole: append(append([]float64(nil), before.whole...), after.whole...)}
	for i := range before.samples {
		joined.samples = append(joined.samples, append(append([]float64(nil), before.samples[i]...), after.samples[i]...))
	}
	return joined
}
