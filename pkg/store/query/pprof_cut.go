package query

import (
	"slices"

	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"

	"github.com/flamewatch/profiles/pkg/store/tree"
)

// findKept ranks functions by their totals in the merged tree of names.
func (b *pprofBuilder) findKept(self []int64) {
	v := b.view
	totals := make([]int64, len(v.NameParent))
	for node, value := range self {
		totals[v.Name[node]] += value
	}
	for i := len(totals) - 1; i > 0; i-- {
		totals[v.NameParent[i]] += totals[i]
	}
	limit := int64(0)
	if n := int(b.shape.MaxNodes); n < len(totals)-1 {
		limit = tree.NthGreatest(slices.Clone(totals[1:]), n)
	}
	b.kept, b.depth = make([]uint32, len(totals)), make([]uint32, len(totals))
	for i := 1; i < len(totals); i++ {
		parent := v.NameParent[i]
		b.kept[i], b.depth[i] = b.kept[parent], b.depth[parent]+1
		if totals[i] >= limit {
			b.kept[i]++
		}
	}
}

// truncated shortens the path of a stack; cut tells that something is missing
// at its leaf end.
func (b *pprofBuilder) truncated(node uint32) (path []uint32, cut bool) {
	if b.kept == nil {
		return b.path, false
	}
	name := b.view.Name[node]
	kept := b.kept[name]
	switch {
	case kept == b.depth[name]:
		return b.path, false
	case kept == 0:
		return nil, true
	}
	functions := uint32(0)
	at := len(b.path)
	for at > 0 && functions <= kept {
		at--
		functions += uint32(len(b.view.LocationLines(b.path[at])))
	}
	return b.path[at:], at > 0
}

// other gives the location of the frame that stands for what was cut.
func (b *pprofBuilder) other() uint64 {
	if b.remainder == 0 {
		name := b.text(tree.RemainderText)
		f := &googlev1.Function{Id: uint64(len(b.out.Function) + 1), Name: name, SystemName: name}
		b.out.Function = append(b.out.Function, f)
		b.remainder = uint64(len(b.out.Location) + 1)
		b.out.Location = append(b.out.Location, &googlev1.Location{Id: b.remainder, Line: []*googlev1.Line{{FunctionId: f.Id}}})
	}
	return b.remainder
}
