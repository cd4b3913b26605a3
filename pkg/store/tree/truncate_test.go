package tree

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// random is a tree of n nodes with one side.
func random(r *rand.Rand, n int) *Tree {
	t := &Tree{Parent: []uint32{Root}, Name: []uint32{Remainder}, Sides: []Side{{Self: []int64{0}}}}
	names := map[string]uint32{}
	taken := map[string]bool{}
	for len(t.Parent) <= n {
		parent := uint32(r.IntN(len(t.Parent)))
		text := fmt.Sprint("f", r.IntN(n))
		key := fmt.Sprint(parent, text)
		if taken[key] {
			continue
		}
		taken[key] = true
		if _, ok := names[text]; !ok {
			names[text] = uint32(len(t.Names))
			t.Names = append(t.Names, text)
		}
		t.Parent, t.Name = append(t.Parent, parent), append(t.Name, names[text])
		t.Sides[0].Self = append(t.Sides[0].Self, int64(r.IntN(100)))
	}
	t.sum()
	return t
}

// byPath gives the totals of the nodes by their path of names.
func byPath(t *Tree) map[string]int64 {
	paths := make([]string, t.Len())
	totals := map[string]int64{}
	for i := 1; i < t.Len(); i++ {
		paths[i] = paths[t.Parent[i]] + ";" + t.text(uint32(i))
		if t.Name[i] == Remainder {
			paths[i] += " (cut)"
		}
		totals[paths[i]] = t.Sides[0].Total[i]
	}
	return totals
}

func TestTruncate(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		whole := random(r, 1+r.IntN(200))
		limit := 1 + r.IntN(150)
		before, total := byPath(whole), whole.Sides[0].Total[Root]
		cut := whole.Truncate(limit)
		if cut.Sides[0].Total[Root] != total {
			t.Fatalf("the total was %d and is %d", total, cut.Sides[0].Total[Root])
		}
		if len(before) <= limit {
			if !maps.Equal(before, byPath(cut)) {
				t.Fatalf("%d nodes were cut to %d with a limit of %d", len(before), cut.Len()-1, limit)
			}
			continue
		}
		least := slices.Sorted(maps.Values(before))[len(before)-limit] // the limit-th greatest
		after := byPath(cut)
		for path, total := range after {
			if strings.HasSuffix(path, " (cut)") {
				continue
			}
			if before[path] != total {
				t.Fatalf("%s had %d and has %d", path, before[path], total)
			}
			if total < least {
				t.Fatalf("%s with %d stayed, below the limit of %d", path, total, least)
			}
		}
		if again := cut.Truncate(limit); !maps.Equal(after, byPath(again)) {
			t.Fatal("cutting twice is not the same as cutting once")
		}
	}
}

func TestFunctionNamedOtherIsNoRemainder(t *testing.T) {
	b := newBuilder(1)
	other := b.child(Root, b.name("other"))
	b.tree.Sides[0].Self[b.child(other, b.name("below"))] = 10
	b.tree.Sides[0].Self[b.child(Root, b.name("small"))] = 1
	got := byPath(b.Tree().Truncate(2))
	if want := map[string]int64{";other": 10, ";other;below": 10, ";other (cut)": 1}; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNthGreatest(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 500 {
		values := make([]int64, 1+r.IntN(60))
		for i := range values {
			values[i] = int64(r.IntN(1 + r.IntN(40)))
		}
		sorted := slices.Sorted(slices.Values(values))
		n := 1 + r.IntN(len(values))
		if got, want := NthGreatest(slices.Clone(values), n), sorted[len(sorted)-n]; got != want {
			t.Fatalf("the %d. greatest of %v is %d, got %d", n, sorted, want, got)
		}
	}
}
