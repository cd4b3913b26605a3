package pyroscope

import (
	"net/http"
	"testing"
	"time"

	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"google.golang.org/protobuf/proto"
)

func FuzzDecodeSeries(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x0a\x1c\x0a\x08\x0a\x03pod\x12\x01a\x12\x0c\x09\x00\x00\x00\x00\x00\x00\xf8?\x10\x98u"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		series, err := decodeSeries(answer)
		if err != nil {
			return
		}
		for _, one := range series {
			if len(one.Time) != len(one.Value) {
				t.Fatalf("%d times and %d values", len(one.Time), len(one.Value))
			}
		}
	})
}

// What a selector says is the same after it was written and read once more.
func FuzzParseSelector(f *testing.F) {
	for _, text := range []string{`{}`, `{service_name="shop",pod=~"a|b"}`, `{a!="\"\\\n"}`, `{"k8s.pod"="x"}`, "", `{a=`, `{a!~"("}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		selector, err := ParseSelector(text)
		if err != nil {
			return
		}
		written := selector.String()
		again, err := ParseSelector(written)
		if err != nil || again.String() != written {
			t.Fatalf("%q is written as %q, and that is read as %q: %v", text, written, again.String(), err)
		}
	})
}

func FuzzParseProfileType(f *testing.F) {
	f.Add("process_cpu:cpu:nanoseconds:cpu:nanoseconds")
	f.Add("a:b:c:d:e:delta")
	f.Fuzz(func(t *testing.T, id string) {
		if kind, err := ParseProfileType(id); err == nil && (kind.Name == "" || kind.SampleType == "") {
			t.Fatalf("%q gives %+v", id, kind)
		}
	})
}

// Whatever bytes an answer has, they are that message or a fault, and what is made of it holds.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []proto.Message{
		&querierv1.SeriesResponse{LabelsSet: []*typesv1.Labels{{Labels: []*typesv1.LabelPair{{Name: "a", Value: "b"}}}}},
		&typesv1.LabelValuesResponse{Names: []string{"a", "b"}},
		&querierv1.SelectHeatmapResponse{Series: []*typesv1.HeatmapSeries{{Slots: []*typesv1.HeatmapSlot{{Timestamp: 1, YMin: []float64{1}, Counts: []int32{2}}}}}},
		&googlev1.Profile{StringTable: []string{"", "main"}, Function: []*googlev1.Function{{Id: 1, Name: 1}}, Location: []*googlev1.Location{{Id: 1, Line: []*googlev1.Line{{FunctionId: 1, Line: 3}}}},
			Sample: []*googlev1.Sample{{LocationId: []uint64{1}, Value: []int64{4}}}},
	} {
		bytes, err := proto.Marshal(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(bytes)
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		for _, message := range []proto.Message{&querierv1.SeriesResponse{}, &typesv1.LabelValuesResponse{}, &querierv1.ProfileTypesResponse{}, &querierv1.SelectSeriesResponse{},
			&querierv1.SelectHeatmapResponse{}, &typesv1.GetProfileStatsResponse{}} {
			_ = wireCodec{}.Unmarshal(answer, message)
		}
		var profile googlev1.Profile
		if (wireCodec{}).Unmarshal(answer, &profile) == nil {
			for _, file := range linesOf(&profile, "main") {
				if len(file.Lines) == 0 {
					t.Fatalf("%x gives a file without lines", answer)
				}
			}
		}
	})
}

func FuzzRetryAfter(f *testing.F) {
	f.Add("3")
	f.Add("Thu, 01 Jan 2026 12:00:05 GMT")
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if pause := retryAfterOf(http.Header{"Retry-After": {text}}, now); pause < 0 || pause > longestAsked {
			t.Fatalf("%q gives %s", text, pause)
		}
	})
}
