package store_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/google/pprof/profile"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"

	"github.com/flamewatch/profiles/pkg/store"
)

// sdkRequest is a request that a real SDK made; see testdata/sdk.
type sdkRequest struct {
	Method, URL string
	Headers     map[string]string
	Body        string
}

func readRequest(t *testing.T, name string) sdkRequest {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/sdk/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var request sdkRequest
	if err := json.Unmarshal(raw, &request); err != nil {
		t.Fatal(err)
	}
	return request
}

// recorded is when the requests were made: profiles of another day would be refused as too old.
var recorded = time.Date(2026, 11, 29, 20, 50, 0, 0, time.UTC)

// TestSDKs replays what the SDKs of other languages than Go send.
func TestSDKs(t *testing.T) {
	for name, want := range map[string]struct {
		service, profileType, function string
	}{
		"node-wall": {"storefront", "wall:wall:nanoseconds:wall:nanoseconds", "renderPage"},
		"node-heap": {"storefront", "memory:inuse_space:bytes:inuse_space:bytes", ""},
		"python":    {"recommender", cpuType, "cosine"},
		"rust":      {"pricing", cpuType, "price"},
		"java":      {"checkout", cpuType, "Main.price"},
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t, store.Options{Now: func() time.Time { return recorded }})
			request := readRequest(t, name)
			body, err := base64.StdEncoding.DecodeString(request.Body)
			if err != nil {
				t.Fatal(err)
			}
			if status, text := post(t, server.URL+request.URL, request.Headers, string(body)); status != http.StatusOK {
				t.Fatalf("%d %s", status, text)
			}
			selector := fmt.Sprintf(`{service_name=%q, namespace="shop"}`, want.service)
			names := functionsOf(t, server.URL, want.profileType, selector)
			if !slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, want.function) }) || len(names) < 2 {
				t.Errorf("there is no %q among %v", want.function, names)
			}
		})
	}
}

// TestDotnet sends what the profiler of .NET sends: a form with the profile and what its sample types mean, types with
// a dash in their names, which becomes an underscore.
func TestDotnet(t *testing.T) {
	server := serve(t, store.Options{Now: func() time.Time { return recorded }})
	body := "--b\r\nContent-Disposition: form-data; name=\"profile\"; filename=\"profile.pprof\"\r\n\r\n" + dotnetProfile(t) +
		"\r\n--b\r\nContent-Disposition: form-data; name=\"sample_type_config\"; filename=\"sample_type_config.json\"\r\n\r\n" +
		`{"alloc-size":{"units":"bytes","display-name":"alloc_space"},"cpu":{"units":"nanoseconds"}}` + "\r\n--b--\r\n"
	query := url.Values{
		"name": {"rideshare{namespace=shop}"}, "spyName": {"dotnetspy"}, "sampleRate": {"100"},
		"from": {strconv.FormatInt(recorded.Unix()-10, 10)}, "until": {strconv.FormatInt(recorded.Unix(), 10)},
	}
	header := map[string]string{"Content-Type": "multipart/form-data; boundary=b"}
	if status, text := post(t, server.URL+"/ingest?"+query.Encode(), header, body); status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	for _, profileType := range []string{"process_cpu:cpu:nanoseconds::nanoseconds", "process_cpu:alloc_size:bytes::nanoseconds"} {
		names := functionsOf(t, server.URL, profileType, `{service_name="rideshare"}`)
		if !slices.Contains(names, "Bike!OrderService.FindNearest") {
			t.Errorf("%s has %v", profileType, names)
		}
	}
}

func dotnetProfile(t *testing.T) string {
	t.Helper()
	function := &profile.Function{ID: 1, Name: "Bike!OrderService.FindNearest"}
	location := &profile.Location{ID: 1, Line: []profile.Line{{Function: function}}}
	var packed bytes.Buffer
	err := (&profile.Profile{
		SampleType: []*profile.ValueType{{Type: "cpu", Unit: "nanoseconds"}, {Type: "alloc-size", Unit: "bytes"}},
		Sample:     []*profile.Sample{{Location: []*profile.Location{location}, Value: []int64{10_000_000, 4096}}},
		Location:   []*profile.Location{location}, Function: []*profile.Function{function},
		// Its period has a unit and no type, which is why its profile type ids have an empty part.
		PeriodType: &profile.ValueType{Unit: "nanoseconds"}, Period: 1,
		TimeNanos: recorded.UnixNano(), DurationNanos: int64(10 * time.Second),
	}).Write(&packed)
	if err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

// functionsOf are the names in the flame graph of the hour in which the requests were recorded.
func functionsOf(t *testing.T, server, profileType, selector string) []string {
	t.Helper()
	client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, server)
	start, end := recorded.Add(-time.Hour).UnixMilli(), recorded.Add(time.Minute).UnixMilli()
	resp, err := client.SelectMergeStacktraces(t.Context(), connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
		ProfileTypeID: profileType, LabelSelector: selector, Start: start, End: end,
	}))
	if err != nil {
		t.Fatal(err)
	}
	return resp.Msg.Flamegraph.GetNames()
}
