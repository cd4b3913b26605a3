package contract

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// replay sends recorded requests to a server.
type replay struct {
	clock
	url    string
	client *http.Client
}

const boundary = "contract-boundary-0001"

// build makes the request of a recording.
func (r *replay) build(t *testing.T, from request) *http.Request {
	t.Helper()
	header := http.Header{}
	for name, value := range from.Headers {
		header.Set(name, value)
	}
	contentType := func(value string) {
		if header.Get("Content-Type") == "" {
			header.Set("Content-Type", value)
		}
	}
	var body []byte
	switch {
	case from.JSON != nil:
		body, _ = json.Marshal(r.expand(t, from.JSON))
		contentType("application/json")
	case from.Text != nil:
		body = []byte(*from.Text)
	case from.Base64 != nil:
		body, _ = base64.StdEncoding.DecodeString(*from.Base64)
	case from.Input != nil:
		body = r.input(t, from.Input)
	case from.Proto != nil:
		body = r.message(t, from.Proto.Message, from.Proto.Value)
		contentType("application/proto")
	case from.Multipart != nil:
		body = r.form(t, from.Multipart)
		contentType("multipart/form-data; boundary=" + boundary)
	}
	if from.Gzip {
		body = pack(body)
		header.Set("Content-Encoding", "gzip")
	}
	path := r.url + from.Path
	if from.Query != nil {
		values := url.Values{}
		for key, value := range r.expand(t, from.Query).(map[string]any) {
			for _, one := range asList(value) {
				values.Add(key, fmt.Sprint(one))
			}
		}
		path += "?" + values.Encode()
	}
	req, err := http.NewRequestWithContext(t.Context(), from.Method, path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	return req
}

func asList(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// message encodes a value as the proto message of that name.
func (r *replay) message(t *testing.T, name string, value any) []byte {
	t.Helper()
	m, ok := map[string]proto.Message{
		"PushRequest":                   new(pushv1.PushRequest),
		"SelectMergeStacktracesRequest": new(querierv1.SelectMergeStacktracesRequest),
		"SelectMergeProfileRequest":     new(querierv1.SelectMergeProfileRequest),
		"LabelNamesRequest":             new(typesv1.LabelNamesRequest),
	}[name]
	if !ok {
		t.Fatalf("unknown message %s", name)
	}
	text, _ := json.Marshal(r.expand(t, value))
	if err := protojson.Unmarshal(text, m); err != nil {
		t.Fatal(err)
	}
	raw, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func (r *replay) form(t *testing.T, parts []part) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, p := range parts {
		fmt.Fprintf(&out, "--%s\r\nContent-Disposition: form-data; name=%q", boundary, p.Name)
		if p.Filename != "" {
			kind := p.ContentType
			if kind == "" {
				kind = "application/octet-stream"
			}
			fmt.Fprintf(&out, "; filename=%q\r\nContent-Type: %s", p.Filename, kind)
		}
		out.WriteString("\r\n\r\n")
		if p.Input != nil {
			out.Write(r.input(t, p.Input))
		} else {
			out.WriteString(p.Text)
		}
		out.WriteString("\r\n")
	}
	fmt.Fprintf(&out, "--%s--\r\n", boundary)
	return out.Bytes()
}

// comparedHeaders are the headers of answers that count.
var comparedHeaders = []string{
	"content-type", "content-encoding", "allow", "accept-post", "location", "x-content-type-options",
	"connect-protocol-version", "grpc-status", "grpc-message",
}

// send gives the answer to a request in the form of recordings.
func (r *replay) send(t *testing.T, req *http.Request) answer {
	t.Helper()
	resp, err := r.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := answer{Status: resp.StatusCode, Headers: map[string]string{}}
	for _, name := range comparedHeaders {
		if values, ok := resp.Header[http.CanonicalHeaderKey(name)]; ok {
			got.Headers[name] = strings.Join(values, ", ")
		}
	}
	if got.Headers["content-encoding"] == "gzip" && len(body) > 0 {
		unpacked, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if body, err = io.ReadAll(unpacked); err != nil {
			t.Fatal(err)
		}
	}
	text := string(body)
	kind := got.Headers["content-type"]
	switch {
	case strings.Contains(kind, "json"):
		if json.Unmarshal(body, &got.JSON) != nil {
			got.Text = &text
		}
	case strings.HasPrefix(kind, "text/"), len(body) == 0:
		got.Text = &text
	default:
		encoded := base64.StdEncoding.EncodeToString(body)
		got.Base64 = &encoded
	}
	return got
}
