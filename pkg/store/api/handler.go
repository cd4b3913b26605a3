// Package api answers HTTP requests the way Pyroscope does: the Connect calls
// of push.v1 and querier.v1, /ingest, /pyroscope/render, /ready and what a
// client asks to know the server.
package api

import (
	"net/http"

	"connectrpc.com/connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/capabilities/v1/capabilitiesv1connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/version/v1/versionv1connect"

	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/query"
)

// Options are what a handler is made of.
type Options struct {
	Engine       *query.Engine
	Ingester     *ingest.Ingester
	Tenants      bool  // take the tenant from X-Scope-OrgID
	MaxBodyBytes int64 // of a request, unpacked; default 64 MiB
	Build        Build
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

	q := &querier{o.Engine}
	scoped(querierv1connect.NewQuerierServiceHandler(q, options...))
	r := &renderer{q}
	scoped("/pyroscope/render", http.HandlerFunc(r.render))
	scoped("/pyroscope/render-diff", http.HandlerFunc(r.renderDiff))
	scoped("/pyroscope/label-values", http.HandlerFunc(r.labelValues))

	scoped(pushv1connect.NewPusherServiceHandler(&pusher{o.Ingester}, options...))
	u := &uploads{o.Ingester, o.MaxBodyBytes}
	scoped("/ingest", u)
	scoped("/pyroscope/ingest", u)

	mux.Handle(capabilitiesv1connect.NewFeatureFlagsServiceHandler(features{}, options...))
	mux.Handle(versionv1connect.NewVersionHandler(version{}, options...))
	mux.HandleFunc("/ready", ready)
	mux.Handle("/api/v1/status/buildinfo", o.Build)
	mux.HandleFunc("/", root)
	return mux
}
