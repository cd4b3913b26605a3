// Package metrics is what the store says about itself in Prometheus text.
package metrics

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/ingest"
)

const namespace = "flamewatch_store"

// Metrics are the numbers of one store, in a registry of their own.
type Metrics struct {
	registry *prometheus.Registry

	requests  *prometheus.HistogramVec
	inFlight  prometheus.Gauge
	received  prometheus.Counter
	samples   prometheus.Counter
	bytes     prometheus.Counter
	discarded *prometheus.CounterVec
	acked     prometheus.Histogram
	dropped   prometheus.Counter
	windows   prometheus.Counter
	failures  *prometheus.CounterVec
	scrapes   *prometheus.HistogramVec
	up        *prometheus.GaugeVec
}

// New registers everything; budget says how many bytes of pushes are in memory.
func New(d *db.DB, budget func() int64) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	counter := func(name, help string) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help})
		m.registry.MustRegister(c)
		return c
	}
	m.requests = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: namespace, Name: "request_duration_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60},
	}, []string{"route", "status_code"})
	m.inFlight = prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "requests_in_flight", Help: "Requests being answered."})
	m.discarded = prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Name: "refused_pushes_total", Help: "Pushes that were refused, by reason."}, []string{"reason"})
	m.acked = prometheus.NewHistogram(prometheus.HistogramOpts{
		Namespace: namespace, Name: "push_duration_seconds", Help: "Time from a whole push to its acknowledgement, with the sync to disk.",
		Buckets: prometheus.ExponentialBuckets(.001, 2, 14)})
	m.failures = prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: namespace, Name: "background_failures_total", Help: "Failures of work that no request waits for."}, []string{"task"})
	m.scrapes = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: namespace, Name: "pull_duration_seconds", Help: "Time to pull a profile, with its own duration.",
		Buckets: []float64{.01, .05, .1, .5, 1, 5, 10, 15, 30, 60}}, []string{"outcome"})
	m.up = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: namespace, Name: "pull_up", Help: "1 when the last pull of this profile worked."}, []string{"service", "profile", "target"})
	m.registry.MustRegister(m.requests, m.inFlight, m.discarded, m.acked, m.failures, m.scrapes, m.up,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		&state{d, budget})
	m.received = counter("received_profiles_total", "Profiles that were acknowledged.")
	m.samples = counter("received_samples_total", "Samples of acknowledged profiles.")
	m.bytes = counter("received_bytes_total", "Bytes of acknowledged profiles, unpacked.")
	m.dropped = counter("retention_dropped_profiles_total", "Profiles that retention dropped.")
	m.windows = counter("retention_dropped_hours_total", "Hours that retention dropped.")
	return m
}

// Handler answers /metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// Pushed counts a push that ended.
func (m *Metrics) Pushed(taken ingest.Taken, took time.Duration, err error) {
	if err == nil {
		m.received.Add(float64(taken.Profiles))
		m.samples.Add(float64(taken.Samples))
		m.bytes.Add(float64(taken.Bytes))
		m.acked.Observe(took.Seconds())
		return
	}
	m.discarded.WithLabelValues(reason(err)).Inc()
}

func reason(err error) string {
	var refused *ingest.Refused
	var full *db.FullError
	switch {
	case errors.As(err, &refused):
		return refused.Reason
	case errors.As(err, &full):
		return "cardinality_limit"
	case errors.Is(err, db.ErrDiskFull):
		return "disk_full"
	case errors.Is(err, budget.ErrSpent):
		return "busy"
	case errors.Is(err, db.ErrClosed):
		return "shutting_down"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "canceled"
	}
	return "internal"
}

// Dropped counts what retention dropped.
func (m *Metrics) Dropped(d db.Dropped) {
	m.dropped.Add(float64(d.Profiles))
	m.windows.Add(float64(d.Windows))
}

// Failed counts a failure in the background and logs it.
func (m *Metrics) Failed(log *slog.Logger, task string, err error) {
	m.failures.WithLabelValues(task).Inc()
	log.Error(task+" failed", "error", err)
}

// Pulled counts a pull.
func (m *Metrics) Pulled(service, profile, target string, took time.Duration, err error) {
	outcome, up := "ok", 1.0
	if err != nil {
		outcome, up = "failed", 0
	}
	m.scrapes.WithLabelValues(outcome).Observe(took.Seconds())
	m.up.WithLabelValues(service, profile, target).Set(up)
}

// Instrument measures the requests of a route.
func (m *Metrics) Instrument(route string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.inFlight.Inc()
		defer m.inFlight.Dec()
		began := time.Now()
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			m.requests.WithLabelValues(route, strconv.Itoa(seen.status)).Observe(time.Since(began).Seconds())
		}()
		next.ServeHTTP(seen, r)
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap gives http.ResponseController the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
