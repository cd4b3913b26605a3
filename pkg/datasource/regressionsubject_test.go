package datasource

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// shopRun is a service on two pods that sends every minute, from so many minutes before noon until so many; encoding
// costs factor times the usual, and of a pod's first warm minutes it costs ten times that.
func shopRun(seed uint64, version string, from, until int, factor float64, warm int) []pyroscopetest.Profile {
	random := rand.New(rand.NewPCG(seed, 2))
	var all []pyroscopetest.Profile
	for minute := from; minute > until; minute-- {
		for pod := range 2 {
			stacks := map[string]int64{}
			for i, name := range strings.Fields("auth price stock tax ship mail log trace gzip route cache read write sort hash copy") {
				stacks["main;serve;"+name] = sample * int64(100+10*i+random.IntN(21)-10)
			}
			encode := 150 * factor
			if from-minute < warm {
				encode *= 10
			}
			stacks["main;serve;store;encode"] = sample * (int64(encode) + int64(random.IntN(21)-10))
			all = append(all, pyroscopetest.Profile{Type: cpu, At: noon.Add(-time.Duration(minute)*time.Minute + 30*time.Second), Stacks: stacks,
				Labels: map[string]string{"service_name": "shop", "version": version, "pod": fmt.Sprintf("shop-%s-%d", version, pod)}})
		}
	}
	return all
}

func regressionsAt(t *testing.T, server *pyroscopetest.Server, model map[string]any, length ...time.Duration) (functions, kinds, said []string) {
	t.Helper()
	d := open(t, server, map[string]any{"minStep": "1m"})
	d.now = func() time.Time { return noon.Add(2 * time.Minute) }
	model["queryType"], model["profileTypeId"], model["labelSelector"] = "regressions", cpu, `{service_name="shop"}`
	from := noon.Add(-time.Hour)
	if len(length) > 0 {
		from = noon.Add(-length[0])
	}
	answer := askAs(t, d, from, noon, model, nil)
	require.NoError(t, answer.Error)
	return column[string](t, answer.Frames[0], "function"), column[string](t, answer.Frames[0], "kind"), notices(answer.Frames)
}

func TestADeployInsideTheComparisonCutsIt(t *testing.T) {
	// Of the hour, the last 40 minutes run v2, the first ten of which warm up.
	server := joined(shopRun(1, "v1", 150, 40, 1, 0), shopRun(2, "v2", 40, 0, 1.8, 10))
	d := open(t, server, map[string]any{"minStep": "1m"})
	lines, _ := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}))
	service := ofEvent(lines, "service")[0]
	window := service["comparison"].(map[string]any)
	require.Equal(t, "v2", window["version"])
	require.EqualValues(t, noon.Add(-25*time.Minute).UnixMilli(), window["from"], "after the deploy and its warm-up, in whole buckets")
	finding := service["findings"].([]any)[0].(map[string]any)
	require.Equal(t, "encode", finding["function"])
	require.Equal(t, "v2", finding["version"])
	require.Equal(t, "v1", finding["versionBefore"])
	require.Contains(t, finding["sentence"], "with version v2 after v1")
	require.InDelta(t, 1.8, finding["ratio"], 0.1, "neither the old version nor the warm-up counts")
	require.EqualValues(t, "v2", service["deploys"].([]any)[0].(map[string]any)["version"])
}

func TestADeployInsideTheBaselineCutsIt(t *testing.T) {
	server := joined(shopRun(1, "v1", 150, 90, 1, 0), shopRun(2, "v2", 90, 0, 1.8, 0))
	functions, kinds, _ := regressionsAt(t, server, map[string]any{"baseline": map[string]any{"offset": "1h"}})
	require.Equal(t, []string{"encode"}, functions, "against what was before the deploy")
	require.Equal(t, []string{"grew"}, kinds)
}

func TestADeployAtTheVeryEndIsSaid(t *testing.T) {
	server := joined(shopRun(1, "v1", 150, 10, 1, 0), shopRun(2, "v2", 10, 0, 1, 0))
	_, _, said := regressionsAt(t, server, map[string]any{"baseline": map[string]any{"offset": "1h"}})
	require.Contains(t, strings.Join(said, " "), "v2 was deployed at 11:51 UTC: 30m0s after that, it is compared by itself.")
}

func TestTheFirstMinutesOfAnInstanceAreLeftOut(t *testing.T) {
	// A third pod joined 40 minutes ago, ten times as busy with encoding while it warms up.
	late := shopRun(3, "v1", 40, 0, 1, 40)
	for i := range late {
		late[i].Labels["pod"] += "-late"
	}
	server := joined(shopRun(1, "v1", 150, 0, 1, 0), late)
	functions, _, _ := regressionsAt(t, server, map[string]any{"baseline": map[string]any{"offset": "1h"}, "warmUp": "50m"})
	require.Empty(t, functions)
	functions, _, _ = regressionsAt(t, server, map[string]any{"baseline": map[string]any{"offset": "1h"}, "warmUp": "0s"})
	require.NotEmpty(t, functions)
}

func TestJobsThatLiveShortlyAreComparedAsTheyAre(t *testing.T) {
	var server pyroscopetest.Server
	for k := range 30 { // one after the other, of five minutes each
		factor := 1.0
		if k < 12 {
			factor = 1.8
		}
		run := shopRun(uint64(k), "v1", 5*k+5, 5*k, factor, 0)
		for i := range run {
			run[i].Labels["pod"] = fmt.Sprintf("job-%d", k)
		}
		server.Profiles = append(server.Profiles, run...)
	}
	functions, _, _ := regressionsAt(t, &server, map[string]any{"baseline": map[string]any{"offset": "1h"}})
	require.Equal(t, []string{"encode"}, functions)
}

func TestAgainstThePreviousVersion(t *testing.T) {
	previous := map[string]any{"previousVersion": true}
	t.Run("before the deploy", func(t *testing.T) {
		server := joined(shopRun(1, "v1", 300, 90, 1, 0), shopRun(2, "v2", 90, 0, 1.8, 0))
		functions, _, _ := regressionsAt(t, server, map[string]any{"baseline": previous})
		require.Equal(t, []string{"encode"}, functions)
	})
	t.Run("beside a canary", func(t *testing.T) {
		server := joined(shopRun(1, "v1", 300, 0, 1, 0), shopRun(2, "v2", 90, 0, 1.8, 0))
		functions, _, _ := regressionsAt(t, server, map[string]any{"baseline": previous})
		require.Equal(t, []string{"encode"}, functions)
	})
	t.Run("minutes ago", func(t *testing.T) {
		server := joined(shopRun(1, "v1", 300, 7, 1, 0), shopRun(2, "v2", 7, 0, 1.8, 0))
		functions, _, said := regressionsAt(t, server, map[string]any{"baseline": previous, "warmUp": "0s"}, 12*time.Minute)
		require.Equal(t, []string{"encode"}, functions, "%v", said)
	})
	t.Run("as text", func(t *testing.T) {
		server := joined(shopRun(1, "v1", 300, 90, 1, 0), shopRun(2, "v2", 90, 0, 1.8, 0))
		functions, _, _ := regressionsAt(t, server, map[string]any{"baseline": previous, "flameql": `cpu{service_name="shop"}`})
		require.Equal(t, []string{"encode"}, functions)
	})
	t.Run("two minutes after the first profile of all", func(t *testing.T) {
		server := joined(shopRun(1, "v1", 42, 0, 1, 0), shopRun(2, "v2", 40, 0, 1.8, 0))
		functions, _, said := regressionsAt(t, server, map[string]any{"baseline": previous})
		require.Equal(t, []string{"encode"}, functions, "%v", said)
	})
	t.Run("dated by the deploy, which is before the window", func(t *testing.T) {
		server := joined(shopRun(1, "v1", 300, 90, 1, 0), shopRun(2, "v2", 90, 0, 1.8, 0))
		d := open(t, server, map[string]any{"minStep": "1m"})
		answer := askAs(t, d, noon.Add(-time.Hour), noon, map[string]any{"queryType": "regressions", "profileTypeId": cpu,
			"labelSelector": `{service_name="shop"}`, "baseline": previous}, nil)
		require.NoError(t, answer.Error)
		since := column[time.Time](t, answer.Frames[0], "since")
		require.Len(t, since, 1)
		require.WithinDuration(t, noon.Add(-90*time.Minute), since[0], 2*time.Minute)
	})
	for name, c := range map[string]struct {
		server *pyroscopetest.Server
		want   string
	}{
		"one version only": {joined(shopRun(1, "v1", 300, 0, 1, 0)), "shop: no other version was found in the last week."},
		"too new":          {joined(shopRun(1, "v1", 300, 20, 1, 0), shopRun(2, "v2", 20, 0, 1, 0)), "shop: v2 was deployed at 11:41 UTC, and needs 30m0s of profiles."},
		"no label":         {&pyroscopetest.Server{Profiles: shopHours(1)}, "shop: its profiles have no label of the version (version, …)."},
	} {
		functions, _, said := regressionsAt(t, c.server, map[string]any{"baseline": previous})
		require.Empty(t, functions, name)
		require.Contains(t, said, c.want, name)
	}
}

// heap is a service on three pods that holds so many bytes at k minutes before noon.
func heap(profileType string, held func(pod, k int) map[string]int64) *pyroscopetest.Server {
	return &pyroscopetest.Server{Profiles: every(profileType, "shop", pods, time.Minute, 3*time.Hour, held)}
}

func TestLeaks(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	jitter := func() int64 { return int64(random.IntN(40)) * 1e5 }
	for name, c := range map[string]struct {
		profileType string
		held        func(pod, k int) map[string]int64
		function    []string
	}{
		"a leak": {inuse, func(_, k int) map[string]int64 {
			return map[string]int64{"main;serve;session;newSession": 1e6 * int64(240-k), "main;serve;cache": 100e6 + jitter()}
		}, []string{"newSession"}},
		"up and down": {inuse, func(_, k int) map[string]int64 {
			return map[string]int64{"main;serve;cache": 100e6 + 20e6*int64(k%7) + jitter()}
		}, nil},
		"full after a while": {inuse, func(_, k int) map[string]int64 {
			return map[string]int64{"main;serve;cache": 1e6*int64(min(100, 300-k)) + jitter()}
		}, nil},
		"on one of three pods": {inuse, func(pod, k int) map[string]int64 {
			if pod > 0 {
				k = 100
			}
			return map[string]int64{"main;serve;session;newSession": 1e6 * int64(240-k), "main;serve;cache": 100e6 + jitter()}
		}, nil},
		"too little": {inuse, func(_, k int) map[string]int64 {
			return map[string]int64{"main;serve;cache": 1000e6 + 1e5*int64(240-k)}
		}, nil},
		"goroutines": {goroutines, func(_, k int) map[string]int64 {
			return map[string]int64{"runtime.gopark;main.watch": int64(10 + 240 - k), "runtime.gopark;main.serve": 40 + int64(random.IntN(5))}
		}, []string{"main.watch"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, heap(c.profileType, c.held), map[string]any{"minStep": "1m"})
			d.now = func() time.Time { return noon.Add(2 * time.Minute) }
			model := map[string]any{"queryType": "regressions", "profileTypeId": c.profileType, "labelSelector": `{service_name="shop"}`,
				"baseline": map[string]any{"offset": "1h"}}
			answer := askAs(t, d, noon.Add(-time.Hour), noon, model, nil)
			require.NoError(t, answer.Error)
			var leaking []string
			for i, kind := range column[string](t, answer.Frames[0], "kind") {
				require.Equal(t, kind == "leak", column[bool](t, answer.Frames[0], "alerts")[i])
				if kind == "leak" {
					leaking = append(leaking, column[string](t, answer.Frames[0], "function")[i])
					require.Equal(t, "3 of 3", column[string](t, answer.Frames[0], "pods")[i])
					require.Contains(t, column[string](t, answer.Frames[0], "sentence")[i], " an hour on each instance (95% sure of ")
				}
			}
			require.Equal(t, c.function, leaking)
			alert := askAs(t, d, noon.Add(-time.Hour), noon, model, map[string]string{"FromAlert": "true"})
			require.NoError(t, alert.Error)
			value := *alert.Frames[0].Fields[0].At(0).(*float64)
			require.Equal(t, c.function != nil, value > 1.2, value)
		})
	}
}

// What is looked at over a day hides minutes: v2 ran for four of them and was taken back.
func TestAVersionTakenBackWithinMinutesIsNotTheOneThatRuns(t *testing.T) {
	server := joined(shopRun(1, "v1", 600, 54, 1, 0), shopRun(2, "v2", 54, 50, 3, 0), shopRun(3, "v1", 50, 0, 1, 0))
	d := open(t, server, map[string]any{"minStep": "1m"})
	lines, _ := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": cpu, "warmUp": "5m",
		"baseline": map[string]any{"previousVersion": true}}))
	service := ofEvent(lines, "service")[0]
	require.Equal(t, "The version before v1, v2, was there for too short a time to be compared with.", service["fault"])
	require.Empty(t, service["findings"], "v2's regression is over")
}

func TestAVersionTakenBackIsTheBaselineOfWhatRunsNow(t *testing.T) {
	server := joined(shopRun(1, "v1", 600, 95, 1, 0), shopRun(2, "v2", 95, 50, 3, 0), shopRun(3, "v1", 50, 0, 1, 0))
	functions, kinds, _ := regressionsAt(t, server, map[string]any{"warmUp": "5m", "baseline": map[string]any{"previousVersion": true}})
	require.Equal(t, []string{"encode"}, functions)
	require.Equal(t, []string{"shrank"}, kinds)
}
