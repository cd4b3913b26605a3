// Package api answers HTTP requests the way Pyroscope does: the Connect calls
// of push.v1 and querier.v1, /ingest, /pyroscope/render, /ready and what a
// client asks to know the server.
package api

import (
	"log/slog"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"time"

	"connectrpc.com/connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/capabilities/v1/capabilitiesv1connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/version/v1/versionv1connect"

	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/metrics"
	"github.com/flamewatch/profiles/pkg/store/query"
)

// Options are what a handler is made of. All but Tenants and Build are needed.
type Options struct {
	Engine       *query.Engine
	Ingester     *ingest.Ingester
	Metrics      *metrics.Metrics
	Budget       *budget.Budget
	Logger       *slog.Logger
	Now          func() time.Time
	Tenants      bool // take the tenant from X-Scope-OrgID
	MaxBodyBytes int64
	QueryTimeout time.Duration
	Build        Build
}

// queriesPerCPU is how many queries run at a time for each processor; they
// mostly compute, but some wait for the disk.
const queriesPerCPU = 4

// New gives the handler of all paths.
func New(o Options) http.Handler {
	mux := http.NewServeMux()
	options := []connect.HandlerOption{
		connect.WithReadMaxBytes(int(o.MaxBodyBytes)),
		connect.WithInterceptors(connect.UnaryInterceptorFunc(classify)),
	}
	turns := make(chan struct{}, queriesPerCPU*runtime.GOMAXPROCS(0))
	asks := func(path string, h http.Handler) {
		mux.Handle(path, o.measured(path, withTenant(o.Tenants, withTurns(turns, o.QueryTimeout, h))))
	}
	takes := func(path string, h http.Handler) {
		mux.Handle(path, o.measured(path, withTenant(o.Tenants, withBudget(o.Budget, o.MaxBodyBytes, h))))
	}
	tells := func(path string, h http.Handler) { mux.Handle(path, o.measured(path, h)) }

	q := &querier{o.Engine}
	asks(querierv1connect.NewQuerierServiceHandler(q, append(slices.Clone(options), queriesGzip)...))
	r := &renderer{q, o.Now}
	asks("/pyroscope/render", http.HandlerFunc(r.render))
	asks("/pyroscope/render-diff", http.HandlerFunc(r.renderDiff))
	asks("/pyroscope/label-values", http.HandlerFunc(r.labelValues))

	takes(pushv1connect.NewPusherServiceHandler(&pusher{o.Ingester}, append(slices.Clone(options), answersGzip)...))
	u := &uploads{o.Ingester}
	takes("/ingest", u)
	takes("/pyroscope/ingest", u)

	tells(capabilitiesv1connect.NewFeatureFlagsServiceHandler(features{}, options...))
	tells(versionv1connect.NewVersionHandler(version{}, options...))
	tells("/ready", http.HandlerFunc(ready))
	tells("/api/v1/status/buildinfo", o.Build)
	tells("/metrics", o.Metrics.Handler())
	mux.HandleFunc("/", root)
	return withRecovery(o.Logger, mux)
}

// measured measures requests by route. A Connect service has a route for each
// of its calls; what is no call of it shares one.
func (o *Options) measured(path string, h http.Handler) http.Handler {
	if !strings.HasSuffix(path, "/") {
		return o.Metrics.Instrument(path, h)
	}
	routes := map[string]http.Handler{}
	for _, call := range calls(strings.Trim(path, "/")) {
		routes[path+call] = o.Metrics.Instrument(path+call, h)
	}
	other := o.Metrics.Instrument(path, h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if route, ok := routes[r.URL.Path]; ok {
			route.ServeHTTP(w, r)
			return
		}
		other.ServeHTTP(w, r)
	})
}
