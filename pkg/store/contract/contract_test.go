package contract

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/store"
	"github.com/flamewatch/profiles/pkg/store/ingest"
)

// difference is a recording that the store answers otherwise on purpose.
type difference struct {
	Recording string `json:"recording"`
	Reason    string `json:"reason"`
}

func TestContract(t *testing.T) {
	r := newReplay(t, time.Now().Truncate(time.Minute), time.Now)
	r.pushInputs(t)
	listed := map[string]string{}
	var differences []difference
	readJSON(t, &differences, "differences.json")
	for _, d := range differences {
		if d.Reason == "" || listed[d.Recording] != "" {
			t.Errorf("differences.json: %s must be listed once and with a reason", d.Recording)
		}
		listed[d.Recording] = d.Reason
	}
	all, same := recordings(t), 0
	for _, rec := range all {
		t.Run(rec.Name, func(t *testing.T) {
			found := r.compare(t, rec)
			_, deliberate := listed[rec.Name]
			delete(listed, rec.Name)
			switch {
			case len(found) == 0 && deliberate:
				t.Error("listed as a deliberate difference, but it is the same: take it off the list")
			case len(found) > 0 && !deliberate:
				t.Errorf("differs from the recording:\n%s", strings.Join(found[:min(len(found), 8)], "\n"))
			case len(found) == 0:
				same++
			}
		})
	}
	for name := range listed {
		t.Errorf("differences.json lists %s, which is no recording", name)
	}
	t.Logf("%d of %d recordings are the same", same, len(all))
	if same*10 < len(all)*9 {
		t.Errorf("fewer than nine in ten are the same")
	}
}

func newReplay(t *testing.T, base time.Time, now func() time.Time) *replay {
	t.Helper()
	// The recorded server took profiles up to three hours old.
	s, err := store.Open(store.Options{Dir: t.TempDir(), Ingest: ingest.Limits{MaxAge: 3 * time.Hour}, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	client := server.Client()
	client.Transport.(*http.Transport).DisableCompression = true // answers are compared as they come
	return &replay{clock: clock{base.UnixMilli(), map[string]string{}}, url: server.URL, client: client}
}

// pushInputs pushes what inputs/pushes.json lists, as the recording did.
func (r *replay) pushInputs(t *testing.T) {
	t.Helper()
	var pushes []struct {
		Name   string            `json:"name"`
		Labels map[string]string `json:"labels"`
		Times  struct {
			At             []float64 `json:"at"`
			From, To, Step *float64
		} `json:"times"`
		Files  []string `json:"files"`
		Gzip   bool     `json:"gzip"`
		Repeat int      `json:"repeat"`
		ID     string   `json:"ID"`
	}
	readJSON(t, &pushes, "inputs", "pushes.json")
	for _, p := range pushes {
		if p.Times.From != nil {
			for at := *p.Times.From; at <= *p.Times.To; at += *p.Times.Step {
				p.Times.At = append(p.Times.At, at)
			}
		}
		var labels []any
		for name, value := range p.Labels {
			labels = append(labels, map[string]any{"name": name, "value": value})
		}
		var series []any
		for i, at := range p.Times.At {
			sample := map[string]any{"rawProfile": map[string]any{
				"$input": p.Files[i%len(p.Files)], "time": fmt.Sprintf("base%+gs", at), "gzip": p.Gzip,
			}}
			if p.ID != "" {
				sample["ID"] = p.ID
			}
			series = append(series, map[string]any{"labels": labels, "samples": []any{sample}})
		}
		for range max(p.Repeat, 1) {
			got := r.send(t, r.build(t, request{Method: http.MethodPost, Path: "/push.v1.PusherService/Push", JSON: map[string]any{"series": series}}))
			if got.Status != http.StatusOK {
				t.Fatalf("push %s: %d %v", p.Name, got.Status, got.JSON)
			}
		}
	}
}

// compare sends the request of a recording and gives the differences.
func (r *replay) compare(t *testing.T, rec recording) []string {
	t.Helper()
	got := r.send(t, r.build(t, rec.Request))
	for name, path := range rec.Capture {
		r.captured[name] = str(got.JSON, strings.Split(path, ".")...)
	}
	want := rec.Compared
	if want == nil {
		want = r.view(rec.Response, rec.Compare)
	}
	return diff(masked(want, rec.Mask), masked(r.view(got, rec.Compare), rec.Mask), "")
}

func masked(v any, masks []string) any {
	if len(masks) == 0 {
		return v
	}
	text, _ := json.Marshal(v)
	for _, m := range masks {
		text = regexp.MustCompile(m).ReplaceAll(text, []byte("<masked>"))
	}
	var out any
	_ = json.Unmarshal(text, &out)
	return out
}

// diff lists where two JSON values differ.
func diff(want, got any, path string) (found []string) {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		for key := range w {
			if _, ok := g[key]; !ok {
				found = append(found, fmt.Sprintf("%s.%s: recorded %s, missing", path, key, short(w[key])))
				continue
			}
			found = append(found, diff(w[key], g[key], path+"."+key)...)
		}
		for key := range g {
			if _, ok := w[key]; !ok {
				found = append(found, fmt.Sprintf("%s.%s: not recorded, got %s", path, key, short(g[key])))
			}
		}
		slices.Sort(found)
		return found
	case []any:
		g, ok := got.([]any)
		if !ok {
			break
		}
		if len(w) != len(g) {
			found = append(found, fmt.Sprintf("%s: %d recorded, got %d", path, len(w), len(g)))
		}
		for i := range min(len(w), len(g)) {
			found = append(found, diff(w[i], g[i], fmt.Sprintf("%s[%d]", path, i))...)
		}
		return found
	}
	if !reflect.DeepEqual(want, got) {
		found = append(found, fmt.Sprintf("%s: recorded %s, got %s", path, short(want), short(got)))
	}
	return found
}

func short(v any) string {
	text, _ := json.Marshal(v)
	return string(text[:min(len(text), 160)])
}

// TestWire sends the exact bytes of real clients: the Go SDK and connect-go.
func TestWire(t *testing.T) {
	// They were made at 1,700,000,010 s, and the clock stands there.
	then := time.Unix(1_700_000_010, 0)
	r := newReplay(t, then, func() time.Time { return then })
	for _, name := range []string{
		"ingest-multipart-go-sdk", "push-connect-json", "push-connect-proto", "push-connect-proto-gzip",
		"query-connect-json", "query-connect-proto",
	} {
		t.Run(name, func(t *testing.T) {
			var w struct {
				RequestLine string   `json:"requestLine"`
				Headers     []string `json:"headers"`
				BodyBase64  string   `json:"bodyBase64"`
			}
			readJSON(t, &w, "wire", name+".json")
			line := strings.Fields(w.RequestLine)
			body, err := base64.StdEncoding.DecodeString(w.BodyBase64)
			if err != nil {
				t.Fatal(err)
			}
			req, err := http.NewRequestWithContext(t.Context(), line[0], r.url+line[1], strings.NewReader(string(body)))
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range w.Headers {
				if key, value, _ := strings.Cut(h, ": "); key != "Host" && key != "Connection" && key != "Content-Length" {
					req.Header.Set(key, value)
				}
			}
			got := r.send(t, req)
			if got.Status != http.StatusOK {
				t.Fatalf("status %d: %v", got.Status, got.JSON)
			}
		})
	}
	// All of them push one profile of 130 ms; the pushes to wire-service are
	// the same push in three encodings, and count once.
	for _, service := range []string{"wire-service", "sdk-service"} {
		got := r.send(t, r.build(t, request{Method: http.MethodPost, Path: "/querier.v1.QuerierService/SelectMergeStacktraces", JSON: map[string]any{
			"profileTypeID": "process_cpu:cpu:nanoseconds:cpu:nanoseconds", "labelSelector": fmt.Sprintf("{service_name=%q}", service),
			"start": "{{base-60s}}", "end": "{{base+60s}}",
		}}))
		if total := str(got.JSON, "flamegraph", "total"); total != "130000000" {
			t.Errorf("%s: total %q, want 130000000: %s", service, total, short(got.JSON))
		}
	}
}
