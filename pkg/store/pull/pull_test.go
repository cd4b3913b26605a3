package pull_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"

	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/pull"
)

// memory is an allocs profile of two stacks: counters since start, and levels.
func memory(objectsA, objectsB, inuse int64) []byte {
	raw, err := (&googlev1.Profile{
		SampleType: []*googlev1.ValueType{{Type: 1, Unit: 2}, {Type: 3, Unit: 2}},
		// The runtime lists a stack once for every size of object.
		Sample: []*googlev1.Sample{
			{LocationId: []uint64{1}, Value: []int64{objectsA - objectsA/2, inuse}},
			{LocationId: []uint64{1}, Value: []int64{objectsA / 2, 0}},
			{LocationId: []uint64{2}, Value: []int64{objectsB, 0}},
		},
		Location:    []*googlev1.Location{{Id: 1, Line: []*googlev1.Line{{FunctionId: 1}}}, {Id: 2, Line: []*googlev1.Line{{FunctionId: 2}}}},
		Function:    []*googlev1.Function{{Id: 1, Name: 4}, {Id: 2, Name: 5}},
		StringTable: []string{"", "alloc_objects", "count", "inuse_objects", "main.a", "main.b"},
	}).MarshalVT()
	if err != nil {
		panic(err)
	}
	return raw
}

// sink takes what is pulled: the sums of each sample type of each profile.
type sink struct {
	mu     sync.Mutex
	sums   [][]int64
	labels string
	tenant string
}

func (s *sink) Append(_ context.Context, tenant string, profiles []db.Pushed) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range profiles {
		sums := make([]int64, len(p.Profile.SampleTypes))
		for i := range p.Profile.Samples {
			for t := range sums {
				sums[t] += p.Profile.Value(i, t)
			}
		}
		s.sums = append(s.sums, sums)
		s.labels, s.tenant = p.Groups[0].Labels[0].String(), tenant
	}
	return nil
}

// run pulls with a configuration until enough pulls were seen.
func run(t *testing.T, config string, pulls int) (*sink, []error) {
	t.Helper()
	return runWith(t, config, pulls, 64<<20)
}

func runWith(t *testing.T, config string, pulls int, memory int64) (*sink, []error) {
	t.Helper()
	c, err := pull.ParseConfig([]byte(config))
	if err != nil {
		t.Fatal(err)
	}
	into := &sink{}
	limits := ingest.Limits{}
	limits.Fill()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	var results []error
	p := &pull.Puller{
		Config: c, Ingester: &ingest.Ingester{Limits: limits, Now: time.Now, DB: into}, Tenant: "anonymous",
		Budget: budget.New(memory),
		Logger: slog.New(slog.DiscardHandler), Now: time.Now,
		Observe: func(_, _, _ string, _ time.Duration, err error) {
			into.mu.Lock()
			defer into.mu.Unlock()
			if results = append(results, err); len(results) == pulls {
				stop()
			}
		},
	}
	p.Run(ctx)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Fatal("too few pulls in 30 s")
	}
	return into, results
}

func TestCountersBecomeGains(t *testing.T) {
	answers := [][]byte{memory(100, 10, 7), memory(130, 15, 8), memory(130, 15, 9), memory(20, 0, 3)}
	var asked int
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(answers[min(asked, len(answers)-1)])
		asked++
	}))
	defer server.Close()
	into, results := run(t, `
targets:
  - service: orders
    url: `+server.URL+`/
    interval: 1s
    labels: {namespace: shop}
    profiles:
      - {name: memory, path: /debug/pprof/allocs, cumulative: [alloc_objects, alloc_space]}
`, 4)
	for _, err := range results {
		if err != nil {
			t.Error(err)
		}
	}
	// The first pull has nothing to compare with; the last is of a program
	// that started anew. Levels are stored as they are.
	want := [][]int64{{0, 7}, {35, 8}, {0, 9}, {20, 3}}
	if len(into.sums) != len(want) {
		t.Fatalf("stored %v, want %v", into.sums, want)
	}
	for i := range want {
		if into.sums[i][0] != want[i][0] || into.sums[i][1] != want[i][1] {
			t.Errorf("pull %d: stored %v, want %v", i+1, into.sums[i], want[i])
		}
	}
	for _, label := range []string{`__name__="memory"`, `service_name="orders"`, `namespace="shop"`} {
		if !strings.Contains(into.labels, label) {
			t.Errorf("labels %s lack %s", into.labels, label)
		}
	}
}

func TestSecondsAndTenant(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("seconds") != "1" || r.URL.Path != "/pprof/cpu" {
			http.Error(w, "unexpected "+r.URL.String(), http.StatusBadRequest)
			return
		}
		_, _ = w.Write(memory(1, 1, 1))
	}))
	defer server.Close()
	into, results := run(t, `
targets:
  - service: orders
    url: `+server.URL+`
    tenant: acme
    interval: 1s
    profiles: [{name: process_cpu, path: /pprof/cpu, seconds: 1}]
`, 1)
	if results[0] != nil || into.tenant != "acme" {
		t.Errorf("%v, tenant %q", results[0], into.tenant)
	}
}

func TestFailuresDoNotStopPulling(t *testing.T) {
	answers := []func(w http.ResponseWriter){
		func(w http.ResponseWriter) { http.Error(w, "not now", http.StatusServiceUnavailable) },
		func(w http.ResponseWriter) { _, _ = w.Write([]byte("<html>this is no profile</html>")) },
		func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://192.0.2.1/")
			w.WriteHeader(http.StatusFound)
		},
		func(w http.ResponseWriter) { _, _ = w.Write(memory(1, 1, 1)) },
	}
	var asked int
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answers[min(asked, len(answers)-1)](w)
		asked++
	}))
	defer server.Close()
	into, results := run(t, `
targets:
  - {service: orders, url: "`+server.URL+`", interval: 1s, profiles: [{name: memory, path: /}]}
`, 4)
	for i, want := range []string{"503", "not a pprof message", "302", ""} {
		switch err := results[i]; {
		case want == "" && err != nil:
			t.Errorf("pull %d: %v", i+1, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("pull %d: %v, want %q", i+1, err, want)
		}
	}
	if len(into.sums) != 1 {
		t.Errorf("stored %v", into.sums)
	}
}

// TestPulledBombs lets a target serve what would unpack to a lot.
func TestPulledBombs(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	if _, err := z.Write(make([]byte, 20<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bomb.Bytes()) }))
	defer server.Close()
	config := `targets: [{service: orders, url: "` + server.URL + `", interval: 1s, profiles: [{name: memory, path: /}]}]`
	for memory, want := range map[int64]string{1 << 30: "larger than 16777216 bytes when unpacked", 4 << 20: "too much is being pushed"} {
		into, results := runWith(t, config, 1, memory)
		if results[0] == nil || !strings.Contains(results[0].Error(), want) || len(into.sums) != 0 {
			t.Errorf("with %d bytes: %v, stored %v", memory, results[0], into.sums)
		}
	}
}

func TestConfig(t *testing.T) {
	for _, test := range []struct{ yaml, want string }{
		{``, "names no targets"},
		{`targets: [{url: "http://x"}]`, "needs a `service`"},
		{`targets: [{service: a, url: "ftp://x"}]`, "http://localhost:6060"},
		{`targets: [{service: a, url: "http://x", intervall: 5s}]`, "line 1: field intervall not found"},
		{`targets: [{service: a, url: "http://x", interval: soon}]`, "line 1"},
		{`targets: [{service: a, url: "http://x", labels: {service_name: b}}]`, "set by the store"},
		{`targets: [{service: a, url: "http://x", profiles: [{path: /}]}]`, "needs a `name`"},
		{`targets: [{service: a, url: "http://x", profiles: [{name: b, path: c}]}]`, "begin with /"},
		{`targets: [{service: a, url: "http://x", interval: 10ms}]`, "at least 1s"},
		{`targets: [{service: a, url: "http://x", profiles: [{name: b, path: /c, seconds: 60}]}]`, "between 0 and the interval"},
	} {
		if _, err := pull.ParseConfig([]byte(test.yaml)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.yaml, err, test.want)
		}
	}
	path := filepath.Join(t.TempDir(), "targets.yaml")
	if err := os.WriteFile(path, []byte("targets: [{service: a, url: 'http://localhost:6060/'}]"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := pull.ReadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	target := c.Targets[0]
	if target.URL != "http://localhost:6060" || len(target.Profiles) != 5 || target.Profiles[0].Seconds != 14 || target.Profiles[0].Interval != 15*time.Second {
		t.Errorf("defaults: %+v", target)
	}
	if _, err := pull.ReadConfig(filepath.Join(t.TempDir(), "missing.yaml")); err == nil {
		t.Error("a missing file was read")
	}
}
