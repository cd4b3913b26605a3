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
	"slices"
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

// lookUp finds the addresses of a name; tests have names of their own.
var lookUp = net.DefaultResolver.LookupNetIP

// dialNotLinkLocal looks a name up itself, so that the address that was judged is the one that is dialled.
func dialNotLinkLocal(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	found, err := lookUp(ctx, "ip", host)
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

// metadata are addresses, of no link, under which clouds serve their machines: AWS and GCP in IPv6, Azure, Alibaba, Oracle.
var metadata = []netip.Addr{
	netip.MustParseAddr("fd00:ec2::254"), netip.MustParseAddr("fd20:ce::254"), netip.MustParseAddr("168.63.129.16"),
	netip.MustParseAddr("100.100.100.200"), netip.MustParseAddr("192.0.0.192"),
}

// translated are addresses of IPv6 that stand for one of IPv4, which are their last four bytes: NAT64 and its old form.
var translated = []netip.Prefix{netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("::/96")}

func isLinkLocal(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if ip.Is6() && slices.ContainsFunc(translated, func(one netip.Prefix) bool { return one.Contains(ip) }) {
		whole := ip.As16()
		return isLinkLocal(netip.AddrFrom4([4]byte(whole[12:])))
	}
	return ip.IsLinkLocalUnicast() || ip.IsMulticast() || slices.Contains(metadata, ip)
}

// Close ends the connections that are kept open.
func (t *Target) Close() { t.client.CloseIdleConnections() }
