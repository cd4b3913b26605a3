package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"

	"github.com/flamewatch/profiles/pkg/store"
	"github.com/flamewatch/profiles/pkg/store/pull"
)

// TestStorePullsTheWarehouse lets a store pull with the playground's own configuration, only more often.
func TestStorePullsTheWarehouse(t *testing.T) {
	config, err := pull.ReadConfig("../../playground/pull.yaml")
	if err != nil {
		t.Fatal(err)
	}
	target := &config.Targets[0]
	target.URL = start(t)
	for i := range target.Profiles {
		p := &target.Profiles[i]
		p.Interval, p.Seconds = time.Second, min(p.Seconds, 1)
	}
	s, err := store.Open(store.Options{Dir: t.TempDir(), Pull: config})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	defer func() {
		server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, server.URL)
	for profileType, function := range map[string]string{
		"process_cpu:cpu:nanoseconds:cpu:nanoseconds": "",
		"memory:inuse_space:bytes:space:bytes":        "",
		"goroutine:goroutine:count:goroutine:count":   "picking.(*Line).Deliver",
		"mutex:delay:nanoseconds:contentions:count":   "ledger.(*Ledger).Book",
		"block:contentions:count:contentions:count":   "shipping.(*Printer).Print",
		"block:delay:nanoseconds:contentions:count":   "picking.(*Line).Bring",
		"mutex:contentions:count:contentions:count":   "picking.(*Line).pickNext",
		"memory:alloc_objects:count:space:bytes":      "",
		"memory:alloc_space:bytes:space:bytes":        "",
		"memory:inuse_objects:count:space:bytes":      "",
	} {
		for !hasFunction(t, client, profileType, function) {
			time.Sleep(50 * time.Millisecond) // the next pull; never would be a time-out
		}
	}
}

// hasFunction tells whether a function has a cost; with "", whether the profile type is there.
func hasFunction(t *testing.T, client querierv1connect.QuerierServiceClient, profileType, function string) bool {
	t.Helper()
	start, end := time.Now().Add(-time.Hour).UnixMilli(), time.Now().Add(time.Minute).UnixMilli()
	types, err := client.ProfileTypes(t.Context(), connect.NewRequest(&querierv1.ProfileTypesRequest{Start: start, End: end}))
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, one := range types.Msg.ProfileTypes {
		known = append(known, one.ID)
	}
	if function == "" || !slices.Contains(known, profileType) {
		return slices.Contains(known, profileType)
	}
	resp, err := client.SelectMergeStacktraces(t.Context(), connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
		ProfileTypeID: profileType, LabelSelector: `{service_name="warehouse-service", namespace="shop"}`, Start: start, End: end,
	}))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(resp.Msg.Flamegraph.Names, func(name string) bool { return strings.HasSuffix(name, function) })
}
