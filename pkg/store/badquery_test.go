package store_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"

	"github.com/flamewatch/profiles/pkg/store"
)

func TestBadQueriesSayWhatIsWrong(t *testing.T) {
	server := serve(t, store.Options{})
	client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, server.URL)
	now := time.Now().UnixMilli()
	const hour = 3_600_000
	for _, test := range []struct {
		profileType, selector string
		start, end, nodes     int64
		want                  string
	}{
		{cpuType, `{service_name="orders"`, now - hour, now, 0, "1:23: parse error: unexpected end of input inside braces"},
		{cpuType, `{service_name=~"("}`, now - hour, now, 0, "missing closing )"},
		{cpuType, `{}`, now, now - hour, 0, "query start time is after end time"},
		{cpuType, `{}`, 0, now, 0, "missing time range in the query"},
		{cpuType, `{}`, now - 48*hour, now, 0, "the query time range exceeds the limit (max_query_length, actual: 48h0m0s, limit: 1d)"},
		{"cpu", `{}`, now - hour, now, 0, "profile-type selection must be of the form"},
		{cpuType, `{}`, now - hour, now, 1 << 21, "max flamegraph nodes limit 2097152 is greater than allowed 1048576"},
		{cpuType, `{}`, now - hour, now, -1, "max flamegraph nodes limit must be set"},
	} {
		_, err := client.SelectMergeStacktraces(t.Context(), connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
			ProfileTypeID: test.profileType, LabelSelector: test.selector, Start: test.start, End: test.end, MaxNodes: &test.nodes,
		}))
		if connect.CodeOf(err) != connect.CodeInvalidArgument || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v", test, err)
		}
	}
	resp, err := http.Get(server.URL + "/pyroscope/render?" + url.Values{"query": {cpuType + "{service_name="}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusBadRequest || !strings.Contains(string(text), `"failed to parse \"query\": parsing label selector`) || !strings.Contains(string(text), "1:58") {
		t.Errorf("%d %s", resp.StatusCode, text)
	}
}

// TestOddNames stores function names of every kind of character and finds them as they were.
func TestOddNames(t *testing.T) {
	server := serve(t, store.Options{})
	now := time.Now()
	names := []string{"<script>alert(1)</script>", "naïve→λ", "a\tb", `quo"te\`, "operator()(int const&)", "total", "other", "日本語", "%s", strings.Repeat("x", 4000)}
	status, answer := post(t, server.URL+"/ingest?"+url.Values{"name": {"odd.cpu"}, "from": {"now"}, "sampleRate": {"100"}}.Encode(), nil,
		strings.Join(names, ";")+" 1\n"+"bad\xff utf-8 1\n")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, answer)
	}
	resp, err := querierv1connect.NewQuerierServiceClient(http.DefaultClient, server.URL).SelectMergeStacktraces(t.Context(),
		connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
			ProfileTypeID: cpuType, LabelSelector: `{service_name="odd"}`, Start: now.Add(-time.Hour).UnixMilli(), End: now.Add(time.Minute).UnixMilli(),
		}))
	if err != nil {
		t.Fatal(err)
	}
	flame := resp.Msg.Flamegraph
	found := map[string]bool{}
	for _, level := range flame.Levels[1:] { // the root is called total, too
		for i := 3; i < len(level.Values); i += 4 {
			found[flame.Names[level.Values[i]]] = true
		}
	}
	for _, name := range append(names, "bad\uFFFD utf-8") {
		if !found[name] {
			t.Errorf("%.40q is not there", name)
		}
	}
	if flame.Total != 2*10_000_000 {
		t.Errorf("the total is %d", flame.Total)
	}
}
