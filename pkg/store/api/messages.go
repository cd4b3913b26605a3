package api

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"mime"
	"net/http"

	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/query"
	"github.com/flamewatch/profiles/pkg/store/tree"
)

var (
	errSpanExemplars = errors.New("exemplars of spans are not kept: ask for EXEMPLAR_TYPE_INDIVIDUAL")
	errHeatmapType   = errors.New("a heatmap needs a query type: HEATMAP_QUERY_TYPE_INDIVIDUAL or HEATMAP_QUERY_TYPE_SPAN")
)

func flameGraph(f *tree.Flame) *querierv1.FlameGraph {
	return &querierv1.FlameGraph{Names: f.Names, Levels: levels(f), Total: f.Total, MaxSelf: f.MaxSelf}
}

func levels(f *tree.Flame) []*querierv1.Level {
	out := make([]*querierv1.Level, len(f.Levels))
	for i, values := range f.Levels {
		out[i] = &querierv1.Level{Values: values}
	}
	return out
}

func labelSet(set labels.Labels) []*typesv1.LabelPair {
	pairs := make([]*typesv1.LabelPair, 0, set.Len())
	set.Range(func(l labels.Label) {
		pairs = append(pairs, &typesv1.LabelPair{Name: l.Name, Value: l.Value})
	})
	return pairs
}

func labelPairs(list []labels.Label) []*typesv1.LabelPair {
	pairs := make([]*typesv1.LabelPair, 0, len(list))
	for _, l := range list {
		pairs = append(pairs, &typesv1.LabelPair{Name: l.Name, Value: l.Value})
	}
	return pairs
}

func exemplar(e *query.Exemplar) *typesv1.Exemplar {
	out := &typesv1.Exemplar{Timestamp: e.TimeMs, Value: e.Value, Labels: labelPairs(e.Labels)}
	if e.Span != 0 {
		out.SpanId = hex.EncodeToString(binary.BigEndian.AppendUint64(nil, e.Span))
	} else {
		out.ProfileId = e.Profile.String()
	}
	return out
}

// visibleNames hides label names that older readers cannot handle, unless the
// client says in its Accept header that it can.
func visibleNames(h http.Header) func(string) bool {
	for _, accept := range h.Values("Accept") {
		if _, params, err := mime.ParseMediaType(accept); err == nil && params["allow-utf8-labelnames"] == "true" {
			return func(string) bool { return true }
		}
	}
	return query.LegacyName
}
