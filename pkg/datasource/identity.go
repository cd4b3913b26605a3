package datasource

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/redact"
)

// userHeader names the user to servers where Grafana is set to do that.
const userHeader = "X-Grafana-User"

// identityHeaders are what Grafana forwards of a user when the data source is set
// to do so.
var identityHeaders = []string{"Authorization", "X-Id-Token", "X-Grafana-Id", "Cookie", userHeader}

// identityOf is a fingerprint of the forwarded credentials of a request, empty if
// there are none.
func identityOf(req interface{ GetHTTPHeader(string) string }) string {
	var forwarded []string
	for _, name := range identityHeaders {
		if value := req.GetHTTPHeader(name); value != "" {
			forwarded = append(forwarded, name+"="+value)
		}
	}
	if len(forwarded) == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(forwarded, "\n")))
	return hex.EncodeToString(sum[:])
}

// shortestCookie is the length from which the value of a cookie is taken for a secret: shorter ones are settings.
const shortestCookie = 8

// hiding is a context under which nothing that Grafana forwards of a user is repeated in errors and in the log.
func hiding(ctx context.Context, req interface{ GetHTTPHeader(string) string }) context.Context {
	var secrets []string
	for _, name := range identityHeaders {
		value := req.GetHTTPHeader(name)
		switch name {
		case userHeader:
			continue // a name is no secret
		case "Cookie":
		default:
			secrets = append(secrets, value)
			continue
		}
		cookies, err := http.ParseCookie(value)
		if err != nil {
			secrets = append(secrets, value)
		}
		for _, cookie := range cookies {
			if len(cookie.Value) >= shortestCookie {
				secrets = append(secrets, cookie.Value)
			}
		}
	}
	return pyroscope.WithRedactor(ctx, redact.New("", secrets...))
}
