package api

import (
	"context"
	"strings"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"

	"github.com/flamewatch/profiles/pkg/store/query"
)

// querier answers querier.v1.
type querier struct {
	engine *query.Engine
}

var _ querierv1connect.QuerierServiceHandler = (*querier)(nil)

func (q *querier) ProfileTypes(ctx context.Context, req *connect.Request[querierv1.ProfileTypesRequest]) (*connect.Response[querierv1.ProfileTypesResponse], error) {
	ids, err := q.engine.ProfileTypes(ctx, tenant(ctx), query.Range{Start: req.Msg.Start, End: req.Msg.End})
	if err != nil {
		return nil, err
	}
	out := &querierv1.ProfileTypesResponse{}
	for _, id := range ids {
		parts := strings.SplitN(id, ":", 5)
		if len(parts) != 5 {
			continue
		}
		out.ProfileTypes = append(out.ProfileTypes, &typesv1.ProfileType{
			ID: id, Name: parts[0], SampleType: parts[1], SampleUnit: parts[2], PeriodType: parts[3], PeriodUnit: parts[4],
		})
	}
	return connect.NewResponse(out), nil
}

func (q *querier) LabelNames(ctx context.Context, req *connect.Request[typesv1.LabelNamesRequest]) (*connect.Response[typesv1.LabelNamesResponse], error) {
	names, err := q.engine.LabelNames(ctx, tenant(ctx), req.Msg.Matchers, query.Range{Start: req.Msg.Start, End: req.Msg.End})
	if err != nil {
		return nil, err
	}
	keep := visibleNames(req.Header())
	out := &typesv1.LabelNamesResponse{}
	for _, name := range names {
		if keep(name) {
			out.Names = append(out.Names, name)
		}
	}
	return connect.NewResponse(out), nil
}

func (q *querier) LabelValues(ctx context.Context, req *connect.Request[typesv1.LabelValuesRequest]) (*connect.Response[typesv1.LabelValuesResponse], error) {
	values, err := q.engine.LabelValues(ctx, tenant(ctx), req.Msg.Name, req.Msg.Matchers, query.Range{Start: req.Msg.Start, End: req.Msg.End})
	if err != nil {
		return nil, err
	}
	return connect.NewResponse(&typesv1.LabelValuesResponse{Names: values}), nil
}

func (q *querier) Series(ctx context.Context, req *connect.Request[querierv1.SeriesRequest]) (*connect.Response[querierv1.SeriesResponse], error) {
	sets, err := q.engine.Series(ctx, tenant(ctx), req.Msg.Matchers, req.Msg.LabelNames, visibleNames(req.Header()),
		query.Range{Start: req.Msg.Start, End: req.Msg.End})
	if err != nil {
		return nil, err
	}
	out := &querierv1.SeriesResponse{}
	for _, set := range sets {
		out.LabelsSet = append(out.LabelsSet, &typesv1.Labels{Labels: labelSet(set)})
	}
	return connect.NewResponse(out), nil
}

func (q *querier) SelectSeries(ctx context.Context, req *connect.Request[querierv1.SelectSeriesRequest]) (*connect.Response[querierv1.SelectSeriesResponse], error) {
	m := req.Msg
	if m.ExemplarType == typesv1.ExemplarType_EXEMPLAR_TYPE_SPAN {
		return nil, connect.NewError(connect.CodeUnknown, errSpanExemplars)
	}
	series, err := q.engine.Timeline(ctx, query.Timeline{
		Tenant: tenant(ctx), ProfileType: m.ProfileTypeID, Selector: m.LabelSelector,
		Range: query.Range{Start: m.Start, End: m.End}, Step: m.Step, GroupBy: m.GroupBy, Limit: m.GetLimit(),
		Exemplars: m.ExemplarType == typesv1.ExemplarType_EXEMPLAR_TYPE_INDIVIDUAL,
	})
	if err != nil {
		return nil, err
	}
	out := &querierv1.SelectSeriesResponse{}
	for _, s := range series {
		line := &typesv1.Series{Labels: labelPairs(s.Labels)}
		for _, p := range s.Points {
			point := &typesv1.Point{Value: float64(p.Value), Timestamp: p.TimeMs}
			if p.Exemplar != nil {
				point.Exemplars = []*typesv1.Exemplar{exemplar(p.Exemplar)}
			}
			line.Points = append(line.Points, point)
		}
		out.Series = append(out.Series, line)
	}
	return connect.NewResponse(out), nil
}

func (q *querier) SelectHeatmap(ctx context.Context, req *connect.Request[querierv1.SelectHeatmapRequest]) (*connect.Response[querierv1.SelectHeatmapResponse], error) {
	m := req.Msg
	h := query.Heatmap{
		Tenant: tenant(ctx), ProfileType: m.ProfileTypeID, Selector: m.LabelSelector,
		Range: query.Range{Start: m.Start, End: m.End}, Step: m.Step, GroupBy: m.GroupBy, Limit: m.GetLimit(),
		Exemplars: m.ExemplarType == typesv1.ExemplarType_EXEMPLAR_TYPE_INDIVIDUAL || m.ExemplarType == typesv1.ExemplarType_EXEMPLAR_TYPE_SPAN,
	}
	switch m.QueryType {
	case querierv1.HeatmapQueryType_HEATMAP_QUERY_TYPE_INDIVIDUAL:
	case querierv1.HeatmapQueryType_HEATMAP_QUERY_TYPE_SPAN:
		h.OfSpans = true
	default:
		return nil, connect.NewError(connect.CodeUnknown, errHeatmapType)
	}
	series, err := q.engine.Heatmap(ctx, h)
	if err != nil {
		return nil, err
	}
	out := &querierv1.SelectHeatmapResponse{}
	for _, s := range series {
		line := &typesv1.HeatmapSeries{Labels: labelPairs(s.Labels)}
		for _, slot := range s.Slots {
			to := &typesv1.HeatmapSlot{Timestamp: slot.TimeMs, YMin: slot.Lower, Counts: slot.Counts}
			for _, e := range slot.Exemplars {
				to.Exemplars = append(to.Exemplars, exemplar(e))
			}
			line.Slots = append(line.Slots, to)
		}
		out.Series = append(out.Series, line)
	}
	return connect.NewResponse(out), nil
}

// AnalyzeQuery says how much a query would read.
func (q *querier) AnalyzeQuery(ctx context.Context, req *connect.Request[querierv1.AnalyzeQueryRequest]) (*connect.Response[querierv1.AnalyzeQueryResponse], error) {
	cost, err := q.engine.Analyze(ctx, tenant(ctx), req.Msg.Query, query.Range{Start: req.Msg.Start, End: req.Msg.End})
	if err != nil {
		return nil, err
	}
	return connect.NewResponse(&querierv1.AnalyzeQueryResponse{
		QueryScopes: []*querierv1.QueryScope{{
			ComponentType: "store", ComponentCount: 1, BlockCount: cost.Blocks,
			SeriesCount: cost.Series, ProfileCount: cost.Profiles, ProfileBytes: cost.Bytes,
		}},
		QueryImpact: &querierv1.QueryImpact{TotalBytesInTimeRange: cost.Bytes, TotalQueriedSeries: cost.Series},
	}), nil
}

func (q *querier) GetProfileStats(ctx context.Context, _ *connect.Request[typesv1.GetProfileStatsRequest]) (*connect.Response[typesv1.GetProfileStatsResponse], error) {
	s := q.engine.Stats(ctx, tenant(ctx))
	return connect.NewResponse(&typesv1.GetProfileStatsResponse{
		DataIngested: s.Profiles > 0, OldestProfileTime: s.Oldest, NewestProfileTime: s.Newest,
	}), nil
}
