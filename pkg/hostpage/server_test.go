package hostpage

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// testBinary is the backend of testbackend/, built once for all tests.
var testBinary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "hostpage-test-")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, ExecutableName("gpx_test"))
	output, err := exec.Command("go", "build", "-o", binary, "./testbackend").CombinedOutput()
	if err != nil {
		return "", &buildError{string(output), err}
	}
	return binary, nil
})

type buildError struct {
	output string
	cause  error
}

func (e *buildError) Error() string { return e.cause.Error() + ": " + e.output }

func TestMain(m *testing.M) {
	code := m.Run()
	if binary, err := testBinary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(binary))
	}
	os.Exit(code)
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

const (
	appManifest = `{"id":"test-app","type":"app","name":"Test","languages":["en-US"],
		"info":{"version":"1.2.3","logos":{"small":"img/logo.svg"}},
		"includes":[
			{"type":"page","name":"Start","path":"/a/test-app/start","addToNav":true},
			{"type":"dashboard","name":"Board","path":"dashboards/board.json"}]}`
	datasourceManifest = `{"id":"test-datasource","type":"datasource","name":"Profiles","backend":true,
		"executable":"gpx_test","info":{"version":"1.2.3"}}`
	panelManifest = `{"id":"test-panel","type":"panel","name":"Flame graph","info":{"version":"1.2.3"}}`
	provisioned   = `apiVersion: 1
datasources:
  - {name: Test, uid: test, type: test-datasource, url: $TEST_URL, isDefault: true, secureJsonData: {token: hidden}}
  - {name: Other, uid: other, type: test-datasource}
  - {name: Core, uid: core, type: grafana-pyroscope-datasource, url: http://core}
`
)

// startServer serves a small dist with the test's backend.
func startServer(t *testing.T) *httptest.Server {
	t.Helper()
	binary, err := testBinary()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	dist := filepath.Join(dir, "dist")
	writeFile(t, filepath.Join(dist, "plugin.json"), appManifest)
	writeFile(t, filepath.Join(dist, "module.js"), "define([],function(){})")
	writeFile(t, filepath.Join(dist, "dashboards", "board.json"), `{"uid":"board","title":"Board of tests","tags":["x"]}`)
	writeFile(t, filepath.Join(dist, "datasource", "plugin.json"), datasourceManifest)
	writeFile(t, filepath.Join(dist, "datasource", "7.js"), "chunk")
	writeFile(t, filepath.Join(dist, "panel", "plugin.json"), panelManifest)
	writeFile(t, filepath.Join(dir, "secret.txt"), "secret")
	writeFile(t, filepath.Join(dir, "page", "host.js"), "page")
	writeFile(t, filepath.Join(dir, "page", "img", "icons", "unicons", "known.svg"), "<svg/>")
	writeFile(t, filepath.Join(dir, "provisioning", "datasources", "test.yaml"), provisioned)
	if err := os.Link(binary, filepath.Join(dist, "datasource", ExecutableName("gpx_test"))); err != nil {
		t.Fatal(err)
	}
	server, err := New(Options{
		Dist: dist, Page: filepath.Join(dir, "page"), Provisioning: filepath.Join(dir, "provisioning"),
		Lookup: func(name string) string { return map[string]string{"TEST_URL": "http://profiles.test"}[name] },
		Logger: slog.New(slog.DiscardHandler), BackendLogs: io.Discard,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	return listening
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) decode(t *testing.T, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
}

func ask(t *testing.T, server *httptest.Server, method, path, body string, change ...func(*http.Request)) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, apply := range change {
		apply(request)
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(content)}
}

func TestOnlyTheMachineItselfIsAnswered(t *testing.T) {
	server := startServer(t)
	for _, host := range []string{"evil.example", "evil.example:3000", "127.0.0.1.evil.example", "192.168.0.7"} {
		got := ask(t, server, http.MethodGet, "/", "", func(r *http.Request) { r.Host = host })
		if got.status != http.StatusForbidden {
			t.Errorf("Host %s is answered %d", host, got.status)
		}
	}
	got := ask(t, server, http.MethodPost, "/api/ds/query", "{}", func(r *http.Request) {
		r.Header.Set("Origin", "http://evil.example")
	})
	if got.status != http.StatusForbidden {
		t.Errorf("another origin is answered %d", got.status)
	}
	if got := ask(t, server, http.MethodGet, "/", "", func(r *http.Request) { r.Host = "localhost:3000" }); got.status != 200 {
		t.Errorf("localhost is answered %d", got.status)
	}
}

func TestFilesAreServedWhereGrafanaServesThem(t *testing.T) {
	server := startServer(t)
	for path, want := range map[string]int{
		"/public/plugins/test-app/module.js":                            200,
		"/public/plugins/test-datasource/7.js":                          200,
		"/public/plugins/test-app/7.js":                                 404,
		"/public/plugins/test-panel/plugin.json":                        200,
		"/public/plugins/unknown/module.js":                             404,
		"/public/plugins/test-datasource/":                              404,
		"/public/plugins/test-app/datasource":                           404,
		"/public/plugins/test-app/%2e%2e/secret.txt":                    404,
		"/public/plugins/test-app/..%2f..%2fsecret.txt":                 404,
		"/public/build/host.js":                                         200,
		"/public/build/img/icons/unicons/known.svg":                     200,
		"/public/build/img/icons/unicons/unknown.svg":                   200,
		"/public/build/img/icons/unicons/unknown.js":                    404,
		"/public/build/..%2fsecret.txt":                                 404,
		"/public/fonts/inter/Inter-Regular.woff2":                       404,
		"/public/plugins/test-datasource/gpx_test_linux":                404,
		"/public/plugins/test-datasource/" + ExecutableName("gpx_test"): 404,
	} {
		if got := ask(t, server, http.MethodGet, path, ""); got.status != want {
			t.Errorf("%s is answered %d, want %d", path, got.status, want)
		}
	}
}

func TestIconsOfTheCoreAreDrawnPlainly(t *testing.T) {
	server := startServer(t)
	for path, want := range map[string]string{
		"known.svg": "<svg/>", "unknown.svg": plainIcon, "..%2f..%2f..%2f..%2fsecret.svg": `{"message":"File not found"}`,
	} {
		if got := ask(t, server, http.MethodGet, "/public/build/img/icons/unicons/"+path, ""); got.body != want {
			t.Errorf("%s is %s", path, got.body)
		}
	}
}

func TestWhatIsNotThereIsSaid(t *testing.T) {
	server := startServer(t)
	for _, path := range []string{"/api/teams/search", "/api/alertmanager/grafana/config", "/apis/dashboard.grafana.app/v1"} {
		got := ask(t, server, http.MethodGet, path, "")
		if got.status != http.StatusNotImplemented || !strings.Contains(got.body, "real Grafana") {
			t.Errorf("%s is answered %d %s", path, got.status, got.body)
		}
	}
}

func TestPluginsKeepThingsForTheUser(t *testing.T) {
	server := startServer(t)
	const path = "/apis/userstorage.grafana.app/v0alpha1/namespaces/default/user-storage/"
	for _, step := range []struct {
		method, name, body string
		status             int
		want               string
	}{
		{http.MethodGet, "test-app:playground", "", 200, `{"spec":{"data":{}}}`},
		{http.MethodPatch, "test-app:playground", `{"spec":{"data":{"a":"1","b":"2"}}}`, 200, `{"spec":{"data":{"a":"1","b":"2"}}}`},
		{http.MethodPatch, "test-app:playground", `{"spec":{"data":{"b":"3"}}}`, 200, `{"spec":{"data":{"a":"1","b":"3"}}}`},
		{http.MethodPatch, "test-app:playground", `{"spec":`, 400, "message"},
		{http.MethodGet, "test-app:playground", "", 200, `{"spec":{"data":{"a":"1","b":"3"}}}`},
		{http.MethodGet, "other-app:playground", "", 200, `{"spec":{"data":{}}}`},
	} {
		got := ask(t, server, step.method, path+step.name, step.body)
		if got.status != step.status || !strings.Contains(got.body, step.want) {
			t.Errorf("%+v is answered %d %s", step, got.status, got.body)
		}
	}
}

func TestPageHoldsBootDataAndRemembersTheTheme(t *testing.T) {
	server := startServer(t)
	got := ask(t, server, http.MethodGet, "/a/test-app/start?theme=light", "")
	for _, want := range []string{`"theme":"light"`, `class="theme-light"`, "Board of tests", `"test-datasource"`} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(got.body, "hidden") {
		t.Error("the page holds a secret of a datasource")
	}
	if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "'nonce-") {
		t.Errorf("the page's policy is %q", policy)
	}
	cookie := got.header.Get("Set-Cookie")
	again := ask(t, server, http.MethodGet, "/", "", func(r *http.Request) { r.Header.Set("Cookie", cookie) })
	if !strings.Contains(again.body, `class="theme-light"`) {
		t.Error("the theme is forgotten at the next page")
	}
	odd := ask(t, server, http.MethodGet, "/?theme=%3Cscript%3E", "")
	if !strings.Contains(odd.body, `class="theme-dark"`) {
		t.Error("an unknown theme is not the default one")
	}
}
