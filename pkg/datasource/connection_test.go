package datasource

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	sdk "github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/config"
	"github.com/grafana/grafana-plugin-sdk-go/experimental/datasourcetest"
	"github.com/stretchr/testify/require"
)

// served is this plugin behind Grafana's plugin protocol, as Grafana runs it. It
// is started once: the SDK registers its metrics for the whole process.
var served = sync.OnceValues(func() (datasourcetest.TestPlugin, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return datasourcetest.TestPlugin{}, err
	}
	address := listener.Addr().String()
	_ = listener.Close()
	return datasourcetest.Manage(New, datasourcetest.ManageOpts{Address: address})
})

// asked sends a query over the plugin protocol with the headers that Grafana
// forwards, and returns the request that reached the server, and the error.
func asked(t *testing.T, server *httptest.Server, settings backend.DataSourceInstanceSettings, forwarded map[string]string) (*http.Request, string) {
	t.Helper()
	var seen *http.Request
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r
		w.Header().Set("Content-Type", "application/proto")
	})
	settings.ID, settings.UID, settings.Name, settings.Type = time.Now().UnixNano(), t.Name(), "Profiles", ID
	if settings.URL == "" {
		settings.URL = server.URL
	}
	plugin, err := served()
	require.NoError(t, err)
	answers, err := plugin.Client.QueryData(context.Background(), &backend.QueryDataRequest{
		PluginContext: backend.PluginContext{PluginID: ID, DataSourceInstanceSettings: &settings},
		Headers:       forwarded,
		Queries: []backend.DataQuery{{RefID: "A", TimeRange: backend.TimeRange{From: noon.Add(-time.Minute), To: noon},
			JSON: []byte(`{"profileTypeId":"` + cpu + `","queryType":"metrics"}`)}},
	})
	require.NoError(t, err)
	if failed := answers.Responses["A"].Error; failed != nil {
		return seen, failed.Error()
	}
	return seen, ""
}

func jsonData(t *testing.T, keys map[string]any) json.RawMessage {
	t.Helper()
	text, err := json.Marshal(keys)
	require.NoError(t, err)
	return text
}

func TestAuthenticationByHeader(t *testing.T) {
	server := httptest.NewServer(nil)
	defer server.Close()

	request, _ := asked(t, server, backend.DataSourceInstanceSettings{BasicAuthEnabled: true, BasicAuthUser: "ana",
		DecryptedSecureJSONData: map[string]string{"basicAuthPassword": "s3cret"}}, nil)
	user, password, _ := request.BasicAuth()
	require.Equal(t, "ana:s3cret", user+":"+password)

	request, _ = asked(t, server, backend.DataSourceInstanceSettings{
		JSONData:                jsonData(t, map[string]any{"httpHeaderName1": "Authorization", "httpHeaderName2": "X-Team", "tenant": "team-a"}),
		DecryptedSecureJSONData: map[string]string{"httpHeaderValue1": "Bearer token", "httpHeaderValue2": "blue"}}, nil)
	require.Equal(t, "Bearer token", request.Header.Get("Authorization"))
	require.Equal(t, "blue", request.Header.Get("X-Team"))
	require.Equal(t, "team-a", request.Header.Get("X-Scope-OrgID"))

	// Forwarded OAuth identity and kept cookies: Grafana hands them over only when
	// the data source is configured so.
	request, _ = asked(t, server, backend.DataSourceInstanceSettings{JSONData: jsonData(t, map[string]any{"oauthPassThru": true, "keepCookies": []string{"sid"}})},
		map[string]string{"Authorization": "Bearer of-the-user", "X-ID-Token": "id", "Cookie": "sid=1"})
	require.Equal(t, "Bearer of-the-user", request.Header.Get("Authorization"))
	require.Equal(t, "id", request.Header.Get("X-Id-Token"))
	require.Equal(t, "sid=1", request.Header.Get("Cookie"))

	request, _ = asked(t, server, backend.DataSourceInstanceSettings{}, nil)
	require.Empty(t, request.Header.Get("Authorization"))
	require.Empty(t, request.Header.Get("X-Scope-OrgID"))
}

func TestURLWithAPath(t *testing.T) {
	server := httptest.NewServer(nil)
	defer server.Close()
	request, _ := asked(t, server, backend.DataSourceInstanceSettings{URL: server.URL + "/behind/proxy/"}, nil)
	require.True(t, strings.HasPrefix(request.URL.Path, "/behind/proxy/querier.v1.QuerierService/"), request.URL.Path)
}

func TestTLSSettings(t *testing.T) {
	authority, authorityKey := certificate(t, "authority", nil, nil)
	client, clientKey := certificate(t, "grafana", authority, authorityKey)
	host, hostKey := certificate(t, "pyroscope.internal", authority, authorityKey)

	known := x509.NewCertPool()
	known.AddCert(authority)
	server := httptest.NewUnstartedServer(nil)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: known, MaxVersion: tls.VersionTLS12,
		Certificates: []tls.Certificate{{Certificate: [][]byte{host.Raw}, PrivateKey: hostKey}}}
	server.StartTLS()
	defer server.Close()

	secrets := map[string]string{"tlsCACert": pemOf(t, authority, nil), "tlsClientCert": pemOf(t, client, nil), "tlsClientKey": pemOf(t, nil, clientKey)}
	settings := func(keys map[string]any) backend.DataSourceInstanceSettings {
		return backend.DataSourceInstanceSettings{JSONData: jsonData(t, keys), DecryptedSecureJSONData: secrets}
	}
	request, message := asked(t, server, settings(map[string]any{"tlsAuth": true, "tlsAuthWithCACert": true, "serverName": "pyroscope.internal"}), nil)
	require.NotNil(t, request, message)
	require.Equal(t, "grafana", request.TLS.PeerCertificates[0].Subject.CommonName)

	request, message = asked(t, server, settings(map[string]any{"tlsAuth": true, "tlsSkipVerify": true}), nil)
	require.NotNil(t, request, message)

	request, message = asked(t, server, settings(map[string]any{"tlsAuthWithCACert": true, "serverName": "other.internal"}), nil)
	require.Nil(t, request)
	require.Contains(t, message, "certificate is not for other.internal (TLS)")

	request, message = asked(t, server, settings(map[string]any{"tlsSkipVerify": true}), nil)
	require.Nil(t, request)
	require.Contains(t, message, "Check the client certificate")

	secrets["tlsClientKey"] = "no key"
	_, err := New(context.Background(), backend.DataSourceInstanceSettings{URL: server.URL,
		JSONData: jsonData(t, map[string]any{"tlsAuth": true}), DecryptedSecureJSONData: secrets})
	require.ErrorContains(t, err, "The setting TLS of the data source cannot be used")
}

// certificate makes a certificate for a name, signed by another or by itself.
func certificate(t *testing.T, name string, signer *x509.Certificate, signerKey *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: signer == nil, BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}}
	if signer == nil {
		signer, signerKey = template, key
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, signer, &key.PublicKey, signerKey)
	require.NoError(t, err)
	made, err := x509.ParseCertificate(raw)
	require.NoError(t, err)
	return made, key
}

func pemOf(t *testing.T, certificate *x509.Certificate, key *ecdsa.PrivateKey) string {
	t.Helper()
	if certificate != nil {
		return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw}))
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}))
}

// With the secure SOCKS proxy every connection goes to the proxy.
func TestSecureSocksProxy(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = listener.Close() }()
	greeting := make(chan byte, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		first := make([]byte, 1)
		_, _ = io.ReadFull(conn, first)
		greeting <- first[0]
	}()
	settings := config.NewGrafanaCfg(map[string]string{
		"GF_SECURE_SOCKS_DATASOURCE_PROXY_SERVER_ENABLED": "true", "GF_SECURE_SOCKS_DATASOURCE_PROXY_PROXY_ADDRESS": listener.Addr().String(),
		"GF_SECURE_SOCKS_DATASOURCE_PROXY_ALLOW_INSECURE": "true",
	})
	ctx := config.WithGrafanaConfig(context.Background(), settings)
	made, err := New(ctx, backend.DataSourceInstanceSettings{UID: "x", Name: "x", Type: ID, URL: "http://pyroscope.internal:4040",
		JSONData: jsonData(t, map[string]any{"enableSecureSocksProxy": true, "timeout": 2})})
	require.NoError(t, err)
	d := made.(*Datasource)
	defer d.Dispose()
	result, err := d.CheckHealth(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, backend.HealthStatusError, result.Status)
	select {
	case version := <-greeting:
		require.EqualValues(t, 5, version, "SOCKS5")
	case <-time.After(3 * time.Second):
		t.Fatalf("nothing came to the proxy: %s", result.Message)
	}
}

func TestWrongURL(t *testing.T) {
	for url, says := range map[string]string{
		"":                   "The setting URL of the data source is empty",
		"pyroscope:4040":     "where http://host:port is expected",
		"ftp://host":         "where http://host:port is expected",
		"http://":            "where http://host:port is expected",
		"http://host:port":   "cannot be read",
		"http://a b":         "cannot be read",
		"localhost":          "where http://host:port is expected",
		"//pyroscope/prefix": "where http://host:port is expected",
	} {
		_, err := New(context.Background(), backend.DataSourceInstanceSettings{URL: url})
		require.ErrorContains(t, err, says, url)
	}
}

func TestSettingsOfAWrongKind(t *testing.T) {
	_, err := New(context.Background(), backend.DataSourceInstanceSettings{URL: "http://localhost:4040",
		JSONData: jsonData(t, map[string]any{"tlsAuth": true, "serverName": 5})})
	require.ErrorContains(t, err, "The setting jsonData of the data source holds a value of the wrong kind")
}

// A time-out of 0, or one that Grafana's SDK does not read, would be none at all.
func TestEveryCallHasATimeout(t *testing.T) {
	hanging := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	defer hanging.Close()
	answer := ask(t, openAt(t, hanging.URL, map[string]any{"timeout": "0.2"}), time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"})
	require.ErrorContains(t, answer.Error, "did not answer within 200ms")
	require.Equal(t, backend.StatusBadGateway, answer.Status)
}

// Settings that change make a new instance; the old one gives its connections
// back when it is disposed of.
func TestInstancesAreReplacedWithoutLeaks(t *testing.T) {
	server := httptest.NewServer(cartAndPay())
	defer server.Close()
	instances := sdk.NewInstanceManager(func(ctx context.Context, s backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
		return New(ctx, s)
	})
	get := func(tenant string, updated time.Time) *Datasource {
		made, err := instances.Get(context.Background(), backend.PluginContext{DataSourceInstanceSettings: &backend.DataSourceInstanceSettings{
			ID: 1, URL: server.URL, Updated: updated, JSONData: jsonData(t, map[string]any{"tenant": tenant})}})
		require.NoError(t, err)
		return made.(*Datasource)
	}
	one := get("a", noon)
	require.Same(t, one, get("a", noon))
	require.Equal(t, "b", get("b", noon.Add(time.Second)).settings.Tenant)

	before := runtime.NumGoroutine()
	for range 20 {
		made, err := New(context.Background(), backend.DataSourceInstanceSettings{URL: server.URL})
		require.NoError(t, err)
		d := made.(*Datasource)
		result, err := d.CheckHealth(context.Background(), nil)
		require.NoError(t, err)
		require.Equal(t, backend.HealthStatusOk, result.Status)
		d.Dispose()
	}
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+4 }, 5*time.Second, 10*time.Millisecond,
		"connections of disposed instances stay open")
}
