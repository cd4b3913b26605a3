// Package tracing makes the order service's spans: sends them by OTLP, and has the profiler mark the samples that are
// taken while one of them is under way.
package tracing

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	otelpyroscope "github.com/grafana/otel-profiling-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Options say what the spans are of and where they go.
type Options struct {
	// URL receives spans by OTLP over HTTP, at its path /v1/traces. Empty: no spans are made.
	URL string
	// Ratio of the traces that are kept, 0 to 1.
	Ratio float64
	// Resource are the attributes of all spans, such as service.name.
	Resource map[string]string
	Logger   *slog.Logger
}

// Start sets the process' tracer provider. The function it returns sends what is left and ends it.
func Start(ctx context.Context, options Options) (stop func(context.Context) error, err error) {
	if options.URL == "" {
		return func(context.Context) error { return nil }, nil
	}
	address, err := url.Parse(options.URL)
	if err != nil || address.Host == "" {
		return nil, fmt.Errorf("--traces-url %s is not an address like http://localhost:4318", options.URL)
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(address.JoinPath("v1", "traces").String()))
	if err != nil {
		return nil, fmt.Errorf("spans cannot be sent: %w", err)
	}
	var attributes []attribute.KeyValue
	for name, value := range options.Resource {
		attributes = append(attributes, attribute.String(name, value))
	}
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter, sdktrace.WithBatchTimeout(2*time.Second)),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(options.Ratio))),
		sdktrace.WithResource(resource.NewSchemaless(attributes...)),
	)
	// Marks the local root span with pyroscope.profile.id, and CPU samples taken under it with the same id.
	otel.SetTracerProvider(otelpyroscope.NewTracerProvider(provider))
	otel.SetErrorHandler(&seldom{logger: options.Logger})
	return provider.Shutdown, nil
}

// Span begins a span of a step of the service.
func Span(ctx context.Context, name string) (context.Context, trace.Span) {
	return otel.Tracer("github.com/flamewatch/profiles/cmd/orderservice").Start(ctx, name)
}

// seldom writes one error a minute: a receiver that cannot be reached gives one every few seconds.
type seldom struct {
	logger *slog.Logger
	mu     sync.Mutex
	last   time.Time
}

func (s *seldom) Handle(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.last) < time.Minute {
		return
	}
	s.last = time.Now()
	s.logger.Warn("spans are not taken", "error", err)
}
