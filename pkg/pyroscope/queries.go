package pyroscope

import (
	"context"
	"slices"
	"strings"
	"time"

	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// Range is a span of time in milliseconds since the epoch, inclusive at both
// ends.
type Range struct{ Start, End int64 }

// Duration from Start to End.
func (r Range) Duration() time.Duration { return time.Duration(r.End-r.Start) * time.Millisecond }

// TreeQuery selects profiles to be merged into a call tree. At most one of
// Spans, Traces and Profiles is used.
type TreeQuery struct {
	Type     string
	Selector Selector
	Range    Range
	MaxNodes int64    // > 0
	Spans    []string // 16 hex digits each
	Traces   []string // 32 hex digits each
	Profiles []string // UUIDs made by the server
	CallSite []string // function names from the root
}

// Tree merges the profiles of a query into a call tree. Nothing found gives a
// tree that is Empty.
func (c *Client) Tree(ctx context.Context, q TreeQuery) (*calltree.Tree, error) {
	if len(q.Spans) > 0 && len(q.CallSite) == 0 {
		// The older call: every server that knows span profiles knows it.
		answer, err := call(ctx, c, c.spanProfile, &querierv1.SelectMergeSpanProfileRequest{
			ProfileTypeID: q.Type, LabelSelector: q.Selector.String(), SpanSelector: q.Spans,
			Start: q.Range.Start, End: q.Range.End, MaxNodes: &q.MaxNodes,
		})
		if err != nil {
			return nil, err
		}
		return answer.tree, nil
	}
	request := &querierv1.SelectMergeStacktracesRequest{
		ProfileTypeID: q.Type, LabelSelector: q.Selector.String(),
		Start: q.Range.Start, End: q.Range.End, MaxNodes: &q.MaxNodes,
		SpanSelector: q.Spans, TraceIdSelector: q.Traces, ProfileIdSelector: q.Profiles,
	}
	if len(q.CallSite) > 0 {
		request.StackTraceSelector = &typesv1.StackTraceSelector{}
		for _, name := range q.CallSite {
			request.StackTraceSelector.CallSite = append(request.StackTraceSelector.CallSite, &typesv1.Location{Name: name})
		}
	}
	answer, err := call(ctx, c, c.stacktraces, request)
	if err != nil {
		return nil, err
	}
	return answer.tree, nil
}

// SeriesQuery selects sums over time. Points stand at Range.Start + k*Step.
type SeriesQuery struct {
	Type     string
	Selector Selector
	Range    Range
	Step     time.Duration
	GroupBy  []string
}

// SelectSeries returns the sum of the profiles of each bucket, greatest series
// first.
func (c *Client) SelectSeries(ctx context.Context, q SeriesQuery) ([]Series, error) {
	answer, err := call(ctx, c, c.selectSeries, &querierv1.SelectSeriesRequest{
		ProfileTypeID: q.Type, LabelSelector: q.Selector.String(), Start: q.Range.Start, End: q.Range.End,
		GroupBy: q.GroupBy, Step: q.Step.Seconds(),
	})
	if err != nil {
		return nil, err
	}
	return answer.series, nil
}

// ProfileTypes returns the types of all profiles in a range, sorted by id.
func (c *Client) ProfileTypes(ctx context.Context, r Range) ([]ProfileType, error) {
	answer, err := call(ctx, c, c.profileTypes, &querierv1.ProfileTypesRequest{Start: r.Start, End: r.End})
	if err != nil {
		return nil, err
	}
	types := make([]ProfileType, 0, len(answer.ProfileTypes))
	for _, t := range answer.ProfileTypes {
		types = append(types, ProfileType{ID: t.ID, Name: t.Name, SampleType: t.SampleType, SampleUnit: t.SampleUnit,
			PeriodType: t.PeriodType, PeriodUnit: t.PeriodUnit})
	}
	slices.SortFunc(types, func(a, b ProfileType) int { return strings.Compare(a.ID, b.ID) })
	return types, nil
}

// LabelNames returns the label names of the series that match, sorted, without
// the server's own (those that begin with two underscores).
func (c *Client) LabelNames(ctx context.Context, r Range, s Selector) ([]string, error) {
	answer, err := call(ctx, c, c.labelNames, &typesv1.LabelNamesRequest{Start: r.Start, End: r.End, Matchers: []string{s.String()}})
	if err != nil {
		return nil, err
	}
	names := slices.DeleteFunc(answer.Names, func(name string) bool { return strings.HasPrefix(name, "__") })
	slices.Sort(names)
	return names, nil
}

// LabelValues returns the values of a label in the series that match, sorted.
func (c *Client) LabelValues(ctx context.Context, r Range, s Selector, name string) ([]string, error) {
	answer, err := call(ctx, c, c.labelValues, &typesv1.LabelValuesRequest{Name: name, Start: r.Start, End: r.End,
		Matchers: []string{s.String()}})
	if err != nil {
		return nil, err
	}
	slices.Sort(answer.Names)
	return answer.Names, nil
}

// LabelSets returns the different sets of the named labels among the series that
// match, all labels if none is named.
func (c *Client) LabelSets(ctx context.Context, r Range, s Selector, names ...string) ([]map[string]string, error) {
	answer, err := call(ctx, c, c.series, &querierv1.SeriesRequest{Matchers: []string{s.String()}, LabelNames: names,
		Start: r.Start, End: r.End})
	if err != nil {
		return nil, err
	}
	sets := make([]map[string]string, 0, len(answer.LabelsSet))
	for _, set := range answer.LabelsSet {
		labels := make(map[string]string, len(set.Labels))
		for _, l := range set.Labels {
			labels[l.Name] = l.Value
		}
		sets = append(sets, labels)
	}
	return sets, nil
}

// Stored returns the span of time for which the server holds profiles, as a
// hint: profiles may lie somewhat outside. ok is false when it holds none.
func (c *Client) Stored(ctx context.Context) (r Range, ok bool, err error) {
	answer, err := call(ctx, c, c.stats, &typesv1.GetProfileStatsRequest{})
	if err != nil {
		return Range{}, false, err
	}
	return Range{Start: answer.OldestProfileTime, End: answer.NewestProfileTime}, answer.DataIngested, nil
}
