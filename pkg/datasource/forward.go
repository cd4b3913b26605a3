package datasource

import (
	"context"
	"net/http"
	"slices"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
)

// withoutForeignHeaders is a resource call with those headers only that say who asks. Its headers are the browser's, and
// Grafana replaces or takes out what it vouches for; any other header could choose a tenant or a user at the server.
func withoutForeignHeaders(req *backend.CallResourceRequest) *backend.CallResourceRequest {
	known := *req
	known.Headers = map[string][]string{}
	for _, name := range identityHeaders {
		// Grafana sets the user's name where it is set to name it; where not, a browser could.
		if value := req.GetHTTPHeader(name); value != "" && (name != userHeader || req.PluginContext.User != nil && req.PluginContext.User.Login == value) {
			known.Headers[name] = []string{value}
		}
	}
	return &known
}

type forwardedKey struct{}

// forwarding is a context whose calls to the server carry these headers, where the settings have none of that name.
func forwarding(ctx context.Context, headers http.Header) context.Context {
	return context.WithValue(ctx, forwardedKey{}, headers)
}

// forward is the end of the HTTP client's middlewares: credentials of the settings go before those of the user. The SDK's
// own way is not used, because it takes every header of a resource call.
func forward() httpclient.Middleware {
	return httpclient.NamedMiddlewareFunc("flamewatch-forward", func(_ httpclient.Options, next http.RoundTripper) http.RoundTripper {
		return httpclient.RoundTripperFunc(func(req *http.Request) (*http.Response, error) {
			headers, _ := req.Context().Value(forwardedKey{}).(http.Header)
			for name, values := range headers {
				if req.Header.Get(name) == "" {
					req.Header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
				}
			}
			return next.RoundTrip(req)
		})
	})
}
