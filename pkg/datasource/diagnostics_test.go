package datasource

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

func askDiagnostics(t *testing.T, d *Datasource, role string) (int, string) {
	t.Helper()
	var response *backend.CallResourceResponse
	req := &backend.CallResourceRequest{Method: http.MethodGet, Path: "diagnostics", URL: "diagnostics", PluginContext: backend.PluginContext{PluginVersion: "1.2.3"}}
	if role != "" {
		req.PluginContext.User = &backend.User{Login: "ann", Role: role}
	}
	require.NoError(t, d.CallResource(context.Background(), req,
		backend.CallResourceResponseSenderFunc(func(r *backend.CallResourceResponse) error { response = r; return nil })))
	return response.Status, string(response.Body)
}

func TestDiagnosticsTryTheCalls(t *testing.T) {
	server := twoServices()
	server.Version = "2.2.1"
	server.Unknown = []string{"GetProfileStats"}
	d := open(t, server, map[string]any{"tenant": "secret-tenant"})
	status, body := askDiagnostics(t, d, "Admin")
	require.Equal(t, http.StatusOK, status, body)
	var answer diagnosis
	require.NoError(t, json.Unmarshal([]byte(body), &answer))
	outcomes := map[string]string{}
	for _, call := range answer.Calls {
		outcomes[call.Name] = call.Outcome
	}
	require.Equal(t, map[string]string{"BuildInfo": "ok", "ProfileTypes": "ok", "LabelNames": "ok", "LabelValues": "ok", "Series": "ok",
		"SelectSeries": "ok", "SelectMergeStacktraces": "ok", "GetProfileStats": "unsupported"}, outcomes)
	require.Equal(t, "2.2.1", answer.Server.Version)
	require.Equal(t, "1.2.3", answer.Plugin.Version)
	require.True(t, answer.Settings.HasTenant)
	require.NotContains(t, body, "secret-tenant")
	for _, part := range d.client.AddressParts() {
		require.NotContains(t, body, part)
	}
	require.Positive(t, answer.Metrics[`flamewatch_server_call_duration_seconds{call="Series",outcome="ok"} count`])
}

func TestDiagnosticsOfAServerThatIsDown(t *testing.T) {
	d := open(t, twoServices(), nil)
	// A port on which nobody listens.
	d.client = pyroscope.New(http.DefaultClient, "http://127.0.0.1:1/path", pyroscope.Options{ResponseLimit: 1 << 20, Concurrency: 4})
	status, body := askDiagnostics(t, d, "Admin")
	require.Equal(t, http.StatusOK, status)
	require.NotContains(t, body, "127.0.0.1")
	require.Contains(t, body, "No server answers at (the server)")
}

// What a server says of a failure names machines and tenants; a bug report is read by everybody.
func TestDiagnosticsNameNobody(t *testing.T) {
	for _, said := range []string{
		"rate limit of tenant team-red", `"team-red": no org`, "user reporter may not", "team-red team-red reporter/reporter", "dial tcp 10.1.2.3:9095: refused", "ring of 10.1.2.3 is empty",
		"lookup ingester-0.pyroscope.svc:9095", "lookup ingester-0.pyroscope.svc: no such host", "lookup ingester-0 on 10.1.2.3:53: no such host", "see https://wiki.internal/runbook?token=abc", "dial tcp [fd00::1:2]:4040", "fe80::1%eth0 is down", "::1 is down", "ingester-0:9095",
	} {
		body, err := json.Marshal(map[string]string{"code": "internal", "message": said})
		require.NoError(t, err)
		listening := httptest.NewServer(answering(500, "application/json", string(body)))
		defer listening.Close()
		made, err := New(t.Context(), backend.DataSourceInstanceSettings{URL: listening.URL, BasicAuthEnabled: true, BasicAuthUser: "reporter",
			JSONData: jsonData(t, map[string]any{"tenant": "team-red", "instanceLabel": "rack_of_red"})})
		require.NoError(t, err)
		defer made.(*Datasource).Dispose()
		_, answer := askDiagnostics(t, made.(*Datasource), "Admin")
		require.Contains(t, answer, "failed while answering (HTTP 500)")
		for _, named := range []string{"team-red", "reporter", "10.1.2.3", "ingester-0", "wiki.internal", "abc", "fd00", "fe80", "::1", "rack_of_red"} {
			require.NotContains(t, answer, named, said)
		}
	}
	d := openAt(t, "http://localhost:1", nil) // whose address is another than its name
	_, answer := askDiagnostics(t, d, "Admin")
	require.Contains(t, answer, "No server answers at")
	require.NotContains(t, answer, "127.0.0.1")
	require.NotContains(t, answer, "[::1]")
	// What is no address stays.
	require.Equal(t, "failed (HTTP 500): std::move of 2.3.1 at 12:30. Try again.", d.withoutNames("failed (HTTP 500): std::move of 2.3.1 at 12:30. Try again."))
	d.settings.Tenant = "a"
	require.Equal(t, "tenant (a name), at all", d.withoutNames("tenant a, at all"))
	require.Less(t, len(d.plainVersion(pyroscope.BuildInfo{Version: strings.Repeat("1", 60_000)}).Version), 1000)
}

func TestDiagnosticsAreForAdministrators(t *testing.T) {
	for _, role := range []string{"Viewer", "Editor", ""} {
		status, body := askDiagnostics(t, open(t, twoServices(), nil), role)
		require.Equal(t, http.StatusForbidden, status, body)
	}
}
