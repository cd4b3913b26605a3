package db

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"github.com/flamewatch/profiles/pkg/store/profile"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

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

// all writes the rows of all profiles, then what the tables of their partitions,
// which are locked, gained.
func (w *writer) all(ctx context.Context, tenant string, profiles []Pushed, parts []*partition) error {
	for i := range profiles {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := w.db.partition(tenant, profiles[i].Service, windowOf(profiles[i].TimeMs))
		if err := w.profile(p, &profiles[i]); err != nil {
			return err
		}
	}
	for _, p := range parts {
		if err := w.tables(p); err != nil {
			return err
		}
	}
	return nil
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
