package pyroscope

import (
	"context"
	"strings"

	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
)

// Exemplar is one profile, or the samples of one span, that stands for others.
// Time is in milliseconds, Value in the unit of the sample type. Labels are those
// in which it differs from its series, without the server's own.
type Exemplar struct {
	Time      int64
	Value     float64
	ProfileID string
	SpanID    string
	Labels    []Label
}

// Annotation is a remark of the server on a bucket, such as that profiles were
// dropped there. Value is JSON; its shape depends on Key.
type Annotation struct {
	Time       int64
	Key, Value string
}

// Marked is what a server has to say about the buckets of one series besides
// their sums.
type Marked struct {
	Labels      []Label
	Exemplars   []Exemplar
	Annotations []Annotation
}

// Marks returns the exemplars (the largest profile of each bucket) and the
// annotations of series.
func (c *Client) Marks(ctx context.Context, q SeriesQuery) ([]Marked, error) {
	answer, err := call(ctx, c, c.marks, &querierv1.SelectSeriesRequest{
		ProfileTypeID: q.Type, LabelSelector: q.Selector.String(), Start: q.Range.Start, End: q.Range.End,
		GroupBy: q.GroupBy, Step: q.Step.Seconds(), ExemplarType: typesv1.ExemplarType_EXEMPLAR_TYPE_INDIVIDUAL,
	})
	if err != nil {
		return nil, err
	}
	all := make([]Marked, 0, len(answer.Series))
	for _, s := range answer.Series {
		marked := Marked{Labels: labelsOf(s.Labels)}
		for _, p := range s.Points {
			marked.Exemplars = append(marked.Exemplars, exemplarsOf(p.Exemplars)...)
			for _, a := range p.Annotations {
				marked.Annotations = append(marked.Annotations, Annotation{Time: p.Timestamp, Key: a.Key, Value: a.Value})
			}
		}
		all = append(all, marked)
	}
	return all, nil
}

// Heatmap is how often values occurred, by time. A slot covers the step before
// its time; Counts[i] of it lie between Least[i] and the next edge.
type Heatmap struct {
	Labels    []Label
	Slots     []Slot
	Exemplars []Exemplar
}

// Slot is one column of a heatmap. Time is its end in milliseconds.
type Slot struct {
	Time   int64
	Least  []float64
	Counts []int64
}

// SelectHeatmap counts profiles, or with spans the samples of each span, by time
// and value.
func (c *Client) SelectHeatmap(ctx context.Context, q SeriesQuery, spans bool) ([]Heatmap, error) {
	kind, exemplars := querierv1.HeatmapQueryType_HEATMAP_QUERY_TYPE_INDIVIDUAL, typesv1.ExemplarType_EXEMPLAR_TYPE_INDIVIDUAL
	if spans {
		kind, exemplars = querierv1.HeatmapQueryType_HEATMAP_QUERY_TYPE_SPAN, typesv1.ExemplarType_EXEMPLAR_TYPE_SPAN
	}
	answer, err := call(ctx, c, c.heatmap, &querierv1.SelectHeatmapRequest{
		ProfileTypeID: q.Type, LabelSelector: q.Selector.String(), Start: q.Range.Start, End: q.Range.End,
		GroupBy: q.GroupBy, Step: q.Step.Seconds(), QueryType: kind, ExemplarType: exemplars,
	})
	if err != nil {
		return nil, err
	}
	all := make([]Heatmap, 0, len(answer.Series))
	for _, s := range answer.Series {
		one := Heatmap{Labels: labelsOf(s.Labels)}
		for _, slot := range s.Slots {
			counts := make([]int64, min(len(slot.Counts), len(slot.YMin)))
			for i := range counts {
				counts[i] = int64(slot.Counts[i])
			}
			one.Slots = append(one.Slots, Slot{Time: slot.Timestamp, Least: slot.YMin, Counts: counts})
			one.Exemplars = append(one.Exemplars, exemplarsOf(slot.Exemplars)...)
		}
		all = append(all, one)
	}
	return all, nil
}

func exemplarsOf(sent []*typesv1.Exemplar) []Exemplar {
	all := make([]Exemplar, 0, len(sent))
	for _, e := range sent {
		all = append(all, Exemplar{Time: e.Timestamp, Value: float64(e.Value), ProfileID: e.ProfileId, SpanID: e.SpanId,
			Labels: labelsOf(e.Labels)})
	}
	return all
}

// labelsOf leaves out the server's own labels.
func labelsOf(sent []*typesv1.LabelPair) []Label {
	var all []Label
	for _, l := range sent {
		if !strings.HasPrefix(l.Name, "__") {
			all = append(all, Label{l.Name, l.Value})
		}
	}
	return all
}
