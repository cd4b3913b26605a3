package query

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// Heatmap asks how many profiles, or spans in profiles, had which value when.
type Heatmap struct {
	Tenant, ProfileType, Selector string
	Range                         Range
	Step                          float64 // seconds, at least 0.001
	GroupBy                       []string
	Limit                         int64 // of series; 0 and less mean all
	OfSpans                       bool  // count (profile, span) pairs instead of profiles
	Exemplars                     bool  // the one with the greatest value of each cell
}

// HeatmapRows is the number of value ranges of a heatmap.
const HeatmapRows = 20

// HeatmapSeries is a heatmap of one group.
type HeatmapSeries struct {
	Labels []labels.Label
	Slots  []HeatmapSlot
	count  int64
}

// HeatmapSlot is a column: counts by value range, for one step.
type HeatmapSlot struct {
	TimeMs    int64
	Lower     []float64 // lower edges of the value ranges, the same everywhere
	Counts    []int32
	Exemplars []*Exemplar
}

// heat is one counted value.
type heat struct {
	k     int64 // of the grid
	value int64
	row   db.Row
	span  uint64
	of    labels.Labels
}

type heatGroup struct {
	labels []labels.Label
	heats  []heat
}

// Heatmap gives a series for each group, ordered by labels, or by count when
// the limit cuts some off.
func (e *Engine) Heatmap(ctx context.Context, q Heatmap) ([]HeatmapSeries, error) {
	step, err := parseStep(q.Step)
	if err != nil {
		return nil, err
	}
	if q.Range.Start >= q.Range.End && q.Range.End != 0 {
		return nil, invalid("start time must be before end time")
	}
	sel, ok, err := e.selection(q.Tenant, q.ProfileType, q.Selector, q.Range)
	if err != nil || !ok {
		return nil, err
	}
	g := newGrid(Range{sel.Start, sel.End}, step)
	sel.Start, sel.End = g.reach().Start, g.reach().End
	groups := map[string]*heatGroup{}
	if err := e.DB.Each(ctx, sel, func(b *db.Block) error { return q.gather(ctx, b, g, groups) }); err != nil {
		return nil, err
	}
	low, high := int64(math.MaxInt64), int64(0)
	for _, group := range groups {
		for _, h := range group.heats {
			low, high = min(low, h.value), max(high, h.value)
		}
	}
	out := make([]HeatmapSeries, 0, len(groups))
	for _, group := range groups {
		out = append(out, group.series(g, &q, newScale(low, high)))
	}
	slices.SortFunc(out, func(a, b HeatmapSeries) int { return compareLabels(a.Labels, b.Labels) })
	if q.Limit > 0 && int64(len(out)) > q.Limit {
		slices.SortStableFunc(out, func(a, b HeatmapSeries) int { return cmp.Compare(b.count, a.count) })
		out = out[:q.Limit]
	}
	return out, nil
}

// gather collects the values of a block.
func (q *Heatmap) gather(ctx context.Context, b *db.Block, g grid, groups map[string]*heatGroup) error {
	enter := func(row db.Row, span uint64, value int64) {
		k, ok := g.index(row.TimeMs)
		if !ok {
			return
		}
		l := b.Series[row.Series].Labels
		key, picked := groupKey(l, q.GroupBy)
		group := groups[key]
		if group == nil {
			group = &heatGroup{labels: picked}
			groups[key] = group
		}
		group.heats = append(group.heats, heat{k, value, row, span, l})
	}
	if !q.OfSpans {
		return b.Totals(ctx, func(row db.Row, total int64) { enter(row, 0, total) })
	}
	return b.Samples(ctx, func(*symbols.View) func(db.Row, []byte) error {
		return func(row db.Row, samples []byte) error {
			spans := map[uint64]int64{}
			var err error
			damaged := db.Sections(samples, func(s *db.Section) bool {
				if s.Span.ID != 0 {
					err = s.Samples(func(_ uint32, value int64) { spans[s.Span.ID] += value })
				}
				return err == nil
			})
			for _, span := range slices.Sorted(maps.Keys(spans)) {
				enter(row, span, spans[span])
			}
			return errors.Join(err, damaged)
		}
	})
}

// groupKey gives the labels of a group and a key that tells groups apart.
func groupKey(l labels.Labels, groupBy []string) (string, []labels.Label) {
	var key strings.Builder
	var picked []labels.Label
	for _, name := range groupBy {
		value := l.Get(name)
		key.WriteString(value)
		key.WriteByte(0xff) // never in valid UTF-8
		if value != "" {
			picked = append(picked, labels.Label{Name: name, Value: value})
		}
	}
	return key.String(), picked
}

// scale cuts the values from low to high into equal ranges.
type scale struct {
	low, high int64
	lower     []float64
}

func newScale(low, high int64) scale {
	if low == high {
		high = low + 1
	}
	s := scale{low: low, high: high}
	for i := range HeatmapRows {
		edge := float64(low) + float64(high-low)*float64(i)/HeatmapRows
		s.lower = append(s.lower, math.Trunc(edge))
	}
	return s
}

func (s scale) row(value int64) int {
	at, found := slices.BinarySearch(s.lower, float64(value))
	if !found {
		at--
	}
	return max(0, min(at, HeatmapRows-1))
}

func (group *heatGroup) series(g grid, q *Heatmap, s scale) HeatmapSeries {
	out := HeatmapSeries{Labels: group.labels, count: int64(len(group.heats))}
	slots := map[int64]*HeatmapSlot{}
	best := map[[2]int64]heat{}
	for _, h := range group.heats {
		slot := slots[h.k]
		if slot == nil {
			slot = &HeatmapSlot{TimeMs: g.time(h.k), Lower: s.lower, Counts: make([]int32, HeatmapRows)}
			slots[h.k] = slot
		}
		row := s.row(h.value)
		slot.Counts[row]++
		cell := [2]int64{h.k, int64(row)}
		if old, ok := best[cell]; !ok || h.value > old.value {
			best[cell] = h
		}
	}
	for _, k := range slices.Sorted(maps.Keys(slots)) {
		slot := slots[k]
		for row := int64(0); q.Exemplars && row < HeatmapRows; row++ {
			if h, ok := best[[2]int64{k, row}]; ok {
				slot.Exemplars = append(slot.Exemplars, &Exemplar{
					TimeMs: h.row.TimeMs, Profile: h.row.Profile, Span: h.span, Value: h.value,
					Labels: exemplarLabels(h.of, q.GroupBy),
				})
			}
		}
		out.Slots = append(out.Slots, *slot)
	}
	return out
}
