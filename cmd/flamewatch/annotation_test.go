package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheVerdictIsWrittenToGrafana(t *testing.T) {
	t.Setenv(grafanaToken, "secret")
	status, body := http.StatusOK, map[string]any{}
	grafana := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/grafana/api/annotations" || r.Header.Get("Authorization") != "Bearer secret" {
			t.Errorf("%s %s with %q", r.Method, r.URL, r.Header.Get("Authorization"))
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		w.WriteHeader(status)
	}))
	defer grafana.Close()
	before, slower := files(t, 1, 6, 20, 1), files(t, 3, 6, 20, 1.7)
	ask := []string{"--baseline", before, "--comparison", slower, "--grafana", grafana.URL + "/grafana/", "--dashboard", "abc"}
	if code, _, faults := runCheck(ask...); code != found || faults != "" {
		t.Errorf("code %d, %s", code, faults)
	}
	if text := body["text"].(string); body["dashboardUID"] != "abc" || !strings.Contains(text, "shop.encode: ") || !strings.Contains(text, "1 functions regressed") {
		t.Errorf("%v", body)
	}
	if tags := body["tags"].([]any); tags[2] != "regression" || tags[3] != "files" {
		t.Errorf("tags %v", tags)
	}
	status = http.StatusForbidden
	if code, _, faults := runCheck(ask...); code != found || !strings.Contains(faults, "annotations:create") {
		t.Errorf("a Grafana that refuses changed the verdict: code %d, %s", code, faults)
	}
}

// Grafana draws an annotation as HTML, and what profiles and files are called is text.
func TestTheVerdictIsText(t *testing.T) {
	v := verdict{reports: []serviceVerdict{{name: "<img src=//evil>"}}, notices: []string{"<script>"}}
	if text := v.text(); strings.Contains(text, "<") || !strings.Contains(text, "&lt;img src=//evil&gt;: 0 functions") || !strings.Contains(text, "&lt;script&gt;") {
		t.Errorf("%s", text)
	}
}

func TestFilesOfFoldersAndPatterns(t *testing.T) {
	before, slower := files(t, 1, 6, 20, 1), files(t, 3, 6, 20, 1.7)
	folder := func(list string) string { return filepath.Dir(strings.Split(list, ",")[0]) }
	if code, out, faults := runCheck("--baseline", folder(before), "--comparison", filepath.Join(folder(slower), "*.pb.gz")); code != found {
		t.Errorf("code %d\n%s%s", code, out, faults)
	}
	if code, _, faults := runCheck("--baseline", before, "--comparison", filepath.Join(folder(slower), "*.jfr")); code != couldNotSay || !strings.Contains(faults, "no file matches") {
		t.Errorf("code %d, %s", code, faults)
	}
}
