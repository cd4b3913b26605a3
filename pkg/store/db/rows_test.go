package db

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// readRow gives what a row holds.
func readRow(row []byte) (samples []sample, err error) {
	damaged := Sections(row, func(s *Section) bool {
		err = s.Samples(func(node uint32, value int64) { samples = append(samples, sample{s.Span, node, value}) })
		return err == nil
	})
	if err == nil {
		err = damaged
	}
	return samples, err
}

// randomSamples gives samples in the order of rows, each stack of a span once.
func randomSamples(r *rand.Rand) (samples []sample, total int64) {
	for s := range 1 + r.IntN(4) {
		span := Span{ID: uint64(s) * 7}
		if s%2 == 1 {
			span.Trace[15] = byte(s)
		}
		node := uint32(0)
		for range 1 + r.IntN(50) {
			node += 1 + r.Uint32N(100_000)
			value := int64(1+r.IntN(1000)) * 10_000_000
			samples, total = append(samples, sample{span, node, value}), total+value
		}
	}
	return samples, total
}

func TestRowsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		samples, want := randomSamples(r)
		row, total := appendRow(nil, slices.Clone(samples))
		back, err := readRow(row)
		if err != nil || total != want || !slices.Equal(back, samples) {
			t.Fatalf("%v: total %d, want %d; %d samples of %d came back", err, total, want, len(back), len(samples))
		}
	}
}

func TestRowAddsUpTheSameStack(t *testing.T) {
	span := Span{ID: 1}
	row, total := appendRow(nil, []sample{{Span{}, 3, 10}, {Span{}, 3, 5}, {Span{}, 4, 1}, {span, 4, 2}})
	back, err := readRow(row)
	if want := []sample{{Span{}, 3, 15}, {Span{}, 4, 1}, {span, 4, 2}}; err != nil || total != 18 || !slices.Equal(back, want) {
		t.Errorf("%v, %d, %v", back, total, err)
	}
}

func TestDamagedRowsAreNoticed(t *testing.T) {
	samples, _ := randomSamples(rand.New(rand.NewPCG(3, 4)))
	row, _ := appendRow(nil, slices.Clone(samples))
	whole := 0
	for n := range row {
		back, err := readRow(row[:n])
		if err == nil && len(back) == len(samples) {
			t.Errorf("%d bytes of %d gave all samples", n, len(row))
		}
		if err == nil {
			whole++ // the row ends between two sections
		}
	}
	if whole > 4 {
		t.Errorf("%d cuts went unnoticed", whole)
	}
	var beyond error
	sums := []int64{0, 0}
	err := Sections(row, func(s *Section) bool {
		beyond = s.AddTo(sums)
		return beyond == nil
	})
	if err != nil || beyond == nil {
		t.Errorf("nodes beyond the tables: %v, %v", err, beyond)
	}
}

func FuzzRow(f *testing.F) {
	samples, _ := randomSamples(rand.New(rand.NewPCG(5, 6)))
	row, _ := appendRow(nil, samples)
	f.Add(row)
	f.Add([]byte{0, 1, 1, 1})
	f.Add([]byte{3})
	f.Fuzz(func(t *testing.T, row []byte) {
		if samples, err := readRow(row); err == nil && len(samples) > len(row) {
			t.Errorf("%d samples in %d bytes", len(samples), len(row))
		}
	})
}
