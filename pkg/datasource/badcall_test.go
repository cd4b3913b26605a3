package datasource

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/pprof"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

// Whatever is asked, every resource call says what is wrong with it, soon, and without blame for the plugin.
func TestCallsThatAskNonsense(t *testing.T) {
	d := open(t, cartAndPay(), shopTarget("http://127.0.0.1:1"))
	long := bytes.Repeat([]byte{'x'}, 100_000)
	for path, call := range resourceCalls() {
		for _, query := range []url.Values{
			{"start": {"NaN"}, "end": {"NaN"}}, {"start": {"-Inf"}, "end": {"+Inf"}}, {"start": {"-1e300"}, "end": {"1e300"}},
			{"start": {"-9223372036854775808"}, "end": {"9223372036854775807"}}, {"start": {"0"}, "end": {"99999999999999"}}, {"start": {"9e18"}, "end": {"9.1e18"}},
			{"start": {"2"}, "end": {"1"}}, {"start": {"soon"}}, {"query": {"{"}}, {"query": {string(long)}}, {"query": {`{a=~"(((((("}`}}, {"query": {`{a="\xff"}`}},
			{"type": {string(long)}}, {"type": {cpu}, "function": {string(long)}}, {"label": {string(long)}}, {"label": {"\x00"}}, {"labels": {"[[[[["}}, {"profile": {string(long)}},
		} {
			for _, body := range [][]byte{nil, []byte("null"), []byte("{}"), []byte("[]"), []byte(`{"query":null,"from":-9223372036854775808,"to":9223372036854775807}`),
				[]byte(`{"budget":9223372036854775807,"maxServices":-1}`), bytes.Repeat([]byte{'['}, 200_000), {0xff, 0xfe, 0}} {
				if call.method == http.MethodGet && body != nil || call.method == http.MethodPost && len(query) > 1 && body == nil {
					continue
				}
				begun := time.Now()
				status, said := callAs(t, d, everybody["admin"], call.method, path+"?"+query.Encode(), body)
				require.Less(t, time.Since(begun), 10*time.Second, "%s %.200s %.100s", path, query.Encode(), body)
				require.NotEqual(t, http.StatusInternalServerError, status, "%s %.200s %.100s: %.500s", path, query.Encode(), body, said)
				require.NotContains(t, string(said), "went wrong in the Flamewatch datasource", "%s %.200s %.100s", path, query.Encode(), body)
				require.NotContains(t, string(said), "failed on this query", "%s %.200s %.100s", path, query.Encode(), body)
				require.Less(t, len(said), 50_000, "%s %.200s: what was asked is repeated in part only", path, query.Encode())
			}
		}
	}
}

func TestBodiesThatAreTooLong(t *testing.T) {
	d := open(t, cartAndPay(), shopTarget("http://127.0.0.1:1"))
	body := append([]byte(`{"target":"shop","profile":"heap"}`), bytes.Repeat([]byte{' '}, largestBody)...)
	for _, path := range []string{"regressions", "regressions/replay", "captures/take"} {
		status, said := callAs(t, d, everybody["admin"], http.MethodPost, path, body)
		require.Equal(t, http.StatusBadRequest, status, path)
		require.Contains(t, string(said), "The request has 256 kB, at most 256 are read.", path)
	}
}

// A data source that is no more keeps no connection to the programs that it captured.
func TestNothingStaysOpenOfCaptures(t *testing.T) {
	var connections atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(pprof.Index))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			connections.Add(1)
		case http.StateClosed:
			connections.Add(-1)
		}
	}
	server.Start()
	defer server.Close()
	made, err := New(t.Context(), backend.DataSourceInstanceSettings{URL: "http://127.0.0.1:1", JSONData: jsonData(t, shopTarget(server.URL))})
	require.NoError(t, err)
	d := made.(*Datasource)
	status, said := callAs(t, d, user("Editor"), http.MethodPost, "captures/take", []byte(`{"target":"shop","profile":"heap"}`))
	require.Equal(t, http.StatusOK, status, "%.300s", said)
	require.EqualValues(t, 1, connections.Load(), "kept for the next capture")
	d.Dispose()
	require.Eventually(t, func() bool { return connections.Load() == 0 }, 5*time.Second, time.Millisecond)
}
