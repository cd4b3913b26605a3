package api

import (
	"context"
	"net/http"
	"strings"

	"connectrpc.com/connect"
)

type tenantKey struct{}

// Anonymous is the tenant of everything while tenants are off.
const Anonymous = "anonymous"

const tenantHeader = "X-Scope-OrgID"

func tenant(ctx context.Context) string {
	id, _ := ctx.Value(tenantKey{}).(string)
	return id
}

// withTenant takes the tenant from the header, or ignores it while tenants are
// off, as Pyroscope does.
func withTenant(on bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := Anonymous
		if on {
			id = r.Header.Get(tenantHeader)
			if id == "" {
				writeFault(w, http.StatusUnauthorized, connect.CodeUnauthenticated, "no tenant: send its id in the header "+tenantHeader)
				return
			}
			if !ValidTenant(id) {
				writeFault(w, http.StatusBadRequest, connect.CodeInvalidArgument,
					"the tenant id in "+tenantHeader+" may have 150 letters, digits and characters of !-_.*'() and be neither . nor ..")
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), tenantKey{}, id)))
	})
}

// ValidTenant tells whether an id may be one of a tenant.
func ValidTenant(id string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!-_.*'()"
	return id != "" && len(id) <= 150 && id != "." && id != ".." &&
		!strings.ContainsFunc(id, func(r rune) bool { return !strings.ContainsRune(allowed, r) })
}
