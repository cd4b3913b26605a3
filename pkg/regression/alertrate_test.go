package regression

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// alertsAWeek watches services in which nothing ever changes, evaluated every five minutes against the hour before, and
// tells how often somebody would have been woken; and how long it takes, in minutes, until a real change is told.
func alertsAWeek() (alerts, delay float64) {
	const functions, step = 120, 5
	weeks := howMany(2)
	for seed := range weeks {
		random := rand.New(rand.NewPCG(uint64(seed), 11))
		w := newWorld(random, functions)
		w.buckets, w.spikes, w.perBucket = 7*24*12, 0.0005, 6_000
		stream, _ := w.window(random, slices.Repeat([]float64{1}, functions), nil)
		var evaluations [][]string
		standing := map[string]bool{}
		for end := 24; end <= w.buckets; end++ {
			evaluations = append(evaluations, alertsOf(stream, end, functions))
			now := map[string]bool{}
			for _, fingerprint := range Standing(evaluations[max(0, len(evaluations)-12):]) {
				now[fingerprint] = true
				if !standing[fingerprint] {
					alerts++
				}
			}
			standing = now
		}
	}
	var delays []float64
	for seed := range 20 {
		random := rand.New(rand.NewPCG(uint64(seed), 13))
		w := newWorld(random, functions)
		w.perBucket = 6_000
		grown := w.pickLarge(random)
		w.buckets = 24
		before, _ := w.window(random, slices.Repeat([]float64{1}, functions), nil)
		growth := slices.Repeat([]float64{1}, functions)
		growth[grown] = 2
		after, _ := w.window(random, growth, nil)
		stream := joinCounts(before, after)
		var evaluations [][]string
		for end := 25; end <= 48; end++ {
			evaluations = append(evaluations, alertsOf(stream, end, functions))
			if slices.Contains(Standing(evaluations), fmt.Sprint(grown)) {
				delays = append(delays, float64((end-24)*step))
				break
			}
		}
	}
	return alerts / float64(weeks), median(append(delays, slices.Repeat([]float64{math.Inf(1)}, 20-len(delays))...))
}

// alertsOf are the functions that the hour before this bucket wakes somebody up for, held against the hour before that.
func alertsOf(stream counts, end, functions int) []string {
	b, c := stream.part(end-24, end-12), stream.part(end-12, end)
	changes, _ := test(functions, sides{baseline: b, comparison: c, paired: true, leastShare: DefaultThresholds.Share / 2})
	var alerts []string
	for i, it := range changes[0] {
		shares := make([]float64, 0, 24)
		for _, window := range []counts{b, c} {
			for column, n := range window.whole {
				shares = append(shares, window.samples[i][column]/n)
			}
		}
		if it.q <= DefaultThresholds.AlertFalseDiscovery && it.scaled >= DefaultThresholds.Ratio*it.baseline &&
			it.scaled-it.baseline >= DefaultThresholds.Share && !(course{shares, 12}).isTransient() {
			alerts = append(alerts, fmt.Sprint(i))
		}
	}
	return alerts
}
