package db

import (
	"context"
	"encoding/binary"
	"errors"

	"github.com/cockroachdb/pebble/v2"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// Block is the part of a selection that lies in one partition.
type Block struct {
	Series []Series // that match, some perhaps without a row in the range

	db *DB
	p  *partition
	// snapshot bounds of the selection
	start, end int64
}

// Series is a label set and its number in the partition.
type Series struct {
	Number uint32
	Labels labels.Labels
}

// Row is one profile in one series.
type Row struct {
	Series  int // index into Block.Series
	TimeMs  int64
	Profile ProfileID
}

// Totals visits the total of every profile in the range, series by series and
// in the order of time.
func (b *Block) Totals(ctx context.Context, visit func(Row, int64)) error {
	return b.rows(ctx, kindTotal, func(row Row, value []byte) error {
		total, n := binary.Uvarint(value)
		if n <= 0 {
			return errDamagedRow
		}
		visit(row, int64(total))
		return nil
	})
}

// Sizes visits the size of the samples of every profile in the range.
func (b *Block) Sizes(ctx context.Context, visit func(row Row, bytes int)) error {
	return b.rows(ctx, kindSamples, func(row Row, value []byte) error {
		visit(row, len(value))
		return nil
	})
}

// Samples gives begin the symbol tables, then what begin returned the samples
// of every profile in the range; read them with Sections. The tables know every
// stack of these samples. The slice is valid during the visit only.
func (b *Block) Samples(ctx context.Context, begin func(*symbols.View) func(Row, []byte) error) error {
	var visit func(Row, []byte) error
	return b.rows(ctx, kindSamples, func(row Row, value []byte) error {
		if visit == nil {
			// The iterator shows the rows of one moment. Tables taken after
			// it know all their stacks, for stacks come before rows.
			view, err := b.symbols()
			if err != nil {
				return err
			}
			visit = begin(&view)
		}
		return visit(row, value)
	})
}

func (b *Block) symbols() (symbols.View, error) {
	b.p.mu.Lock()
	defer b.p.mu.Unlock()
	if err := b.p.loadSymbols(b.db.pebble); err != nil {
		return symbols.View{}, err
	}
	return b.p.syms.View(), nil
}

// Present tells for each series whether it has a profile in the range.
func (b *Block) Present(ctx context.Context) ([]bool, error) {
	present := make([]bool, len(b.Series))
	if b.whole() {
		for i := range present {
			present[i] = true
		}
		return present, nil
	}
	err := b.each(ctx, kindTotal, func(it *pebble.Iterator, i int) error {
		present[i] = it.Valid()
		return nil
	})
	return present, err
}

// whole tells whether the range covers everything that the partition has.
func (b *Block) whole() bool {
	b.p.mu.RLock()
	defer b.p.mu.RUnlock()
	return b.start <= b.p.meta.minTime && b.p.meta.maxTime <= b.end
}

func (b *Block) rows(ctx context.Context, kind byte, visit func(Row, []byte) error) error {
	n := 0
	return b.each(ctx, kind, func(it *pebble.Iterator, i int) error {
		for ; it.Valid(); it.Next() {
			if n++; n%256 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			_, timeMs, profile, ok := parseRowKey(it.Key())
			if !ok {
				return errDamagedRow
			}
			value, err := it.ValueAndErr()
			if err != nil {
				return err
			}
			if err := visit(Row{i, timeMs, profile}, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// each visits every series with an iterator that stands at its first row in the
// range and is bounded by its last.
func (b *Block) each(ctx context.Context, kind byte, visit func(it *pebble.Iterator, series int) error) (err error) {
	if b.start > b.end {
		return nil
	}
	it, err := b.db.pebble.NewIterWithContext(ctx, &pebble.IterOptions{
		LowerBound: b.p.id.key(kind), UpperBound: b.p.id.key(kind + 1)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	start, end := max(b.start, 0), max(b.end, 0)
	for i, s := range b.Series {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		it.SetBounds(b.p.id.rowKey(kind, s.Number, start), b.p.id.rowKey(kind, s.Number, end+1))
		it.First()
		if err := visit(it, i); err != nil {
			return err
		}
		if err := it.Error(); err != nil {
			return err
		}
	}
	return nil
}
