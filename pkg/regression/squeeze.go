package regression

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// prior is what the dispersions of all functions have in common: they scatter around scale as if each had been measured
// with freedom degrees of freedom besides its own. An infinite freedom says that they differ by chance alone.
type prior struct{ scale, freedom float64 }

// commonPrior fits the prior to the functions' own dispersions, each with its degrees of freedom, by the moments of the
// logarithm of a scaled F distribution (Smyth 2004, "Linear models and empirical Bayes methods for assessing
// differential expression", section 6.2).
func commonPrior(dispersions, freedoms []float64) prior {
	var logs, weights []float64
	expected := 0.0 // variance of the logarithms that the measurement alone explains
	for i, dispersion := range dispersions {
		half := freedoms[i] / 2
		if dispersion <= 0 || half <= 0 {
			continue
		}
		logs = append(logs, math.Log(dispersion)-mathext.Digamma(half)+math.Log(half))
		weights = append(weights, 1)
		expected += trigamma(half)
	}
	if len(logs) == 0 {
		return prior{scale: 1, freedom: 0}
	}
	mean, variance := momentsOf(logs, weights)
	if len(logs) < 3 {
		return prior{scale: math.Exp(mean), freedom: 0}
	}
	excess := variance - expected/float64(len(logs))
	if excess <= 0 {
		return prior{scale: math.Exp(mean), freedom: math.Inf(1)}
	}
	half := inverseTrigamma(excess)
	return prior{scale: math.Exp(mean + mathext.Digamma(half) - math.Log(half)), freedom: 2 * half}
}

// squeeze moves a function's own dispersion towards the prior, each weighed by its degrees of freedom, and returns the
// degrees of freedom that the result has.
func (p prior) squeeze(dispersion, freedom float64) (squeezed, freedoms float64) {
	if math.IsInf(p.freedom, 1) {
		return p.scale, p.freedom
	}
	freedoms = p.freedom + freedom
	if freedoms == 0 {
		return p.scale, 0
	}
	return (p.freedom*p.scale + freedom*dispersion) / freedoms, freedoms
}

func trigamma(x float64) float64 { return mathext.Zeta(2, x) }

// inverseTrigamma solves trigamma(x) = y by Newton's method on 1/trigamma, which is convex and nearly straight.
func inverseTrigamma(y float64) float64 {
	switch {
	case y > 1e7:
		return 1 / math.Sqrt(y)
	case y < 1e-6:
		return 1 / y
	}
	x := 0.5 + 1/y
	for range 50 {
		value := trigamma(x)
		slope := -2 * mathext.Zeta(3, x)
		step := value * (1 - value/y) / slope
		x += step
		if -step/x < 1e-8 {
			break
		}
	}
	return x
}

// momentsOf is the weighted mean and the variance around it, with the freedom that the mean took given back.
func momentsOf(values, weights []float64) (mean, variance float64) {
	sum := 0.0
	for i, value := range values {
		mean += weights[i] * value
		sum += weights[i]
	}
	mean /= sum
	for i, value := range values {
		variance += weights[i] * (value - mean) * (value - mean)
	}
	if n := float64(len(values)); n > 1 {
		variance /= sum * (n - 1) / n
	}
	return mean, variance
}
