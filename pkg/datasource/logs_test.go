package datasource

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/trace"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// tracedLog notes the trace of the context that a line is logged for, as the SDK's logger does.
type tracedLog struct{ overheard }

func (l tracedLog) FromContext(ctx context.Context) log.Logger {
	l.overheard.fields = " trace=" + trace.SpanContextFromContext(ctx).TraceID().String()
	return l.overheard
}

// Each line that is logged carries the trace of the request, so that one can be followed from Grafana to the server.
func TestEveryLineHasItsTrace(t *testing.T) {
	before, heard := backend.Logger, &strings.Builder{}
	backend.Logger = tracedLog{overheard{Logger: before, fields: " without a trace", said: heard, guard: new(sync.Mutex)}}
	t.Cleanup(func() { backend.Logger = before })
	id := trace.TraceID{1, 2, 3}
	ctx := trace.ContextWithSpanContext(t.Context(), trace.NewSpanContext(trace.SpanContextConfig{TraceID: id, SpanID: trace.SpanID{4}, Remote: true}))
	down := open(t, answering(503, "text/plain", "starting"), shopTarget("http://127.0.0.1:1"))

	_, err := down.QueryData(ctx, &backend.QueryDataRequest{Queries: []backend.DataQuery{{RefID: "A", JSON: []byte(`{"profileTypeId":"` + cpu + `","queryType":"both"}`),
		TimeRange: backend.TimeRange{From: noon.Add(-time.Minute), To: noon}}, {RefID: "B", JSON: []byte(`{"profileTypeId":"none"}`)}}})
	require.NoError(t, err)
	for path, call := range resourceCalls() {
		require.NoError(t, down.CallResource(ctx, &backend.CallResourceRequest{Path: path, Method: call.method, URL: path + "?label=pod",
			PluginContext: backend.PluginContext{User: everybody["admin"]}, Body: []byte(`{"target":"shop","profile":"heap"}`)},
			backend.CallResourceResponseSenderFunc(func(*backend.CallResourceResponse) error { return nil })))
	}
	require.ErrorContains(t, guarded(ctx, func() error { panic("broken") }), "failed on this query")

	for _, said := range []string{"Query failed at the profile server", "Query not answered", "Resource call failed at the profile server", "Capture failed", "A query panicked"} {
		require.Contains(t, heard.String(), said)
	}
	require.NotContains(t, heard.String(), "without a trace")
	require.NotContains(t, heard.String(), "trace=00000000")
}

// What a user did wrong is no news, what the server or we did wrong is.
func TestHowLoudFaultsAre(t *testing.T) {
	heard := overhear(t)
	for class, want := range map[pyroscope.Class]string{pyroscope.Ours: "Query failed ", pyroscope.BadQuery: "Query not answered", pyroscope.Canceled: "Query not answered",
		pyroscope.Down: "at the profile server", pyroscope.Refused: "at the profile server", pyroscope.TooLarge: "at the profile server"} {
		heard.Reset()
		answer := refuse(t.Context(), pyroscope.Faulty(class, "A sentence.", errors.New("the cause")))
		require.Contains(t, heard.String(), want)
		require.Contains(t, heard.String(), "the cause")
		require.GreaterOrEqual(t, int(answer.Status), http.StatusBadRequest)
	}
}
