package datasource

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	_ "github.com/grafana/pyroscope/api/gen/proto/go/adhocprofiles/v1"
	_ "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	_ "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	_ "github.com/grafana/pyroscope/api/gen/proto/go/settings/v1"
)

// everybody is who may stand behind a call, as Grafana tells the backend. A user of another organisation has no role in
// this one; Grafana itself turns that user away before the call, so this is the second door.
var everybody = map[string]*backend.User{
	"viewer": {Login: "vi", Role: "Viewer"}, "editor": {Login: "ed", Role: "Editor"}, "admin": {Login: "ad", Role: "Admin"},
	"anonymous viewer": {Role: "Viewer"}, "nobody": nil, "other organisation": {Login: "oz", Role: "None"},
	"without a role": {Login: "no"}, "role of another spelling": {Login: "al", Role: "admin"},
}

// whoMay is the authorisation matrix of the resource calls: a row for each, and for each the users that are let in.
var whoMay = map[string]struct {
	method string
	may    []string
}{
	"profileTypes":       {http.MethodGet, allOf(everybody)},
	"services":           {http.MethodGet, allOf(everybody)},
	"labelNames":         {http.MethodGet, allOf(everybody)},
	"labelValues":        {http.MethodGet, allOf(everybody)},
	"lines":              {http.MethodGet, allOf(everybody)},
	"deploys":            {http.MethodGet, allOf(everybody)},
	"coverage":           {http.MethodGet, allOf(everybody)},
	"regressions":        {http.MethodPost, allOf(everybody)},
	"regressions/replay": {http.MethodPost, allOf(everybody)},
	"captures/targets":   {http.MethodGet, []string{"admin", "editor"}},
	"captures/take":      {http.MethodPost, []string{"admin", "editor"}},
	"captures/keep":      {http.MethodPost, []string{"admin", "editor"}},
	"captures/kept":      {http.MethodGet, []string{"admin", "editor"}},
	"diagnostics":        {http.MethodGet, []string{"admin"}},
	"convert/jfr":        {http.MethodPost, []string{"admin", "editor"}},
}

func allOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func TestWhoMayCallWhat(t *testing.T) {
	require.Equal(t, allOf(resourceCalls()), allOf(whoMay), "each resource call has a row in the matrix, and each row a call")
	var asked atomic.Int64
	server := cartAndPay()
	d := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		server.ServeHTTP(w, r)
	}), nil)
	for path, row := range whoMay {
		for name, who := range everybody {
			before := asked.Load()
			status, body := callAs(t, d, who, row.method, path, nil)
			if slices.Contains(row.may, name) {
				require.NotEqual(t, http.StatusForbidden, status, "%s, %s: %s", path, name, body)
				continue
			}
			require.Equal(t, http.StatusForbidden, status, "%s, %s: %s", path, name, body)
			require.Contains(t, string(body), "in this organisation. Ask an administrator", path)
			require.Equal(t, before, asked.Load(), "%s: nothing is asked of the server for %s", path, name)
		}
		for _, other := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodHead, ""} {
			if other == row.method {
				continue
			}
			status, body := callAs(t, d, everybody["admin"], other, path, nil)
			require.Equal(t, http.StatusMethodNotAllowed, status, "%s %s", other, path)
			require.Contains(t, string(body), "is called with "+row.method)
		}
	}
}

// The path decides, in one spelling only: no other way around reaches a call.
func TestCallsHaveOneSpelling(t *testing.T) {
	d := open(t, cartAndPay(), shopTarget("http://127.0.0.1:1"))
	for _, path := range []string{
		"captures", "captures/", "Captures/take", "captures//take", "captures/./take", "services/../captures/take", "captures%2Ftake",
		"captures/take/x", "captures\\take", "", "..", "services\x00", "convert/jfr;x",
	} {
		for _, role := range []string{"viewer", "admin"} {
			status, body := callAs(t, d, everybody[role], http.MethodPost, path, nil)
			require.Equal(t, http.StatusNotFound, status, "%q: %s", path, body)
		}
	}
	// Slashes at the ends mean nothing, and change nothing about who may call.
	status, _ := callAs(t, d, everybody["viewer"], http.MethodGet, "/captures/targets/", nil)
	require.Equal(t, http.StatusForbidden, status)
	status, _ = callAs(t, d, everybody["editor"], http.MethodGet, "/captures/targets/", nil)
	require.Equal(t, http.StatusOK, status)
}

// proxied says whether Grafana's datasource proxy lets a role through with a path: the first route whose cleaned path
// begins the cleaned path decides by its role; without one everybody who may query is let through.
func proxied(t *testing.T, routes []proxyRoute, role, path string) bool {
	t.Helper()
	clean := func(path string) string {
		relative, err := filepath.Rel("/", filepath.Join("/", path))
		require.NoError(t, err)
		return relative
	}
	ranks := map[string]int{"None": 0, "Viewer": 1, "Editor": 2, "Admin": 3}
	for _, route := range routes {
		if strings.HasPrefix(clean(path), clean(route.Path)) {
			return route.ReqRole == "" || ranks[role] >= ranks[route.ReqRole]
		}
	}
	return true
}

type proxyRoute struct{ Path, ReqRole, Method string }

// Whatever of Pyroscope's calls is asked for through the proxy, administrators alone get there: the stored credentials
// would otherwise push, delete and change settings for everybody.
func TestWhoGetsThroughTheProxy(t *testing.T) {
	text, err := os.ReadFile("../../src/datasource/plugin.json")
	require.NoError(t, err)
	var plugin struct{ Routes []proxyRoute }
	require.NoError(t, json.Unmarshal(text, &plugin))
	for _, route := range plugin.Routes {
		require.Equal(t, proxyRoute{route.Path, "Admin", ""}, route, "a route without a role, or for one method only, opens the rest")
		require.Len(t, route.Path, 1)
	}
	paths := []string{
		"", ".", "..", "/", "ingest", "pyroscope/render", "pyroscope/render-diff", "pyroscope/label-values", "render", "api/apps", "api/v1/push",
		"config", "flush", "memberlist", "metrics", "ready", "debug/pprof/heap", "admin", "compactor/ring", "ring", "shutdown",
		"./push.v1.PusherService/Push", "//push.v1.PusherService/Push", "x/../push.v1.PusherService/Push", "%70ush.v1.PusherService/Push",
		"é/../push.v1.PusherService/Push",
	}
	protoregistry.GlobalFiles.RangeFiles(func(file protoreflect.FileDescriptor) bool {
		for i := range file.Services().Len() {
			service := file.Services().Get(i)
			for k := range service.Methods().Len() {
				paths = append(paths, string(service.FullName())+"/"+string(service.Methods().Get(k).Name()))
			}
		}
		return true
	})
	require.Contains(t, paths, "settings.v1.SettingsService/Set")
	require.Contains(t, paths, "push.v1.PusherService/Push")
	for _, path := range paths {
		for _, role := range []string{"None", "Viewer", "Editor"} {
			require.False(t, proxied(t, plugin.Routes, role, path), "%s as %s", path, role)
		}
		require.True(t, proxied(t, plugin.Routes, "Admin", path), path)
	}
}
