package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cockroachdb/pebble/v2"
)

// ErrClosed is what pushes and queries get once the database is closed.
var ErrClosed = errors.New("the store is shutting down")

// Append writes profiles of one tenant, all or none. When it returns without an
// error they are on disk. Pushes that wait at the same time share one sync.
// Profiles that are there already are not written again.
func (d *DB) Append(ctx context.Context, tenant string, profiles []Pushed) error {
	if err := d.hold(); err != nil {
		return err
	}
	defer d.life.RUnlock()
	if why := d.refusing.Load(); why != nil {
		return *why
	}
	batch, err := d.write(ctx, tenant, profiles)
	if err != nil {
		return err
	}
	if err := batch.SyncWait(); err != nil {
		return fmt.Errorf("cannot write to disk: %w", err)
	}
	return batch.Close()
}

// write puts the profiles in the log; they are on disk after SyncWait.
func (d *DB) write(ctx context.Context, tenant string, profiles []Pushed) (*pebble.Batch, error) {
	d.drop.RLock()
	defer d.drop.RUnlock()
	w := writer{db: d, batch: d.pebble.NewBatch()}
	parts := d.open(tenant, profiles)
	defer func() {
		for _, p := range parts {
			p.mu.Unlock()
		}
		// Only then: done waits for a partition that another push may have
		// locked, while that push waits for the next of these.
		for _, p := range parts {
			d.cache.done(p)
		}
	}()
	metas := make([]meta, len(parts))
	for i, p := range parts {
		metas[i] = p.meta
	}
	err := w.all(ctx, tenant, profiles, parts)
	if err == nil {
		err = d.pebble.ApplyNoSyncWait(w.batch, pebble.Sync)
	}
	if err != nil {
		for i, p := range parts {
			p.meta = metas[i]
		}
		return nil, errors.Join(err, w.batch.Close())
	}
	for _, p := range parts {
		p.written = p.syms.Mark()
		p.series.written = len(p.series.labels)
		p.seriesChunk += w.grown(p, kindSeries)
		p.symsChunk += w.grown(p, kindSymbols)
	}
	d.duplicates.Add(w.duplicates)
	return w.batch, nil
}

// open locks the partitions of a push, in the order of their ids, so that two
// pushes never wait for each other.
func (d *DB) open(tenant string, profiles []Pushed) []*partition {
	var parts []*partition
	for _, p := range profiles {
		parts = append(parts, d.partition(tenant, p.Service, windowOf(p.TimeMs)))
	}
	slices.SortFunc(parts, func(a, b *partition) int { return cmp.Compare(a.id, b.id) })
	parts = slices.Compact(parts)
	for _, p := range parts {
		d.cache.use(p)
		p.mu.Lock()
	}
	return parts
}
