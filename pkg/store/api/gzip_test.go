package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"connectrpc.com/connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"github.com/klauspost/compress/gzip"
)

// echo answers with the matchers it was asked for, many times.
type echo struct {
	querierv1connect.UnimplementedQuerierServiceHandler
}

func (echo) LabelNames(_ context.Context, r *connect.Request[typesv1.LabelNamesRequest]) (*connect.Response[typesv1.LabelNamesResponse], error) {
	var names []string
	for range 1000 {
		names = append(names, r.Msg.Matchers...)
	}
	return connect.NewResponse(&typesv1.LabelNamesResponse{Names: names}), nil
}

// Queries and their answers may be compressed, and say the same as they do plainly.
func TestQueriesAreCompressedAsAsked(t *testing.T) {
	path, h := querierv1connect.NewQuerierServiceHandler(echo{}, queriesGzip)
	ask := func(body []byte, headers map[string]string) (*http.Response, []byte) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path+"LabelNames", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		for name, value := range headers {
			r.Header.Set(name, value)
		}
		recorder := httptest.NewRecorder()
		h.ServeHTTP(recorder, r)
		return recorder.Result(), recorder.Body.Bytes()
	}
	plainQuery := []byte(`{"matchers":["{service_name=\"shop\"}"]}`)
	_, plain := ask(plainQuery, nil)

	answer, packed := ask(plainQuery, map[string]string{"Accept-Encoding": "gzip"})
	if answer.Header.Get("Content-Encoding") != "gzip" || len(packed) > len(plain)/10 {
		t.Errorf("%d bytes of %d, %v", len(packed), len(plain), answer.Header)
	}
	if unpacked := gunzipped(t, packed); !bytes.Equal(unpacked, plain) {
		t.Errorf("%.200s, plainly %.200s", unpacked, plain)
	}

	var query bytes.Buffer
	w := gzip.NewWriter(&query)
	fmt.Fprintf(w, "%s", plainQuery)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, packed = ask(query.Bytes(), map[string]string{"Content-Encoding": "gzip"}) // Connect answers as it is asked
	if unpacked := gunzipped(t, packed); !bytes.Equal(unpacked, plain) {
		t.Errorf("%.200s, plainly %.200s", unpacked, plain)
	}
	if answer, said := ask([]byte("no gzip"), map[string]string{"Content-Encoding": "gzip"}); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("%d %s", answer.StatusCode, said)
	}
}

func gunzipped(t *testing.T, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
