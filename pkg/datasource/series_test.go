package datasource

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// half is CPU of one pod that uses half a core, sent every 15 s.
func half() *pyroscopetest.Server {
	return &pyroscopetest.Server{Profiles: every(cpu, "shop", pods[:1], 15*time.Second, 30*time.Minute,
		constant(map[string]int64{"main;work": 7_500_000_000}))}
}

func TestFlowIsPerSecond(t *testing.T) {
	for step, want := range map[string]float64{"15s": 0.5, "1m": 0.5, "30s": 0.5} {
		answer := ask(t, open(t, half(), map[string]any{"minStep": step}), 10*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics"})
		require.NoError(t, answer.Error)
		found := points(t, answer.Frames[0])
		require.NotEmpty(t, found)
		for at, value := range found {
			require.InDelta(t, want, value, 1e-9, "step %s at %s", step, at)
		}
		field := answer.Frames[0].Fields[1]
		require.Equal(t, "cpu", field.Name)
		require.Equal(t, "cores", field.Config.Unit)
		require.Equal(t, "sampled CPU", field.Config.DisplayNameFromDS)
	}
}

// A range that begins and ends between bucket borders, asked for as it is, shows
// a first bucket that reaches back before the range, buckets that move with every
// refresh, and loses what follows the last point.
func TestBucketsStandOnMultiplesOfTheStep(t *testing.T) {
	server := &pyroscopetest.Server{}
	for k := range 120 { // one profile worth 1 s a second, until noon
		server.Profiles = append(server.Profiles, pyroscopetest.Profile{Type: cpu, At: noon.Add(-time.Duration(k) * time.Second),
			Labels: map[string]string{"service_name": "shop"}, Stacks: map[string]int64{"main": 1_000_000_000}})
	}
	d := open(t, server, nil)
	for shift := range 15 {
		to := noon.Add(-time.Duration(shift) * time.Second)
		answer := askAs(t, d, to.Add(-50*time.Second), to, map[string]any{"profileTypeId": cpu, "queryType": "metrics"}, nil)
		require.NoError(t, answer.Error)
		found := points(t, answer.Frames[0])
		for at, value := range found {
			require.Zero(t, at.Unix()%15, "%s is the end of a bucket", at)
			require.InDelta(t, 1.0, value, 1e-9, "the range ends %d s before noon, bucket %s", shift, at)
			require.True(t, at.After(to.Add(-50*time.Second)), "nothing before the range")
		}
		last := to.Truncate(15 * time.Second)
		require.Contains(t, found, last, "the last whole bucket is there")
		require.False(t, to.After(last) && len(found) < 4, "what follows it is there too")
	}
}

func TestPartialBucketsAreMarkedAndKeptFromAlerts(t *testing.T) {
	d := open(t, half(), map[string]any{"ingestDelay": "1m"})
	d.now = func() time.Time { return noon.Add(10 * time.Second) }
	model := map[string]any{"profileTypeId": cpu, "queryType": "metrics"}

	answer := ask(t, d, 5*time.Minute, model)
	require.NoError(t, answer.Error)
	// Profiles may still arrive for what lies after 11:59:10.
	require.Equal(t, noon.Add(-45*time.Second).UnixMilli(), answer.Frames[0].Meta.Custom.(seriesFacts).PartialFrom)
	require.Contains(t, points(t, answer.Frames[0]), noon)

	answer = askAs(t, d, noon.Add(-5*time.Minute), noon, model, map[string]string{"FromAlert": "true"})
	require.NoError(t, answer.Error)
	found := points(t, answer.Frames[0])
	require.Contains(t, found, noon.Add(-time.Minute))
	for at := range found {
		require.False(t, at.After(noon.Add(-50*time.Second)), at)
	}
}

func TestCPUCoverage(t *testing.T) {
	// Profiled 10 s in every 60: of half a core a sixth is seen.
	server := &pyroscopetest.Server{Profiles: every(cpu, "shop", pods[:1], time.Minute, 30*time.Minute,
		constant(map[string]int64{"main": 5_000_000_000}))}
	answer := ask(t, open(t, server, map[string]any{"minStep": "1m", "cpuCoverage": 1.0 / 6}), 10*time.Minute,
		map[string]any{"profileTypeId": cpu, "queryType": "metrics"})
	require.NoError(t, answer.Error)
	require.Equal(t, "CPU", answer.Frames[0].Fields[1].Config.DisplayNameFromDS)
	for _, value := range points(t, answer.Frames[0]) {
		require.InDelta(t, 0.5, value, 1e-9)
	}
}

func many(pods int) *pyroscopetest.Server {
	server := &pyroscopetest.Server{}
	for i := range pods {
		server.Profiles = append(server.Profiles, pyroscopetest.Profile{Type: allocSpace, At: noon.Add(-time.Second),
			Labels: map[string]string{"service_name": "shop", "pod": fmt.Sprintf("p%03d", i)},
			Stacks: map[string]int64{"main": int64(1000 - i)}})
	}
	return server
}

func TestTwentyOfManySeries(t *testing.T) {
	model := map[string]any{"profileTypeId": allocSpace, "queryType": "metrics", "groupBy": []string{"pod"}}
	answer := ask(t, open(t, many(50), nil), time.Minute, model)
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 21)
	require.Contains(t, notices(answer.Frames), "20 of 50 series are shown, the greatest ones.")
	require.Equal(t, data.Labels{"pod": "p000"}, answer.Frames[0].Fields[1].Labels)
	rest := answer.Frames[20]
	require.Equal(t, "30 more", rest.Fields[1].Config.DisplayNameFromDS)
	require.Equal(t, 30, rest.Meta.Custom.(seriesFacts).Remainder)
	whole := 0.0
	for _, frame := range answer.Frames {
		for _, value := range points(t, frame) {
			whole += value * 15
		}
	}
	require.InDelta(t, 50*1000-49*50/2, whole, 1e-6, "with the remainder nothing is lost")

	model["limit"] = 5 // core's meaning: no more than five
	answer = ask(t, open(t, many(50), nil), time.Minute, model)
	require.Len(t, answer.Frames, 5)
	require.Contains(t, notices(answer.Frames), "5 of 50 series are shown, the greatest ones.")

	delete(model, "limit") // a series left out of an alert rule is an alert that never fires
	answer = askAs(t, open(t, many(50), nil), noon.Add(-time.Minute), noon, model, map[string]string{"FromAlert": "true"})
	require.Len(t, answer.Frames, 50)
}

func TestGroupByALabelThatIsNotThere(t *testing.T) {
	answer := ask(t, open(t, half(), nil), 10*time.Minute,
		map[string]any{"profileTypeId": cpu, "queryType": "metrics", "groupBy": []string{"nope"}})
	require.NoError(t, answer.Error)
	require.Contains(t, notices(answer.Frames)[0], "No profile in this range has the label nope")
}

func TestGapsAreNullsWhenAskedFor(t *testing.T) {
	// One that sends every 15 s, and was away for two minutes.
	server := &pyroscopetest.Server{Profiles: every(cpu, "shop", pods[:1], 15*time.Second, 10*time.Minute, func(_, k int) map[string]int64 {
		if k >= 4 && k < 12 {
			return nil
		}
		return map[string]int64{"main": 1e9}
	})}
	model := map[string]any{"profileTypeId": cpu, "queryType": "metrics"}
	without := ask(t, open(t, server, nil), 5*time.Minute, model).Frames[0]
	model["fillGaps"] = true
	with := ask(t, open(t, server, nil), 5*time.Minute, model).Frames[0]
	require.Equal(t, 20, with.Rows())
	require.Equal(t, 12, without.Rows())
	nulls := 0
	for i := range with.Rows() {
		if with.Fields[1].NilAt(i) {
			nulls++
		}
	}
	require.Equal(t, 20-without.Rows(), nulls)
}

// A plain pprof endpoint gives totals since the start of the process. Their sum
// over ten minutes at 15 s would be 40 times the memory that was ever allocated.
func TestTotalsSinceTheStartAreRefused(t *testing.T) {
	for _, profileType := range []string{allocSpace, "mutex:contentions:count:contentions:count"} {
		server := &pyroscopetest.Server{Profiles: every(profileType, "shop", pods[:2], 15*time.Second, 20*time.Minute, func(i, k int) map[string]int64 {
			return map[string]int64{"main;alloc": int64(10_000_000 - 1000*k)}
		})}
		d := open(t, server, nil)
		answer := ask(t, d, 10*time.Minute, map[string]any{"profileTypeId": profileType, "queryType": "metrics"})
		require.ErrorContains(t, answer.Error, "only ever grow")
		require.ErrorContains(t, answer.Error, "godeltaprof")

		answer = ask(t, d, 10*time.Minute, map[string]any{"profileTypeId": profileType, "queryType": "profile"})
		require.NoError(t, answer.Error)
		require.Equal(t, map[string]int64{"main;alloc": 20_000_000}, rows(t, answer.Frames[0]), "the last total of each pod")
		require.Contains(t, strings.Join(notices(answer.Frames), " "), "totals since the start of each process")
	}
}

func TestDeltasAreNotTakenForTotals(t *testing.T) {
	// Rising by and large, as traffic does in the morning, but not steadily.
	server := &pyroscopetest.Server{Profiles: every(allocSpace, "shop", pods[:1], 15*time.Second, 20*time.Minute, func(_, k int) map[string]int64 {
		return map[string]int64{"main": int64(100_000 - 100*k + 700*(k%3))}
	})}
	answer := ask(t, open(t, server, nil), 10*time.Minute, map[string]any{"profileTypeId": allocSpace, "queryType": "both"})
	require.NoError(t, answer.Error)
	require.Equal(t, "binBps", answer.Frames[0].Fields[1].Config.Unit)
	require.Empty(t, notices(answer.Frames))
}

func TestRangeLongerThanTheServerAnswers(t *testing.T) {
	server := &pyroscopetest.Server{MaxRange: 24 * time.Hour, Profiles: every(cpu, "shop", pods[:1], time.Hour, 70*time.Hour,
		constant(map[string]int64{"main": 1_000_000_000}))}
	d := open(t, server, map[string]any{"minStep": "1h"})
	answer := askAs(t, d, noon.Add(-60*time.Hour), noon, map[string]any{"profileTypeId": cpu, "queryType": "both"}, nil)
	require.NoError(t, answer.Error)
	found := points(t, answer.Frames[0])
	require.Len(t, found, 60)
	for at, value := range found {
		require.InDelta(t, 1.0/3600, value, 1e-12, at)
	}
	require.Equal(t, map[string]int64{"main": 61_000_000_000}, rows(t, answer.Frames[1]), "both ends count, no profile twice")

	answer = askAs(t, d, noon.Add(-100*24*time.Hour), noon, map[string]any{"profileTypeId": cpu, "queryType": "profile"}, nil)
	require.ErrorContains(t, answer.Error, "Narrow the range")
}

func TestNoSeriesForAnAlertRuleIsNoFrame(t *testing.T) {
	answer := askAs(t, open(t, &pyroscopetest.Server{}, nil), noon.Add(-time.Minute), noon,
		map[string]any{"profileTypeId": cpu}, map[string]string{"FromAlert": "true"})
	require.NoError(t, answer.Error)
	require.Empty(t, answer.Frames)
}

func TestPointsOutOfOrder(t *testing.T) {
	got := joinSeries([][]pyroscope.Series{{{Time: []int64{30, 10, 20, 20}, Value: []float64{3, 1, 2, 5}}}}, []int64{0})
	require.Equal(t, []pyroscope.Series{{Time: []int64{10, 20, 30}, Value: []float64{1, 7, 3}}}, got)
}

func TestLegends(t *testing.T) {
	d := open(t, half(), nil)
	for format, want := range map[string]string{
		"{{pod}}":                 "a",
		"CPU of {{ pod }}, {{x}}": "CPU of a, ",
		"plain":                   "plain",
		"{{endpoint}}":            "no endpoint",
		"{{endpoint}} · {{zone}}": "no endpoint, zone",
		"{{pod}} · {{zone}}":      "a · ",
	} {
		answer := ask(t, d, 10*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics",
			"groupBy": []string{"pod"}, "legendFormat": format})
		require.NoError(t, answer.Error)
		require.Equal(t, want, answer.Frames[0].Fields[1].Config.DisplayNameFromDS, format)
	}
}
