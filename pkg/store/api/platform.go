package api

import (
	"context"
	"encoding/json"
	"net/http"
	"runtime"

	"connectrpc.com/connect"
	capabilitiesv1 "github.com/grafana/pyroscope/api/gen/proto/go/capabilities/v1"
	versionv1 "github.com/grafana/pyroscope/api/gen/proto/go/version/v1"
	"google.golang.org/protobuf/proto"
)

// features answers capabilities.v1: which optional parts of Pyroscope's API
// this server has.
type features struct{}

func (features) GetFeatureFlags(context.Context, *connect.Request[capabilitiesv1.GetFeatureFlagsRequest]) (*connect.Response[capabilitiesv1.GetFeatureFlagsResponse], error) {
	return connect.NewResponse(&capabilitiesv1.GetFeatureFlagsResponse{FeatureFlags: []*capabilitiesv1.FeatureFlag{
		{Name: "pyroscopeRuler", Description: proto.String("Supports the Pyroscope ruler, which exports Prometheus metrics from Profiling Data.")},
		{Name: "pyroscopeRulerFunctions", Description: proto.String("Enables function support for the Pyroscope ruler, which allows to export resource usage on a per function level.")},
		{Name: "utf8LabelNames", Description: proto.String("Supports UTF-8 label names for Pyroscope read/write APIs.")},
		{Name: "v2StorageLayer", Enabled: true, Description: proto.String("v2 storage layer"),
			DocumentationUrl: proto.String("https://github.com/grafana/pyroscope/blob/main/pkg/pyroscope/PYROSCOPE_V2.md")},
	}}), nil
}

// version answers version.v1.
type version struct{}

// querierAPI is the version of the querier's API that is answered.
const querierAPI = 1

func (version) Version(context.Context, *connect.Request[versionv1.VersionRequest]) (*connect.Response[versionv1.VersionResponse], error) {
	return connect.NewResponse(&versionv1.VersionResponse{QuerierAPI: querierAPI}), nil
}

func ready(w http.ResponseWriter, r *http.Request) {
	if !getOnly(w, r) {
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = w.Write([]byte("ready"))
}

// getOnly refuses other methods as Pyroscope does.
func getOnly(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	w.WriteHeader(http.StatusMethodNotAllowed)
	return false
}

// Build says which program answers.
type Build struct{ Version, Revision, Date string }

func (b Build) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !getOnly(w, r) {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"status": "success", "data": map[string]string{
		"version": b.Version, "revision": b.Revision, "branch": "", "buildUser": "", "buildDate": b.Date,
		"goVersion": runtime.Version(),
	}})
}

func root(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("This is a profile store that answers Pyroscope's API.\n" +
		"Push profiles to /ingest or /push.v1.PusherService/Push, point a Pyroscope datasource here, look at /metrics.\n"))
}
