package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	"github.com/stretchr/testify/require"
	collectorv1 "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracev1 "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/flamewatch/profiles/cmd/orderservice/tracing"
	"github.com/flamewatch/profiles/pkg/store"
)

// A span made by OpenTelemetry, its samples taken by the Pyroscope SDK: the store gives the span's own profile by the
// id that the span carries, and that of the whole trace.
func TestSpanProfilesOfTheRealSDK(t *testing.T) {
	opened, err := store.Open(store.Options{Dir: t.TempDir()})
	require.NoError(t, err)
	server := httptest.NewServer(opened.Handler())
	defer func() {
		server.Close()
		require.NoError(t, opened.Close())
	}()
	received := make(chan *collectorv1.ExportTraceServiceRequest, 8)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		request := &collectorv1.ExportTraceServiceRequest{}
		if proto.Unmarshal(body, request) == nil {
			received <- request
		}
	}))
	defer receiver.Close()

	options, err := parse([]string{"--profiles-url", server.URL, "--traces-url", receiver.URL, "--trace-ratio", "1"})
	require.NoError(t, err)
	logger := slog.New(slog.DiscardHandler)
	profiler, err := startProfiling(options, logger)
	require.NoError(t, err)
	stop, err := tracing.Start(t.Context(), tracing.Options{URL: options.tracesURL, Ratio: 1, Logger: logger,
		Resource: map[string]string{"service.name": serviceName}})
	require.NoError(t, err)
	begun := time.Now()
	ctx, root := tracing.Span(t.Context(), "slow request")
	_, child := tracing.Span(ctx, "compute")
	sum := burn(800 * time.Millisecond)
	child.End()
	root.End()
	burn(300 * time.Millisecond) // belongs to no span
	require.NotZero(t, sum)
	require.NoError(t, profiler.Stop())
	require.NoError(t, stop(t.Context()))

	var spans []*tracev1.Span
	for len(received) > 0 {
		for _, resource := range (<-received).ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				spans = append(spans, scope.Spans...)
			}
		}
	}
	require.Len(t, spans, 2)
	var tagged []string
	for _, span := range spans {
		for _, attribute := range span.Attributes {
			if attribute.Key == "pyroscope.profile.id" {
				tagged = append(tagged, attribute.Value.GetStringValue())
			}
		}
	}
	require.Equal(t, []string{root.SpanContext().SpanID().String()}, tagged, "only the local root span carries an id, its own")

	querier := querierv1connect.NewQuerierServiceClient(server.Client(), server.URL)
	ask := func(change func(*querierv1.SelectMergeStacktracesRequest)) int64 {
		request := &querierv1.SelectMergeStacktracesRequest{ProfileTypeID: "process_cpu:cpu:nanoseconds:cpu:nanoseconds",
			LabelSelector: `{service_name="order-service"}`, Start: begun.Add(-time.Minute).UnixMilli(), End: time.Now().Add(time.Minute).UnixMilli()}
		change(request)
		answer, err := querier.SelectMergeStacktraces(t.Context(), connect.NewRequest(request))
		require.NoError(t, err)
		return answer.Msg.Flamegraph.Total
	}
	whole := ask(func(*querierv1.SelectMergeStacktracesRequest) {})
	ofSpan := ask(func(r *querierv1.SelectMergeStacktracesRequest) { r.SpanSelector = tagged })
	ofTrace := ask(func(r *querierv1.SelectMergeStacktracesRequest) {
		r.TraceIdSelector = []string{root.SpanContext().TraceID().String()}
	})
	require.Positive(t, ofSpan)
	require.Equal(t, ofSpan, ofTrace)
	require.Greater(t, whole, ofSpan, "samples outside the span are not the span's")
	require.Zero(t, ask(func(r *querierv1.SelectMergeStacktracesRequest) { r.SpanSelector = []string{"00000000000000ff"} }))
}

// burn uses CPU time for so long.
func burn(length time.Duration) (sum int) {
	for begun := time.Now(); time.Since(begun) < length; {
		for i := range 10_000 {
			sum += i
		}
	}
	return sum
}
