package datasource

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// guardedServer speaks TLS with a certificate of its own authority, and answers
// requests that a condition lets in; the others get 401.
func guardedServer(t *testing.T, authority *x509.Certificate, config *tls.Config, letsIn func(*http.Request) bool) string {
	t.Helper()
	profiles := &pyroscopetest.Server{Version: "1.18.0", Profiles: []pyroscopetest.Profile{{Type: cpu, At: noon.Add(-time.Second),
		Labels: map[string]string{"service_name": "shop"}, Stacks: map[string]int64{"main": 1}}}}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !letsIn(r) {
			http.Error(w, "who are you", http.StatusUnauthorized)
			return
		}
		profiles.ServeHTTP(w, r)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	config.ClientCAs = x509.NewCertPool()
	config.ClientCAs.AddCert(authority)
	config.MaxVersion = tls.VersionTLS12 // with TLS 1.3 the refusal of a client races with its request
	server.TLS = config
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

// callsOf makes every kind of call over the plugin protocol, as Grafana does, with
// the headers that it forwards of a user, and returns what went wrong in each.
func callsOf(t *testing.T, settings backend.DataSourceInstanceSettings, forwarded map[string]string) map[string]string {
	t.Helper()
	plugin, err := served()
	require.NoError(t, err)
	ctx := context.Background()
	with := backend.PluginContext{PluginID: ID, DataSourceInstanceSettings: &settings}
	failures := map[string]string{}

	answers, err := plugin.Client.QueryData(ctx, &backend.QueryDataRequest{PluginContext: with, Headers: forwarded,
		Queries: []backend.DataQuery{{RefID: "A", TimeRange: backend.TimeRange{From: noon.Add(-time.Minute), To: noon},
			JSON: []byte(`{"profileTypeId":"` + cpu + `","queryType":"both"}`)}}})
	require.NoError(t, err)
	if failed := answers.Responses["A"].Error; failed != nil {
		failures["query"] = failed.Error()
	}

	headers := map[string][]string{}
	for name, value := range forwarded {
		headers[name] = []string{value}
	}
	err = plugin.Client.CallResource(ctx, &backend.CallResourceRequest{PluginContext: with, Headers: headers, Method: http.MethodGet,
		Path: "services", URL: "services"}, backend.CallResourceResponseSenderFunc(func(r *backend.CallResourceResponse) error {
		if r.Status != http.StatusOK {
			failures["resource"] = string(r.Body)
		}
		return nil
	}))
	require.NoError(t, err)

	// The client's own CheckHealth leaves the headers out.
	told, err := plugin.Client.DiagnosticsClient.CheckHealth(ctx, &pluginv2.CheckHealthRequest{
		PluginContext: backend.ToProto().PluginContext(with), Headers: forwarded})
	require.NoError(t, err)
	result := backend.FromProto().CheckHealthResponse(told)
	if result.Status != backend.HealthStatusOk {
		failures["health"] = result.Message
	} else {
		require.Contains(t, result.Message, "Pyroscope 1.18.0", "the call for the version is let in as well")
	}
	return failures
}

// Every way to log in that Grafana's HTTP settings offer opens a server that
// nothing else does, for queries, editors and Save & test alike.
func TestEveryWayToLogIn(t *testing.T) {
	authority, authorityKey := certificate(t, "authority", nil, nil)
	host, hostKey := certificate(t, "pyroscope.internal", authority, authorityKey)
	client, clientKey := certificate(t, "grafana", authority, authorityKey)
	ofServer := []tls.Certificate{{Certificate: [][]byte{host.Raw}, PrivateKey: hostKey}}
	trusting := map[string]any{"tlsAuthWithCACert": true, "serverName": "pyroscope.internal"}
	header := func(name, value string) func(*http.Request) bool {
		return func(r *http.Request) bool { return r.Header.Get(name) == value }
	}
	for _, c := range []struct {
		name      string
		tls       tls.ClientAuthType
		letsIn    func(*http.Request) bool
		settings  backend.DataSourceInstanceSettings
		keys      map[string]any // of jsonData, besides those that trust the authority
		secrets   map[string]string
		forwarded map[string]string
	}{
		{name: "basic", letsIn: func(r *http.Request) bool {
			user, password, _ := r.BasicAuth()
			return user == "ana" && password == "p:ss wörd"
		}, settings: backend.DataSourceInstanceSettings{BasicAuthEnabled: true, BasicAuthUser: "ana"}, secrets: map[string]string{"basicAuthPassword": "p:ss wörd"}},
		{name: "bearer", letsIn: header("Authorization", "Bearer t0ken"), keys: map[string]any{"httpHeaderName1": "Authorization"},
			secrets: map[string]string{"httpHeaderValue1": "Bearer t0ken"}},
		{name: "custom headers", letsIn: func(r *http.Request) bool { return r.Header.Get("X-Team") == "blue" && r.Header.Get("X-Key") == "k" },
			keys:    map[string]any{"httpHeaderName1": "X-Team", "httpHeaderName2": "X-Key"},
			secrets: map[string]string{"httpHeaderValue1": "blue", "httpHeaderValue2": "k"}},
		{name: "tenant", letsIn: header("X-Scope-OrgID", "team-a"), keys: map[string]any{"tenant": "team-a"}},
		{name: "tenant as core's users set it", letsIn: header("X-Scope-OrgID", "team-b"), keys: map[string]any{"httpHeaderName1": "X-Scope-OrgID"},
			secrets: map[string]string{"httpHeaderValue1": "team-b"}},
		{name: "client certificate", tls: tls.RequireAndVerifyClientCert,
			letsIn: func(r *http.Request) bool { return r.TLS.PeerCertificates[0].Subject.CommonName == "grafana" },
			keys:   map[string]any{"tlsAuth": true}, secrets: map[string]string{"tlsClientCert": pemOf(t, client, nil), "tlsClientKey": pemOf(t, nil, clientKey)}},
		{name: "forwarded identity", letsIn: header("Authorization", "Bearer of-the-user"), keys: map[string]any{"oauthPassThru": true},
			forwarded: map[string]string{"Authorization": "Bearer of-the-user", "X-ID-Token": "id"}},
		{name: "kept cookie", letsIn: header("Cookie", "sid=1"), keys: map[string]any{"keepCookies": []string{"sid"}}, forwarded: map[string]string{"Cookie": "sid=1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			settings := c.settings
			settings.URL = guardedServer(t, authority, &tls.Config{Certificates: ofServer, ClientAuth: c.tls}, c.letsIn)
			settings.ID, settings.UID, settings.Name, settings.Type = time.Now().UnixNano(), t.Name(), "Profiles", ID
			keys := map[string]any{}
			for _, some := range []map[string]any{trusting, c.keys} {
				for key, value := range some {
					keys[key] = value
				}
			}
			settings.JSONData = jsonData(t, keys)
			settings.DecryptedSecureJSONData = map[string]string{"tlsCACert": pemOf(t, authority, nil)}
			for key, value := range c.secrets {
				settings.DecryptedSecureJSONData[key] = value
			}
			require.Empty(t, callsOf(t, settings, c.forwarded))

			// Without the credentials nothing is let in. The instance is another one
			// as soon as the settings changed; no restart is needed.
			changed := backend.DataSourceInstanceSettings{ID: settings.ID, UID: settings.UID, Name: settings.Name, Type: ID, URL: settings.URL,
				Updated: settings.Updated.Add(time.Second), JSONData: jsonData(t, trusting), DecryptedSecureJSONData: map[string]string{"tlsCACert": pemOf(t, authority, nil)}}
			refused := callsOf(t, changed, nil)
			require.Len(t, refused, 3)
			for call, sentence := range refused {
				if c.tls == tls.NoClientCert {
					require.Contains(t, sentence, "refused the credentials (HTTP 401): who are you. Check authentication and tenant", call)
				} else {
					require.Contains(t, sentence, "Check the client certificate and key", call)
				}
			}
			settings.Updated = changed.Updated.Add(time.Second)
			require.Empty(t, callsOf(t, settings, c.forwarded))
		})
	}
}

// A certificate of an unknown authority is refused unless that is switched off.
func TestOwnAuthorityAndSkipVerify(t *testing.T) {
	authority, authorityKey := certificate(t, "authority", nil, nil)
	host, hostKey := certificate(t, "localhost", authority, authorityKey)
	url := guardedServer(t, authority, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{host.Raw}, PrivateKey: hostKey}}},
		func(*http.Request) bool { return true })
	named := strings.Replace(url, "127.0.0.1", "localhost", 1)
	for _, c := range []struct {
		url  string
		keys map[string]any
		says string // empty where the server is reached
	}{
		{named, map[string]any{}, "signed by an authority that Grafana does not know (TLS). Add the CA certificate"},
		{named, map[string]any{"tlsSkipVerify": true}, ""},
		{named, map[string]any{"tlsAuthWithCACert": true}, ""},
		{url, map[string]any{"tlsAuthWithCACert": true, "serverName": "localhost"}, ""},
		{url, map[string]any{"tlsAuthWithCACert": true}, "certificate is not for 127.0.0.1 (TLS). Check the URL, or set the server name"},
	} {
		failures := callsOf(t, backend.DataSourceInstanceSettings{ID: time.Now().UnixNano(), UID: t.Name(), Type: ID, URL: c.url, JSONData: jsonData(t, c.keys),
			DecryptedSecureJSONData: map[string]string{"tlsCACert": pemOf(t, authority, nil)}}, nil)
		if c.says == "" {
			require.Empty(t, failures, "%v", c.keys)
			continue
		}
		require.Len(t, failures, 3)
		for call, sentence := range failures {
			require.Contains(t, sentence, c.says, call)
		}
	}
}
