package regression

import (
	"math"
)

// noise is how much a function's share scatters between the buckets, or the instances, of one window beyond counting
// noise: the variance of its share over n samples is dispersion * p (1 - p) / n.
type noise struct{ dispersion, freedom float64 }

// leastDispersion is that of counting alone. Below it a function scatters less than it can, by chance.
const leastDispersion = 1

// moderated estimates the noise of every function from the scatter around its share inside each window, and moves each
// towards what functions of its size have in common: twelve buckets alone say little about one function, hundreds of
// functions say much about all.
//
// scatter is how a window's is measured, counts.pearson or counts.stepped. floor is the least dispersion that can be:
// leastDispersion for samples, 0 for values of unknown size.
func moderated(windows []counts, functions int, floor float64, scatter func(counts, int) (squares, freedom float64)) []noise {
	own := make([]noise, functions)
	sizes := make([]float64, functions)
	for i := range own {
		for _, window := range windows {
			squares, freedom := scatter(window, i)
			own[i].dispersion += squares
			own[i].freedom += freedom
			sizes[i] += window.of(i)
		}
		if own[i].freedom > 0 {
			own[i].dispersion /= own[i].freedom
		}
	}
	trend := trendOf(own, sizes)
	ratios, freedoms := make([]float64, functions), make([]float64, functions)
	for i := range own {
		ratios[i], freedoms[i] = own[i].dispersion/trend(sizes[i]), own[i].freedom
	}
	common := commonPrior(ratios, freedoms)
	squeezed := make([]noise, functions)
	for i := range own {
		ratio, freedom := common.squeeze(ratios[i], freedoms[i])
		squeezed[i] = noise{dispersion: max(floor, ratio*trend(sizes[i])), freedom: freedom}
	}
	return squeezed
}

// fewestForTrend is how many functions a trend of their dispersions needs to mean anything.
const fewestForTrend = 20

// trendOf is the dispersion to expect of a function with so many samples: a + b * size. What varies by a share of
// itself (traffic, an instance's own habits) is the larger beside counting noise the more samples there are. Fitted as a
// gamma model with identity link; a dispersion far above its expectation is drawn in first, so that a handful of
// functions that really changed do not lift the rest.
func trendOf(own []noise, sizes []float64) func(size float64) float64 {
	var xs, ys, ws []float64
	for i, n := range own {
		if n.dispersion > 0 && n.freedom > 0 && sizes[i] > 0 {
			xs, ys, ws = append(xs, sizes[i]), append(ys, n.dispersion), append(ws, n.freedom)
		}
	}
	if len(xs) < fewestForTrend {
		return func(float64) float64 { return 1 }
	}
	a, b := meanOf(ys), 0.0
	for range 30 {
		var sw, sx, sy, sxx, sxy float64
		for i, x := range xs {
			expected := a + b*x
			y := min(ys[i], farAbove*expected)
			w := ws[i] / (expected * expected)
			sw, sx, sy, sxx, sxy = sw+w, sx+w*x, sy+w*y, sxx+w*x*x, sxy+w*x*y
		}
		determinant := sw*sxx - sx*sx
		nextA, nextB := sy/sw, 0.0
		if determinant > 0 {
			if slope := (sw*sxy - sx*sy) / determinant; slope > 0 {
				nextA, nextB = (sy-slope*sx)/sw, slope
			}
		}
		if nextA <= 0 {
			nextA, nextB = 0.1*meanOf(ys), sxy/sxx
		}
		isSettled := math.Abs(nextA-a) < 1e-6*a && math.Abs(nextB-b) <= 1e-6*b
		a, b = nextA, nextB
		if isSettled {
			break
		}
	}
	return func(size float64) float64 { return a + b*size }
}

// farAbove is how many times its expectation a dispersion may weigh.
const farAbove = 4

func meanOf(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	return sum / float64(len(values))
}

// autocorrelation is the correlation of a bucket's deviation with the next one's, over all functions of all windows, in
// [0, 0.9]. Deviations from a mean of the same few buckets look less alike than they are; the correction is that of a
// first-order process (Kendall 1954).
func autocorrelation(windows []counts, functions int) float64 {
	products, squares, length, series := 0.0, 0.0, 0.0, 0.0
	for _, window := range windows {
		for i := range functions {
			residuals := window.residuals(i)
			if len(residuals) < 3 {
				continue
			}
			own, lagged := 0.0, 0.0
			for b, r := range residuals {
				own += r * r
				if b > 0 {
					lagged += r * residuals[b-1]
				}
			}
			if own == 0 {
				continue
			}
			// Each function has one vote: a noisy one says no more about the rhythm than a quiet one.
			products += lagged / own
			squares++
			length += float64(len(residuals))
			series++
		}
	}
	if series == 0 {
		return 0
	}
	buckets := length / series
	measured := products / squares
	return min(0.9, max(0, (measured+1/buckets)/(1-3/buckets)))
}

// inflation is by how much the variance of a mean over k buckets is larger than the scatter between them says, when
// neighbours are alike by rho: the mean varies more, and the scatter around it shows less of it.
func inflation(rho float64, k int) float64 {
	n := float64(k)
	if n < 2 || rho == 0 {
		return 1
	}
	factor, power := 1.0, 1.0
	for lag := 1; lag < k; lag++ {
		power *= rho
		factor += 2 * (1 - float64(lag)/n) * power
	}
	return factor / (1 - (factor-1)/(n-1))
}

// rhythmFreedom is what is known of the inflation: one function's neighbours are more alike than another's, by a quarter
// of the inflation or so (standard deviation), and too few buckets tell which. A variance with a relative error of e has
// 2 / e^2 degrees of freedom.
const rhythmFreedom = 2 / (0.25 * 0.25)

// fewerFreedoms is what alike neighbours leave of the degrees of freedom of a scatter.
func fewerFreedoms(freedom, rho float64) float64 {
	left := freedom * (1 - rho*rho) / (1 + rho*rho)
	return 1 / (1/left + 1/rhythmFreedom)
}
