package db

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// Retention bounds what is kept; zero means without bound.
type Retention struct {
	Age  time.Duration // whole hours older than this are dropped
	Size uint64        // bytes on disk; the oldest hours are dropped first
}

// Dropped is what an enforcement dropped.
type Dropped struct {
	Windows, Partitions int
	Profiles            uint64
}

// Enforce drops the hours that retention no longer covers. By size it keeps
// at least the newest hour: a limit smaller than an hour of profiles is passed.
func (d *DB) Enforce(ctx context.Context, r Retention) (total Dropped, err error) {
	if err := d.hold(); err != nil {
		return total, err
	}
	defer d.life.RUnlock()
	if r.Age > 0 {
		oldest := d.opt.Now().Add(-r.Age).UnixMilli()
		for _, w := range d.windows() {
			if newPartitionID(w, 0).endMs() >= oldest {
				break
			}
			if err := d.dropWindow(ctx, w, &total); err != nil {
				return total, err
			}
		}
	}
	for r.Size > 0 && d.diskUsage() > r.Size {
		windows := d.windows()
		if len(windows) < 2 {
			break
		}
		if err := d.dropWindow(ctx, windows[0], &total); err != nil {
			return total, err
		}
	}
	return total, nil
}

// windows lists the hours that have a partition, the oldest first.
func (d *DB) windows() []uint32 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	windows := make([]uint32, 0, len(d.numbers))
	for w := range d.numbers {
		windows = append(windows, w)
	}
	slices.Sort(windows)
	return windows
}

// dropWindow removes an hour of all tenants. Queries that read it at this
// moment end with what they have open.
func (d *DB) dropWindow(ctx context.Context, w uint32, total *Dropped) error {
	d.drop.Lock()
	defer d.drop.Unlock()
	start, end := windowSpan(w)
	if err := d.pebble.Excise(ctx, pebble.KeyRange{Start: start, End: end}); err != nil {
		return fmt.Errorf("cannot drop the hour of %s: %w", time.Unix(int64(w), 0).UTC().Format(time.RFC3339), err)
	}
	for _, p := range d.leave(w) {
		p.mu.Lock()
		p.dropped = true
		total.Profiles += p.meta.profiles
		p.mu.Unlock()
		d.cache.forget(p)
		total.Partitions++
	}
	total.Windows++
	return nil
}

// leave takes the partitions of a window out of the directory.
func (d *DB) leave(w uint32) (left []*partition) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.numbers, w)
	for tenant, byKey := range d.tenants {
		for key, p := range byKey {
			if key.window == w {
				left = append(left, p)
				delete(byKey, key)
			}
		}
		if len(byKey) == 0 {
			delete(d.tenants, tenant)
		}
	}
	return left
}

// diskUsage is the space that the database takes, in bytes.
func (d *DB) diskUsage() uint64 {
	return d.pebble.Metrics().DiskSpaceUsage()
}
