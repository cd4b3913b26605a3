package datasource

import (
	"context"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/tracing"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// Metrics of the backend, which Grafana serves at /api/plugins/flamewatch-profiles-datasource/metrics. No label holds
// anything that a user or a profile says.
var (
	querySeconds = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name: "flamewatch_query_duration_seconds", Help: "Time of queries in the backend, by what was asked for and outcome.",
		Buckets: []float64{0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30},
	}, []string{"shape", "outcome"})
	cacheRequests = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "flamewatch_cache_requests_total", Help: "Look-ups of what was kept from former queries, by cache and result (hit, miss).",
	}, []string{"cache", "result"})
	cutNodes = promauto.NewCounter(prometheus.CounterOpts{
		Name: "flamewatch_cut_nodes_total", Help: "Nodes of flame graphs that stand for what the server cut off.",
	})
	capturesTaken = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "flamewatch_captures_total", Help: "Captures on demand, by outcome (ok, failed).",
	}, []string{"outcome"})
)

// traced runs one shape of a query under a span of its own and counts it.
func traced(ctx context.Context, shape Shape, run func(context.Context) error) error {
	begun := time.Now()
	ctx, span := tracing.DefaultTracer().Start(ctx, "flamewatch.query", trace.WithAttributes(attribute.String("shape", string(shape))))
	defer span.End()
	err := run(ctx)
	if err != nil {
		span.SetStatus(codes.Error, pyroscope.Outcome(err))
	}
	querySeconds.WithLabelValues(string(shape), pyroscope.Outcome(err)).Observe(time.Since(begun).Seconds())
	return err
}

// countLookup counts a look-up in a cache.
func countLookup(cache string, hit bool) {
	result := "miss"
	if hit {
		result = "hit"
	}
	cacheRequests.WithLabelValues(cache, result).Inc()
}
