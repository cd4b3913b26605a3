package capture

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"github.com/flamewatch/profiles/pkg/network"
)

// explainTransport says what is wrong when no answer, or a part of one, came.
func (p Plan) explainTransport(ctx context.Context, err error) error {
	var (
		known     *Problem
		dns       *net.DNSError
		authority x509.UnknownAuthorityError
		hostname  x509.HostnameError
		invalid   x509.CertificateInvalidError
		record    tls.RecordHeaderError
		operation *net.OpError
	)
	at := p.Instance.base.Host
	err = p.Target.redactor().Error(err) // what is no HTTP is quoted in the error
	switch cause := context.Cause(ctx); {
	case errors.As(err, &known):
		return known
	case errors.As(cause, &known):
		return problem(known.Status, known.Sentence, err)
	case errors.Is(cause, context.DeadlineExceeded):
		return problem(late, p.Target.Name+" did not answer in time.", err)
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errLinkLocal):
		return problem(badRequest, fmt.Sprintf("%s is a link-local address, or one of a cloud's own. Captures do not go there: clouds serve their machines' credentials under such addresses.", at), err)
	case errors.As(err, &dns):
		return problem(upstream, fmt.Sprintf("The host %s cannot be found (DNS) from where Grafana runs.", dns.Name), err)
	case errors.As(err, &authority):
		return problem(upstream, fmt.Sprintf("The certificate of %s is signed by an authority that the target does not name (TLS). %s", at, p.whereCA()), err)
	case errors.As(err, &hostname):
		return problem(upstream, fmt.Sprintf("The certificate of %s is not for this name (TLS). Set the target's server name to one that the certificate has.", at), err)
	case errors.As(err, &invalid):
		return problem(upstream, fmt.Sprintf("The certificate of %s is not valid (TLS): %s.", at, invalid.Error()), err)
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return problem(upstream, fmt.Sprintf("%s does not speak TLS. Use http:// in the target's url, or another port.", at), err)
	case errors.As(err, &operation) && operation.Op == "remote error":
		return problem(upstream, fmt.Sprintf("%s refused the TLS connection (%s). Give the target a client certificate and key that it trusts.", at, operation.Err), err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return problem(upstream, fmt.Sprintf("Nothing listens at %s (connection refused). %s", at, p.whyNothingListens()), err)
	case errors.As(err, &operation) && operation.Op == "dial":
		return problem(upstream, fmt.Sprintf("%s cannot be reached from where Grafana runs: a firewall, a network policy, or the address of another network is in the way.", at), err)
	case network.Broken(err):
		return problem(upstream, fmt.Sprintf("The answer of %s broke off. The program may have been restarted, or something between limits the time of an answer.", at), err)
	default:
		return problem(upstream, fmt.Sprintf("%s cannot be asked: %s", p.Target.Name, clip(err.Error())), err)
	}
}

// explainAnswer says what an answer other than 200 means.
func (p Plan) explainAnswer(answer *http.Response, body string) *Problem {
	said := saying(answer, body)
	cause := errors.New(p.Target.redactor().Text(answer.Status + ": " + said))
	at := p.Instance.base.Host
	refused := func(sentence string) *Problem { return problem(upstream, sentence, cause) }
	switch code := answer.StatusCode; {
	case code >= 300 && code < 400:
		return refused(fmt.Sprintf("%s answers with a redirect to %s. Captures follow none; set the target's url to where the endpoints are.",
			at, clip(p.Target.redactor().Text(placeOf(answer.Header.Get("Location"))))))
	case code == http.StatusUnauthorized:
		return refused(fmt.Sprintf("%s does not accept the target's credentials (401). %s", at, p.whichCredentials()))
	case code == http.StatusForbidden:
		found := refused(fmt.Sprintf("%s forbids it (403: %s). %s", at, said, p.whichRight()))
		found.Remedy = p.role()
		return found
	case code == http.StatusNotFound, code == http.StatusMethodNotAllowed:
		return refused(fmt.Sprintf("%s has no %s (%d). %s", at, p.Target.path+"/"+p.Profile.endpoint, code, p.whyNoEndpoint()))
	case strings.Contains(body, "already in use"):
		return problem(busy, fmt.Sprintf("%s records a CPU profile already, and Go programs record one at a time: another person, a continuous profiler that pulls it, or an agent. Try again when that is over.", p.Target.Name), cause)
	case strings.Contains(body, "WriteTimeout"):
		return refused(fmt.Sprintf("%s ends its answers before %d seconds are over (its server's WriteTimeout). Ask for fewer seconds.", at, p.Seconds))
	case strings.Contains(body, "HTTP request to an HTTPS server"):
		return refused(fmt.Sprintf("%s speaks TLS. Use https:// in the target's url.", at))
	default:
		return refused(fmt.Sprintf("%s answered %d: %s", at, code, said))
	}
}

// placeOf is where an address leads, without what may be a token in it.
func placeOf(address string) string {
	place, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	place.User, place.RawQuery, place.Fragment = nil, "", ""
	return place.String()
}

// saying is what the body of an error says, in one line: the message of a Kubernetes status, or its first line.
func saying(answer *http.Response, body string) string {
	var status struct {
		Message string `json:"message"`
	}
	if json.Unmarshal([]byte(body), &status) == nil && status.Message != "" {
		return clip(status.Message)
	}
	if strings.HasPrefix(strings.TrimSpace(body), "<") {
		return "a web page"
	}
	line, _, _ := strings.Cut(strings.TrimSpace(body), "\n")
	return clip(firstOf(line, http.StatusText(answer.StatusCode)))
}
