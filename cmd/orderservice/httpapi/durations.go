package httpapi

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/trace"
)

// durations is how long requests took, by endpoint, beside what the process costs. Each bucket has a trace as its example,
// where one was kept.
type durations struct {
	registry *prometheus.Registry
	seconds  *prometheus.HistogramVec
}

// newDurations makes them; version is a label of all of them, as of the profiles.
func newDurations(version string) durations {
	d := durations{registry: prometheus.NewRegistry(), seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "http_server_request_duration_seconds", Help: "How long requests took.",
		Buckets: prometheus.ExponentialBuckets(0.001, 2, 12),
	}, []string{"http_route"})}
	labelled := prometheus.WrapRegistererWith(prometheus.Labels{"version": version}, d.registry)
	labelled.MustRegister(d.seconds, collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return d
}

func (d durations) timed(endpoint string, next http.Handler) http.Handler {
	seconds := d.seconds.WithLabelValues(endpoint)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		next.ServeHTTP(w, r)
		took := time.Since(begun).Seconds()
		span := trace.SpanContextFromContext(r.Context())
		if exemplars, can := seconds.(prometheus.ExemplarObserver); can && span.IsSampled() {
			exemplars.ObserveWithExemplar(took, prometheus.Labels{"trace_id": span.TraceID().String()})
			return
		}
		seconds.Observe(took)
	})
}

// page answers as OpenMetrics, the only format that has exemplars.
func (d durations) page() http.Handler {
	return promhttp.HandlerFor(d.registry, promhttp.HandlerOpts{EnableOpenMetrics: true})
}
