package db

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// Retention bounds what is kept; zero means without bound.
type Retention struct {
	Age      time.Duration // whole hours older than this are dropped, see Enforce
	Size     uint64        // bytes on disk; the oldest hours are dropped first
	FreeDisk uint64        // bytes to leave free on the file system; below, pushes are refused
}

// Dropped is what an enforcement dropped.
type Dropped struct {
	Windows, Partitions int
	Profiles            uint64
}

// ErrDiskFull is why pushes are refused for want of space.
var ErrDiskFull = errors.New("there is no space for more profiles: free some or keep less, with --retention-age or --retention-size")

// Enforce drops the hours that retention no longer covers. The present hour is
// never dropped: where it alone is too large, or the disk is nearly full, pushes
// are refused until there is space again. Age is counted from the newest hour that
// has profiles, where that is over: a clock that is ahead by years, or a store that
// was switched off for weeks, does not make all profiles too old.
func (d *DB) Enforce(ctx context.Context, r Retention) (total Dropped, err error) {
	if err := d.hold(); err != nil {
		return total, err
	}
	defer d.life.RUnlock()
	now := d.opt.Now()
	if windows := d.windows(); r.Age > 0 && len(windows) > 0 {
		newest := newPartitionID(windows[len(windows)-1], 0).endMs()
		oldest := min(now.UnixMilli(), newest) - r.Age.Milliseconds()
		for _, w := range windows {
			if newPartitionID(w, 0).endMs() >= oldest {
				break
			}
			if err := d.dropWindow(ctx, w, &total); err != nil {
				return total, err
			}
		}
	}
	if err := d.enforceSize(ctx, r, windowOf(now.UnixMilli()), &total); err != nil {
		return total, err
	}
	return total, nil
}

func (d *DB) enforceSize(ctx context.Context, r Retention, present uint32, total *Dropped) error {
	used, err := d.usedBytes()
	if err == nil && r.Size > 0 && used > r.Size {
		// The log is not compressed: what it holds takes less in the end.
		if err = d.pebble.Flush(); err == nil {
			used, err = d.usedBytes()
		}
	}
	if err != nil {
		return err
	}
	for _, w := range d.windows() {
		if r.Size == 0 || used <= r.Size || w >= present {
			break
		}
		if err := d.dropWindow(ctx, w, total); err != nil {
			return err
		}
		if used, err = d.usedBytes(); err != nil {
			return err
		}
	}
	free, err := d.DiskFree()
	if err != nil {
		return fmt.Errorf("cannot ask for the free space of the disk: %w", err)
	}
	switch {
	case r.Size > 0 && used > r.Size:
		d.refuse(fmt.Errorf("%w (the profiles of this hour alone take %d bytes of the %d that --retention-size allows)", ErrDiskFull, used, r.Size))
	case free < r.FreeDisk:
		d.refuse(fmt.Errorf("%w (the disk has %d bytes left and %d are to stay free)", ErrDiskFull, free, r.FreeDisk))
	default:
		if err := d.ballast.restore(); err != nil {
			d.refuse(fmt.Errorf("%w (%w)", ErrDiskFull, err))
			return nil
		}
		d.refuse(nil)
	}
	return nil
}

// diskFull is called when a write found the disk full, before that write is
// tried once more.
func (d *DB) diskFull() {
	d.refuse(fmt.Errorf("%w (the disk is full)", ErrDiskFull))
	if err := d.ballast.release(); err != nil {
		d.opt.Logger.Error("the disk is full and nothing is left to give up", "error", err)
	}
}

// refuse makes pushes fail with an error, or work again with nil.
func (d *DB) refuse(why error) {
	was := d.refusing.Load()
	switch {
	case why == nil:
		d.refusing.Store(nil)
	default:
		d.refusing.Store(&why)
	}
	if why != nil && was == nil {
		d.opt.Logger.Error("pushes are refused from now on", "reason", why)
	}
	if why == nil && was != nil {
		d.opt.Logger.Info("pushes are taken again")
	}
}

// usedBytes is the space of the profiles that are kept and of the log. What was
// dropped is not in it, though its files may take a moment to go.
func (d *DB) usedBytes() (uint64, error) {
	var used uint64
	if windows := d.windows(); len(windows) > 0 {
		start, _ := windowSpan(windows[0])
		_, end := windowSpan(windows[len(windows)-1])
		var err error
		if used, err = d.pebble.EstimateDiskUsage(start, end); err != nil {
			return 0, fmt.Errorf("cannot measure the space of the profiles: %w", err)
		}
	}
	return used + d.pebble.Metrics().WAL.Size, nil
}

// windows lists the hours that have a partition, the oldest first.
func (d *DB) windows() []uint32 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	found := map[uint32]struct{}{}
	for _, byKey := range d.tenants {
		for key := range byKey {
			found[key.window] = struct{}{}
		}
	}
	return slices.Sorted(maps.Keys(found))
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
