package datasource

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

func TestServicesThatAppearedOrWent(t *testing.T) {
	server := joined(shopHours(1), until(renamed(shopHours(1), "went"), time.Hour))
	for _, p := range renamed(shopHours(1), "appeared") {
		if p.At.After(noon.Add(-time.Hour)) {
			server.Profiles = append(server.Profiles, p)
		}
	}
	d := open(t, server, map[string]any{"minStep": "1m"})
	lines, _ := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}))
	faults := map[string]string{}
	for _, line := range ofEvent(lines, "service") {
		faults[line["service"].(string)], _ = line["fault"].(string)
	}
	require.Equal(t, map[string]string{
		"shop":     "",
		"appeared": "The baseline has no profiles: choose a range in which the service was running.",
		"went":     "The comparison has no profiles: choose a range in which the service was running.",
	}, faults)
}

func TestNoProfilesAtAll(t *testing.T) {
	d := open(t, joined(), map[string]any{"minStep": "1m"})
	lines, status := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": "cpu", "baseline": map[string]any{"offset": "1h"}}))
	require.Equal(t, http.StatusOK, status)
	require.Len(t, lines, 2)
	require.EqualValues(t, 0, lines[0]["total"])
	require.NotEmpty(t, lines[0]["notices"])
	lines, _ = streamed(t, d, "regressions/replay", map[string]any{"query": map[string]any{"profileTypeId": "cpu", "baseline": map[string]any{"offset": "1h"}}})
	require.Len(t, lines, 2)
	require.Empty(t, lines[1]["firings"])
}

// Totals since the start of a process fall when it restarts and are totals all the same.
func TestCountersThatReset(t *testing.T) {
	profiles := every(allocSpace, "shop", pods[:2], time.Minute, 130*time.Minute, func(_, k int) map[string]int64 {
		return map[string]int64{"main;alloc": int64(1e6 * (40 - k%40))} // anew every 40 minutes
	})
	d := open(t, &pyroscopetest.Server{Profiles: profiles}, map[string]any{"minStep": "1m"})
	lines, _ := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": allocSpace, "baseline": map[string]any{"offset": "1h"}}))
	require.Contains(t, ofEvent(lines, "service")[0]["fault"], "only ever grow: they are totals since the start of each process. Scrape the delta endpoints")
}

func TestASamplingRateThatChangedIsSaid(t *testing.T) {
	profiles := shopHours(1.8)
	for i, p := range profiles {
		if p.At.After(noon.Add(-time.Hour)) {
			stacks := map[string]int64{}
			for stack, value := range p.Stacks {
				stacks[stack] = value / sample * (sample / 10) // a tenth: samples of a millisecond
			}
			profiles[i].Stacks = stacks
		}
	}
	d := open(t, &pyroscopetest.Server{Profiles: profiles}, map[string]any{"minStep": "1m"})
	lines, _ := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}))
	service := ofEvent(lines, "service")[0]
	require.Contains(t, fmt.Sprint(service["notices"]), "sampled at different rates")
	require.Equal(t, "encode", service["findings"].([]any)[0].(map[string]any)["function"])
}

// crowd is a server of ten thousand services, each with one small profile a bucket.
type crowd struct {
	querierv1connect.UnimplementedQuerierServiceHandler
}

const crowdSize = 10_000

func (crowd) LabelNames(context.Context, *connect.Request[typesv1.LabelNamesRequest]) (*connect.Response[typesv1.LabelNamesResponse], error) {
	return connect.NewResponse(&typesv1.LabelNamesResponse{Names: []string{"service_name"}}), nil
}

func (crowd) SelectSeries(_ context.Context, r *connect.Request[querierv1.SelectSeriesRequest]) (*connect.Response[querierv1.SelectSeriesResponse], error) {
	answer := &querierv1.SelectSeriesResponse{}
	for i := range crowdSize {
		if strings.Contains(r.Msg.LabelSelector, "service_name") && i > 0 {
			break
		}
		answer.Series = append(answer.Series, &typesv1.Series{
			Labels: []*typesv1.LabelPair{{Name: "service_name", Value: fmt.Sprintf("service-%05d", i)}},
			Points: []*typesv1.Point{{Timestamp: r.Msg.End, Value: float64(crowdSize - i)}},
		})
	}
	return connect.NewResponse(answer), nil
}

func (crowd) SelectMergeStacktraces(context.Context, *connect.Request[querierv1.SelectMergeStacktracesRequest]) (*connect.Response[querierv1.SelectMergeStacktracesResponse], error) {
	tree := calltree.MakeTree([]string{"total", "main"}, 2)
	tree.Append(0, 1e9, 0, 0)
	tree.Append(1, 1e9, 1e9, 1)
	return connect.NewResponse(&querierv1.SelectMergeStacktracesResponse{Flamegraph: pyroscopetest.Flamegraph(tree)}), nil
}

func TestTenThousandServices(t *testing.T) {
	path, handler := querierv1connect.NewQuerierServiceHandler(crowd{})
	mux := http.NewServeMux()
	mux.Handle(path, handler)
	d := open(t, mux, map[string]any{"minStep": "1m"})
	query := map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}
	body := hourBefore(d, query)
	body["maxServices"], body["budget"] = crowdSize, 300
	lines, _ := streamed(t, d, "regressions", body)
	require.EqualValues(t, crowdSize, lines[0]["total"])
	require.Equal(t, "service-00000", ofEvent(lines, "service")[0]["service"], "the costliest first")
	done := lines[len(lines)-1]
	require.Equal(t, "done", done["event"])
	require.Len(t, done["left"], mostLeft)
	require.Less(t, int(done["done"].(float64)), crowdSize)

	query["queryType"] = "regressions"
	answer := askAs(t, d, noon.Add(-time.Hour), noon, query, nil)
	require.NoError(t, answer.Error)
	require.Contains(t, strings.Join(notices(answer.Frames), " "), "10 of 10000 services were looked at, the costliest ones.")
}

// A server that cannot answer for a service whose finding stands must not resolve the alert.
func TestAFailureIsNoResolution(t *testing.T) {
	server := joined(shopHours(1.8), renamed(shopHours(1), "blog"))
	d := open(t, server, map[string]any{"minStep": "1m"})
	d.now = func() time.Time { return noon.Add(2 * time.Minute) }
	model := map[string]any{"queryType": "regressions", "profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}
	rule := map[string]string{"FromAlert": "true"}
	first := askAs(t, d, noon.Add(-time.Hour), noon, model, rule)
	require.NoError(t, first.Error)
	require.Equal(t, "encode", first.Frames[0].Fields[0].Labels["function"])
	d.trees = newFinishedBuckets(1, calltree.Kept.Bytes)
	server.Unknown = []string{"SelectMergeStacktraces"}
	d.now = func() time.Time { return noon.Add(7 * time.Minute) }
	require.Error(t, askAs(t, d, noon.Add(-55*time.Minute), noon.Add(5*time.Minute), model, rule).Error)
}
