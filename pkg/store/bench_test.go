package store_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"connectrpc.com/connect"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/flamewatch/profiles/pkg/store"
	"github.com/flamewatch/profiles/pkg/store/ingest"
)

// at appends a time to a gzip-compressed pprof message: a second gzip member,
// not compressed, with field 9, which overrides one that is there already.
func at(packed []byte, t time.Time) []byte {
	field := protowire.AppendVarint(protowire.AppendTag(nil, 9, protowire.VarintType), uint64(t.UnixNano()))
	out := append(make([]byte, 0, len(packed)+64), packed...)
	out = append(out, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1) // header, then the last and only block, stored
	out = binary.LittleEndian.AppendUint16(out, uint16(len(field)))
	out = binary.LittleEndian.AppendUint16(out, ^uint16(len(field)))
	out = append(out, field...)
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(field))
	return binary.LittleEndian.AppendUint32(out, uint32(len(field)))
}

func labelPairs(pairs ...string) []*typesv1.LabelPair {
	var out []*typesv1.LabelPair
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, &typesv1.LabelPair{Name: pairs[i], Value: pairs[i+1]})
	}
	return out
}

func benchServer(b *testing.B) *httptest.Server {
	b.Helper()
	s, err := store.Open(store.Options{Dir: b.TempDir(), Ingest: ingest.Limits{MaxAge: 3 * time.Hour}})
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	b.Cleanup(func() {
		server.Close()
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return server
}

// BenchmarkIngest pushes a real Go CPU profile over HTTP, as agents do: 16
// connections, 4 services of 8 pods, every profile at another time. A push
// counts once it is acknowledged, which is after it was synced to disk.
func BenchmarkIngest(b *testing.B) {
	packed, err := os.ReadFile("../../testdata/profiles/go-cpu.pb.gz")
	if err != nil {
		b.Fatal(err)
	}
	server := benchServer(b)
	start := time.Now().Add(-30 * time.Minute)
	var next atomic.Int64
	var clients sync.WaitGroup
	used := cpuTime()
	b.ResetTimer()
	for range 16 {
		clients.Go(func() {
			client := pushv1connect.NewPusherServiceClient(&http.Client{Transport: &http.Transport{}}, server.URL)
			for {
				i := next.Add(1) - 1
				if i >= int64(b.N) {
					return
				}
				_, err := client.Push(context.Background(), connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
					Labels:  labelPairs("__name__", "process_cpu", "service_name", fmt.Sprint("svc-", i%4), "pod", fmt.Sprint("pod-", i/4%8)),
					Samples: []*pushv1.RawSample{{RawProfile: at(packed, start.Add(time.Duration(i)*time.Millisecond))}},
				}}}))
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	clients.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "profiles/s")
	b.ReportMetric(float64((cpuTime()-used).Microseconds())/float64(b.N), "cpu-µs/profile")
}

// syntheticProfiles makes the pprof messages of an hour: each has stacks stacks
// drawn from a call tree with distinct stacks in it.
type synthetic struct {
	distinct, stacks int
	paths            [][]uint64
}

func newSynthetic(distinct, stacks int) *synthetic {
	r := rand.New(rand.NewPCG(1, 2))
	s := &synthetic{distinct: distinct, stacks: stacks}
	for len(s.paths) < distinct {
		// Grow the tree: a new stack leaves an old one somewhere on its way.
		var path []uint64
		if len(s.paths) > 0 {
			old := s.paths[r.IntN(len(s.paths))]
			path = append(path, old[:r.IntN(len(old))+1]...)
		}
		if len(path) > 40 {
			path = path[:40]
		}
		for range r.IntN(6) + 1 {
			path = append(path, uint64(r.IntN(4000)+1))
		}
		s.paths = append(s.paths, path)
	}
	return s
}

func (s *synthetic) message(seed uint64, t time.Time) []byte {
	r := rand.New(rand.NewPCG(seed, 3))
	var b []byte
	message := func(field protowire.Number, content []byte) {
		b = protowire.AppendTag(b, field, protowire.BytesType)
		b = protowire.AppendBytes(b, content)
	}
	ints := func(pairs ...uint64) (out []byte) {
		for i := 0; i < len(pairs); i += 2 {
			out = protowire.AppendTag(out, protowire.Number(pairs[i]), protowire.VarintType)
			out = protowire.AppendVarint(out, pairs[i+1])
		}
		return out
	}
	message(1, ints(1, 1, 2, 2))
	for range s.stacks {
		path := s.paths[r.IntN(len(s.paths))]
		var sample []byte
		for i := len(path) - 1; i >= 0; i-- {
			sample = append(sample, ints(1, path[i])...)
		}
		message(2, append(sample, ints(2, uint64(r.IntN(50)+1)*10_000_000)...))
	}
	for i := uint64(1); i <= 4000; i++ {
		message(4, append(ints(1, i, 3, i*64), protowire.AppendBytes(protowire.AppendTag(nil, 4, protowire.BytesType), ints(1, i, 2, 10))...))
		message(5, ints(1, i, 2, i+2))
	}
	message(6, nil)
	message(6, []byte("cpu"))
	message(6, []byte("nanoseconds"))
	for i := 1; i <= 4000; i++ {
		message(6, fmt.Appendf(nil, "example.com/shop/internal/orders.(*Service).function%d", i))
	}
	b = append(b, ints(9, uint64(t.UnixNano()))...)
	message(11, ints(1, 1, 2, 2))
	return b
}

// BenchmarkMergeHour merges an hour of one service, 960 profiles of 2,000
// stacks each, to a flame graph of 8,192 nodes, through HTTP as a datasource
// asks for it.
func BenchmarkMergeHour(b *testing.B) {
	for _, distinct := range []int{12_000, 200_000} {
		b.Run(fmt.Sprintf("distinct-%d", distinct), func(b *testing.B) {
			server := benchServer(b)
			end := time.Now().Add(-time.Minute)
			pushHour(b, server.URL, newSynthetic(distinct, 2000), end)
			client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, server.URL)
			b.ReportAllocs()
			for b.Loop() {
				resp, err := client.SelectMergeStacktraces(context.Background(), connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
					ProfileTypeID: "process_cpu:cpu:nanoseconds:cpu:nanoseconds", LabelSelector: `{service_name="orders"}`,
					Start: end.Add(-time.Hour).UnixMilli(), End: end.UnixMilli(), MaxNodes: new(int64(8192)),
				}))
				if err != nil {
					b.Fatal(err)
				}
				nodes := 0
				for _, level := range resp.Msg.Flamegraph.Levels {
					nodes += len(level.Values) / 4
				}
				if nodes < 8192 {
					b.Fatalf("%d nodes", nodes)
				}
				b.ReportMetric(float64(nodes), "nodes")
			}
		})
	}
}

func pushHour(b *testing.B, url string, s *synthetic, end time.Time) {
	b.Helper()
	client := pushv1connect.NewPusherServiceClient(http.DefaultClient, url)
	const pods = 4
	for i := range 960 {
		t := end.Add(-time.Duration(i/pods) * 15 * time.Second)
		_, err := client.Push(context.Background(), connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
			Labels:  labelPairs("__name__", "process_cpu", "service_name", "orders", "pod", fmt.Sprint("pod-", i%pods)),
			Samples: []*pushv1.RawSample{{RawProfile: s.message(uint64(i), t)}},
		}}}))
		if err != nil {
			b.Fatal(err)
		}
	}
}

// cpuTime is what this process used of the processors so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
