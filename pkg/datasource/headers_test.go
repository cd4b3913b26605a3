package datasource

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

// Grafana hands the headers of a browser's request to a resource call as they are. What the profile server is told is
// Grafana's and the administrator's to say: a header that chooses a tenant or a user must not get there.
func TestHeadersOfABrowserStayBehind(t *testing.T) {
	var guard sync.Mutex
	seen := http.Header{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		guard.Lock()
		defer guard.Unlock()
		for name, values := range r.Header {
			seen[name] = append(seen[name], values...)
		}
		http.Error(w, "no", http.StatusForbidden)
	}))
	defer server.Close()
	plugin, err := served()
	require.NoError(t, err)
	settings := backend.DataSourceInstanceSettings{ID: time.Now().UnixNano(), UID: t.Name(), Type: ID, URL: server.URL, JSONData: jsonData(t, map[string]any{"oauthPassThru": true})}
	sent := map[string][]string{
		"Authorization": {"Bearer mine"}, "Cookie": {"sid=1"}, "X-Id-Token": {"id"}, "X-Grafana-Id": {"signed"},
		"X-Scope-Orgid": {"blue"}, "x-scope-orgid": {"green"}, "X-Scope-OrgID": {"red"}, "http_X-Scope-OrgID": {"grey"},
		"X-Forwarded-User": {"root"}, "X-Webauth-User": {"root"}, "X-Grafana-User": {"root"}, "X-Forwarded-For": {"127.0.0.1"}, "Forwarded": {"for=127.0.0.1"},
		"Content-Encoding": {"gzip"}, "Transfer-Encoding": {"chunked"}, "Connect-Timeout-Ms": {"1"}, "Host": {"elsewhere"}, "Referer": {"http://grafana/d/secret"},
	}
	for path, call := range resourceCalls() {
		require.NoError(t, plugin.Client.CallResource(t.Context(), &backend.CallResourceRequest{
			PluginContext: backend.PluginContext{PluginID: ID, DataSourceInstanceSettings: &settings, User: &backend.User{Login: "ann", Role: "Admin"}},
			Headers:       sent, Method: call.method, Path: path, URL: path + "?label=pod&type=" + cpu + "&function=main",
			Body: []byte(`{"query":{"profileTypeId":"` + cpu + `"},"from":1,"to":2}`),
		}, backend.CallResourceResponseSenderFunc(func(*backend.CallResourceResponse) error { return nil })))
	}
	require.NotEmpty(t, seen)
	for name, values := range seen {
		said := strings.Join(values, " ")
		for _, foreign := range []string{"blue", "green", "red", "grey", "root", "127.0.0.1,", "for=", "elsewhere", "secret"} {
			require.NotContains(t, said, foreign, name)
		}
	}
	for _, name := range []string{"X-Scope-Orgid", "X-Forwarded-For", "Forwarded", "Content-Encoding", "Referer"} {
		require.NotContains(t, seen, name)
	}
	require.NotContains(t, seen["Connect-Timeout-Ms"], "1")
	require.Contains(t, seen["Authorization"], "Bearer mine", "what Grafana forwards of a user gets there")
	require.Contains(t, seen["X-Grafana-Id"], "signed")
}

// Grafana names the user to servers where it is set to; it does that in the same header that a browser could send.
func TestTheUsersNameIsGrafanas(t *testing.T) {
	named := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		named <- r.Header.Get("X-Grafana-User")
		http.Error(w, "no", http.StatusForbidden)
	}))
	defer server.Close()
	plugin, err := served()
	require.NoError(t, err)
	settings := backend.DataSourceInstanceSettings{ID: time.Now().UnixNano(), UID: t.Name(), Type: ID, URL: server.URL}
	with := backend.PluginContext{PluginID: ID, DataSourceInstanceSettings: &settings, User: &backend.User{Login: "ann", Role: "Viewer"}}
	for sent, want := range map[string]string{"ann": "ann", "root": "", "": ""} {
		require.NoError(t, plugin.Client.CallResource(t.Context(), &backend.CallResourceRequest{PluginContext: with, Headers: map[string][]string{"X-Grafana-User": {sent}},
			Method: http.MethodGet, Path: "services", URL: "services"}, backend.CallResourceResponseSenderFunc(func(*backend.CallResourceResponse) error { return nil })))
		require.Equal(t, want, <-named)
	}
	// A query's headers are all Grafana's.
	_, err = plugin.Client.QueryData(t.Context(), &backend.QueryDataRequest{PluginContext: with, Headers: map[string]string{"http_X-Grafana-User": "ann"},
		Queries: []backend.DataQuery{{RefID: "A", TimeRange: backend.TimeRange{From: noon.Add(-time.Minute), To: noon}, JSON: []byte(`{"profileTypeId":"` + cpu + `","queryType":"profile"}`)}}})
	require.NoError(t, err)
	for len(named) > 1 {
		<-named
	}
	require.Equal(t, "ann", <-named)
	require.NotEqual(t, identityOf(&backend.QueryDataRequest{Headers: map[string]string{"http_X-Grafana-User": "ann"}}),
		identityOf(&backend.QueryDataRequest{Headers: map[string]string{"http_X-Grafana-User": "bob"}}), "answers are not shared between users that the server can tell apart")
}
