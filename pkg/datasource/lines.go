package datasource

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// line is one line of a series: values by the end of their bucket. Values are in
// the unit of the sample type, flows as sums of a bucket.
type line struct {
	labels []pyroscope.Label
	at     []int64
	value  []float64
	// rest is how many lines were added up in this one, 0 for a line of its own.
	rest int
}

func (l line) sum() float64 {
	sum := 0.0
	for _, v := range l.value {
		sum += v
	}
	return sum
}

// addLines adds lines with equal labels up, bucket by bucket.
func addLines(all []line) []line {
	byLabels := map[string][]line{}
	var order []string
	for _, l := range all {
		key := fmt.Sprintf("%q", l.labels)
		if _, known := byLabels[key]; !known {
			order = append(order, key)
		}
		byLabels[key] = append(byLabels[key], l)
	}
	added := make([]line, 0, len(order))
	for _, key := range order {
		added = append(added, addUp(byLabels[key]))
	}
	return added
}

// addUp adds lines up; the labels are those of the first.
func addUp(lines []line) line {
	if len(lines) == 1 {
		return lines[0]
	}
	sums := map[int64]float64{}
	for _, l := range lines {
		for i, at := range l.at {
			sums[at] += l.value[i]
		}
	}
	total := line{labels: lines[0].labels}
	for at := range sums {
		total.at = append(total.at, at)
	}
	slices.Sort(total.at)
	for _, at := range total.at {
		total.value = append(total.value, sums[at])
	}
	return total
}

// greatest sorts lines by their sum, greatest first, and keeps what the limits
// allow; with Remainder the others are added up to one more line.
func greatest(lines []line, limits Limits) []line {
	slices.SortStableFunc(lines, func(a, b line) int {
		if by := cmp.Compare(b.sum(), a.sum()); by != 0 {
			return by
		}
		return strings.Compare(fmt.Sprint(a.labels), fmt.Sprint(b.labels))
	})
	if limits.MaxSeries == 0 || len(lines) <= limits.MaxSeries {
		return lines
	}
	kept := slices.Clone(lines[:limits.MaxSeries])
	if limits.Remainder {
		rest := addUp(lines[limits.MaxSeries:])
		rest.labels, rest.rest = nil, len(lines)-limits.MaxSeries
		kept = append(kept, rest)
	}
	return kept
}

// before leaves out the buckets that end after a time.
func before(lines []line, end int64) []line {
	var kept []line
	for _, l := range lines {
		n := 0
		for n < len(l.at) && l.at[n] <= end {
			n++
		}
		if l.at, l.value = l.at[:n], l.value[:n]; n > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}
