package db

import (
	"encoding/binary"
	"fmt"
	"math"
	"sync"

	"github.com/cockroachdb/pebble/v2"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// partition is what one service of one tenant pushed for one window of time.
// The object lives as long as the partition; its symbols and series are read
// from disk when needed and given up when they were not used for long.
type partition struct {
	id              partitionID
	tenant, service string

	// mu guards everything below. Writers hold it while they intern and hand
	// their batch to the database, so batches reach the log in the order in
	// which their symbols were numbered.
	mu      sync.RWMutex
	meta    meta
	dropped bool

	series *seriesTable     // nil when not in memory
	syms   *symbols.Symbols // nil when not in memory
	// written marks how much of syms is on disk; pushes that failed leave
	// symbols behind that the next push writes.
	written     symbols.Mark
	seriesChunk uint32 // next chunk numbers
	symsChunk   uint32

	// Owned by the cache.
	users   int
	cost    int64
	lastUse int64
}

// meta is what is known of a partition without reading it.
type meta struct {
	minTime, maxTime int64 // ms
	profiles, bytes  uint64
}

func (m *meta) add(timeMs int64, bytes int) {
	if m.profiles == 0 || timeMs < m.minTime {
		m.minTime = timeMs
	}
	if m.profiles == 0 || timeMs > m.maxTime {
		m.maxTime = timeMs
	}
	m.profiles++
	m.bytes += uint64(bytes)
}

func (p *partition) appendMeta(dst []byte) []byte {
	for _, s := range []string{p.tenant, p.service} {
		dst = binary.AppendUvarint(dst, uint64(len(s)))
		dst = append(dst, s...)
	}
	for _, n := range []uint64{uint64(p.meta.minTime), uint64(p.meta.maxTime), p.meta.profiles, p.meta.bytes} {
		dst = binary.AppendUvarint(dst, n)
	}
	return dst
}

func parseMeta(id partitionID, b []byte) (*partition, error) {
	r := fieldReader{b: b}
	p := &partition{id: id, tenant: r.text(), service: r.text()}
	p.meta = meta{int64(r.uvarint()), int64(r.uvarint()), r.uvarint(), r.uvarint()}
	if r.err != nil {
		return nil, fmt.Errorf("meta of partition %x: %w", uint64(id), r.err)
	}
	return p, nil
}

// loadSeries and loadSymbols need mu held for writing.
func (p *partition) loadSeries(from pebble.Reader) error {
	if p.series != nil {
		return nil
	}
	table := newSeriesTable()
	chunk, err := p.eachChunk(from, kindSeries, table.load)
	if err != nil {
		return err
	}
	p.series, p.seriesChunk = table, chunk
	return nil
}

func (p *partition) loadSymbols(from pebble.Reader) error {
	if p.syms != nil {
		return nil
	}
	syms := symbols.New()
	chunk, err := p.eachChunk(from, kindSymbols, syms.Load)
	if err != nil {
		return err
	}
	p.syms, p.symsChunk, p.written = syms, chunk, syms.Mark()
	return nil
}

// eachChunk loads the chunks of a kind in order and gives the next number.
func (p *partition) eachChunk(from pebble.Reader, kind byte, load func([]byte) error) (next uint32, err error) {
	it, err := from.NewIter(&pebble.IterOptions{LowerBound: p.id.key(kind), UpperBound: p.id.key(kind + 1)})
	if err != nil {
		return 0, err
	}
	defer func() {
		if e := it.Close(); err == nil {
			err = e
		}
	}()
	for it.First(); it.Valid(); it.Next() {
		value, err := it.ValueAndErr()
		if err != nil {
			return 0, err
		}
		if err := load(value); err != nil {
			return 0, fmt.Errorf("partition %x, chunk %d: %w", uint64(p.id), next, err)
		}
		next = binary.BigEndian.Uint32(it.Key()[9:]) + 1
	}
	return next, it.Error()
}

// memory estimates what the loaded tables take.
func (p *partition) memory() int64 {
	n := int64(0)
	if p.series != nil {
		n += p.series.bytes
	}
	if p.syms != nil {
		n += p.syms.Memory()
	}
	return n
}

// seriesTable numbers the label sets of a partition.
type seriesTable struct {
	labels  []labels.Labels
	numbers map[string]uint32 // by labels.Bytes
	written int               // how many are on disk
	bytes   int64
	key     []byte
}

func newSeriesTable() *seriesTable { return &seriesTable{numbers: make(map[string]uint32)} }

// number gives the number of a label set, which is new when it is not below
// the length before. ok is false when the set is not there and limit is reached.
func (t *seriesTable) number(l labels.Labels, limit int) (n uint32, ok bool) {
	t.key = l.Bytes(t.key[:0])
	n, ok = t.numbers[string(t.key)]
	if ok {
		return n, true
	}
	if len(t.labels) >= limit {
		return 0, false
	}
	n = uint32(len(t.labels))
	t.labels = append(t.labels, l)
	t.numbers[string(t.key)] = n
	t.bytes += int64(3*len(t.key) + 64)
	return n, true
}

// appendChunk writes the series that are not on disk yet.
func (t *seriesTable) appendChunk(dst []byte) []byte {
	for _, l := range t.labels[t.written:] {
		dst = binary.AppendUvarint(dst, uint64(l.Len()))
		l.Range(func(l labels.Label) {
			for _, s := range []string{l.Name, l.Value} {
				dst = binary.AppendUvarint(dst, uint64(len(s)))
				dst = append(dst, s...)
			}
		})
	}
	return dst
}

func (t *seriesTable) load(chunk []byte) error {
	r := fieldReader{b: chunk}
	var builder labels.ScratchBuilder
	for len(r.b) > 0 {
		builder.Reset()
		for n := r.uvarint(); n > 0 && r.err == nil; n-- {
			builder.Add(r.text(), r.text())
		}
		if r.err != nil {
			return r.err
		}
		t.number(builder.Labels(), math.MaxInt)
	}
	t.written = len(t.labels)
	return nil
}

// fieldReader reads varints and texts and remembers the first fault.
type fieldReader struct {
	b   []byte
	err error
}

func (r *fieldReader) uvarint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.b, r.err = nil, fmt.Errorf("damaged record")
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *fieldReader) text() string {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.b, r.err = nil, fmt.Errorf("damaged record")
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}
