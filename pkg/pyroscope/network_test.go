package pyroscope

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTimeout(t *testing.T) {
	release := make(chan struct{})
	for _, started := range []bool{false, true} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if started {
				w.Header().Set("Content-Type", "application/proto")
				_, _ = w.Write([]byte{10})
				w.(http.Flusher).Flush()
			}
			<-release
		}))
		httpClient := server.Client()
		httpClient.Timeout = 100 * time.Millisecond
		fault := AsFault(anyTree(clientOf(server.URL, httpClient, 1<<20)))
		require.Equal(t, Down, fault.Class, "%v", fault.Cause)
		require.Contains(t, fault.Sentence, "did not answer within 100ms")
		release <- struct{}{}
		server.Close()
	}
}

func TestCancel(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	defer server.Close()
	c := clientOf(server.URL, server.Client(), 1<<20)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := c.ProfileTypes(ctx, Range{1, 2})
	require.True(t, Is(err, Canceled), "%v", err)
	_, err = c.ProfileTypes(ctx, Range{1, 2}) // while waiting for a slot
	require.True(t, Is(err, Canceled), "%v", err)
}

func TestNoServer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())
	fault := AsFault(anyTree(clientOf("http://"+address, &http.Client{}, 1<<20)))
	require.Equal(t, Down, fault.Class)
	require.Contains(t, fault.Sentence, "No server answers at "+address)

	unknown := &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "pyroscope.example", IsNotFound: true}}
	}}}
	fault = AsFault(anyTree(clientOf("http://pyroscope.example", unknown, 1<<20)))
	require.Equal(t, Down, fault.Class)
	require.Contains(t, fault.Sentence, "The host pyroscope.example cannot be found (DNS)")
}

func TestTLS(t *testing.T) {
	quiet := log.New(io.Discard, "", 0)
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = quiet
	secure.StartTLS()
	defer secure.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	demanding := httptest.NewUnstartedServer(http.NotFoundHandler())
	demanding.Config.ErrorLog = quiet
	// With TLS 1.3 the refusal races with the request.
	demanding.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}
	demanding.StartTLS()
	defer demanding.Close()

	knows := x509.NewCertPool()
	knows.AddCert(secure.Certificate())
	with := func(config *tls.Config) *http.Client {
		return &http.Client{Transport: &http.Transport{TLSClientConfig: config}, Timeout: 5 * time.Second}
	}
	for _, c := range []struct {
		name, url, says string
		client          *http.Client
	}{
		{"unknown authority", secure.URL, "authority that Grafana does not know (TLS)", with(nil)},
		{"other name", secure.URL, "certificate is not for pyroscope.example", with(&tls.Config{RootCAs: knows, ServerName: "pyroscope.example"})},
		{"expired", secure.URL, "certificate is not valid (TLS)", with(&tls.Config{RootCAs: knows, Time: func() time.Time { return time.Now().AddDate(200, 0, 0) }})},
		{"https where http is spoken", strings.Replace(plain.URL, "http:", "https:", 1), "does not speak TLS at this address", with(nil)},
		{"client certificate is missing", demanding.URL, "Check the client certificate", with(&tls.Config{InsecureSkipVerify: true})}, //nolint:gosec // the test's own server
	} {
		fault := AsFault(anyTree(clientOf(c.url, c.client, 1<<20)))
		require.Equal(t, Down, fault.Class, "%s: %v", c.name, fault.Cause)
		require.Contains(t, fault.Sentence, c.says, "%s: %v (%T)", c.name, fault.Cause, fault.Cause)
	}
	// HTTP where TLS is spoken is answered with 400.
	fault := AsFault(anyTree(clientOf(strings.Replace(secure.URL, "https:", "http:", 1), &http.Client{}, 1<<20)))
	require.Contains(t, fault.Sentence, "https://", "%v", fault.Cause)
}

func TestRedirectToALoginPage(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/login" {
			http.Redirect(w, r, "/login", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "<!doctype html><form>")
	}))
	defer server.Close()
	fault := AsFault(anyTree(clientOf(server.URL, server.Client(), 1<<20)))
	require.Equal(t, NotPyroscope, fault.Class)
	require.Contains(t, fault.Sentence, "a login page")
}
