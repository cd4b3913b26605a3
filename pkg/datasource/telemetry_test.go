package datasource

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/tracing"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// What is done is counted: queries by what they are and how they end, calls to the server, nodes that it cut off, what
// was kept from former queries, captures.
func TestWhatIsDoneIsCounted(t *testing.T) {
	before := ownMetrics()
	grown := func(name string) float64 { return ownMetrics()[name] - before[name] }
	d := openAt(t, storing(t, every(cpu, "shop", []string{"a"}, 15*time.Second, 20*time.Minute,
		constant(map[string]int64{"main;a": 5, "main;b": 4, "main;c": 3, "main;d;e": 2}))), shopTarget("http://127.0.0.1:1"))
	good := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile", "maxNodes": 3})
	require.NoError(t, good.Error)
	require.EqualValues(t, 1, grown(`flamewatch_query_duration_seconds{outcome="ok",shape="profile"} count`))
	require.Positive(t, grown(`flamewatch_query_duration_seconds{outcome="ok",shape="profile"} sum`))
	require.Positive(t, grown(`flamewatch_cut_nodes_total{}`))
	require.Positive(t, grown(`flamewatch_server_call_duration_seconds{call="SelectMergeStacktraces",outcome="ok"} count`))

	for range 2 {
		require.NoError(t, ask(t, d, 10*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics", "function": "a"}).Error)
	}
	misses := grown(`flamewatch_cache_requests_total{cache="functions",result="miss"}`)
	require.Positive(t, misses)
	require.Equal(t, misses, grown(`flamewatch_cache_requests_total{cache="functions",result="hit"}`), "the second time all is known")
	down := open(t, answering(503, "text/plain", "starting"), nil)
	require.Error(t, ask(t, down, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"}).Error)
	require.EqualValues(t, 1, grown(`flamewatch_query_duration_seconds{outcome="down",shape="profile"} count`))

	address, _ := shop(t)
	for _, d := range []*Datasource{d, openAt(t, "http://127.0.0.1:1", shopTarget(address))} {
		callAs(t, d, user("Editor"), http.MethodPost, "captures/take", []byte(`{"target":"shop","profile":"heap"}`))
	}
	require.EqualValues(t, 1, grown(`flamewatch_captures_total{outcome="failed"}`))
	require.EqualValues(t, 1, grown(`flamewatch_captures_total{outcome="ok"}`))
}

// spans is a tracer that remembers what was begun, and what failed.
type spans struct {
	noop.Tracer
	guard  sync.Mutex
	begun  []string
	failed []string
}

type rememberedSpan struct {
	trace.Span
	of *spans
}

func (s *spans) Start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	ctx, span := s.Tracer.Start(ctx, name, options...)
	s.guard.Lock()
	defer s.guard.Unlock()
	config := trace.NewSpanStartConfig(options...)
	for _, attribute := range config.Attributes() {
		name += " " + string(attribute.Key) + "=" + attribute.Value.String()
	}
	s.begun = append(s.begun, name)
	return ctx, rememberedSpan{span, s}
}

func (r rememberedSpan) SetStatus(code codes.Code, why string) {
	r.of.guard.Lock()
	defer r.of.guard.Unlock()
	if code == codes.Error {
		r.of.failed = append(r.of.failed, why)
	}
}

func TestQueriesHaveSpans(t *testing.T) {
	before, seen := tracing.DefaultTracer(), &spans{}
	tracing.InitDefaultTracer(seen)
	t.Cleanup(func() { tracing.InitDefaultTracer(before) })
	ask(t, open(t, cartAndPay(), nil), time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "both"})
	ask(t, open(t, answering(401, "text/plain", "no"), nil), time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"})
	require.Contains(t, seen.begun, "flamewatch.query shape=profile")
	require.Contains(t, seen.begun, "flamewatch.query shape=metrics")
	require.Contains(t, seen.failed, "refused")
}
