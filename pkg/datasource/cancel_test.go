package datasource

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

// A query that nobody waits for any more stops at once and leaves nothing behind.
func TestCancelLeavesNothingBehind(t *testing.T) {
	reached := make(chan struct{}, 100)
	hanging := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client left
		reached <- struct{}{}
		<-r.Context().Done()
	})
	d := open(t, hanging, nil)
	before := runtime.NumGoroutine()
	for range 5 {
		ctx, cancel := context.WithCancel(context.Background())
		finished := make(chan *backend.QueryDataResponse)
		go func() {
			answers, _ := d.QueryData(ctx, &backend.QueryDataRequest{Queries: []backend.DataQuery{
				{RefID: "A", JSON: []byte(`{"profileTypeId":"` + inuse + `"}`), TimeRange: backend.TimeRange{From: noon.Add(-time.Hour), To: noon}},
				{RefID: "B", JSON: []byte(`{"profileTypeId":"` + allocSpace + `"}`), TimeRange: backend.TimeRange{From: noon.Add(-time.Hour), To: noon}},
			}})
			finished <- answers
		}()
		<-reached
		cancel()
		select {
		case answers := <-finished:
			for _, answer := range answers.Responses {
				require.ErrorContains(t, answer.Error, "cancelled")
			}
		case <-time.After(5 * time.Second):
			t.Fatal("the query goes on after it was cancelled")
		}
	}
	d.Dispose()
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+2 }, 5*time.Second, 10*time.Millisecond,
		"goroutines are left: %d before, %d now", before, runtime.NumGoroutine())
}

func TestCallsAtTheSameTimeAreBounded(t *testing.T) {
	inner := half()
	inner.MaxRange = time.Hour
	var counted counter
	d := open(t, counted.around(inner), map[string]any{"concurrency": 3, "minStep": "1h"})
	request := &backend.QueryDataRequest{}
	for i := range 6 {
		request.Queries = append(request.Queries, backend.DataQuery{RefID: fmt.Sprint(i),
			JSON: []byte(`{"profileTypeId":"` + cpu + `"}`), TimeRange: backend.TimeRange{From: noon.Add(-6 * time.Hour), To: noon}})
	}
	answers, err := d.QueryData(context.Background(), request)
	require.NoError(t, err)
	for _, answer := range answers.Responses {
		require.NoError(t, answer.Error)
	}
	require.LessOrEqual(t, counted.most.Load(), int64(3))
	require.Greater(t, counted.most.Load(), int64(1), "and they are made at the same time")
}
