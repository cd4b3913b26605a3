package hostpage

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

func TestChangedDatasourceReachesTheBackend(t *testing.T) {
	server := startServer(t)
	ask(t, server, http.MethodPut, "/api/datasources/uid/test", `{"url":"http://new","secureJsonData":{"token":"fresh"}}`)
	if got := ask(t, server, http.MethodGet, "/api/datasources/uid/test/health", ""); !strings.Contains(got.body, "http://new") ||
		!strings.Contains(got.body, "fresh") {
		t.Errorf("after a change: %s", got.body)
	}
	var shown struct {
		Name             string
		Version          int
		SecureJSONFields map[string]bool
	}
	got := ask(t, server, http.MethodGet, "/api/datasources/uid/test", "")
	got.decode(t, &shown)
	if shown.Name != "Test" || shown.Version != 2 || !shown.SecureJSONFields["token"] || strings.Contains(got.body, "fresh") {
		t.Errorf("shown as %s", got.body)
	}
	ask(t, server, http.MethodPut, "/api/datasources/uid/test", `{"url":"http://new","secureJsonFields":{"token":false}}`)
	if got := ask(t, server, http.MethodGet, "/api/datasources/uid/test/health", ""); strings.Contains(got.body, "fresh") {
		t.Error("a secret that was taken away is still sent")
	}
}

func TestAppSettingsAreKept(t *testing.T) {
	server := startServer(t)
	ask(t, server, http.MethodPost, "/api/plugins/test-app/settings",
		`{"enabled":true,"pinned":true,"jsonData":{"datasource":"test"},"secureJsonData":{"key":"secret"}}`)
	got := ask(t, server, http.MethodGet, "/api/plugins/test-app/settings", "")
	var shown struct {
		Enabled          bool
		Module           string
		JSONData         map[string]string
		SecureJSONFields map[string]bool
		Translations     map[string]string
	}
	got.decode(t, &shown)
	if !shown.Enabled || shown.JSONData["datasource"] != "test" || !shown.SecureJSONFields["key"] ||
		shown.Module != "public/plugins/test-app/module.js" ||
		shown.Translations["en-US"] != "public/plugins/test-app/locales/en-US/test-app.json" {
		t.Errorf("shown as %s", got.body)
	}
	if strings.Contains(got.body, `"secret"`) {
		t.Error("a secret is shown")
	}
}

func TestDashboardsOfTheAppAreFound(t *testing.T) {
	server := startServer(t)
	if got := ask(t, server, http.MethodGet, "/api/search?query=board", ""); !strings.Contains(got.body, `"/d/board"`) {
		t.Errorf("search answers %s", got.body)
	}
	if got := ask(t, server, http.MethodGet, "/api/dashboards/uid/board", ""); !strings.Contains(got.body, "Board of tests") {
		t.Errorf("the dashboard is %s", got.body)
	}
	if got := ask(t, server, http.MethodGet, "/api/dashboards/uid/none", ""); got.status != http.StatusNotFound {
		t.Errorf("an unknown dashboard is answered %d", got.status)
	}
}

func TestProvisioningIsExpandedAsGrafanaDoes(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "datasources", "a.yaml"), `
datasources:
  - name: A
    uid: a
    type: t
    url: ${HOST}/x
    isDefault: $YES
    jsonData: {query: "$$${HOST}", steps: [$NUMBER]}
`)
	writeFile(t, filepath.Join(dir, "datasources", "notes.txt"), "not YAML: [")
	values := map[string]string{"HOST": "http://h", "YES": "true", "NUMBER": "7"}
	got, err := ReadProvisioning(dir, func(name string) string { return values[name] })
	if err != nil {
		t.Fatal(err)
	}
	ds := got.Datasources[0]
	if ds.URL != "http://h/x" || !ds.IsDefault || ds.JSONData["query"] != "$http://h" ||
		ds.JSONData["steps"].([]any)[0] != 7 {
		t.Errorf("read as %+v", ds)
	}
}

func TestProvisioningThatOnlyGrafanaExpandsIsRefused(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "datasources", "a.yaml"), "datasources:\n  - {name: A, url: '$__env{X}'}\n")
	if _, err := ReadProvisioning(dir, func(string) string { return "" }); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("read with error %v", err)
	}
}

func TestTwoDatasourcesOfOneUIDAreRefused(t *testing.T) {
	plugins := []*Plugin{{ID: "t", Type: "datasource"}}
	twice := []ProvisionedDatasource{{Name: "A", UID: "a", Type: "t"}, {Name: "B", UID: "a", Type: "t"}}
	if _, _, err := NewDatasources(twice, plugins); err == nil {
		t.Error("taken over without an error")
	}
}

func TestMissingBuildIsSaid(t *testing.T) {
	dir := t.TempDir()
	_, err := New(Options{Dist: dir, Page: dir, Provisioning: dir})
	if err == nil || !strings.Contains(err.Error(), "npm run build") {
		t.Errorf("without a page: %v", err)
	}
	writeFile(t, filepath.Join(dir, "host.js"), "")
	if _, err := New(Options{Dist: dir, Page: dir, Provisioning: dir}); err == nil || !strings.Contains(err.Error(), "npm run build") {
		t.Errorf("without plugins: %v", err)
	}
}
