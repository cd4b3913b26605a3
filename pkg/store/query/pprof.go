package query

import (
	"context"

	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"

	"github.com/flamewatch/profiles/pkg/store/symbols"
	"github.com/flamewatch/profiles/pkg/store/tree"
)

// PprofShape says how a merged profile is cut. Zero values cut nothing.
type PprofShape struct {
	// MaxNodes shortens stacks: they end one location below their deepest
	// function that is among the MaxNodes greatest by total, followed by a
	// frame named other. Stacks without any such function become other alone.
	MaxNodes int64
	// KeepLeaves keeps that many locations at the leaf end of every stack.
	KeepLeaves uint32
	// AggregateCallees drops the line number of the leaf, so that stacks which
	// differ in nothing else become one.
	AggregateCallees bool
}

// Pprof merges to a pprof message with one sample type. Labels of samples are
// not in it; lines, addresses and mappings are. It is empty when nothing matches.
func (e *Engine) Pprof(ctx context.Context, m Merge, shape PprofShape) (*googlev1.Profile, error) {
	merged := symbols.New()
	var self []int64
	err := e.sums(ctx, m, 1, func(ctx context.Context, v *symbols.View, sums []int64) error {
		nodes := merged.Graft(v, sums)
		view := merged.View()
		if len(view.Parent) > e.Limits.Stacks {
			return tree.ErrTooLarge
		}
		self = append(self, make([]int64, len(view.Parent)-len(self))...)
		for i, value := range sums {
			if value != 0 {
				self[nodes[i]] += value
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	view := merged.View()
	b := newPprofBuilder(&view, shape)
	for node, value := range self {
		if value != 0 {
			b.add(uint32(node), value, self)
		}
	}
	if len(b.out.Sample) == 0 {
		return &googlev1.Profile{}, nil
	}
	return b.finish(m.ProfileType, m.Range.End), nil
}
