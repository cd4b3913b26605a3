package datasource

import (
	"context"
	"encoding/json"
	"net/http"
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

func TestDiagnosticsAreForAdministrators(t *testing.T) {
	for _, role := range []string{"Viewer", "Editor", ""} {
		status, body := askDiagnostics(t, open(t, twoServices(), nil), role)
		require.Equal(t, http.StatusForbidden, status, body)
	}
}
