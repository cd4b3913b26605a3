//go:build unix

package main

import (
	"flag"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"connectrpc.com/connect"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"golang.org/x/sync/errgroup"
)

var server = flag.String("server", "", "address of a Pyroscope to measure in place of the embedded store")

// BenchmarkMergeBuckets is what the trees of one comparison cost: 24 merges of 50,000 nodes each, of four pods that push
// every 12 seconds, eight at a time as the datasource asks. Apart from that, the trees of the pods of one side.
func BenchmarkMergeBuckets(b *testing.B) {
	service, end := fmt.Sprint("orders-", time.Now().Unix()), time.Now().Add(-time.Minute)
	url := *server
	if url == "" {
		url = startProcess(b, b.TempDir()).url
	}
	stacks := newSynthetic(15_000, 2000)
	pusher := pushv1connect.NewPusherServiceClient(http.DefaultClient, url)
	for i := range 960 {
		_, err := pusher.Push(b.Context(), connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
			Labels: []*typesv1.LabelPair{
				{Name: "__name__", Value: "process_cpu"}, {Name: "service_name", Value: service}, {Name: "pod", Value: fmt.Sprint("pod-", i%4)},
			},
			Samples: []*pushv1.RawSample{{RawProfile: stacks.message(uint64(i), end.Add(-time.Duration(i/4)*12*time.Second))}},
		}}}))
		if err != nil {
			b.Fatal(err)
		}
	}
	client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, url)
	merge := func(selector string, from, to time.Time, nodes int64) (int, error) {
		answer, err := client.SelectMergeStacktraces(b.Context(), connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
			ProfileTypeID: "process_cpu:cpu:nanoseconds:cpu:nanoseconds", LabelSelector: selector,
			Start: from.UnixMilli() + 1, End: to.UnixMilli(), MaxNodes: &nodes,
		}))
		if err != nil {
			return 0, err
		}
		found := 0
		for _, level := range answer.Msg.Flamegraph.Levels {
			found += len(level.Values) / 4
		}
		return found, nil
	}
	for _, nodes := range []int64{8192, 65_536, 1 << 20} {
		b.Run(fmt.Sprintf("nodes-%d", nodes), func(b *testing.B) {
			found := make([]int, 24)
			for b.Loop() {
				var group errgroup.Group
				group.SetLimit(8)
				for bucket := range found {
					group.Go(func() (err error) {
						to := end.Add(-time.Duration(bucket) * 150 * time.Second)
						found[bucket], err = merge(fmt.Sprintf("{service_name=%q}", service), to.Add(-2*time.Minute), to, nodes)
						return err
					})
				}
				if err := group.Wait(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(slices.Max(found)), "nodes")
		})
	}
	b.Run("pods", func(b *testing.B) {
		for b.Loop() {
			for pod := range 4 {
				selector := fmt.Sprintf("{service_name=%q, pod=\"pod-%d\"}", service, pod)
				if _, err := merge(selector, end.Add(-24*time.Minute), end, 1<<20); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
