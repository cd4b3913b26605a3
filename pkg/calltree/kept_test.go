package calltree_test

import (
	"reflect"
	"testing"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/calltree/calltreetest"
)

func TestKeptTreesComeBackAsTheyWere(t *testing.T) {
	for seed := range uint64(50) {
		tree := calltreetest.Random(seed, calltreetest.Shape{Nodes: 300, Symbols: 40, Depth: 20, MaxSelf: 1 << 40})
		if got := calltree.Keep(tree).Tree(); !reflect.DeepEqual(got, tree) {
			t.Fatalf("seed %d: %+v, want %+v", seed, got, tree)
		}
	}
	if got := calltree.Keep(&calltree.Tree{}).Tree(); got.Len() != 0 || got.Sum() != 0 {
		t.Errorf("empty: %+v", got)
	}
	if got := calltree.Keep(nil).Tree(); got.Len() != 0 {
		t.Errorf("none: %+v", got)
	}
}
