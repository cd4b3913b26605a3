package store_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"net/http"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"

	"github.com/flamewatch/profiles/pkg/store"
	"github.com/flamewatch/profiles/pkg/store/ingest"
)

// packed is a gzip stream of size zeros, a thousandth as long.
func packed(t *testing.T, size int64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.CopyN(z, zeros{}, size); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestDecompressionBombs sends small bodies that unpack to 128 MiB. They are
// refused with a sentence, long before memory for them is taken.
func TestDecompressionBombs(t *testing.T) {
	const unpacked, body, profile = 128 << 20, 4 << 20, 1 << 20
	server := serve(t, store.Options{MaxBodyBytes: body, Ingest: ingest.Limits{ProfileBytes: profile}})
	bomb := packed(t, unpacked)
	pushed, err := orders(bomb).Msg.MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	form := "--b\r\nContent-Disposition: form-data; name=\"profile\"; filename=\"p\"\r\n\r\n" + string(bomb) + "\r\n--b--\r\n"
	message := append([]byte{1}, binary.BigEndian.AppendUint32(nil, uint32(len(bomb)))...) // gRPC-Web: compressed, length
	const push, ingest = "/push.v1.PusherService/Push", "/ingest?name=orders.cpu"
	for _, test := range []struct {
		name, path string
		header     map[string]string
		body       string
		status     int
		want       string
	}{
		{"pprof in a push", push, map[string]string{"Content-Type": "application/proto"}, string(pushed), 400, "larger than 1048576 bytes when unpacked"},
		{"body of a push", push, map[string]string{"Content-Type": "application/proto", "Content-Encoding": "gzip"}, string(bomb), 429, "4194304"},
		{"JSON body of a push", push, map[string]string{"Content-Type": "application/json", "Content-Encoding": "gzip"}, string(bomb), 429, "4194304"},
		{"message of gRPC-Web", push, map[string]string{"Content-Type": "application/grpc-web+proto", "Grpc-Encoding": "gzip"}, string(message) + string(bomb), 200, "compress the whole body"},
		{"body of an upload", ingest, map[string]string{"Content-Encoding": "gzip"}, string(bomb), 413, "4194304 bytes that one request may have"},
		{"folded stacks", ingest, nil, string(bomb), 422, "larger than 1048576 bytes when unpacked"},
		{"pprof alone", ingest + "&format=pprof", nil, string(bomb), 422, "larger than 1048576 bytes when unpacked"},
		{"pprof in a form", ingest, map[string]string{"Content-Type": "multipart/form-data; boundary=b"}, form, 422, "larger than 1048576 bytes when unpacked"},
		{"JFR", ingest + "&format=jfr", nil, string(bomb), 422, "larger than 1048576 bytes when unpacked"},
		{"in a bomb", ingest + "&format=pprof", map[string]string{"Content-Encoding": "gzip"}, string(repacked(t, bomb)), 422, "larger than 1048576 bytes when unpacked"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			status, text := post(t, server.URL+test.path, test.header, test.body)
			runtime.ReadMemStats(&after)
			if status != test.status || !strings.Contains(text, test.want) {
				t.Errorf("%d %.300q, want %d with %q", status, text, test.status, test.want)
			}
			if taken := after.TotalAlloc - before.TotalAlloc; taken > 48<<20 {
				t.Errorf("%d bytes were allocated for a body of %d that may have %d", taken, len(test.body), body)
			}
		})
	}
	if got := total(t, server.URL); got != 0 {
		t.Errorf("something was stored: %d", got)
	}
}

func repacked(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestPushMemoryIsBounded lets many clients begin a push and hold on. Those
// that find the memory taken are told to come again.
func TestPushMemoryIsBounded(t *testing.T) {
	const memory = 1 << 20
	server := serve(t, store.Options{PushMemory: memory})
	refused := make(chan string, 100)
	release := make(chan struct{})
	var clients sync.WaitGroup
	for range cap(refused) {
		clients.Go(func() {
			body, write := io.Pipe()
			go func() {
				_, _ = write.Write(bytes.Repeat([]byte("x"), 64<<10)) // what a push takes at a time
				<-release
				_ = write.CloseWithError(io.ErrClosedPipe)
			}()
			resp, err := http.Post(server.URL+"/ingest?name=orders.cpu", "text/plain", body)
			if err != nil {
				return // let go
			}
			text, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusTooManyRequests {
				refused <- string(text)
			}
		})
	}
	for range 10 {
		if text := <-refused; !strings.Contains(text, "try again in a few seconds") {
			t.Errorf("refused with %s", text)
		}
		if used := pushMemory(t, server.URL); used > memory {
			t.Errorf("pushes hold %d bytes of %d", used, memory)
		}
	}
	close(release)
	clients.Wait()
	server.CloseClientConnections()
	for pushMemory(t, server.URL) != 0 { // the store may see later that a client is gone; never would be a time-out
		time.Sleep(time.Millisecond)
	}
	if _, err := pushv1connect.NewPusherServiceClient(http.DefaultClient, server.URL).Push(t.Context(), orders(work(time.Now(), 1))); err != nil {
		t.Error(err)
	}
}

// TestUnpackingIsCounted pushes a profile that fits packed but not unpacked
// beside another push.
func TestUnpackingIsCounted(t *testing.T) {
	server := serve(t, store.Options{PushMemory: 8 << 20})
	body, write := io.Pipe()
	held := make(chan struct{})
	go func() {
		defer close(held)
		resp, err := http.Post(server.URL+"/ingest?name=orders.cpu", "text/plain", body)
		if err == nil {
			_ = resp.Body.Close()
		}
	}()
	if _, err := write.Write([]byte("main 1\n")); err != nil {
		t.Fatal(err)
	}
	push := pushv1connect.NewPusherServiceClient(http.DefaultClient, server.URL)
	_, err := push.Push(t.Context(), orders(packed(t, 12<<20)))
	if connect.CodeOf(err) != connect.CodeResourceExhausted || !strings.Contains(err.Error(), "try again") {
		t.Errorf("got %v", err)
	}
	if err := write.Close(); err != nil {
		t.Fatal(err)
	}
	<-held
}

func pushMemory(t *testing.T, url string) int {
	t.Helper()
	resp, err := http.Get(url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^flamewatch_store_push_memory_bytes (\S+)$`).FindSubmatch(text)
	if found == nil {
		t.Fatal("the metric is not there")
	}
	n, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}
