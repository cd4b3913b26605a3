package pyroscopetest

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// ProfileTypes implements the call.
func (s *Server) ProfileTypes(_ context.Context, r *connect.Request[querierv1.ProfileTypesRequest]) (*connect.Response[querierv1.ProfileTypesResponse], error) {
	found, err := s.matching(nil, "", r.Msg.Start, r.Msg.End)
	if err != nil {
		return nil, err
	}
	answer := &querierv1.ProfileTypesResponse{}
	for _, id := range distinct(found, func(p Profile) string { return p.Type }) {
		t, err := pyroscope.ParseProfileType(id)
		if err != nil {
			return nil, err
		}
		answer.ProfileTypes = append(answer.ProfileTypes, &typesv1.ProfileType{ID: id, Name: t.Name, SampleType: t.SampleType,
			SampleUnit: t.SampleUnit, PeriodType: t.PeriodType, PeriodUnit: t.PeriodUnit})
	}
	return connect.NewResponse(answer), nil
}

// LabelNames implements the call.
func (s *Server) LabelNames(_ context.Context, r *connect.Request[typesv1.LabelNamesRequest]) (*connect.Response[typesv1.LabelNamesResponse], error) {
	found, err := s.matching(r.Msg.Matchers, "", r.Msg.Start, r.Msg.End)
	names := map[string]bool{}
	for _, p := range found {
		for name := range s.labelsOf(p) {
			names[name] = true
		}
	}
	return connect.NewResponse(&typesv1.LabelNamesResponse{Names: slices.Sorted(maps.Keys(names))}), err
}

// LabelValues implements the call.
func (s *Server) LabelValues(_ context.Context, r *connect.Request[typesv1.LabelValuesRequest]) (*connect.Response[typesv1.LabelValuesResponse], error) {
	found, err := s.matching(r.Msg.Matchers, "", r.Msg.Start, r.Msg.End)
	return connect.NewResponse(&typesv1.LabelValuesResponse{
		Names: distinct(found, func(p Profile) string { return s.labelsOf(p)[r.Msg.Name] }),
	}), err
}

// Series implements the call.
func (s *Server) Series(_ context.Context, r *connect.Request[querierv1.SeriesRequest]) (*connect.Response[querierv1.SeriesResponse], error) {
	found, err := s.matching(r.Msg.Matchers, "", r.Msg.Start, r.Msg.End)
	answer := &querierv1.SeriesResponse{}
	seen := map[string]bool{}
	for _, p := range found {
		labels := s.labelsOf(p)
		names := r.Msg.LabelNames
		if len(names) == 0 {
			names = slices.Sorted(maps.Keys(labels))
		}
		set := pairs(labels, names)
		if key := fmt.Sprint(set); !seen[key] && len(set) > 0 {
			seen[key] = true
			answer.LabelsSet = append(answer.LabelsSet, &typesv1.Labels{Labels: set})
		}
	}
	return connect.NewResponse(answer), err
}

// GetProfileStats implements the call.
func (s *Server) GetProfileStats(context.Context, *connect.Request[typesv1.GetProfileStatsRequest]) (*connect.Response[typesv1.GetProfileStatsResponse], error) {
	answer := &typesv1.GetProfileStatsResponse{DataIngested: len(s.Profiles) > 0}
	for i, p := range s.Profiles {
		at := p.At.UnixMilli()
		if i == 0 || at < answer.OldestProfileTime {
			answer.OldestProfileTime = at
		}
		answer.NewestProfileTime = max(answer.NewestProfileTime, at)
	}
	return connect.NewResponse(answer), nil
}

func pairs(labels map[string]string, names []string) []*typesv1.LabelPair {
	var set []*typesv1.LabelPair
	for _, name := range names {
		if value := labels[name]; value != "" {
			set = append(set, &typesv1.LabelPair{Name: name, Value: value})
		}
	}
	return set
}

func distinct(profiles []Profile, of func(Profile) string) []string {
	seen := map[string]bool{}
	for _, p := range profiles {
		if value := of(p); value != "" {
			seen[value] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
