package datasource

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// busy is pods that each use half a core and send it at an interval.
func busy(names []string, interval time.Duration) []pyroscopetest.Profile {
	return every(cpu, "shop", names, interval, 40*time.Minute,
		constant(map[string]int64{"main;work": interval.Nanoseconds() / 2}))
}

// seriesAt asks for a series with points as far apart as Grafana wishes.
func seriesAt(t *testing.T, profiles []pyroscopetest.Profile, wished time.Duration, model map[string]any) backend.DataResponse {
	t.Helper()
	model["profileTypeId"], model["queryType"] = cpu, "metrics"
	body, err := json.Marshal(model)
	require.NoError(t, err)
	d := open(t, &pyroscopetest.Server{Profiles: profiles}, map[string]any{"minStep": "5s"})
	answers, err := d.QueryData(context.Background(), &backend.QueryDataRequest{Queries: []backend.DataQuery{{RefID: "A", JSON: body,
		Interval: wished, TimeRange: backend.TimeRange{From: noon.Add(-15 * time.Minute), To: noon}}}})
	require.NoError(t, err)
	require.NoError(t, answers.Responses["A"].Error)
	return answers.Responses["A"]
}

// A profile a minute holds the CPU time of a minute. In buckets of 15 s it would
// read four times too high and be missing in three buckets of four; in buckets of
// 90 s one profile and two would take turns.
func TestBucketsHoldWholeCollectionIntervals(t *testing.T) {
	spread := busy(pods[:1], time.Minute)
	for i := range spread { // not at the full minute
		spread[i].At = spread[i].At.Add(-23 * time.Second)
	}
	for _, c := range []struct {
		name         string
		profiles     []pyroscopetest.Profile
		wished, step time.Duration
		cores        float64
		said         string
	}{
		{"much finer", busy(pods, time.Minute), 15 * time.Second, time.Minute, 1.5,
			"An instance sends a profile every 1m, so the points are 1m apart. At the 15s asked for, those with a profile would read 4 times too high"},
		{"finer, off the minute", spread, 20 * time.Second, time.Minute, 0.5, "3 times too high"},
		{"one and a half", busy(pods, time.Minute), 90 * time.Second, 2 * time.Minute, 1.5, ""},
		{"as often", busy(pods, 15*time.Second), 15 * time.Second, 15 * time.Second, 1.5, ""},
		{"20 s of every 15", busy(pods, 15*time.Second), 20 * time.Second, 30 * time.Second, 1.5, ""},
		{"two kinds of agents", append(busy(pods[:1], 15*time.Second), busy(pods[1:], time.Minute)...), 15 * time.Second, time.Minute, 1.5, "every 1m"},
		{"much coarser", busy(pods, 10*time.Second), 100 * time.Second, 100 * time.Second, 1.5, ""},
	} {
		answer := seriesAt(t, c.profiles, c.wished, map[string]any{})
		require.Equal(t, c.step.Milliseconds(), answer.Frames[0].Meta.Custom.(seriesFacts).StepMS, c.name)
		found := points(t, answer.Frames[0])
		require.GreaterOrEqual(t, len(found), int(15*time.Minute/c.step), c.name)
		for at, cores := range found {
			require.Zero(t, at.UnixMilli()%c.step.Milliseconds(), c.name)
			require.InDelta(t, c.cores, cores, 0.02, "%s at %s", c.name, at)
		}
		said := strings.Join(notices(answer.Frames), " ")
		require.Contains(t, said, c.said, c.name)
		require.Equal(t, c.said == "", said == "", "%s: %s", c.name, said)
	}
}

// One instance in four that is idle most of the time, or stopped, makes nobody
// else's series coarse.
func TestTheMostInstancesDecideHowFineASeriesIs(t *testing.T) {
	profiles := append(busy([]string{"a", "b", "c"}, 15*time.Second), busy([]string{"idle"}, 4*time.Minute)...)
	answer := seriesAt(t, profiles, 15*time.Second, map[string]any{"labelSelector": `{service_name="shop"}`})
	require.EqualValues(t, 15_000, answer.Frames[0].Meta.Custom.(seriesFacts).StepMS)
	require.EqualValues(t, 15_000, answer.Frames[0].Meta.Custom.(seriesFacts).SpacingMS)
}

// A single profile says nothing of how often there are some.
func TestASingleProfileKeepsTheStep(t *testing.T) {
	answer := seriesAt(t, []pyroscopetest.Profile{{Type: cpu, At: noon, Labels: map[string]string{"pod": "a"}, Stacks: map[string]int64{"main": 15e9}}},
		15*time.Second, map[string]any{})
	require.Equal(t, map[time.Time]float64{noon: 1}, points(t, answer.Frames[0]))
	require.Empty(t, notices(answer.Frames))
}

func TestSeriesPerFunctionHoldWholeCollectionIntervals(t *testing.T) {
	answer := seriesAt(t, busy(pods, time.Minute), 15*time.Second, map[string]any{"function": "work"})
	require.Contains(t, strings.Join(notices(answer.Frames), " "), "An instance sends a profile every 1m")
	for at, cores := range points(t, answer.Frames[0]) {
		require.InDelta(t, 1.5, cores, 1e-9, "at %s", at)
	}
}

// A service that has just started has sent one profile; seconds later the interval can be told, and must be.
func TestAnUnknownIntervalIsNotRemembered(t *testing.T) {
	all := busy(pods[:1], time.Minute)
	server := &pyroscopetest.Server{Profiles: all[:1]}
	d := open(t, server, map[string]any{"minStep": "5s"})
	stepOf := func() int64 {
		answer := ask(t, d, 15*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics"})
		require.NoError(t, answer.Error)
		return answer.Frames[0].Meta.Custom.(seriesFacts).StepMS
	}
	require.Less(t, stepOf(), time.Minute.Milliseconds())
	server.Profiles = all
	require.Equal(t, time.Minute.Milliseconds(), stepOf())
}
