package hostpage

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	collectorv1 "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	commonv1 "go.opentelemetry.io/proto/otlp/common/v1"
	resourcev1 "go.opentelemetry.io/proto/otlp/resource/v1"
	tracev1 "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

func tag(key, value string) *commonv1.KeyValue {
	return &commonv1.KeyValue{Key: key, Value: &commonv1.AnyValue{Value: &commonv1.AnyValue_StringValue{StringValue: value}}}
}

// spansOf is a delivery of spans that begin a second after each other and take so many milliseconds each.
func spansOf(service string, tagged bool, ms ...int) *collectorv1.ExportTraceServiceRequest {
	var spans []*tracev1.Span
	for i, length := range ms {
		begun := uint64(time.Duration(1+i) * time.Second)
		span := &tracev1.Span{TraceId: make([]byte, 16), SpanId: []byte{0, 0, 0, 0, 0, 0, 1, byte(i)}, Name: "GET /export",
			StartTimeUnixNano: begun, EndTimeUnixNano: begun + uint64(time.Duration(length)*time.Millisecond)}
		if tagged {
			span.Attributes = []*commonv1.KeyValue{tag(profileIDTag, "61940201a61f3e83")}
		}
		spans = append(spans, span)
	}
	return &collectorv1.ExportTraceServiceRequest{ResourceSpans: []*tracev1.ResourceSpans{{
		Resource:   &resourcev1.Resource{Attributes: []*commonv1.KeyValue{tag("service.name", service)}},
		ScopeSpans: []*tracev1.ScopeSpans{{Spans: spans}},
	}}}
}

func TestSpansAreListedSlowestFirst(t *testing.T) {
	server := startServer(t)
	deliver := func(contentType string, body []byte) int {
		t.Helper()
		answer, err := http.Post(server.URL+"/v1/traces", contentType, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		_, _ = io.Copy(io.Discard, answer.Body)
		return answer.StatusCode
	}
	for _, request := range []*collectorv1.ExportTraceServiceRequest{spansOf("order-service", true, 5, 300), spansOf("other", false, 900)} {
		body, err := proto.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		if status := deliver("application/x-protobuf", body); status != http.StatusOK {
			t.Fatalf("a delivery is answered %d", status)
		}
	}
	if status := deliver("application/json", []byte("{}")); status != http.StatusUnsupportedMediaType {
		t.Errorf("JSON is answered %d", status)
	}
	if status := deliver("application/x-protobuf", []byte("no message")); status != http.StatusBadRequest {
		t.Errorf("nonsense is answered %d", status)
	}
	if status := deliver("application/x-protobuf", make([]byte, maxSpanBytes+1)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("too much is answered %d", status)
	}
	answer, err := http.Get(server.URL + "/api/playground/spans")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var list struct{ Spans []heldSpan }
	if err := json.NewDecoder(answer.Body).Decode(&list); err != nil {
		t.Fatal(err)
	}
	if len(list.Spans) != 2 || list.Spans[0].DurationMS != 300 || list.Spans[1].DurationMS != 5 {
		t.Fatalf("the list is %+v", list.Spans)
	}
	if first := list.Spans[0]; first.SpanID != "0000000000000101" || first.ProfileID != "61940201a61f3e83" || first.Tags["service.name"] != "order-service" {
		t.Errorf("the slowest span is %+v", first)
	}
}

func TestOldSpansMakeRoomButTheSlowest(t *testing.T) {
	held := &heldSpans{}
	held.add(spansOf("order-service", true, 5000))
	fast := make([]int, maxSpans+100)
	for i := range fast {
		fast[i] = 1
	}
	held.add(spansOf("order-service", true, fast...))
	spans := held.slowest()
	if len(spans) != maxSpans || spans[0].DurationMS != 5000 {
		t.Fatalf("%d spans are held, the slowest of %g ms", len(spans), spans[0].DurationMS)
	}
	newest := 0.0
	for _, span := range spans {
		newest = max(newest, span.StartMS)
	}
	if want := float64(len(fast)) * 1000; newest != want {
		t.Errorf("the newest span begins at %g ms, want %g", newest, want)
	}
}
