package api

import (
	"context"

	"connectrpc.com/connect"
	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"golang.org/x/sync/errgroup"

	"github.com/flamewatch/profiles/pkg/store/dot"
	"github.com/flamewatch/profiles/pkg/store/query"
	"github.com/flamewatch/profiles/pkg/store/tree"
)

func (q *querier) SelectMergeStacktraces(ctx context.Context, req *connect.Request[querierv1.SelectMergeStacktracesRequest]) (*connect.Response[querierv1.SelectMergeStacktracesResponse], error) {
	m := req.Msg
	merge := stacktracesMerge(tenant(ctx), m)
	nodes, err := q.engine.Nodes(m.GetMaxNodes())
	if err != nil {
		return nil, err
	}
	out := &querierv1.SelectMergeStacktracesResponse{}
	switch m.Format {
	case querierv1.ProfileFormat_PROFILE_FORMAT_PPROF:
		merged, err := q.engine.Pprof(ctx, merge, query.PprofShape{MaxNodes: m.GetMaxNodes()})
		if err != nil {
			return nil, err
		}
		out.Pprof = &querierv1.PprofProfile{Profile: merged}
	case querierv1.ProfileFormat_PROFILE_FORMAT_DOT:
		merged, err := q.engine.Pprof(ctx, merge, query.PprofShape{MaxNodes: m.GetMaxNodes()})
		if err != nil {
			return nil, err
		}
		if out.Dot, err = dot.Write(merged); err != nil {
			return nil, err
		}
	case querierv1.ProfileFormat_PROFILE_FORMAT_TREE:
		t, err := q.engine.Tree(ctx, merge, nodes)
		if err != nil {
			return nil, err
		}
		out.Tree = t.Binary()
	default:
		t, err := q.engine.Tree(ctx, merge, nodes)
		if err != nil {
			return nil, err
		}
		out.Flamegraph = flameGraph(t.Flame())
	}
	return connect.NewResponse(out), nil
}

func (q *querier) SelectMergeSpanProfile(ctx context.Context, req *connect.Request[querierv1.SelectMergeSpanProfileRequest]) (*connect.Response[querierv1.SelectMergeSpanProfileResponse], error) {
	m := req.Msg
	nodes, err := q.engine.Nodes(m.GetMaxNodes())
	if err != nil {
		return nil, err
	}
	t, err := q.engine.Tree(ctx, query.Merge{
		Tenant: tenant(ctx), ProfileType: m.ProfileTypeID, Selector: m.LabelSelector,
		Range: query.Range{Start: m.Start, End: m.End}, Spans: m.SpanSelector,
	}, nodes)
	if err != nil {
		return nil, err
	}
	out := &querierv1.SelectMergeSpanProfileResponse{}
	if m.Format == querierv1.ProfileFormat_PROFILE_FORMAT_TREE {
		out.Tree = t.Binary()
	} else {
		out.Flamegraph = flameGraph(t.Flame())
	}
	return connect.NewResponse(out), nil
}

func (q *querier) SelectMergeProfile(ctx context.Context, req *connect.Request[querierv1.SelectMergeProfileRequest]) (*connect.Response[googlev1.Profile], error) {
	m := req.Msg
	pgo := m.GetStackTraceSelector().GetGoPgo()
	merged, err := q.engine.Pprof(ctx, query.Merge{
		Tenant: tenant(ctx), ProfileType: m.ProfileTypeID, Selector: m.LabelSelector,
		Range: query.Range{Start: m.Start, End: m.End}, CallSite: callSite(m.GetStackTraceSelector()),
		ProfileIDs: m.ProfileIdSelector, Traces: m.TraceIdSelector,
	}, query.PprofShape{
		MaxNodes: m.GetMaxNodes(), KeepLeaves: pgo.GetKeepLocations(), AggregateCallees: pgo.GetAggregateCallees(),
	})
	if err != nil {
		return nil, err
	}
	return connect.NewResponse(merged), nil
}

// Diff merges both sides at the same time. Each is cut alone, then the joined
// tree is cut again; the greater of the two limits holds for all three.
func (q *querier) Diff(ctx context.Context, req *connect.Request[querierv1.DiffRequest]) (*connect.Response[querierv1.DiffResponse], error) {
	joined, err := q.diff(ctx, stacktracesMerge(tenant(ctx), req.Msg.Left), stacktracesMerge(tenant(ctx), req.Msg.Right),
		max(req.Msg.Left.GetMaxNodes(), req.Msg.Right.GetMaxNodes()))
	if err != nil {
		return nil, err
	}
	f := joined.Flame()
	return connect.NewResponse(&querierv1.DiffResponse{Flamegraph: &querierv1.FlameGraphDiff{
		Names: f.Names, Levels: levels(f), Total: f.Total, MaxSelf: f.MaxSelf, LeftTicks: f.Sides[0], RightTicks: f.Sides[1],
	}}), nil
}

func (q *querier) diff(ctx context.Context, left, right query.Merge, maxNodes int64) (*tree.Tree, error) {
	nodes, err := q.engine.Nodes(maxNodes)
	if err != nil {
		return nil, err
	}
	var sides [2]*tree.Tree
	g, ctx := errgroup.WithContext(ctx)
	for i, m := range []query.Merge{left, right} {
		g.Go(func() error {
			var err error
			sides[i], err = q.engine.Tree(ctx, m, nodes)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return tree.Join(sides[0], sides[1]).Truncate(nodes), nil
}

// stacktracesMerge reads what to merge from a request; a missing one is empty.
func stacktracesMerge(tenant string, m *querierv1.SelectMergeStacktracesRequest) query.Merge {
	return query.Merge{
		Tenant: tenant, ProfileType: m.GetProfileTypeID(), Selector: m.GetLabelSelector(),
		Range:    query.Range{Start: m.GetStart(), End: m.GetEnd()},
		CallSite: callSite(m.GetStackTraceSelector()), ProfileIDs: m.GetProfileIdSelector(),
		Spans: m.GetSpanSelector(), Traces: m.GetTraceIdSelector(),
	}
}

func callSite(s *typesv1.StackTraceSelector) []string {
	var names []string
	for _, location := range s.GetCallSite() {
		names = append(names, location.GetName())
	}
	return names
}
