package pyroscope

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"

	"github.com/flamewatch/profiles/pkg/network"
)

func tooLarge(limit int64) *Fault {
	return Faulty(TooLarge, fmt.Sprintf("The answer is larger than the limit of %d MiB. Ask for fewer nodes, a shorter range or "+
		"a narrower selector, or raise the response limit in the settings of the data source.", limit>>20),
		httpclient.ErrResponseBodyTooLarge)
}

func cutOff(cause error) *Fault {
	return Faulty(Down, "The answer broke off in the middle. Try again; if it happens every time, "+
		"look for a proxy between Grafana and Pyroscope that limits time or size.", cause)
}

// faultOfRead makes a fault of an error while an answer's body is read.
func faultOfRead(err error) error {
	var fault *Fault
	switch {
	case errors.As(err, &fault), errors.Is(err, context.Canceled), isTimeout(err):
		return err
	case errors.Is(err, httpclient.ErrResponseBodyTooLarge):
		return Faulty(TooLarge, "The answer is larger than the response limit that is set for Grafana's data sources. "+
			"Ask for fewer nodes, a shorter range or a narrower selector, or raise the limit in Grafana's configuration.", err)
	default:
		return cutOff(err)
	}
}

func isTimeout(err error) bool {
	var network net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		(errors.As(err, &network) && network.Timeout())
}

// faultOfTransport makes a fault of an error that came instead of an answer.
// timeout is what the settings allow, 0 when unknown.
func faultOfTransport(ctx context.Context, err error, timeout time.Duration) *Fault {
	var (
		fault     *Fault
		dns       *net.DNSError
		hostname  x509.HostnameError
		authority x509.UnknownAuthorityError
		invalid   x509.CertificateInvalidError
		operation *net.OpError
	)
	switch {
	case errors.As(err, &fault):
		return fault
	case errors.Is(ctx.Err(), context.Canceled):
		return Faulty(Canceled, "The query was cancelled.", err)
	case errors.As(err, &dns) && !dns.IsTimeout:
		return Faulty(Down, fmt.Sprintf("The host %s cannot be found (DNS). Check the URL of the data source, "+
			"and that Grafana's server can resolve the name.", dns.Name), err)
	case errors.As(err, &authority):
		return Faulty(Down, "The server's certificate is signed by an authority that Grafana does not know (TLS). "+
			"Add the CA certificate in the settings of the data source.", err)
	case errors.As(err, &hostname):
		return Faulty(Down, fmt.Sprintf("The server's certificate is not for %s (TLS). "+
			"Check the URL, or set the server name in the TLS settings of the data source.", hostname.Host), err)
	case errors.As(err, &invalid):
		return Faulty(Down, fmt.Sprintf("The server's certificate is not valid (TLS): %s. Renew it on the server.", invalid.Error()), err)
	case errors.Is(err, http.ErrSchemeMismatch):
		return Faulty(Down, "The server does not speak TLS at this address. Use http:// instead of https://, or another port.", err)
	case errors.As(err, &operation) && operation.Op == "remote error": // a TLS alert
		return Faulty(Down, fmt.Sprintf("The server refused the TLS connection (%s). Check the client certificate and key in "+
			"the settings of the data source.", operation.Err), err)
	case isTimeout(err):
		return timedOut(timeout, err)
	case errors.As(err, &operation) && operation.Op == "dial":
		return Faulty(Down, fmt.Sprintf("No server answers at %s. Check the URL of the data source and that Pyroscope is running.",
			operation.Addr), err)
	case network.Broken(err):
		return cutOff(err)
	default:
		return Faulty(Down, fmt.Sprintf("Pyroscope cannot be reached: %s.", excerpt(err.Error())), err)
	}
}

func timedOut(timeout time.Duration, err error) *Fault {
	within := "in time"
	if timeout > 0 {
		within = "within " + timeout.String()
	}
	return Faulty(Down, fmt.Sprintf("Pyroscope did not answer %s. Narrow the range or the selector, "+
		"or raise the timeout in the settings of the data source.", within), err)
}
