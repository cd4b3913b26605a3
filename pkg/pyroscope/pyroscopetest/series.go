package pyroscopetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
)

// SelectHeatmap implements the call for spans, as far as to tell whether there are any.
func (s *Server) SelectHeatmap(_ context.Context, r *connect.Request[querierv1.SelectHeatmapRequest]) (*connect.Response[querierv1.SelectHeatmapResponse], error) {
	if s.Old {
		return nil, connect.NewError(connect.CodeUnimplemented, errors.New("not here"))
	}
	found, err := s.matching([]string{r.Msg.LabelSelector}, r.Msg.ProfileTypeID, r.Msg.Start, r.Msg.End)
	answer := &querierv1.SelectHeatmapResponse{}
	for _, p := range found {
		if p.Span != "" {
			answer.Series = []*typesv1.HeatmapSeries{{Slots: []*typesv1.HeatmapSlot{{Timestamp: r.Msg.End, YMin: []float64{0}, Counts: []int32{1}}}}}
		}
	}
	return connect.NewResponse(answer), err
}

// SelectSeries implements the call: points at start + k*step, each the sum of the
// profiles in the step before it.
func (s *Server) SelectSeries(_ context.Context, r *connect.Request[querierv1.SelectSeriesRequest]) (*connect.Response[querierv1.SelectSeriesResponse], error) {
	step := int64(r.Msg.Step * 1000)
	if step < 1 {
		return nil, connect.NewError(connect.CodeInvalidArgument, fmt.Errorf("step must be at least 1ms"))
	}
	if _, err := s.matching([]string{r.Msg.LabelSelector}, r.Msg.ProfileTypeID, r.Msg.Start, r.Msg.End); err != nil {
		return nil, err
	}
	type point struct {
		key string
		at  int64
	}
	sums, sets := map[point]float64{}, map[string][]*typesv1.LabelPair{}
	for _, p := range s.Profiles {
		found, err := (&Server{Profiles: []Profile{p}}).matching([]string{r.Msg.LabelSelector}, r.Msg.ProfileTypeID, 0, 1<<60)
		k := (p.At.UnixMilli() - r.Msg.Start + step - 1) / step
		at := r.Msg.Start + k*step
		if p.At.UnixMilli() <= r.Msg.Start {
			at = r.Msg.Start
		}
		if err != nil || len(found) == 0 || p.At.UnixMilli() <= r.Msg.Start-step || at > r.Msg.End {
			continue
		}
		set := pairs(s.labelsOf(p), r.Msg.GroupBy)
		key := fmt.Sprint(set)
		sets[key] = set
		for _, self := range p.Stacks {
			sums[point{key, at}] += float64(self)
		}
	}
	answer := &querierv1.SelectSeriesResponse{}
	for _, key := range slices.Sorted(maps.Keys(sets)) {
		series := &typesv1.Series{Labels: sets[key]}
		for p, sum := range sums {
			if p.key == key {
				point := &typesv1.Point{Timestamp: p.at, Value: sum}
				if s.Annotation != nil {
					point.Annotations = append(point.Annotations, s.Annotation)
				}
				series.Points = append(series.Points, point)
			}
		}
		slices.SortFunc(series.Points, func(a, b *typesv1.Point) int { return int(a.Timestamp - b.Timestamp) })
		answer.Series = append(answer.Series, series)
	}
	return connect.NewResponse(answer), nil
}
