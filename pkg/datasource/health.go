package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// CheckHealth asks the server for its profile types of the last hour, which every
// profile server knows, and for its version, which not every one tells.
func (d *Datasource) CheckHealth(ctx context.Context, req *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	if req != nil {
		ctx = forwarding(hiding(ctx, req), req.GetHTTPHeaders())
	}
	now := d.now()
	types, err := d.client.ProfileTypes(ctx, pyroscope.Range{Start: now.Add(-time.Hour).UnixMilli(), End: now.UnixMilli()})
	if err != nil {
		fault := pyroscope.AsFault(err)
		if fault.Class == pyroscope.Unsupported {
			fault = pyroscope.Faulty(pyroscope.NotPyroscope, fmt.Sprintf("A server answers, but it does not know Pyroscope's calls "+
				"(HTTP %d). Check the URL of the data source: host, port and path.", fault.Status), err)
		}
		return health(backend.HealthStatusError, fault.Sentence, nil), nil
	}
	build, err := d.client.BuildInfo(ctx)
	server := "a Pyroscope-compatible server that does not tell its version"
	switch {
	case err == nil && build.Version != "":
		server = "Pyroscope " + build.Version
	case err == nil:
		server = "Pyroscope without a version number"
	}
	message := fmt.Sprintf("Connected to %s: %d profile types in the last hour.", server, len(types))
	if len(types) == 0 {
		message = fmt.Sprintf("Connected to %s. It received no profiles in the last hour.", server)
	}
	if d.captures.fault != nil {
		message += " " + d.captures.fault.Error() // queries work without
	}
	for _, leftOut := range d.captures.leftOut {
		message += " " + leftOut
	}
	return health(backend.HealthStatusOk, message, map[string]any{
		"version": build.Version, "revision": build.Revision, "profileTypes": len(types),
	}), nil
}

func health(status backend.HealthStatus, message string, details map[string]any) *backend.CheckHealthResult {
	result := &backend.CheckHealthResult{Status: status, Message: message}
	if details != nil {
		// A map of texts and numbers always encodes.
		result.JSONDetails, _ = json.Marshal(details)
	}
	return result
}
