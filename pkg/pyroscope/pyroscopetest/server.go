package pyroscopetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// Profile is one profile of one type.
type Profile struct {
	Type   string
	Labels map[string]string
	At     time.Time
	// Stacks are self values by frames, root first, separated by semicolons.
	Stacks map[string]int64
	Span   string
	Trace  string
	// ID is what the server calls the profile, a UUID.
	ID string
}

// Server answers the calls of a Pyroscope server from a list of profiles, in the
// plainest way that keeps to its contract. The zero value holds no profiles.
type Server struct {
	querierv1connect.UnimplementedQuerierServiceHandler

	Profiles []Profile
	// MaxRange is the longest range that is answered, 0 for any.
	MaxRange time.Duration
	// Unknown are the calls that the server does not know.
	Unknown []string
	// Old says that the server does not see selectors of traces and profiles, and does not count spans.
	Old bool
	// Annotation stands on every point of a series, if there is one.
	Annotation *typesv1.ProfileAnnotation
	// Version is what build information says.
	Version string

	guard sync.Mutex
	calls []string
}

// Calls returns the names of the calls so far.
func (s *Server) Calls() []string {
	s.guard.Lock()
	defer s.guard.Unlock()
	return slices.Clone(s.calls)
}

// ServeHTTP answers Connect calls and build information.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	s.guard.Lock()
	s.calls = append(s.calls, name)
	s.guard.Unlock()
	if slices.Contains(s.Unknown, name) {
		http.NotFound(w, r)
		return
	}
	if name == "buildinfo" {
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"status":"success","data":{"version":%q}}`, s.Version)
		return
	}
	_, handler := querierv1connect.NewQuerierServiceHandler(s)
	handler.ServeHTTP(w, r)
}

func (s *Server) labelsOf(p Profile) map[string]string {
	all := maps.Clone(p.Labels)
	if all == nil {
		all = map[string]string{}
	}
	all["__profile_type__"] = p.Type
	return all
}

// matching returns the profiles of a type (any if empty) that match in a range.
func (s *Server) matching(selectors []string, profileType string, start, end int64) ([]Profile, error) {
	if s.MaxRange > 0 && end-start > s.MaxRange.Milliseconds() {
		return nil, connect.NewError(connect.CodeInvalidArgument, fmt.Errorf("the query time range exceeds the limit "+
			"(max_query_length, actual: %s, limit: %s)", time.Duration(end-start)*time.Millisecond, shortly(s.MaxRange)))
	}
	var matchers []*pyroscope.Matcher
	for _, text := range selectors {
		selector, err := pyroscope.ParseSelector(text)
		if err != nil {
			return nil, connect.NewError(connect.CodeInvalidArgument, err)
		}
		matchers = append(matchers, selector.Matchers...)
	}
	var found []Profile
	for _, p := range s.Profiles {
		at, labels := p.At.UnixMilli(), s.labelsOf(p)
		if at < start || at > end || (profileType != "" && p.Type != profileType) ||
			slices.ContainsFunc(matchers, func(m *pyroscope.Matcher) bool { return !m.Matches(labels[m.Name]) }) {
			continue
		}
		found = append(found, p)
	}
	return found, nil
}

// shortly writes 24h as 1d, as the server does.
func shortly(d time.Duration) string {
	if d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	}
	return d.String()
}

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
