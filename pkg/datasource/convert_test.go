package datasource

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/pprof/profile"
	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func convert(t *testing.T, role, method string, body []byte) (int, []byte) {
	t.Helper()
	d := &Datasource{converting: make(chan struct{}, 1), now: time.Now}
	var answer *backend.CallResourceResponse
	err := d.CallResource(t.Context(), &backend.CallResourceRequest{
		PluginContext: backend.PluginContext{User: &backend.User{Login: "ada", Role: role}},
		Path:          "convert/jfr", Method: method, Body: body,
	}, backend.CallResourceResponseSenderFunc(func(r *backend.CallResourceResponse) error { answer = r; return nil }))
	if err != nil {
		t.Fatal(err)
	}
	return answer.Status, answer.Body
}

func TestConvertJFR(t *testing.T) {
	packed, err := os.ReadFile("../../testdata/profiles/async-profiler/cpu-alloc-lock.jfr.gz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"plain": raw, "packed": packed} {
		status, answer := convert(t, "Editor", http.MethodPost, body)
		var found []converted
		if err := json.Unmarshal(answer, &found); err != nil || status != http.StatusOK || len(found) != 3 {
			t.Fatalf("%s: %d %.200s", name, status, answer)
		}
		p, err := profile.ParseData(found[0].Pprof)
		if err != nil || found[0].Name != "process_cpu" || p.SampleType[0].Type != "cpu" {
			t.Errorf("%s: %v %s", name, err, found[0].Name)
		}
	}
}

func TestConvertJFRRefuses(t *testing.T) {
	for name, it := range map[string]struct {
		role, method string
		body         string
		status       int
		sentence     string
	}{
		"viewers":       {"Viewer", http.MethodPost, "FLR\x00", http.StatusForbidden, "role Editor"},
		"other methods": {"Admin", http.MethodGet, "", http.StatusMethodNotAllowed, "POST"},
		"other files":   {"Editor", http.MethodPost, strings.Repeat("a;b 1\n", 50), http.StatusBadRequest, "no recording of Java"},
	} {
		if status, body := convert(t, it.role, it.method, []byte(it.body)); status != it.status || !bytes.Contains(body, []byte(it.sentence)) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

func TestConvertJFRWaitsNoLongerThanItsCaller(t *testing.T) {
	d := &Datasource{converting: make(chan struct{}, 1), now: time.Now}
	d.converting <- struct{}{} // somebody else's file
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := d.convertJFR(ctx, &backend.CallResourceRequest{Method: http.MethodPost, PluginContext: backend.PluginContext{User: &backend.User{Role: "Admin"}}})
	if err == nil || !strings.Contains(err.Error(), "not read any further") {
		t.Error(err)
	}
}
