package hostpage

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	collectorv1 "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	commonv1 "go.opentelemetry.io/proto/otlp/common/v1"
	tracev1 "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

const (
	// maxSpans is how many spans are held; a fortieth of them are the slowest of all, the rest the newest.
	maxSpans     = 2000
	slowestSpans = maxSpans / 40
	// maxSpanBytes bounds one delivery of spans.
	maxSpanBytes = 4 << 20
	// profileIDTag is the tag of a span that has a profile; its value is the id that the samples carry.
	profileIDTag = "pyroscope.profile.id"
)

// heldSpan is a span that carries a profile id, with what a trace view shows of it.
type heldSpan struct {
	TraceID   string  `json:"traceId"`
	SpanID    string  `json:"spanId"`
	ProfileID string  `json:"profileId"`
	Name      string  `json:"name"`
	StartMS   float64 `json:"startMs"`
	// DurationMS is in milliseconds, with what a clock of nanoseconds adds behind the point.
	DurationMS float64 `json:"durationMs"`
	// Tags are those of the span and of its resource, the values as text.
	Tags map[string]string `json:"tags"`
}

// heldSpans is a bounded list of the demo's spans. It is no store of traces: it is gone when the page ends.
type heldSpans struct {
	mu    sync.Mutex
	spans []heldSpan
}

// add holds the spans that carry a profile id; where there is no room, the oldest make it, but for the slowest.
func (h *heldSpans) add(request *collectorv1.ExportTraceServiceRequest) {
	var arrived []heldSpan
	for _, resource := range request.ResourceSpans {
		for _, scope := range resource.ScopeSpans {
			for _, span := range scope.Spans {
				if held := holdable(span, resource.Resource.GetAttributes()); held.ProfileID != "" {
					arrived = append(arrived, held)
				}
			}
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.spans = append(h.spans, arrived...)
	if len(h.spans) <= maxSpans {
		return
	}
	slices.SortFunc(h.spans, func(a, b heldSpan) int { return cmp.Compare(b.DurationMS, a.DurationMS) })
	rest := h.spans[slowestSpans:]
	slices.SortFunc(rest, func(a, b heldSpan) int { return cmp.Compare(b.StartMS, a.StartMS) })
	h.spans = slices.Clone(h.spans[:maxSpans])
}

func holdable(span *tracev1.Span, resource []*commonv1.KeyValue) heldSpan {
	held := heldSpan{
		TraceID: hex.EncodeToString(span.TraceId), SpanID: hex.EncodeToString(span.SpanId), Name: span.Name,
		StartMS:    float64(span.StartTimeUnixNano) / float64(time.Millisecond),
		DurationMS: (float64(span.EndTimeUnixNano) - float64(span.StartTimeUnixNano)) / float64(time.Millisecond),
		Tags:       map[string]string{},
	}
	for _, attribute := range slices.Concat(resource, span.Attributes) {
		held.Tags[attribute.Key] = valueText(attribute.Value)
	}
	held.ProfileID = held.Tags[profileIDTag]
	return held
}

func valueText(value *commonv1.AnyValue) string {
	switch v := value.GetValue().(type) {
	case *commonv1.AnyValue_StringValue:
		return v.StringValue
	case *commonv1.AnyValue_IntValue:
		return fmt.Sprint(v.IntValue)
	case *commonv1.AnyValue_DoubleValue:
		return fmt.Sprint(v.DoubleValue)
	case *commonv1.AnyValue_BoolValue:
		return fmt.Sprint(v.BoolValue)
	default:
		return value.String()
	}
}

// slowest is what is held, the slowest first.
func (h *heldSpans) slowest() []heldSpan {
	h.mu.Lock()
	defer h.mu.Unlock()
	sorted := append([]heldSpan{}, h.spans...)
	slices.SortFunc(sorted, func(a, b heldSpan) int { return cmp.Compare(b.DurationMS, a.DurationMS) })
	return sorted
}

// handleTraces takes spans by OTLP over HTTP, as the demo sends them.
func (s *Server) handleTraces(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Content-Type") != "application/x-protobuf" {
		writeError(w, http.StatusUnsupportedMediaType, "Spans are taken as application/x-protobuf (OTLP over HTTP).")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxSpanBytes))
	if err != nil {
		writeError(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("At most %d MiB of spans are taken at once: %v.", maxSpanBytes>>20, err))
		return
	}
	request := &collectorv1.ExportTraceServiceRequest{}
	if err := proto.Unmarshal(body, request); err != nil {
		writeError(w, http.StatusBadRequest, fmt.Sprintf("The spans cannot be read: %v.", err))
		return
	}
	s.spans.add(request)
	w.Header().Set("Content-Type", "application/x-protobuf")
	w.WriteHeader(http.StatusOK) // an empty message says that all were taken
}

func (s *Server) handleSpans(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"spans": s.spans.slowest()})
}
