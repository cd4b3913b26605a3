package datasource

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// attendance is which instances sent profiles in which buckets of a window.
type attendance struct {
	// label tells the instances apart; empty when none does, and nothing is known.
	label string
	// cost of each instance in the window.
	cost map[string]float64
	// young are the instances in their first minutes, old the others, by the end of the bucket.
	young, old map[int64][]string
}

// attendanceOf looks at an operand's instances in a window, and as long before it as their warm-up takes: an instance that
// was not there then has started since. It is kept, as the window is closed.
func (d *Datasource) attendanceOf(ctx context.Context, o Operand, s stretch, step, warmUp time.Duration) (attendance, error) {
	label, err := d.instanceLabel(ctx, o)
	if err != nil || label == "" {
		return attendance{}, err
	}
	key := fmt.Sprintf("%v|%s|%s|%d|%d|%s|%s", o.Types, o.Selector, label, s.end, s.count, step, warmUp)
	return d.attendances.get(key, func() (attendance, error) {
		before := (warmUp + step - 1).Truncate(step) + step
		start := s.span(step).Start - 1
		series, err := d.sums(ctx, pyroscope.SeriesQuery{Type: o.Type().ID, Selector: o.Selector, Step: step, GroupBy: []string{label},
			Range: pyroscope.Range{Start: start - before.Milliseconds(), End: s.end}})
		if pyroscope.Is(err, pyroscope.Unsupported) {
			return attendance{}, nil
		}
		return attend(series, label, start, before.Milliseconds(), step.Milliseconds(), warmUp.Milliseconds()), err
	})
}

// attend sorts the instances of the buckets that end after start. What was looked at begins so long before it.
func attend(series []pyroscope.Series, label string, start, before, step, warmUp int64) attendance {
	a := attendance{label: label, cost: map[string]float64{}, young: map[int64][]string{}, old: map[int64][]string{}}
	for _, s := range series {
		name := labelOf(s.Labels, label)
		began := int64(0)
		for i, at := range s.Time {
			if s.Value[i] <= 0 {
				continue
			}
			if began == 0 {
				began = at - step
				if began <= start-before {
					began = -warmUp // was there when the looking began
				}
			}
			if at <= start {
				continue
			}
			a.cost[name] += s.Value[i]
			if at-step < began+warmUp {
				a.young[at] = append(a.young[at], name)
			} else {
				a.old[at] = append(a.old[at], name)
			}
		}
	}
	return a
}

// without is the selector without the instances that are in their first minutes in a bucket. It says false when no other
// is there.
func (a attendance) without(s pyroscope.Selector, bucket int64) (pyroscope.Selector, bool, error) {
	young := a.young[bucket]
	switch {
	case len(young) == 0:
		return s, true, nil
	case len(a.old[bucket]) == 0:
		return s, false, nil
	}
	names := slices.Sorted(slices.Values(young[:min(len(young), maxNames)]))
	for i, name := range names {
		names[i] = regexp.QuoteMeta(name)
	}
	narrowed, err := s.With(labels.MatchNotRegexp, a.label, strings.Join(names, "|"))
	return narrowed, true, err
}

// livesShortly says that in more than half of the buckets no instance is past its first minutes, as with jobs: then the
// first minutes are what there is.
func (a attendance) livesShortly(s stretch) bool {
	onlyYoung := 0
	for at := range a.young {
		if len(a.old[at]) == 0 {
			onlyYoung++
		}
	}
	return 2*onlyYoung > s.count
}

// sameInstances says that most instances are on both sides.
func sameInstances(a, b map[string]float64) bool {
	common := 0
	for name := range a {
		if _, both := b[name]; both {
			common++
		}
	}
	return common > 0 && 2*common >= max(len(a), len(b))
}
