package query

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// seriesIn visits the label sets that have a profile in the range; the same set
// may come several times.
func (e *Engine) seriesIn(ctx context.Context, tenant string, selectors []string, r Range, visit func(labels.Labels)) error {
	r, ok, err := e.bounded(r)
	if err != nil {
		return err
	}
	sel := db.Selection{Tenant: tenant, Start: r.Start, End: r.End}
	for _, text := range selectors {
		matchers, err := ParseSelector(text)
		if err != nil {
			return err
		}
		sel.Matchers = append(sel.Matchers, matchers...)
	}
	if !ok {
		return nil
	}
	return e.DB.Each(ctx, sel, func(b *db.Block) error {
		present, err := b.Present(ctx)
		if err != nil {
			return err
		}
		for i, s := range b.Series {
			if present[i] {
				visit(s.Labels)
			}
		}
		return nil
	})
}

// ProfileTypes gives the ids of all profile types in the range, sorted. Both
// ends of the range may be missing: then it is the last day's.
func (e *Engine) ProfileTypes(ctx context.Context, tenant string, r Range) ([]string, error) {
	if r.Start == 0 && r.End == 0 {
		now := e.Now()
		// Profiles may lie a little ahead of the clock.
		r = Range{now.Add(-e.Limits.Length).UnixMilli() + 1, now.UnixMilli()}
	}
	return e.LabelValues(ctx, tenant, labelProfileType, nil, r)
}

// LabelNames gives the names of the labels of all matching series, sorted.
func (e *Engine) LabelNames(ctx context.Context, tenant string, selectors []string, r Range) ([]string, error) {
	names := map[string]struct{}{}
	err := e.seriesIn(ctx, tenant, selectors, r, func(l labels.Labels) {
		l.Range(func(l labels.Label) { names[l.Name] = struct{}{} })
	})
	return slices.Sorted(maps.Keys(names)), err
}

// LabelValues gives the values of a label of all matching series, sorted.
func (e *Engine) LabelValues(ctx context.Context, tenant, name string, selectors []string, r Range) ([]string, error) {
	if name == "" {
		return nil, invalid("name is required")
	}
	values := map[string]struct{}{}
	err := e.seriesIn(ctx, tenant, selectors, r, func(l labels.Labels) {
		if value := l.Get(name); value != "" {
			values[value] = struct{}{}
		}
	})
	return slices.Sorted(maps.Keys(values)), err
}

// Series gives the label sets of all matching series, sorted, reduced to names
// unless there are none. Sets that have none of the names are left out.
func (e *Engine) Series(ctx context.Context, tenant string, selectors, names []string, keep func(string) bool, r Range) ([]labels.Labels, error) {
	sets := map[string]labels.Labels{}
	var key []byte
	err := e.seriesIn(ctx, tenant, selectors, r, func(l labels.Labels) {
		b := labels.NewBuilder(l)
		if len(names) > 0 {
			b.Keep(names...)
		}
		l.Range(func(l labels.Label) {
			if !keep(l.Name) {
				b.Del(l.Name)
			}
		})
		reduced := b.Labels()
		if reduced.IsEmpty() {
			return
		}
		key = reduced.Bytes(key[:0])
		sets[string(key)] = reduced
	})
	return slices.SortedFunc(maps.Values(sets), labels.Compare), err
}

// LegacyName tells whether a label name is one that every Prometheus knows:
// letters, digits and underscores.
func LegacyName(name string) bool {
	return name != "" && (name[0] < '0' || name[0] > '9') &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}
