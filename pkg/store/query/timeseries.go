package query

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// Timeline asks for the totals of profiles over time. Points stand at Start +
// k*Step, no later than End; a point sums the profiles of (point-Step, point],
// the first also those at Start-Step exactly.
type Timeline struct {
	Tenant, ProfileType, Selector string
	Range                         Range
	Step                          float64 // seconds, at least 0.001
	GroupBy                       []string
	Limit                         int64 // of series; 0 and less mean all
	Exemplars                     bool  // one per point: the profile with the greatest value
}

// TimeSeries is a line of a timeline.
type TimeSeries struct {
	Labels []labels.Label // in the order of GroupBy, absent ones left out
	Points []Point
	sum    int64
}

// Point is the sum of a bucket in the unit of the sample type.
type Point struct {
	TimeMs   int64 // end of the bucket
	Value    int64
	Exemplar *Exemplar
}

// Exemplar is one of the profiles of a point.
type Exemplar struct {
	TimeMs  int64
	Profile db.ProfileID
	Span    uint64 // 0 for none
	Value   int64
	Labels  []labels.Label // without those of GroupBy
}

// grid maps times to points.
type grid struct{ start, step, count int64 }

func newGrid(r Range, step time.Duration) grid {
	ms := step.Milliseconds()
	return grid{r.Start, ms, (r.End-r.Start)/ms + 1}
}

// index gives the point of a time, and whether it has one.
func (g grid) index(timeMs int64) (int64, bool) {
	k := int64(0)
	if timeMs > g.start {
		k = (timeMs - g.start + g.step - 1) / g.step
	}
	return k, k < g.count && timeMs >= g.start-g.step
}

func (g grid) time(k int64) int64 { return g.start + k*g.step }

// reach is the range of times that have a point.
func (g grid) reach() Range { return Range{g.start - g.step, g.time(g.count - 1)} }

func parseStep(seconds float64) (time.Duration, error) {
	if !(seconds >= 0.001) || seconds > 1e9 {
		return 0, invalid("step must be between 0.001 and 1e9 seconds, got %v", seconds)
	}
	return time.Duration(seconds*1000) * time.Millisecond, nil
}

// Timeline gives series, the one with the greatest sum first.
func (e *Engine) Timeline(ctx context.Context, q Timeline) ([]TimeSeries, error) {
	sel, ok, err := e.selection(q.Tenant, q.ProfileType, q.Selector, q.Range)
	if err != nil {
		return nil, err
	}
	step, err := parseStep(q.Step)
	if err != nil || !ok {
		return nil, err
	}
	g := newGrid(Range{sel.Start, sel.End}, step)
	sel.Start, sel.End = g.reach().Start, g.reach().End
	groups := map[string]*lineBuilder{}
	err = e.DB.Each(ctx, sel, func(b *db.Block) error {
		lines := make([]*lineBuilder, len(b.Series))
		return b.Totals(ctx, func(row db.Row, total int64) {
			k, ok := g.index(row.TimeMs)
			if !ok {
				return
			}
			line := lines[row.Series]
			if line == nil {
				line = lineOf(groups, b.Series[row.Series].Labels, q.GroupBy)
				lines[row.Series] = line
			}
			line.add(k, row, total, b.Series[row.Series].Labels)
		})
	})
	if err != nil {
		return nil, err
	}
	out := make([]TimeSeries, 0, len(groups))
	for _, line := range groups {
		out = append(out, line.series(g, &q))
	}
	slices.SortFunc(out, func(a, b TimeSeries) int {
		return cmp.Or(cmp.Compare(b.sum, a.sum), compareLabels(a.Labels, b.Labels))
	})
	if q.Limit > 0 && int64(len(out)) > q.Limit {
		out = out[:q.Limit]
	}
	return out, nil
}

func compareLabels(a, b []labels.Label) int {
	return slices.CompareFunc(a, b, func(a, b labels.Label) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
	})
}

// lineBuilder gathers the points of one line.
type lineBuilder struct {
	labels []labels.Label
	sum    int64
	points map[int64]*gathered
}

type gathered struct {
	value int64
	best  db.Row
	most  int64
	of    labels.Labels
}

func lineOf(groups map[string]*lineBuilder, l labels.Labels, groupBy []string) *lineBuilder {
	key, picked := groupKey(l, groupBy)
	line := groups[key]
	if line == nil {
		line = &lineBuilder{labels: picked, points: map[int64]*gathered{}}
		groups[key] = line
	}
	return line
}

func (line *lineBuilder) add(k int64, row db.Row, total int64, of labels.Labels) {
	line.sum += total
	p := line.points[k]
	if p == nil {
		p = &gathered{}
		line.points[k] = p
	}
	p.value += total
	if total > p.most {
		p.most, p.best, p.of = total, row, of
	}
}

func (line *lineBuilder) series(g grid, q *Timeline) TimeSeries {
	s := TimeSeries{Labels: line.labels, sum: line.sum}
	for _, k := range slices.Sorted(maps.Keys(line.points)) {
		p := line.points[k]
		point := Point{TimeMs: g.time(k), Value: p.value}
		if q.Exemplars {
			point.Exemplar = &Exemplar{TimeMs: p.best.TimeMs, Profile: p.best.Profile, Value: p.most, Labels: exemplarLabels(p.of, q.GroupBy)}
		}
		s.Points = append(s.Points, point)
	}
	return s
}

// exemplarLabels leaves out the labels that the line has anyway. The profile
// type and the service come first, as Pyroscope has them.
func exemplarLabels(l labels.Labels, groupBy []string) []labels.Label {
	first := []string{labelProfileType, "__service_name__"}
	var out []labels.Label
	for _, name := range first {
		if value := l.Get(name); value != "" && !slices.Contains(groupBy, name) {
			out = append(out, labels.Label{Name: name, Value: value})
		}
	}
	l.Range(func(l labels.Label) {
		if !slices.Contains(first, l.Name) && !slices.Contains(groupBy, l.Name) {
			out = append(out, l)
		}
	})
	return out
}
