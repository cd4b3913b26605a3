package httpapi

import (
	"context"
	"net/http"

	"github.com/grafana/pyroscope-go"
)

// labelled runs a handler under the profile labels endpoint and tenant_id, which CPU samples then carry.
func labelled(endpoint string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		labels := pyroscope.Labels("endpoint", endpoint, "tenant_id", r.Header.Get(TenantHeader))
		pyroscope.TagWrapper(r.Context(), labels, func(ctx context.Context) {
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	})
}
