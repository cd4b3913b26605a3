package store_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"

	"github.com/flamewatch/profiles/pkg/store"
	"github.com/flamewatch/profiles/pkg/store/pull"
)

const cpuType = "process_cpu:cpu:nanoseconds:cpu:nanoseconds"

// serve opens a store behind an HTTP server until the test ends.
func serve(t *testing.T, o store.Options) *httptest.Server {
	t.Helper()
	o.Dir = t.TempDir()
	s, err := store.Open(o)
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
	return server
}

// as adds the header of a tenant to all calls; none for "".
func as(tenant string) connect.ClientOption {
	return connect.WithInterceptors(connect.UnaryInterceptorFunc(func(next connect.UnaryFunc) connect.UnaryFunc {
		return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) {
			if tenant != "" {
				req.Header().Set("X-Scope-OrgID", tenant)
			}
			return next(ctx, req)
		}
	}))
}

// work is a CPU profile of one stack.
func work(at time.Time, value int64) []byte {
	raw, err := (&googlev1.Profile{
		SampleType: []*googlev1.ValueType{{Type: 1, Unit: 2}}, PeriodType: &googlev1.ValueType{Type: 1, Unit: 2},
		Sample:      []*googlev1.Sample{{LocationId: []uint64{1}, Value: []int64{value}}},
		Location:    []*googlev1.Location{{Id: 1, Line: []*googlev1.Line{{FunctionId: 1}}}},
		Function:    []*googlev1.Function{{Id: 1, Name: 3}},
		StringTable: []string{"", "cpu", "nanoseconds", "main.work"},
		TimeNanos:   at.UnixNano(),
	}).MarshalVT()
	if err != nil {
		panic(err)
	}
	return raw
}

func orders(profiles ...[]byte) *connect.Request[pushv1.PushRequest] {
	series := &pushv1.RawProfileSeries{Labels: labelPairs("__name__", "process_cpu", "service_name", "orders")}
	for _, raw := range profiles {
		series.Samples = append(series.Samples, &pushv1.RawSample{RawProfile: raw})
	}
	return connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{series}})
}

// total is the sum of all CPU profiles of the last hour.
func total(t *testing.T, url string, options ...connect.ClientOption) int64 {
	t.Helper()
	resp, err := querierv1connect.NewQuerierServiceClient(http.DefaultClient, url, options...).SelectMergeStacktraces(t.Context(),
		connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
			ProfileTypeID: cpuType, LabelSelector: `{}`,
			Start: time.Now().Add(-time.Hour).UnixMilli(), End: time.Now().Add(time.Minute).UnixMilli(),
		}))
	if err != nil {
		t.Fatal(err)
	}
	return resp.Msg.Flamegraph.Total
}

func TestTenantsSeeNothingOfEachOther(t *testing.T) {
	server := serve(t, store.Options{Tenants: true})
	now := time.Now()
	for tenant, value := range map[string]int64{"acme": 1, "globex": 10} {
		client := pushv1connect.NewPusherServiceClient(http.DefaultClient, server.URL, as(tenant))
		if _, err := client.Push(t.Context(), orders(work(now, value))); err != nil {
			t.Fatal(err)
		}
	}
	for tenant, want := range map[string]int64{"acme": 1, "globex": 10, "initech": 0} {
		if got := total(t, server.URL, as(tenant)); got != want {
			t.Errorf("%s has %d, want %d", tenant, got, want)
		}
	}
	q := querierv1connect.NewQuerierServiceClient(http.DefaultClient, server.URL, as("initech"))
	start, end := now.Add(-time.Hour).UnixMilli(), now.Add(time.Hour).UnixMilli()
	types, err := q.ProfileTypes(t.Context(), connect.NewRequest(&querierv1.ProfileTypesRequest{Start: start, End: end}))
	if err != nil || len(types.Msg.ProfileTypes) != 0 {
		t.Errorf("types of a tenant without profiles: %v, %v", types, err)
	}
	services, err := q.LabelValues(t.Context(), connect.NewRequest(&typesv1.LabelValuesRequest{Name: "service_name", Start: start, End: end}))
	if err != nil || len(services.Msg.Names) != 0 {
		t.Errorf("services of a tenant without profiles: %v, %v", services, err)
	}
	stats, err := q.GetProfileStats(t.Context(), connect.NewRequest(&typesv1.GetProfileStatsRequest{}))
	if err != nil || stats.Msg.DataIngested {
		t.Errorf("stats of a tenant without profiles: %v, %v", stats, err)
	}
}

func TestRequestsWithoutTenantAreRefused(t *testing.T) {
	server := serve(t, store.Options{Tenants: true})
	for _, test := range []struct {
		tenant, want string
		code         connect.Code
	}{
		{"", "X-Scope-OrgID", connect.CodeUnauthenticated},
		{"..", "may have 150 letters", connect.CodeInvalidArgument},
		{"a/b", "may have 150 letters", connect.CodeInvalidArgument},
		{strings.Repeat("a", 151), "may have 150 letters", connect.CodeInvalidArgument},
	} {
		_, err := pushv1connect.NewPusherServiceClient(http.DefaultClient, server.URL, as(test.tenant)).Push(t.Context(), orders(work(time.Now(), 1)))
		if connect.CodeOf(err) != test.code || !strings.Contains(err.Error(), test.want) {
			t.Errorf("tenant %q: %v", test.tenant, err)
		}
	}
}

// TestRetriedUploads sends the same requests several times, as clients do when
// an answer gets lost.
func TestRetriedUploads(t *testing.T) {
	server := serve(t, store.Options{})
	at := time.Now().Add(-time.Minute)
	client := pushv1connect.NewPusherServiceClient(http.DefaultClient, server.URL)
	query := url.Values{"name": {"payments.cpu{pod=a}"}, "from": {fmt.Sprint(at.Unix())}, "until": {fmt.Sprint(at.Unix() + 10)}, "sampleRate": {"100"}}
	for range 3 {
		if _, err := client.Push(t.Context(), orders(work(at, 7))); err != nil {
			t.Fatal(err)
		}
		if status, text := post(t, server.URL+"/ingest?"+query.Encode(), nil, "main;pay 2\n"); status != http.StatusOK {
			t.Fatalf("%d %s", status, text)
		}
	}
	if got, want := total(t, server.URL), int64(7+2*10_000_000); got != want {
		t.Errorf("the total is %d, want %d", got, want)
	}
}

func TestWithoutSpacePushesAreRefusedAndQueriesAnswered(t *testing.T) {
	server := serve(t, store.Options{FreeDisk: math.MaxUint64})
	_, err := pushv1connect.NewPusherServiceClient(http.DefaultClient, server.URL).Push(t.Context(), orders(work(time.Now(), 1)))
	if connect.CodeOf(err) != connect.CodeResourceExhausted || !strings.Contains(err.Error(), "there is no space for more profiles") {
		t.Errorf("Push: %v", err)
	}
	status, text := post(t, server.URL+"/ingest?name=orders", nil, "main 1\n")
	if status != http.StatusTooManyRequests || !strings.Contains(text, "there is no space for more profiles") {
		t.Errorf("/ingest: %d %s", status, text)
	}
	if got := total(t, server.URL); got != 0 {
		t.Errorf("something was stored: %d", got)
	}
}

// post sends a body and gives the status and the text of the answer, which
// gRPC-Web has in a header.
func post(t *testing.T, url string, header map[string]string, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text) + resp.Header.Get("Grpc-Message")
}

func labelPairs(pairs ...string) []*typesv1.LabelPair {
	var out []*typesv1.LabelPair
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, &typesv1.LabelPair{Name: pairs[i], Value: pairs[i+1]})
	}
	return out
}

func TestTenantsOfPulledTargets(t *testing.T) {
	for _, test := range []struct {
		tenants bool
		tenant  string
		want    string
	}{
		{true, "", "needs a valid `tenant`"},
		{true, "a/b", "needs a valid `tenant`"},
		{false, "acme", "leave it out"},
	} {
		_, err := store.Open(store.Options{Dir: t.TempDir(), Tenants: test.tenants, Pull: &pull.Config{
			Targets: []pull.Target{{Service: "orders", URL: "http://127.0.0.1:1", Tenant: test.tenant}},
		}})
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "orders") {
			t.Errorf("tenants %v, tenant %q: %v", test.tenants, test.tenant, err)
		}
	}
}
