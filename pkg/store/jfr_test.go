package store_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"

	"github.com/flamewatch/profiles/pkg/store"
)

func recording(t *testing.T) []byte {
	t.Helper()
	file, err := os.Open("../../testdata/profiles/async-profiler/cpu-alloc-lock.jfr.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// jfrURL is where the Java agent sends a recording of the last ten seconds.
func jfrURL(server string) string {
	now := time.Now().Unix()
	return server + "/ingest?" + url.Values{
		"name": {"orders{pod=a}"}, "format": {"jfr"}, "spyName": {"javaspy"}, "sampleRate": {"100"},
		"from": {fmt.Sprint(now - 10)}, "until": {fmt.Sprint(now)},
	}.Encode()
}

// form is how the Java agent packs a recording.
func form(recording []byte) (body string, header map[string]string) {
	return "--b\r\nContent-Disposition: form-data; name=\"jfr\"; filename=\"jfr\"\r\n\r\n" + string(recording) + "\r\n--b--\r\n",
		map[string]string{"Content-Type": "multipart/form-data; boundary=b"}
}

// TestFlightRecorder uploads a recording of async-profiler. What is in it was
// counted with the JDK's own tool: 545 samples, 273 of them in walkDiscounts.
func TestFlightRecorder(t *testing.T) {
	server := serve(t, store.Options{})
	raw := recording(t)
	body, header := form(raw)
	if status, text := post(t, jfrURL(server.URL), header, body); status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, server.URL)
	start, end := time.Now().Add(-time.Hour).UnixMilli(), time.Now().Add(time.Minute).UnixMilli()
	types, err := client.ProfileTypes(t.Context(), connect.NewRequest(&querierv1.ProfileTypesRequest{Start: start, End: end}))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, one := range types.Msg.ProfileTypes {
		ids = append(ids, one.ID)
	}
	for _, kind := range []string{"process_cpu:cpu:", "memory:alloc_in_new_tlab_bytes:", "mutex:contentions:"} {
		if !slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, kind) }) {
			t.Errorf("there is no %s among %v", kind, ids)
		}
	}
	resp, err := client.SelectMergeStacktraces(t.Context(), connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
		ProfileTypeID: cpuType, LabelSelector: `{service_name="orders", pod="a"}`, Start: start, End: end,
	}))
	if err != nil {
		t.Fatal(err)
	}
	flame := resp.Msg.Flamegraph
	if want := int64(545) * 10_000_000; flame.Total != want {
		t.Errorf("the total is %d, want %d", flame.Total, want)
	}
	self := int64(0)
	for _, level := range flame.Levels {
		for i := 0; i < len(level.Values); i += 4 {
			if strings.HasSuffix(flame.Names[level.Values[i+3]], "Checkout.walkDiscounts") {
				self += level.Values[i+2]
			}
		}
	}
	if want := int64(273) * 10_000_000; self != want {
		t.Errorf("walkDiscounts has %d, want %d", self, want)
	}
}

func TestDamagedFlightRecordings(t *testing.T) {
	server := serve(t, store.Options{})
	raw := recording(t)
	turned := bytes.Clone(raw)
	for i := 200; i < len(turned); i += 97 {
		turned[i] ^= 0xff
	}
	// Tables of names in a circle, which the parser would follow for ever: size, type, start, duration, how far to the next.
	circle := bytes.Clone(raw)
	copy(circle[binary.BigEndian.Uint64(circle[16:]):], []byte{9, 1, 1, 1, 1})
	for name, damaged := range map[string][]byte{
		"a circle":     circle,
		"no recording": []byte("this is no recording"), "head alone": raw[:68], "cut off": raw[:len(raw)/2], "turned bits": turned,
	} {
		body, header := form(damaged)
		status, text := post(t, jfrURL(server.URL), header, body)
		if status != http.StatusUnprocessableEntity || !strings.Contains(text, "the JFR recording of orders cannot be read") {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	if got := total(t, server.URL); got != 0 {
		t.Errorf("something was stored: %d", got)
	}
}
