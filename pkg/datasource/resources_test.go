package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// resource calls a resource with the hour before noon as the range.
func resource(t *testing.T, d *Datasource, path string, params map[string]string) (int, string) {
	t.Helper()
	query := url.Values{"start": {fmt.Sprint(noon.Add(-time.Hour).UnixMilli())}, "end": {fmt.Sprint(noon.UnixMilli())}}
	for name, value := range params {
		query.Set(name, value)
	}
	var got *backend.CallResourceResponse
	err := d.CallResource(context.Background(), &backend.CallResourceRequest{Path: path, Method: http.MethodGet, URL: path + "?" + query.Encode()},
		backend.CallResourceResponseSenderFunc(func(r *backend.CallResourceResponse) error {
			got = r
			return nil
		}))
	require.NoError(t, err)
	require.True(t, json.Valid(got.Body))
	return got.Status, string(got.Body)
}

func cartAndPay() *pyroscopetest.Server {
	one := func(profileType, service, namespace, pod string) pyroscopetest.Profile {
		return pyroscopetest.Profile{Type: profileType, At: noon.Add(-time.Minute), Stacks: map[string]int64{"main": 1},
			Labels: map[string]string{"service_name": service, "namespace": namespace, "pod": pod}}
	}
	return &pyroscopetest.Server{Version: "1.18.0", Profiles: []pyroscopetest.Profile{
		one(cpu, "cart", "prod", "cart-1"), one(inuse, "cart", "prod", "cart-1"), one(cpu, "cart", "dev", "cart-2"),
		one(cpu, "pay", "prod", "pay-1"),
	}}
}

func TestResources(t *testing.T) {
	d := open(t, cartAndPay(), nil)
	for _, c := range []struct {
		path   string
		params map[string]string
		want   string
	}{
		{"labelNames", nil, `["namespace","pod","service_name"]`},
		{"/labelNames", map[string]string{"query": `{service_name="nobody"}`}, `[]`},
		{"labelValues", map[string]string{"label": "pod"}, `["cart-1","cart-2","pay-1"]`},
		{"labelValues", map[string]string{"label": "pod", "query": `{service_name="cart"}`}, `["cart-1","cart-2"]`},
		{"labelValues", map[string]string{"label": "pod", "query": `{service_name="cart",namespace="prod"}`}, `["cart-1"]`},
		{"labelValues", map[string]string{"label": "pod", "query": `{service_name="cart",pod="cart-1"}`}, `["cart-1","cart-2"]`},
		{"labelValues", map[string]string{"label": "nope"}, `[]`},
	} {
		status, body := resource(t, d, c.path, c.params)
		require.Equal(t, 200, status)
		require.Equal(t, c.want, body, "%s %v", c.path, c.params)
	}
	status, body := resource(t, d, "profileTypes", nil)
	require.Equal(t, 200, status)
	require.JSONEq(t, `[{"id":"`+inuse+`","label":"memory - inuse_space","name":"memory","sampleType":"inuse_space","unit":"bytes","kind":"level"},
		{"id":"`+cpu+`","label":"process_cpu - cpu","name":"process_cpu","sampleType":"cpu","unit":"ns","kind":"flow"}]`, body)
	_, body = resource(t, d, "profileTypes", map[string]string{"query": `{service_name="pay"}`})
	require.NotContains(t, body, inuse)
	require.Contains(t, body, cpu)
}

func TestResourcesWithMistakes(t *testing.T) {
	d := open(t, cartAndPay(), nil)
	for _, c := range []struct {
		path   string
		params map[string]string
		status int
		says   string
	}{
		{"nope", nil, 404, "no resource"},
		{"labelValues", nil, 400, "needs the parameter label"},
		{"labelNames", map[string]string{"query": `{a=`}, 400, "malformed at position 4"},
		{"labelNames", map[string]string{"start": "soon"}, 400, `start is \"soon\"`},
		{"labelNames", map[string]string{"start": "9999999999999999"}, 400, "inverted"},
	} {
		status, body := resource(t, d, c.path, c.params)
		require.Equal(t, c.status, status, c.path)
		require.Contains(t, body, c.says)
		require.Contains(t, body, `"message"`)
	}
	server := cartAndPay()
	server.Unknown = []string{"LabelNames"}
	status, body := resource(t, open(t, server, nil), "labelNames", nil)
	require.Equal(t, 501, status)
	require.Contains(t, body, "does not know the call LabelNames")
}

// A dashboard over 30 days asks for labels too; the server answers a day.
func TestResourcesOfALongRange(t *testing.T) {
	server := cartAndPay()
	server.MaxRange = 24 * time.Hour
	month := map[string]string{"start": fmt.Sprint(noon.AddDate(0, -1, 0).UnixMilli())}
	for _, path := range []string{"labelNames", "profileTypes"} {
		status, body := resource(t, open(t, server, nil), path, month)
		require.Equal(t, 200, status, body)
		require.NotEqual(t, "[]", body)
	}
}

func TestHealth(t *testing.T) {
	check := func(d *Datasource) *backend.CheckHealthResult {
		result, err := d.CheckHealth(context.Background(), &backend.CheckHealthRequest{})
		require.NoError(t, err)
		return result
	}
	server := cartAndPay()
	for i := range server.Profiles {
		server.Profiles[i].At = noon.Add(30 * time.Minute)
	}
	ok := check(open(t, server, nil))
	require.Equal(t, backend.HealthStatusOk, ok.Status)
	require.Equal(t, "Connected to Pyroscope 1.18.0: 2 profile types in the last hour.", ok.Message)
	require.JSONEq(t, `{"version":"1.18.0","revision":"","profileTypes":2}`, string(ok.JSONDetails))

	require.Equal(t, "Connected to Pyroscope without a version number. It received no profiles in the last hour.",
		check(open(t, &pyroscopetest.Server{}, nil)).Message)
	require.Contains(t, check(open(t, &pyroscopetest.Server{Unknown: []string{"buildinfo"}}, nil)).Message, "does not tell its version")

	for says, handler := range map[string]http.Handler{
		"does not know Pyroscope's calls (HTTP 404)": http.NotFoundHandler(),
		"a web page instead of profiles": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("<!doctype html>"))
		}),
		"refused the credentials (HTTP 401)": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }),
	} {
		result := check(open(t, handler, nil))
		require.Equal(t, backend.HealthStatusError, result.Status)
		require.Contains(t, result.Message, says)
	}
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	require.Contains(t, check(openAt(t, closed.URL, nil)).Message, "No server answers at "+strings.TrimPrefix(closed.URL, "http://"))
}
