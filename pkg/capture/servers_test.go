package capture

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
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/pprof"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// authority signs certificates for servers and clients of a test.
type authority struct {
	t      *testing.T
	name   string
	issuer *x509.Certificate
	key    *ecdsa.PrivateKey
}

func newAuthority(t *testing.T, name string) *authority {
	t.Helper()
	a := &authority{t: t, name: name}
	a.key, a.issuer = a.make(&x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, nil, nil)
	return a
}

func (a *authority) make(template, parent *x509.Certificate, signer *ecdsa.PrivateKey) (*ecdsa.PrivateKey, *x509.Certificate) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(a.t, err)
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	template.Subject = pkix.Name{CommonName: a.name}
	template.NotBefore = time.Now().Add(-time.Hour)
	if template.NotAfter.IsZero() {
		template.NotAfter = time.Now().Add(time.Hour)
	}
	if parent == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	require.NoError(a.t, err)
	made, err := x509.ParseCertificate(der)
	require.NoError(a.t, err)
	return key, made
}

// pem is the authority's own certificate.
func (a *authority) pem() string { return pemOf("CERTIFICATE", a.issuer.Raw) }

// issue makes a certificate and its key as PEM texts.
func (a *authority) issue(template x509.Certificate) (certificate, key string) {
	a.t.Helper()
	private, made := a.make(&template, a.issuer, a.key)
	der, err := x509.MarshalECPrivateKey(private)
	require.NoError(a.t, err)
	return pemOf("CERTIFICATE", made.Raw), pemOf("EC PRIVATE KEY", der)
}

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// serveTLS serves with a certificate of the authority; clients, if given, signs the certificates that are asked for.
func (a *authority) serveTLS(handler http.Handler, of x509.Certificate, clients *authority) *httptest.Server {
	a.t.Helper()
	certificate, key := a.issue(of)
	pair, err := tls.X509KeyPair([]byte(certificate), []byte(key))
	require.NoError(a.t, err)
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = quiet()
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	if clients != nil {
		server.TLS.ClientAuth = tls.RequireAndVerifyClientCert
		server.TLS.ClientCAs = x509.NewCertPool()
		server.TLS.ClientCAs.AddCert(clients.issuer)
	}
	server.StartTLS()
	a.t.Cleanup(server.Close)
	return server
}

func loopback() x509.Certificate { return x509.Certificate{IPAddresses: []net.IP{{127, 0, 0, 1}}} }

// serve serves over plain HTTP until the test ends.
func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = quiet()
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// program serves this process's own profiles, as Go programs do.
func program() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// targetAt is a target as its settings make it; of adds or replaces settings.
func targetAt(t *testing.T, address string, of map[string]any, secrets map[string]string) []Target {
	t.Helper()
	settings := map[string]any{"id": "shop", "name": "Shop", "url": address}
	for key, value := range of {
		settings[key] = value
	}
	list, err := json.Marshal([]any{settings})
	require.NoError(t, err)
	targets, leftOut, err := ParseTargets(list, secrets)
	require.NoError(t, err)
	require.Empty(t, leftOut)
	t.Cleanup(func() {
		for i := range targets {
			targets[i].Close()
		}
	})
	return targets
}

func untold(Progress) error { return nil }

// take captures a profile of the target at its simplest.
func take(t *testing.T, targets []Target, ask Ask) ([]Taken, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ask.Target = "shop"
	plan, err := ask.Plan(targets)
	require.NoError(t, err)
	return new(Slots).Take(ctx, plan, untold)
}

// problemOf is the problem that a capture of a heap profile has.
func problemOf(t *testing.T, targets []Target) *Problem {
	t.Helper()
	_, err := take(t, targets, Ask{Profile: "heap"})
	require.Error(t, err)
	return AsProblem(err)
}
