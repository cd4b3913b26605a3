package pyroscopetest

import (
	"context"
	"errors"
	"slices"
	"strings"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// SelectMergeStacktraces implements the call.
func (s *Server) SelectMergeStacktraces(_ context.Context, r *connect.Request[querierv1.SelectMergeStacktracesRequest]) (*connect.Response[querierv1.SelectMergeStacktracesResponse], error) {
	found, err := s.matching([]string{r.Msg.LabelSelector}, r.Msg.ProfileTypeID, r.Msg.Start, r.Msg.End)
	if !s.Old {
		if len(r.Msg.SpanSelector) > 0 && len(r.Msg.TraceIdSelector) > 0 {
			return nil, connect.NewError(connect.CodeInvalidArgument, errors.New("span_selector and trace_id_selector cannot be combined"))
		}
		if len(found) > 0 && slices.Contains(r.Msg.ProfileIdSelector, "no id") {
			return nil, connect.NewError(connect.CodeUnknown, errors.New("invalid UUID length: 5"))
		}
		found = chosen(found, r.Msg.SpanSelector, func(p Profile) string { return p.Span })
		found = chosen(found, r.Msg.TraceIdSelector, func(p Profile) string { return p.Trace })
		found = chosen(found, r.Msg.ProfileIdSelector, func(p Profile) string { return p.ID })
	}
	return connect.NewResponse(&querierv1.SelectMergeStacktracesResponse{Flamegraph: Flamegraph(merged(found, r.Msg.GetMaxNodes()))}), err
}

// SelectMergeSpanProfile implements the call.
func (s *Server) SelectMergeSpanProfile(_ context.Context, r *connect.Request[querierv1.SelectMergeSpanProfileRequest]) (*connect.Response[querierv1.SelectMergeSpanProfileResponse], error) {
	found, err := s.matching([]string{r.Msg.LabelSelector}, r.Msg.ProfileTypeID, r.Msg.Start, r.Msg.End)
	found = slices.DeleteFunc(found, func(p Profile) bool { return !slices.Contains(r.Msg.SpanSelector, p.Span) })
	return connect.NewResponse(&querierv1.SelectMergeSpanProfileResponse{Flamegraph: Flamegraph(merged(found, r.Msg.GetMaxNodes()))}), err
}

// chosen keeps the profiles with one of these ids; no ids keep all.
func chosen(found []Profile, ids []string, of func(Profile) string) []Profile {
	return slices.DeleteFunc(found, func(p Profile) bool { return len(ids) > 0 && !slices.Contains(ids, of(p)) })
}

// merged adds the stacks of profiles up and cuts the tree to maxNodes.
func merged(profiles []Profile, maxNodes int64) *calltree.Tree {
	trees := []*calltree.Tree{{Symbols: []string{calltree.RootName}, Level: []int64{0}, Total: []int64{0}, Self: []int64{0}, Symbol: []uint32{0}}}
	for _, p := range profiles {
		for stack, self := range p.Stacks {
			tree := calltree.MakeTree([]string{calltree.RootName}, 2)
			tree.Append(0, self, 0, 0)
			frames := strings.Split(stack, ";")
			for i, frame := range frames {
				tree.Symbols = append(tree.Symbols, frame)
				own := int64(0)
				if i == len(frames)-1 {
					own = self
				}
				tree.Append(int64(i+1), self, own, uint32(i+1))
			}
			trees = append(trees, tree)
		}
	}
	if maxNodes == 0 {
		maxNodes = 8192
	}
	return calltree.Merge(trees...).Truncate(int(maxNodes))
}
