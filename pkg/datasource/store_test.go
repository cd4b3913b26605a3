package datasource

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/google/pprof/profile"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
	"github.com/flamewatch/profiles/pkg/store"
)

// storing pushes profiles into an embedded store, each when it is not too old for
// that, and returns the store's address; its clock then stands at noon.
func storing(t *testing.T, profiles []pyroscopetest.Profile) string {
	t.Helper()
	var clock atomic.Int64
	opened, err := store.Open(store.Options{Dir: t.TempDir(), Now: func() time.Time { return time.UnixMilli(clock.Load()) }})
	require.NoError(t, err)
	listening := httptest.NewServer(opened.Handler())
	t.Cleanup(func() {
		listening.Close()
		require.NoError(t, opened.Close())
	})
	pusher := pushv1connect.NewPusherServiceClient(listening.Client(), listening.URL)
	byHour := map[time.Time][]pyroscopetest.Profile{}
	for _, p := range profiles {
		hour := p.At.Truncate(time.Hour)
		byHour[hour] = append(byHour[hour], p)
	}
	for _, hour := range slices.SortedFunc(maps.Keys(byHour), time.Time.Compare) {
		clock.Store(min(hour.Add(time.Hour).UnixMilli(), noon.Add(time.Second).UnixMilli()))
		push(t, pusher, byHour[hour])
	}
	clock.Store(noon.Add(time.Second).UnixMilli())
	return listening.URL
}

func push(t *testing.T, pusher pushv1connect.PusherServiceClient, profiles []pyroscopetest.Profile) {
	t.Helper()
	request := &pushv1.PushRequest{}
	for _, p := range profiles {
		kind, err := pyroscope.ParseProfileType(p.Type)
		require.NoError(t, err)
		series := &pushv1.RawProfileSeries{Labels: []*typesv1.LabelPair{{Name: "__name__", Value: kind.Name}},
			Samples: []*pushv1.RawSample{{RawProfile: pprofOf(t, kind, p)}}}
		for _, name := range slices.Sorted(maps.Keys(p.Labels)) {
			series.Labels = append(series.Labels, &typesv1.LabelPair{Name: name, Value: p.Labels[name]})
		}
		request.Series = append(request.Series, series)
	}
	_, err := pusher.Push(context.Background(), connect.NewRequest(request))
	require.NoError(t, err)
}

func pprofOf(t *testing.T, kind pyroscope.ProfileType, p pyroscopetest.Profile) []byte {
	t.Helper()
	made := &profile.Profile{TimeNanos: p.At.UnixNano(), SampleType: []*profile.ValueType{{Type: kind.SampleType, Unit: kind.SampleUnit}},
		PeriodType: &profile.ValueType{Type: kind.PeriodType, Unit: kind.PeriodUnit}}
	known := map[string]*profile.Location{}
	for _, stack := range slices.Sorted(maps.Keys(p.Stacks)) {
		sample := &profile.Sample{Value: []int64{p.Stacks[stack]}}
		for _, name := range strings.Split(stack, ";") {
			if known[name] == nil {
				f := &profile.Function{ID: uint64(len(known) + 1), Name: name}
				made.Function = append(made.Function, f)
				known[name] = &profile.Location{ID: f.ID, Line: []profile.Line{{Function: f}}}
				made.Location = append(made.Location, known[name])
			}
			sample.Location = append([]*profile.Location{known[name]}, sample.Location...)
		}
		if p.Span != "" {
			sample.Label = map[string][]string{"span_id": {p.Span}}
		}
		made.Sample = append(made.Sample, sample)
	}
	var bytes bytes.Buffer
	require.NoError(t, made.Write(&bytes))
	return bytes.Bytes()
}

// The embedded store and the plain server of these tests were written apart; the
// data source gives the same answers on both.
func TestAgainstTheEmbeddedStore(t *testing.T) {
	profiles := every(inuse, "shop", pods, 15*time.Second, 20*time.Minute, func(i, k int) map[string]int64 {
		return map[string]int64{"main;cache": int64(i+1)*100 + int64(k%5), "main;pool": 40}
	})
	profiles = append(profiles, every(cpu, "shop", pods, 15*time.Second, 20*time.Minute, func(i, k int) map[string]int64 {
		return map[string]int64{"main;work;encode": int64(1_000_000_000 + 10_000_000*k), "main;work": 5_000_000, "main;<init> \"x\"": int64(i) * 7}
	})...)
	profiles = append(profiles, every(allocSpace, "cart", pods[:2], 15*time.Second, 20*time.Minute, func(_, k int) map[string]int64 {
		return map[string]int64{"main;alloc": int64(10_000_000 - 1000*k)} // totals
	})...)
	profiles = append(profiles, pyroscopetest.Profile{Type: cpu, At: noon.Add(-10 * time.Second), Span: "61940201a61f3e83",
		Labels: map[string]string{"service_name": "shop", "pod": "a"}, Stacks: map[string]int64{"main;pay": 123}})

	stored := openAt(t, storing(t, profiles), nil)
	plain := open(t, &pyroscopetest.Server{Profiles: profiles}, nil)
	for _, model := range []map[string]any{
		{"profileTypeId": cpu, "labelSelector": `{service_name="shop"}`},
		{"profileTypeId": cpu, "groupBy": []string{"pod"}},
		{"profileTypeId": "cpu", "labelSelector": `{pod!="a"}`},
		{"profileTypeId": inuse},
		{"profileTypeId": inuse, "levels": "average", "labelSelector": `{pod=~"a|b"}`},
		{"profileTypeId": inuse, "queryType": "metrics", "groupBy": []string{"pod"}},
		{"profileTypeId": allocSpace, "queryType": "profile"},
		{"profileTypeId": allocSpace, "queryType": "metrics"},
		{"profileTypeId": cpu, "queryType": "profile", "spanSelector": []string{"61940201a61f3e83"}},
		{"profileTypeId": cpu, "queryType": "profile", "labelSelector": `{service_name="nobody"}`},
		{"profileTypeId": "memory"},
	} {
		for _, length := range []time.Duration{time.Minute, 10 * time.Minute} {
			want, got := ask(t, plain, length, model), ask(t, stored, length, model)
			require.Equal(t, fmt.Sprint(want.Error), fmt.Sprint(got.Error), "%v", model)
			require.Len(t, got.Frames, len(want.Frames), "%v", model)
			require.Equal(t, notices(want.Frames), notices(got.Frames), "%v", model)
			for i, frame := range want.Frames {
				if frame.Name == "response" {
					require.Equal(t, rows(t, frame), rows(t, got.Frames[i]), "%v over %s", model, length)
					continue
				}
				require.Equal(t, frame.Fields[1].Labels, got.Frames[i].Fields[1].Labels)
				require.InDeltaMapValues(t, points(t, frame), points(t, got.Frames[i]), 1e-9, "%v over %s", model, length)
			}
		}
	}
}
