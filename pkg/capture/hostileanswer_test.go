package capture

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestHugeAnswer(t *testing.T) {
	var sent atomic.Int64
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		part := make([]byte, 1<<20)
		for {
			n, err := w.Write(part)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	})
	found := problemOf(t, targetAt(t, server.URL, nil, nil))
	require.Equal(t, tooLarge, found.Status)
	require.Contains(t, found.Sentence, "larger than 64 MiB")
	require.Less(t, sent.Load(), int64(maxBytes+32<<20), "no more is read than what is under way")
}

// field is a length-delimited field of a message.
func field(number uint64, content []byte) []byte {
	return append(binary.AppendUvarint(binary.AppendUvarint(nil, number<<3|message), uint64(len(content))), content...)
}

func TestBombs(t *testing.T) {
	bomb := func() []byte {
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
		_, _ = w.Write(field(sampleTypeField, []byte{8, 1}))
		zeros := field(2, make([]byte, 32<<20))
		for range 9 {
			_, _ = w.Write(zeros)
		}
		_ = w.Close()
		return packed.Bytes()
	}()
	require.Less(t, len(bomb), 4<<20)
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bomb) })
	found := problemOf(t, targetAt(t, server.URL, nil, nil))
	require.Equal(t, tooLarge, found.Status)
	require.Contains(t, found.Sentence, "unpacks to more than 256 MiB")

	_, err := Difference(bomb, bomb)
	require.ErrorContains(t, err, "unpacks to more than 64 MiB")
}

// A profile that is small as bytes and large in memory is not parsed.
func TestProfilesThatGrowInMemory(t *testing.T) {
	const most = 10 << 20
	fill := func(one []byte) []byte { return bytes.Repeat(one, most/len(one)) }
	for name, body := range map[string][]byte{
		"samples": fill(field(2, nil)), "locations": fill(field(4, nil)), "functions": fill(field(5, nil)), "texts": fill(field(6, nil)),
		"labels of a sample": field(2, fill(field(3, nil))), "lines of a location": field(4, fill(field(4, nil))), "numbers of a sample": field(2, field(1, make([]byte, 4*most))),
		"comments": fill([]byte{13 << 3, 0}),
	} {
		body = append(field(sampleTypeField, []byte{8, 1}), body...)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Keep(body, "heap", map[string]string{"service_name": "shop"}, time.Now())
		runtime.ReadMemStats(&after)
		require.ErrorContains(t, err, "samples, locations and texts", name)
		require.Less(t, (after.TotalAlloc-before.TotalAlloc)>>20, uint64(64), "%s: MiB", name)
	}
}

func TestAnswersThatAreNoProfile(t *testing.T) {
	whole := func() []byte {
		targets := targetAt(t, serve(t, program().ServeHTTP).URL, nil, nil)
		taken, err := take(t, targets, Ask{Profile: "heap"})
		require.NoError(t, err)
		return taken[0].Bytes
	}()
	for says, body := range map[string][]byte{
		"answered with nothing":            {},
		"a web page instead of a profile":  []byte("\n<!doctype html><title>Sign in</title>"),
		"something that is no pprof":       []byte("# HELP go_gc_duration_seconds"),
		"no pprof profile. Check":          []byte(`{"error": "no"}`),
		"that is no pprof profile":         {0x0d, 1, 2, 3, 4},
		"was cut off":                      whole[:len(whole)/2],
		"profile of Shop was cut off":      {0x1f, 0x8b, 8},
		"was cut off, or changed":          field(1, make([]byte, 100))[:50],
		"answered with something that is ": field(2, nil), // no sample type
	} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
		require.Contains(t, problemOf(t, targetAt(t, server.URL, nil, nil)).Sentence, says)
	}
}

// A byte now and then keeps a connection alive, not a capture.
func TestSlowAnswer(t *testing.T) {
	before := slack
	slack = 200 * time.Millisecond
	t.Cleanup(func() { slack = before })
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte{0})
			_ = http.NewResponseController(w).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	found := problemOf(t, targetAt(t, server.URL, nil, nil))
	require.Equal(t, late, found.Status)
	require.Contains(t, found.Sentence, "Shop did not answer within 200ms")
}

func TestHugeHeaders(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for i := range 200 {
			w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("x", 1<<10))
		}
	})
	require.Contains(t, problemOf(t, targetAt(t, server.URL, nil, nil)).Sentence, "Shop cannot be asked")
}

func FuzzWalk(f *testing.F) {
	f.Add(field(sampleTypeField, []byte{8, 1}))
	f.Add([]byte{0x1f, 0x8b, 8, 0})
	f.Add([]byte{0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, body []byte) {
		if walk(body, 1<<20) == nil && len(body) < 2 {
			t.Error("taken for a profile")
		}
	})
}
