// Package api answers HTTP requests the way Pyroscope does: the Connect calls
// of push.v1 and querier.v1, /ingest, /ready and build information.
package api

import (
	"encoding/json"
	"net/http"
	"runtime"

	"connectrpc.com/connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"

	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/query"
)

// Options are what a handler is made of.
type Options struct {
	Engine       *query.Engine
	Ingester     *ingest.Ingester
	Tenants      bool  // take the tenant from X-Scope-OrgID
	MaxBodyBytes int64 // of a request, unpacked; default 64 MiB
	Version      string
}

// New gives the handler of all paths.
func New(o Options) http.Handler {
	if o.MaxBodyBytes == 0 {
		o.MaxBodyBytes = 64 << 20
	}
	mux := http.NewServeMux()
	options := []connect.HandlerOption{
		connect.WithReadMaxBytes(int(o.MaxBodyBytes)),
		connect.WithInterceptors(connect.UnaryInterceptorFunc(classify)),
	}
	scoped := func(path string, h http.Handler) { mux.Handle(path, withTenant(o.Tenants, h)) }
	scoped(querierv1connect.NewQuerierServiceHandler(&querier{o.Engine}, options...))
	scoped(pushv1connect.NewPusherServiceHandler(&pusher{o.Ingester}, options...))
	ingestion := &uploads{o.Ingester, o.MaxBodyBytes}
	scoped("/ingest", ingestion)
	scoped("/pyroscope/ingest", ingestion)
	mux.HandleFunc("/ready", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("ready"))
	})
	mux.HandleFunc("/api/v1/status/buildinfo", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"status": "success", "data": map[string]string{
			"version": o.Version, "revision": "", "branch": "", "buildUser": "", "buildDate": "", "goVersion": runtime.Version(),
		}})
	})
	return mux
}
