package main

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
)

// TestStorefront lets the playground's service in Node push to a store with the real SDK.
func TestStorefront(t *testing.T) {
	store := startProcess(t, t.TempDir())
	service := exec.Command("node", "../../playground/services/storefront/main.mjs")
	service.Env = append(os.Environ(), "PROFILES_URL="+store.url, "PROFILES_INTERVAL_MS=500")
	var said strings.Builder
	service.Stdout, service.Stderr = &said, &said
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- service.Wait() }()
	t.Cleanup(func() { _ = service.Process.Kill() })
	client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, store.url)
	for _, profileType := range []string{"wall:wall:nanoseconds:wall:nanoseconds", "wall:cpu:nanoseconds:wall:nanoseconds"} {
		for !hasNode(t, client, profileType, "renderPage") {
			select {
			case err := <-ended:
				t.Fatalf("the service ended: %v\n%s", err, said.String())
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
}

func hasNode(t *testing.T, client querierv1connect.QuerierServiceClient, profileType, function string) bool {
	t.Helper()
	resp, err := client.SelectMergeStacktraces(t.Context(), connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
		ProfileTypeID: profileType, LabelSelector: `{service_name="storefront", endpoint="/search"}`,
		Start: time.Now().Add(-time.Hour).UnixMilli(), End: time.Now().Add(time.Minute).UnixMilli(),
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range resp.Msg.Flamegraph.GetNames() {
		if strings.Contains(name, function) {
			return true
		}
	}
	return false
}
