package datasource

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/grafana/grafana-plugin-sdk-go/backend"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
	"github.com/flamewatch/profiles/pkg/store"
)

// storeOfTenants is an embedded store that keeps tenants apart; each has one service, of its own name.
func storeOfTenants(t *testing.T, tenants ...string) http.Handler {
	t.Helper()
	opened, err := store.Open(store.Options{Dir: t.TempDir(), Tenants: true, Now: func() time.Time { return noon.Add(time.Second) }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, opened.Close()) })
	listening := httptest.NewServer(opened.Handler())
	t.Cleanup(listening.Close)
	kind, err := pyroscope.ParseProfileType(cpu)
	require.NoError(t, err)
	for _, tenant := range tenants {
		profiled := pyroscopetest.Profile{Type: cpu, At: noon.Add(-10 * time.Second), Stacks: map[string]int64{"main;secret_of_" + tenant: 7}}
		request := connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
			Labels:  []*typesv1.LabelPair{{Name: "__name__", Value: kind.Name}, {Name: "service_name", Value: "service_of_" + tenant}},
			Samples: []*pushv1.RawSample{{RawProfile: pprofOf(t, kind, profiled)}},
		}}})
		request.Header().Set(pyroscope.TenantHeader, tenant)
		_, err := pushv1connect.NewPusherServiceClient(listening.Client(), listening.URL).Push(context.Background(), request)
		require.NoError(t, err)
	}
	return opened.Handler()
}

// everythingOf is what a data source answers to every kind of question, as text.
func everythingOf(t *testing.T, d *Datasource, headers map[string]string) string {
	t.Helper()
	said, from, to := "", fmt.Sprint(noon.Add(-time.Minute).UnixMilli()), fmt.Sprint(noon.UnixMilli())
	for _, queryType := range []string{"profile", "metrics", "both", "functions", "heatmap", "deploys", "regressions", "spans"} {
		answer := askAs(t, d, noon.Add(-time.Minute), noon, map[string]any{"profileTypeId": cpu, "queryType": queryType}, headers)
		text, err := answer.MarshalJSON()
		require.NoError(t, err)
		said += string(text)
	}
	of := map[string][]string{}
	for name, value := range headers {
		of[name] = []string{value}
	}
	for path, call := range resourceCalls() {
		require.NoError(t, d.CallResource(t.Context(), &backend.CallResourceRequest{Path: path, Method: call.method, Headers: of,
			URL:           path + "?label=service_name&start=" + from + "&end=" + to,
			PluginContext: backend.PluginContext{User: everybody["admin"]},
			Body:          []byte(`{"query":{"profileTypeId":"` + cpu + `"},"from":` + from + `,"to":` + to + `}`)},
			backend.CallResourceResponseSenderFunc(func(part *backend.CallResourceResponse) error {
				said += string(part.Body)
				return nil
			})))
	}
	return said
}

// Two data sources on one server, each with its own tenant, see nothing of each other, the second time neither, when
// everything that is kept is kept.
func TestTenantsAreKeptApart(t *testing.T) {
	server := storeOfTenants(t, "red", "blue")
	sources := map[string]*Datasource{"red": open(t, server, map[string]any{"tenant": "red"}), "blue": open(t, server, map[string]any{"tenant": "blue"})}
	for range 2 {
		for tenant, d := range sources {
			other := map[string]string{"red": "blue", "blue": "red"}[tenant]
			said := everythingOf(t, d, nil)
			require.Contains(t, said, "secret_of_"+tenant)
			require.Contains(t, said, "service_of_"+tenant)
			require.NotContains(t, said, "_of_"+other)
		}
	}
	// One tenant's identity, sent by a user, does not replace the tenant of the settings.
	said := everythingOf(t, sources["red"], map[string]string{"X-Scope-OrgID": "blue", "http_X-Scope-OrgID": "blue"})
	require.NotContains(t, said, "_of_blue")
	// Without a tenant the server refuses, and nothing that is kept answers in its place.
	said = everythingOf(t, open(t, server, nil), nil)
	require.NotContains(t, said, "_of_red")
	require.NotContains(t, said, "_of_blue")
}

// Two users of one data source that forwards their identity see what the server shows each, also when they ask at the
// same time and one after the other, so that no answer of one is another's.
func TestForwardedIdentitiesAreKeptApart(t *testing.T) {
	server := storeOfTenants(t, "red", "blue")
	// What stands before the server makes a tenant of who asks.
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set(pyroscope.TenantHeader, map[string]string{"Bearer red": "red", "Bearer blue": "blue"}[r.Header.Get("Authorization")])
		time.Sleep(5 * time.Millisecond) // so that calls meet
		server.ServeHTTP(w, r)
	}))
	defer proxy.Close()
	plugin, err := served()
	require.NoError(t, err)
	settings := backend.DataSourceInstanceSettings{ID: time.Now().UnixNano(), UID: t.Name(), Type: ID, URL: proxy.URL, JSONData: jsonData(t, map[string]any{"oauthPassThru": true})}
	var asking sync.WaitGroup
	for i := range 40 {
		who := []string{"red", "blue"}[i%2]
		asking.Go(func() {
			queryType := []string{"profile", "functions", "regressions", "both"}[i/2%4]
			answers, err := plugin.Client.QueryData(t.Context(), &backend.QueryDataRequest{
				PluginContext: backend.PluginContext{PluginID: ID, DataSourceInstanceSettings: &settings}, Headers: map[string]string{"Authorization": "Bearer " + who},
				Queries: []backend.DataQuery{{RefID: "A", TimeRange: backend.TimeRange{From: noon.Add(-time.Minute), To: noon}, JSON: []byte(`{"profileTypeId":"` + cpu + `","queryType":"` + queryType + `"}`)}},
			})
			if !assert.NoError(t, err) {
				return
			}
			answer := answers.Responses["A"]
			text, err := answer.MarshalJSON()
			if !assert.NoError(t, err) {
				return
			}
			other := map[string]string{"red": "blue", "blue": "red"}[who]
			assert.NotContains(t, string(text), "_of_"+other, queryType)
			if queryType == "profile" {
				assert.Contains(t, string(text), "_of_"+who)
			}
		})
	}
	asking.Wait()
}
