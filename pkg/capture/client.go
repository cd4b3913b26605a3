package capture

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

const (
	dialTimeout = 10 * time.Second
	// idleTimeout is short: captures are rare, and a program that is profiled should not keep our connections.
	idleTimeout = 30 * time.Second
)

// errLinkLocal refuses the addresses under which clouds serve the machine's credentials; no program is profiled there.
var errLinkLocal = errors.New("the name stands for a link-local address")

// httpClient makes the client of a target: its TLS, no proxy, no redirects.
func (t *Target) httpClient() (*http.Client, error) {
	config := &tls.Config{
		MinVersion: tls.VersionTLS12, ServerName: t.serverName,
		InsecureSkipVerify: t.skipsVerification, //nolint:gosec // an administrator's choice, as in Grafana's own data sources
	}
	if t.secrets.tlsCACert != "" {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM([]byte(t.secrets.tlsCACert)) {
			return nil, fmt.Errorf("the CA certificate is not PEM text")
		}
	}
	if t.secrets.tlsClientCert != "" || t.secrets.tlsClientKey != "" {
		pair, err := tls.X509KeyPair([]byte(t.secrets.tlsClientCert), []byte(t.secrets.tlsClientKey))
		if err != nil {
			// The cause may quote the key.
			return nil, fmt.Errorf("the client certificate and its key are not a pair of PEM texts")
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialNotLinkLocal, TLSClientConfig: config, TLSHandshakeTimeout: dialTimeout,
			IdleConnTimeout: idleTimeout, MaxIdleConnsPerHost: 1, ForceAttemptHTTP2: true,
			// A profile is packed already, and a second layer would hide its size.
			DisableCompression: true, MaxResponseHeaderBytes: maxExplained,
		},
		// A redirect would choose the next address in the administrator's place; it is explained instead.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// dialNotLinkLocal looks a name up itself, so that the address that was judged is the one that is dialled.
func dialNotLinkLocal(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{Timeout: dialTimeout}
	for _, ip := range found {
		if isLinkLocal(ip) {
			err = errLinkLocal
			continue
		}
		var connection net.Conn
		if connection, err = dialer.DialContext(ctx, network, net.JoinHostPort(ip.Unmap().String(), port)); err == nil {
			return connection, nil
		}
	}
	return nil, err
}

func isLinkLocal(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip == netip.MustParseAddr("fd00:ec2::254")
}

// Close ends the connections that are kept open.
func (t *Target) Close() { t.client.CloseIdleConnections() }
