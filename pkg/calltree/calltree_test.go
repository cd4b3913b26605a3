package calltree_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/calltree/calltreetest"
)

// stacks is the plainest form of a profile: self value by path from the root.
// The naive implementations below know nothing else.
type stacks map[string]int64

const between = "\x00"

func stacksOf(t *calltree.Tree) stacks {
	all := stacks{}
	var path []string
	for i := range t.Len() {
		if level := int(t.Level[i]); level > 0 {
			path = append(path[:level-1], t.Name(i))
		}
		if t.Self[i] != 0 {
			all[strings.Join(path, between)] += t.Self[i]
		}
	}
	return all
}

func small(seed uint64) *calltree.Tree {
	return calltreetest.Random(seed, calltreetest.Shape{Nodes: 1 + int(seed%200), Symbols: 2 + int(seed%13), Depth: 8, MaxSelf: 100})
}

// requireSound checks what every tree promises: depth-first levels, totals that
// add up, siblings in order and of different names.
func requireSound(tb testing.TB, t *calltree.Tree) {
	tb.Helper()
	sums := make([]int64, t.Len())
	var open []int
	last := map[int]string{}
	for i := range t.Len() {
		level := int(t.Level[i])
		require.LessOrEqual(tb, level, len(open), "node %d jumps down", i)
		require.Equal(tb, i == 0, level == 0, "one root, first")
		if level > 0 {
			parent := open[level-1]
			sums[parent] += t.Total[i]
			if before, known := last[parent]; known {
				require.NotEqual(tb, calltree.Dropped, before, "the remainder comes last")
				require.True(tb, t.Name(i) == calltree.Dropped || before < t.Name(i), "%q after %q", t.Name(i), before)
			}
			last[parent] = t.Name(i)
		}
		open = append(open[:level], i)
		sums[i] += t.Self[i]
	}
	require.Equal(tb, sums, append([]int64{}, t.Total...))
}

func TestMerge(t *testing.T) {
	for seed := range uint64(200) {
		a, b, c := small(seed), small(seed+1000), small(seed+2000)
		want := stacks{}
		for _, tree := range []*calltree.Tree{a, b, c} {
			for path, self := range stacksOf(tree) {
				want[path] += self
			}
		}
		got := calltree.Merge(a, &calltree.Tree{}, b, c)
		requireSound(t, got)
		require.Equal(t, want, stacksOf(got), "seed %d", seed)
	}
	require.Zero(t, calltree.Merge().Len())
	require.Zero(t, calltree.Merge(&calltree.Tree{}, nil).Len())
}

func TestJoin(t *testing.T) {
	for seed := range uint64(200) {
		a, b := small(seed), small(seed+500)
		d := calltree.Join(a, b)
		side := func(v calltree.Values) *calltree.Tree {
			return &calltree.Tree{Symbols: d.Symbols, Level: d.Level, Symbol: d.Symbol, Total: v.Total, Self: v.Self}
		}
		for tree, values := range map[*calltree.Tree]calltree.Values{a: d.Baseline, b: d.Comparison} {
			requireSound(t, side(values))
			require.Equal(t, stacksOf(tree), stacksOf(side(values)), "seed %d", seed)
		}
	}
	require.Zero(t, calltree.Join(&calltree.Tree{}, nil).Len())
	one := calltree.Join(&calltree.Tree{}, small(7))
	require.Equal(t, make([]int64, one.Len()), one.Baseline.Total, "a missing side is worth nothing")
}

func TestFocusAndHide(t *testing.T) {
	for seed := range uint64(200) {
		tree := small(seed)
		names := slices.Sorted(maps.Values(indexed(tree.Symbols)))
		random := rand.New(rand.NewPCG(seed, 9))
		chosen := names[random.IntN(len(names))]
		match := func(name string) bool { return name == chosen }

		focused, hidden := stacks{}, stacks{}
		for path, self := range stacksOf(tree) {
			frames := strings.Split(path, between)
			if path == "" {
				frames = nil
			}
			if slices.Contains(frames, chosen) {
				focused[path] += self
			}
			hidden[strings.Join(slices.DeleteFunc(frames, match), between)] += self
		}
		got := tree.Focus(match)
		requireSound(t, got)
		require.Equal(t, focused, stacksOf(got), "focus, seed %d", seed)
		got = tree.Hide(match)
		requireSound(t, got)
		require.Equal(t, hidden, stacksOf(got), "hide, seed %d", seed)
	}
}

func indexed(list []string) map[int]string {
	m := map[int]string{}
	for i, entry := range list {
		m[i] = entry
	}
	return m
}

func TestTruncate(t *testing.T) {
	for seed := range uint64(200) {
		tree := calltree.Merge(small(seed))
		for _, most := range []int{1, 3, 10, 1000} {
			got := tree.Truncate(most)
			requireSound(t, got)
			require.Equal(t, tree.Sum(), got.Sum(), "what is cut off is still counted")
			require.Equal(t, naiveTruncate(tree, most), stacksOf(got), "seed %d, %d nodes", seed, most)
		}
	}
}

// naiveTruncate finds the totals of all paths, the least that stays, and moves
// every stack up to its last path that stays.
func naiveTruncate(tree *calltree.Tree, most int) stacks {
	all, totals := stacksOf(tree), stacks{}
	for path, self := range all {
		if path == "" {
			continue
		}
		frames := strings.Split(path, between)
		for i := range frames {
			totals[strings.Join(frames[:i+1], between)] += self
		}
	}
	sorted := slices.SortedFunc(maps.Values(totals), func(a, b int64) int { return cmp.Compare(b, a) })
	if len(sorted) <= most {
		return all
	}
	cut := stacks{}
	for path, self := range all {
		frames := strings.Split(path, between)
		if path == "" {
			frames = nil
		}
		kept := len(frames)
		for i := range frames {
			if totals[strings.Join(frames[:i+1], between)] < sorted[most-1] {
				kept = i
				break
			}
		}
		if kept < len(frames) {
			frames = append(frames[:kept:kept], calltree.Dropped)
		}
		cut[strings.Join(frames, between)] += self
	}
	return cut
}

func TestScaled(t *testing.T) {
	tree := calltree.Merge(small(50))
	requireSound(t, tree.Scaled(1.0/3))
	require.Equal(t, stacksOf(tree), stacksOf(tree.Scaled(1)))
	require.Equal(t, tree.Sum()*4, tree.Scaled(4).Sum())
}

func TestFindRemainder(t *testing.T) {
	build := func(rows ...any) *calltree.Tree {
		tree := calltree.MakeTree(nil, 4)
		for i := 0; i < len(rows); i += 4 {
			tree.Symbols = append(tree.Symbols, rows[i].(string))
			tree.Append(int64(rows[i+1].(int)), int64(rows[i+2].(int)), int64(rows[i+3].(int)), uint32(i/4))
		}
		return tree
	}
	cut := build("total", 0, 10, 0, "main", 1, 10, 0, "big", 2, 7, 7, "other", 2, 3, 3)
	for _, c := range []struct {
		name     string
		tree     *calltree.Tree
		maxNodes int64
		want     calltree.Remainder
	}{
		{"the server's remainder", cut, 3, calltree.Remainder{Nodes: 1, Total: 3}},
		{"fewer nodes than the limit: nothing was cut", cut, 8192, calltree.Remainder{Real: true}},
		{"a remainder has no callees", build("total", 0, 9, 0, "other", 1, 9, 4, "leaf", 2, 5, 5), 2, calltree.Remainder{Real: true}},
		{"none", build("total", 0, 9, 9), 1, calltree.Remainder{}},
	} {
		require.Equal(t, c.want, c.tree.FindRemainder(c.maxNodes), c.name)
	}
}

func BenchmarkMerge(b *testing.B) {
	for _, nodes := range []int{8192, 100_000} {
		one := calltreetest.Random(1, calltreetest.Shape{Nodes: nodes, Symbols: nodes / 5, Depth: 60, MaxSelf: 1e9})
		two := calltreetest.Random(2, calltreetest.Shape{Nodes: nodes, Symbols: nodes / 5, Depth: 60, MaxSelf: 1e9})
		b.Run(fmt.Sprint(nodes), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				calltree.Merge(one, two)
			}
		})
	}
}
