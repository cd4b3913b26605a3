package httpapi

import (
	"context"
	"net/http"

	"github.com/grafana/pyroscope-go"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// observed runs the handler of an endpoint in a span of its name, under the profile labels endpoint and tenant_id, which
// CPU samples then carry beside the span's id, and counts how long it took.
func (a *API) observed(endpoint string, next http.Handler) http.Handler {
	labelled := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		labels := pyroscope.Labels("endpoint", endpoint, "tenant_id", r.Header.Get(TenantHeader))
		pyroscope.TagWrapper(r.Context(), labels, func(ctx context.Context) {
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	})
	return otelhttp.NewHandler(a.durations.timed(endpoint, labelled), endpoint)
}
