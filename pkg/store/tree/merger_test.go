package tree

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"testing"
)

// TestMergerCutsAsTruncateDoes holds the short way to the long one: sum up all,
// then cut.
func TestMergerCutsAsTruncateDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 500 {
		m, all := NewMerger(0), newBuilder(1)
		for range r.IntN(4) {
			one := random(r, 1+r.IntN(150))
			all.add(one, 0)
			if err := m.Add(one); err != nil {
				t.Fatal(err)
			}
		}
		limit := 1 + r.IntN(200)
		want := byPath(all.Tree().Truncate(limit))
		got, err := m.Truncated(t.Context(), limit)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(want, byPath(got)) {
			t.Fatalf("limit %d: got %v, want %v", limit, byPath(got), want)
		}
	}
}

func TestMergerOfTooManyNodes(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	one := random(r, 60)
	m := NewMerger(100)
	for range 5 { // the same tree again and again has no more nodes
		if err := m.Add(one); err != nil {
			t.Fatal(err)
		}
	}
	got, err := m.Truncated(t.Context(), 1000)
	if err != nil || got.Sides[0].Total[Root] != 5*one.Sides[0].Total[Root] || got.Len() != one.Len() {
		t.Fatalf("%v, %d nodes with %d", err, got.Len(), got.Sides[0].Total[Root])
	}
	m = NewMerger(100)
	err = nil
	for range 5 {
		err = errors.Join(err, m.Add(random(r, 60)))
	}
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestMergerStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	m := NewMerger(0)
	if err := m.Add(random(rand.New(rand.NewPCG(15, 16)), 10)); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Truncated(ctx, 5); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
