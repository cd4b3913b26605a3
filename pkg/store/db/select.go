package db

import (
	"cmp"
	"context"
	"slices"

	"github.com/prometheus/prometheus/model/labels"
	"golang.org/x/sync/errgroup"
)

// Selection says which rows of a tenant are wanted.
type Selection struct {
	Tenant     string
	Matchers   []*labels.Matcher // all must match the labels of a series
	Start, End int64             // ms, both inclusive
}

// Each visits the blocks of a selection, the oldest first. A block is valid
// during the visit only.
func (d *DB) Each(ctx context.Context, sel Selection, visit func(*Block) error) error {
	if err := d.hold(); err != nil {
		return err
	}
	defer d.life.RUnlock()
	for _, p := range d.overlapping(sel) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := d.visit(p, sel, visit); err != nil {
			return err
		}
	}
	return nil
}

// EachOf is Each with several blocks at a time, whose visits run at the same
// time under a context that ends when one of them fails.
func (d *DB) EachOf(ctx context.Context, sel Selection, atOnce int, visit func(context.Context, *Block) error) error {
	if err := d.hold(); err != nil {
		return err
	}
	defer d.life.RUnlock()
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(atOnce)
	for _, p := range d.overlapping(sel) {
		all.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return d.visit(p, sel, func(b *Block) error { return visit(ctx, b) })
		})
	}
	return all.Wait()
}

func (d *DB) visit(p *partition, sel Selection, visit func(*Block) error) error {
	d.cache.use(p)
	defer d.cache.done(p)
	series, err := d.matching(p, sel.Matchers)
	if err != nil || len(series) == 0 {
		return err
	}
	return visit(&Block{Series: series, db: d, p: p, start: sel.Start, end: sel.End})
}

// overlapping finds the partitions of a selection by time and service.
func (d *DB) overlapping(sel Selection) []*partition {
	var found []*partition
	d.mu.RLock()
	for key, p := range d.tenants[sel.Tenant] {
		if p.id.endMs() >= sel.Start && p.id.startMs() <= sel.End && serviceMatches(key.service, sel.Matchers) {
			found = append(found, p)
		}
	}
	d.mu.RUnlock()
	slices.SortFunc(found, func(a, b *partition) int { return cmp.Compare(a.id, b.id) })
	return found
}

func serviceMatches(service string, matchers []*labels.Matcher) bool {
	for _, m := range matchers {
		if (m.Name == "service_name" || m.Name == "__service_name__") && !m.Matches(service) {
			return false
		}
	}
	return true
}

func (d *DB) matching(p *partition, matchers []*labels.Matcher) ([]Series, error) {
	p.mu.Lock()
	if p.dropped {
		p.mu.Unlock()
		return nil, nil
	}
	err := p.loadSeries(d.pebble)
	var all []labels.Labels
	if err == nil {
		all = p.series.labels[:p.series.written]
	}
	p.mu.Unlock()
	if err != nil {
		return nil, err
	}
	var found []Series
	for n, l := range all {
		if matchesAll(l, matchers) {
			found = append(found, Series{uint32(n), l})
		}
	}
	return found, nil
}

func matchesAll(l labels.Labels, matchers []*labels.Matcher) bool {
	for _, m := range matchers {
		if !m.Matches(l.Get(m.Name)) {
			return false
		}
	}
	return true
}
