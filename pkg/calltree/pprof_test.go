package calltree_test

import (
	"bytes"
	"testing"

	"github.com/google/pprof/profile"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// A tree survives the way into the bytes of a pprof file and back.
func TestPprofThereAndBack(t *testing.T) {
	for seed := range uint64(100) {
		tree := calltree.Merge(small(seed))
		var file bytes.Buffer
		require.NoError(t, tree.Pprof("cpu", "nanoseconds").Write(&file))
		read, err := profile.Parse(&file)
		require.NoError(t, err)
		require.NoError(t, read.CheckValid())
		require.Equal(t, "cpu", read.SampleType[0].Type)
		back, err := calltree.FromPprof(read, 0)
		require.NoError(t, err)
		requireSound(t, back)
		require.Equal(t, stacksOf(tree), stacksOf(back), "seed %d", seed)
	}
}

func TestPprofWithInlinedAndUnnamedFunctions(t *testing.T) {
	function := func(name string) *profile.Function { return &profile.Function{Name: name} }
	binary := &profile.Mapping{File: "/usr/lib/libc.so.6"}
	inlined := &profile.Location{Line: []profile.Line{{Function: function("inner")}, {Function: function("outer")}}}
	root := &profile.Location{Line: []profile.Line{{Function: function("main")}}}
	p := &profile.Profile{
		SampleType: []*profile.ValueType{{Type: "samples"}, {Type: "cpu"}},
		Sample: []*profile.Sample{
			{Location: []*profile.Location{inlined, root}, Value: []int64{1, 10}},
			{Location: []*profile.Location{{Address: 0xbeef, Mapping: binary}, root}, Value: []int64{1, 5}},
			{Location: []*profile.Location{{Address: 0xf00d}}, Value: []int64{1, 2}},
			{Location: []*profile.Location{{Line: []profile.Line{{Function: &profile.Function{SystemName: "_Zf"}}}}}, Value: []int64{1, 1}},
			{Value: []int64{1, 3}},
		},
	}
	tree, err := calltree.FromPprof(p, 1)
	require.NoError(t, err)
	requireSound(t, tree)
	require.Equal(t, stacks{"main\x00outer\x00inner": 10, "main\x00libc.so.6 0xbeef": 5, "0xf00d": 2, "_Zf": 1, "": 3}, stacksOf(tree))
	for _, wrong := range []int{-1, 2} {
		_, err = calltree.FromPprof(p, wrong)
		require.ErrorContains(t, err, "does not exist")
	}
}
