package db

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/cockroachdb/pebble/v2"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/profile"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// ProfileID names a pushed profile. The same push gives the same id, so a
// retried push lands on the rows it wrote before.
type ProfileID [16]byte

// String writes the id as a UUID.
func (id ProfileID) String() string {
	var out [36]byte
	at := 0
	for i, b := range id {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out[at] = '-'
			at++
		}
		at += hex.Encode(out[at:], []byte{b})
	}
	return string(out[:])
}

// Pushed is a profile that was decoded and found good.
type Pushed struct {
	ID      ProfileID
	Service string
	TimeMs  int64
	Profile *profile.Profile
	Groups  []Group
}

// Group is the part of a profile's samples that belongs to one label set.
type Group struct {
	// Labels of the series of each sample type.
	Labels []labels.Labels
	// Samples are indexes into Profile.Samples; nil means all.
	Samples []int32
	// Spans of these samples; nil when none has one.
	Spans []Span
}

// FullError says that a service has more of something than it may have.
type FullError struct {
	Service, What string
	Limit         int
}

func (e *FullError) Error() string {
	return fmt.Sprintf("service %q has more than %d different %s in this hour: "+
		"give it fewer label values or raise the limit", e.Service, e.Limit, e.What)
}

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
			d.cache.done(p)
		}
	}()
	metas := make([]meta, len(parts))
	for i, p := range parts {
		metas[i] = p.meta
	}
	err := func() error {
		for i := range profiles {
			if err := ctx.Err(); err != nil {
				return err
			}
			p := d.partition(tenant, profiles[i].Service, windowOf(profiles[i].TimeMs))
			if err := w.profile(p, &profiles[i]); err != nil {
				return err
			}
		}
		for _, p := range parts {
			if err := w.tables(p); err != nil {
				return err
			}
		}
		return d.pebble.ApplyNoSyncWait(w.batch, pebble.Sync)
	}()
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

// writer fills the batch of one push.
type writer struct {
	db         *DB
	batch      *pebble.Batch
	chunks     map[chunkOf]struct{}
	duplicates uint64

	nodes   []uint32
	order   []uint64
	samples []sample
	row     []byte
}

type chunkOf struct {
	p    *partition
	kind byte
}

func (w *writer) grown(p *partition, kind byte) uint32 {
	if _, ok := w.chunks[chunkOf{p, kind}]; ok {
		return 1
	}
	return 0
}

// profile interns one profile and writes its rows; p is locked.
func (w *writer) profile(p *partition, pushed *Pushed) error {
	if err := errors.Join(p.loadSeries(w.db.pebble), p.loadSymbols(w.db.pebble)); err != nil {
		return err
	}
	nodes, err := p.syms.Intern(pushed.Profile, w.db.opt.MaxStacks, w.nodes)
	if errors.Is(err, symbols.ErrFull) {
		return &FullError{p.service, "stacks", w.db.opt.MaxStacks}
	}
	if err != nil {
		return err
	}
	w.nodes = nodes
	written := 0
	for _, group := range pushed.Groups {
		w.sort(pushed.Profile, &group)
		for t := range pushed.Profile.SampleTypes {
			n, err := w.series(p, pushed, &group, t, written == 0)
			if errors.Is(err, errDuplicate) {
				w.duplicates++
				return nil
			}
			if err != nil {
				return err
			}
			written += n
		}
	}
	if written > 0 {
		p.meta.add(pushed.TimeMs, written)
	}
	return nil
}

// sort puts the samples of a group in the order of rows: order holds stack
// nodes and, in the lower halves, positions in the group.
func (w *writer) sort(p *profile.Profile, group *Group) {
	w.order = w.order[:0]
	if group.Samples == nil {
		for i := range p.Samples {
			w.order = append(w.order, uint64(w.nodes[i])<<32|uint64(i))
		}
	}
	for at, i := range group.Samples {
		w.order = append(w.order, uint64(w.nodes[i])<<32|uint64(at))
	}
	slices.Sort(w.order)
	if group.Spans != nil {
		slices.SortStableFunc(w.order, func(a, b uint64) int {
			return group.Spans[uint32(a)].compare(group.Spans[uint32(b)])
		})
	}
}

var errDuplicate = errors.New("this profile is stored already")

// series writes the rows of one sample type of a group: nothing when it has no
// value above zero.
func (w *writer) series(p *partition, pushed *Pushed, group *Group, sampleType int, first bool) (written int, err error) {
	w.samples = w.samples[:0]
	for _, entry := range w.order {
		i := int(uint32(entry))
		span := Span{}
		if group.Spans != nil {
			span = group.Spans[i]
		}
		if group.Samples != nil {
			i = int(group.Samples[i])
		}
		if value := pushed.Profile.Value(i, sampleType); value > 0 {
			w.samples = append(w.samples, sample{span, w.nodes[i], value})
		}
	}
	if len(w.samples) == 0 {
		return 0, nil
	}
	number, ok := p.series.number(group.Labels[sampleType], w.db.opt.MaxSeries)
	if !ok {
		return 0, &FullError{p.service, "series", w.db.opt.MaxSeries}
	}
	key := append(p.id.rowKey(kindTotal, number, pushed.TimeMs), pushed.ID[:]...)
	// A profile is written whole or not at all, so its first row tells.
	if first && int(number) < p.series.written {
		if exists, err := w.exists(key); err != nil || exists {
			return 0, errors.Join(err, errDuplicate)
		}
	}
	var total int64
	w.row, total = appendRow(w.row[:0], w.samples)
	value := binary.AppendUvarint(make([]byte, 0, binary.MaxVarintLen64), uint64(total))
	if err := w.batch.Set(key, value, nil); err != nil {
		return 0, err
	}
	key[8] = kindSamples
	return len(w.row) + len(value), w.batch.Set(key, w.row, nil)
}

func (w *writer) exists(key []byte) (bool, error) {
	_, closer, err := w.db.pebble.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, closer.Close()
}

// tables writes what the tables of a partition gained, and its meta.
func (w *writer) tables(p *partition) error {
	chunk := func(kind byte, number uint32, value []byte) error {
		if len(value) == 0 {
			return nil
		}
		if w.chunks == nil {
			w.chunks = make(map[chunkOf]struct{})
		}
		w.chunks[chunkOf{p, kind}] = struct{}{}
		return w.batch.Set(p.id.chunkKey(kind, number), value, nil)
	}
	return errors.Join(
		chunk(kindSeries, p.seriesChunk, p.series.appendChunk(nil)),
		chunk(kindSymbols, p.symsChunk, p.syms.AppendChunk(nil, p.written)),
		w.batch.Set(p.id.key(kindMeta), p.appendMeta(nil), nil))
}
