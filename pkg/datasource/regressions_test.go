package datasource

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

const sample = 10_000_000 // ns

// shopHours is two hours of a shop on two pods, a profile every minute; in the last hour encoding costs so many times as
// much. What each function costs varies from profile to profile.
func shopHours(factor float64) []pyroscopetest.Profile {
	random := rand.New(rand.NewPCG(1, 2))
	return every(cpu, "shop", pods[:2], time.Minute, 130*time.Minute, func(_, k int) map[string]int64 {
		stacks := map[string]int64{}
		for i, name := range strings.Fields("auth price stock tax ship mail log trace gzip route cache read write sort hash copy") {
			stacks["main;serve;"+name] = sample * int64(100+10*i+random.IntN(21)-10)
		}
		encode := 150.0
		if k < 60 {
			encode *= factor
		}
		stacks["main;serve;store;encode"] = sample * (int64(encode) + int64(random.IntN(21)-10))
		return stacks
	})
}

func askRegressions(t *testing.T, profiles []pyroscopetest.Profile, model map[string]any, headers map[string]string) backend.DataResponse {
	t.Helper()
	d := open(t, &pyroscopetest.Server{Profiles: profiles}, map[string]any{"minStep": "1m"})
	model["queryType"], model["profileTypeId"] = "regressions", cpu
	if model["baseline"] == nil {
		model["baseline"] = map[string]any{"offset": "1h"}
	}
	return askAs(t, d, noon.Add(-time.Hour), noon, model, headers)
}

func TestRegressionsNameTheFunction(t *testing.T) {
	answer := askRegressions(t, shopHours(1.6), map[string]any{"labelSelector": `{service_name="shop"}`}, nil)
	require.NoError(t, answer.Error)
	frame := answer.Frames[0]
	require.Equal(t, "regressions", frame.Name)
	require.Equal(t, []string{"encode"}, column[string](t, frame, "function"), "%v", notices(answer.Frames))
	require.Equal(t, []string{"shop"}, column[string](t, frame, "service_name"))
	require.Equal(t, []string{"grew"}, column[string](t, frame, "kind"))
	require.Equal(t, []bool{true}, column[bool](t, frame, "alerts"))
	ratio := column[*float64](t, frame, "ratio")[0]
	require.InDelta(t, 1.6, *ratio, 0.1)
	// 150 samples of 10 ms a minute and pod are 25 ms a second.
	require.InDelta(t, 25e6, column[float64](t, frame, "baselineRate")[0], 1e6)
	require.InDelta(t, 40e6, column[float64](t, frame, "comparisonRate")[0], 1.5e6)
	facts := frame.Meta.Custom.(regressionFacts)
	require.Equal(t, 12, facts.Buckets)
	require.Equal(t, int64(5*60*1000), facts.BucketMS)
}

func TestNoRegressionsWhereNothingChanged(t *testing.T) {
	answer := askRegressions(t, shopHours(1), map[string]any{"labelSelector": `{service_name="shop"}`}, nil)
	require.NoError(t, answer.Error)
	require.Zero(t, answer.Frames[0].Rows())
}

func TestRegressionsOfEveryService(t *testing.T) {
	other := shopHours(1)
	for i := range other {
		other[i].Labels = map[string]string{"service_name": "blog", "pod": other[i].Labels["pod"]}
	}
	answer := askRegressions(t, append(shopHours(1.6), other...), map[string]any{}, nil)
	require.NoError(t, answer.Error)
	require.Equal(t, []string{"shop"}, column[string](t, answer.Frames[0], "service_name"))
	require.Len(t, answer.Frames[0].Meta.Custom.(regressionFacts).Services, 2)
}

func TestAlertRulesGetFindingsThatStand(t *testing.T) {
	alert := map[string]string{"FromAlert": "true"}
	answer := askRegressions(t, shopHours(1.8), map[string]any{"labelSelector": `{service_name="shop"}`}, alert)
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 1)
	field := answer.Frames[0].Fields[0]
	require.Equal(t, data.Labels{"service_name": "shop", "function": "encode", "kind": "grew"}, field.Labels)
	require.Greater(t, *field.At(0).(*float64), 1.5)
	require.Equal(t, data.FrameTypeNumericWide, answer.Frames[0].Meta.Type)

	calm := askRegressions(t, shopHours(1), map[string]any{"labelSelector": `{service_name="shop"}`}, alert)
	require.NoError(t, calm.Error)
	require.Len(t, calm.Frames, 1)
	require.Zero(t, *calm.Frames[0].Fields[0].At(0).(*float64))
}

func TestRegressionsAsText(t *testing.T) {
	answer := askRegressions(t, shopHours(1.6), map[string]any{"flameql": `cpu{service_name="shop"} vs offset 1h`, "baseline": nil}, nil)
	require.NoError(t, answer.Error)
	require.Equal(t, []string{"encode"}, column[string](t, answer.Frames[0], "function"))
}

func TestRegressionsRefuseWhatTheyCannotCompare(t *testing.T) {
	for name, it := range map[string]struct {
		model map[string]any
		from  time.Duration
		want  string
	}{
		"no baseline": {map[string]any{"baseline": false}, time.Hour, "Regressions need a baseline"},
		"too short":   {map[string]any{"baseline": map[string]any{"offset": "1h"}}, 3 * time.Minute, "The ranges are too short for regressions"},
		"the same":    {map[string]any{"baseline": map[string]any{"offset": "0s"}}, time.Hour, "Both sides are the same profiles"},
	} {
		d := open(t, &pyroscopetest.Server{Profiles: shopHours(1)}, map[string]any{"minStep": "1m"})
		model := it.model
		if model["baseline"] == false {
			delete(model, "baseline")
		}
		model["queryType"], model["profileTypeId"], model["labelSelector"] = "regressions", cpu, `{service_name="shop"}`
		answer := askAs(t, d, noon.Add(-it.from), noon, model, nil)
		require.ErrorContains(t, answer.Error, it.want, name)
	}
}
