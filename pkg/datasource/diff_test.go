package datasource

import (
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// twoVersions sends, every 15 s for ten minutes, one profile of v1 on two pods
// and one of v2 on one pod, of which v2 spends more on encode, has a new function
// and lost one.
func twoVersions() []pyroscopetest.Profile {
	old := every(cpu, "orders", []string{"a", "b"}, 15*time.Second, 10*time.Minute,
		constant(map[string]int64{"main;parse": 60e6, "main;encode": 20e6, "main;legacy": 20e6}))
	newer := every(cpu, "orders", []string{"c"}, 15*time.Second, 10*time.Minute,
		constant(map[string]int64{"main;parse": 60e6, "main;encode": 60e6, "main;redact": 30e6}))
	for i := range old {
		old[i].Labels["version"] = "v1"
	}
	for i := range newer {
		newer[i].Labels["version"] = "v2"
	}
	return append(old, newer...)
}

const versusText = `cpu{service_name="orders", version="v2"} vs {version="v1"}`

func openVersions(t *testing.T) *Datasource {
	return open(t, &pyroscopetest.Server{Profiles: twoVersions()}, nil)
}

// column reads a field by name.
func column[V any](t *testing.T, frame *data.Frame, name string) []V {
	t.Helper()
	field, at := frame.FieldByName(name)
	require.NotEqual(t, -1, at, name)
	values := make([]V, field.Len())
	for i := range values {
		values[i] = field.At(i).(V)
	}
	return values
}

func TestDiffKeepsLeftAndRight(t *testing.T) {
	for name, model := range map[string]map[string]any{
		"text": {"queryType": "diff", "flameql": versusText},
		"fields": {"queryType": "diff", "profileTypeId": cpu, "labelSelector": `{service_name="orders", version="v2"}`,
			"baseline": map[string]any{"labelSelector": `{service_name="orders", version="v1"}`}},
	} {
		t.Run(name, func(t *testing.T) {
			answer := ask(t, openVersions(t), 5*time.Minute, model)
			require.NoError(t, answer.Error)
			require.Len(t, answer.Frames, 1)
			frame := answer.Frames[0]
			byName := map[string][2]int64{}
			for i, right := range column[int64](t, frame, "valueRight") {
				byName[labelAt(frame.Fields[3], i)] = [2]int64{column[int64](t, frame, "value")[i], right}
			}
			// Five minutes hold 20 or 21 profiles of a pod; v1 runs on two.
			require.InDelta(t, 2*20*20e6, byName["legacy"][0], 2*20e6)
			require.Zero(t, byName["legacy"][1])
			require.Zero(t, byName["redact"][0])
			require.InDelta(t, 20*30e6, byName["redact"][1], 30e6)
			require.Equal(t, "flamewatch-flamegraph-panel", frame.Meta.PreferredVisualizationPluginID)
		})
	}
}

func TestComparedFunctionsByShareDoNotFollowTheNumberOfPods(t *testing.T) {
	answer := ask(t, openVersions(t), 5*time.Minute, map[string]any{"queryType": "functions", "flameql": versusText})
	require.NoError(t, answer.Error)
	frame := answer.Frames[0]
	byName := map[string]int{}
	for i, name := range column[string](t, frame, "function") {
		byName[name] = i
	}
	baseline, comparison := column[float64](t, frame, "baseline"), column[float64](t, frame, "comparison")
	kinds, ratios := column[string](t, frame, "kind"), column[*float64](t, frame, "ratio")
	require.InDelta(t, 0.2, baseline[byName["encode"]], 1e-6)
	require.InDelta(t, 0.4, comparison[byName["encode"]], 1e-6)
	require.InDelta(t, 2, *ratios[byName["encode"]], 1e-6)
	require.Equal(t, "grew", kinds[byName["encode"]])
	require.Equal(t, "new", kinds[byName["redact"]])
	require.Nil(t, ratios[byName["redact"]], "no ratio to nothing")
	require.Equal(t, "removed", kinds[byName["legacy"]])
	require.Equal(t, "same", kinds[byName["main"]])
}

func TestNormaliseByInstanceAndRate(t *testing.T) {
	d := openVersions(t)
	answer := ask(t, d, 5*time.Minute, map[string]any{"queryType": "functions", "flameql": versusText + " normalise instance"})
	require.NoError(t, answer.Error)
	for i, name := range column[string](t, answer.Frames[0], "function") {
		if name == "parse" { // the same on each pod
			require.InDelta(t, 1, *column[*float64](t, answer.Frames[0], "ratio")[i], 0.06)
		}
	}
	answer = ask(t, d, 4*time.Minute, map[string]any{"queryType": "functions",
		"flameql": `cpu{version="v1"} vs @[now-62m, now-60m] normalise rate`})
	require.NoError(t, answer.Error)
	for i, name := range column[string](t, answer.Frames[0], "function") {
		if name == "main" { // twice the time, the same cost a second
			require.InDelta(t, 1, *column[*float64](t, answer.Frames[0], "ratio")[i], 0.15)
		}
	}
}

func TestADiffInAnAlertIsOneNumber(t *testing.T) {
	d := openVersions(t)
	alert := map[string]string{"FromAlert": "true"}
	answer := askAs(t, d, noon.Add(-5*time.Minute), noon, map[string]any{"queryType": "both",
		"flameql": versusText + ` function "encode"`}, alert)
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 1)
	require.Len(t, answer.Frames[0].Fields, 1)
	field := answer.Frames[0].Fields[0]
	require.InDelta(t, 2, *field.At(0).(*float64), 1e-6)
	require.Equal(t, data.Labels{"service_name": "orders", "version": "v2", "function": "encode"}, field.Labels)

	answer = askAs(t, d, noon.Add(-5*time.Minute), noon, map[string]any{"queryType": "diff", "flameql": versusText, "number": "change"}, alert)
	require.NoError(t, answer.Error)
	// v1 costs 100 ms every 15 s on each of two pods, v2 150 ms on one.
	require.InDelta(t, 0.150/15-0.200/15, *answer.Frames[0].Fields[0].At(0).(*float64), 0.002)

	answer = askAs(t, d, noon.Add(-5*time.Minute), noon, map[string]any{"flameql": `cpu{service_name="gone"} vs offset 1h`}, alert)
	require.NoError(t, answer.Error)
	require.Empty(t, answer.Frames, "no profiles are no data")
}

func TestSidesThatCannotBeCompared(t *testing.T) {
	profiles := append(twoVersions(), every(inuse, "orders", []string{"a"}, 15*time.Second, 10*time.Minute,
		constant(map[string]int64{"main": 1 << 20}))...)
	d := open(t, &pyroscopetest.Server{Profiles: profiles}, nil)
	for text, want := range map[string]string{
		`cpu{service_name="orders"} vs heap{}`:      "different units",
		`cpu{service_name="orders"`:                 "line 1, column 26",
		`cpu{service_name=~"("}`:                    "regular expression",
		`cpu{} vs @[now-5m, now-10m]`:               "an instant after now-5m",
		`{service_name="orders"} normalise nothing`: "line 1",
	} {
		answer := ask(t, d, 5*time.Minute, map[string]any{"queryType": "profile", "flameql": text})
		require.ErrorContains(t, answer.Error, want, text)
	}
	answer := ask(t, d, 5*time.Minute, map[string]any{"queryType": "diff", "profileTypeId": cpu, "labelSelector": `{service_name="orders"}`})
	require.ErrorContains(t, answer.Error, "needs a baseline")
}

func TestAnEmptySideIsSaid(t *testing.T) {
	answer := ask(t, openVersions(t), 5*time.Minute, map[string]any{"queryType": "diff", "flameql": `cpu{version="v2"} vs {version="v0"}`})
	require.NoError(t, answer.Error)
	require.Contains(t, strings.Join(notices(answer.Frames), " "), "everything looks new")
	answer = ask(t, openVersions(t), 5*time.Minute, map[string]any{"queryType": "diff", "flameql": `cpu{version="v2"} vs offset 1m`})
	require.Contains(t, strings.Join(notices(answer.Frames), " "), "ranges overlap")
}
