//go:build unix

package main

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
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

// ended ends a store and reports what it used: processor time of user and
// system for each of n operations, and the most memory that it had resident.
// Wall-clock time depends on what else the machine does; these hardly do.
func ended(b *testing.B, p *process, n int, per string) {
	b.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		b.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		b.Fatal(err)
	}
	cpu := p.ProcessState.UserTime() + p.ProcessState.SystemTime()
	b.ReportMetric(float64(cpu.Microseconds())/1000/float64(n), "cpu-ms/"+per)
	if usage, ok := p.ProcessState.SysUsage().(*syscall.Rusage); ok {
		unit := int64(1 << 10)
		if runtime.GOOS == "darwin" {
			unit = 1
		}
		b.ReportMetric(float64(usage.Maxrss*unit)/1e6, "peak-MB")
	}
}

// BenchmarkIngest pushes a real Go CPU profile over HTTP, as agents do: 16
// connections, 4 services of 8 pods, every profile at another time. A push
// counts once it is acknowledged, which is after it was synced to disk. The
// store runs in a process of its own.
func BenchmarkIngest(b *testing.B) {
	packed, err := os.ReadFile("../../testdata/profiles/go-cpu.pb.gz")
	if err != nil {
		b.Fatal(err)
	}
	p := startProcess(b, b.TempDir())
	start := time.Now().Add(-30 * time.Minute)
	var next atomic.Int64
	var clients sync.WaitGroup
	b.ResetTimer()
	for range 16 {
		clients.Go(func() {
			client := pushv1connect.NewPusherServiceClient(&http.Client{Transport: &http.Transport{}}, p.url)
			for {
				i := next.Add(1) - 1
				if i >= int64(b.N) {
					return
				}
				_, err := client.Push(b.Context(), connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
					Labels: []*typesv1.LabelPair{
						{Name: "__name__", Value: "process_cpu"}, {Name: "service_name", Value: fmt.Sprint("svc-", i%4)}, {Name: "pod", Value: fmt.Sprint("pod-", i/4%8)},
					},
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
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "profiles/s")
	ended(b, p, b.N, "profile")
}

// synthetic makes the pprof messages of an hour: each has stacks stacks drawn
// from a call tree with distinct stacks in it.
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
// asks for it. The store has just been started, so that its memory is that of
// reading; the first answer, which reads the tables from disk, is reported too.
func BenchmarkMergeHour(b *testing.B) {
	for _, distinct := range []int{12_000, 200_000} {
		b.Run(fmt.Sprintf("distinct-%d", distinct), func(b *testing.B) {
			dir, end := b.TempDir(), time.Now().Add(-time.Minute)
			pushHour(b, dir, newSynthetic(distinct, 2000), end)
			p := startProcess(b, dir)
			client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, p.url)
			began := time.Now()
			nodes := mergeHour(b, client, end)
			first := time.Since(began)
			n := 1
			for b.Loop() {
				mergeHour(b, client, end)
				n++
			}
			b.ReportMetric(float64(first.Microseconds())/1000, "first-ms")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(n-1), "ms/merge")
			b.ReportMetric(float64(nodes), "nodes")
			ended(b, p, n, "merge")
		})
	}
}

// mergeHour asks for the flame graph and gives its number of nodes.
func mergeHour(b *testing.B, client querierv1connect.QuerierServiceClient, end time.Time) (nodes int) {
	b.Helper()
	resp, err := client.SelectMergeStacktraces(b.Context(), connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
		ProfileTypeID: "process_cpu:cpu:nanoseconds:cpu:nanoseconds", LabelSelector: `{service_name="orders"}`,
		Start: end.Add(-time.Hour).UnixMilli(), End: end.UnixMilli(), MaxNodes: new(int64(8192)),
	}))
	if err != nil {
		b.Fatal(err)
	}
	for _, level := range resp.Msg.Flamegraph.Levels {
		nodes += len(level.Values) / 4
	}
	if nodes < 8192 {
		b.Fatalf("%d nodes", nodes)
	}
	return nodes
}

// pushHour fills a folder with the hour before end.
func pushHour(b *testing.B, dir string, s *synthetic, end time.Time) {
	b.Helper()
	p := startProcess(b, dir, "--max-profile-age", "2h")
	client := pushv1connect.NewPusherServiceClient(http.DefaultClient, p.url)
	const pods = 4
	for i := range 960 {
		t := end.Add(-time.Duration(i/pods) * 15 * time.Second)
		_, err := client.Push(b.Context(), connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
			Labels: []*typesv1.LabelPair{
				{Name: "__name__", Value: "process_cpu"}, {Name: "service_name", Value: "orders"}, {Name: "pod", Value: fmt.Sprint("pod-", i%pods)},
			},
			Samples: []*pushv1.RawSample{{RawProfile: s.message(uint64(i), t)}},
		}}}))
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		b.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		b.Fatal(err)
	}
}
