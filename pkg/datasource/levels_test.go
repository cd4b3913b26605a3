package datasource

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

var pods = []string{"a", "b", "c"}

// Three pods hold 100, 200 and 300 bytes all the time and send every 15 s. The
// sum over ten minutes would be 24,000.
func steady() *pyroscopetest.Server {
	return &pyroscopetest.Server{Profiles: every(inuse, "shop", pods, 15*time.Second, 30*time.Minute, func(i, _ int) map[string]int64 {
		return map[string]int64{"main;cache": int64(i+1) * 60, "main;pool": int64(i+1) * 40}
	})}
}

func TestLevelIsNotSummedOverScrapes(t *testing.T) {
	for _, mode := range []string{"", "latest", "average"} {
		for _, length := range []time.Duration{time.Minute, 10 * time.Minute} {
			server := steady()
			answer := ask(t, open(t, server, nil), length, map[string]any{"profileTypeId": inuse, "queryType": "profile", "levels": mode})
			require.NoError(t, answer.Error)
			require.Equal(t, map[string]int64{"main;cache": 360, "main;pool": 240}, rows(t, answer.Frames[0]), "%s over %s", mode, length)
			facts := answer.Frames[0].Meta.Custom.(flameFacts)
			require.Equal(t, 3, facts.Instances)
			require.Equal(t, "level", facts.Kind)
		}
	}
}

func TestLatestAndAverageDiffer(t *testing.T) {
	// Pod a held 1000 until a minute ago and holds 100 now.
	server := &pyroscopetest.Server{Profiles: every(inuse, "shop", pods[:1], 15*time.Second, 10*time.Minute, func(_, k int) map[string]int64 {
		if k < 4 {
			return map[string]int64{"main;cache": 100}
		}
		return map[string]int64{"main;cache": 1000}
	})}
	d := open(t, server, nil)
	model := map[string]any{"profileTypeId": inuse, "queryType": "profile", "levels": "latest"}
	require.Equal(t, map[string]int64{"main;cache": 100}, rows(t, ask(t, d, 2*time.Minute, model).Frames[0]))
	model["levels"] = "average"
	// In (-2m, 0] there are 4 profiles of 100 and 4 of 1000.
	require.Equal(t, map[string]int64{"main;cache": 550}, rows(t, ask(t, d, 2*time.Minute-time.Second, model).Frames[0]))
}

func TestLatestLeavesOutInstancesThatAreGone(t *testing.T) {
	server := &pyroscopetest.Server{Profiles: every(inuse, "shop", pods, 15*time.Second, 10*time.Minute, func(i, k int) map[string]int64 {
		if i == 1 && k < 8 { // pod b ended two minutes ago
			return nil
		}
		return map[string]int64{"main": 100}
	})}
	answer := ask(t, open(t, server, nil), 10*time.Minute, map[string]any{"profileTypeId": inuse, "queryType": "profile"})
	require.NoError(t, answer.Error)
	require.Equal(t, map[string]int64{"main": 200}, rows(t, answer.Frames[0]))
}

func TestLatestOfInstancesWithDifferentIntervals(t *testing.T) {
	profiles := every(inuse, "shop", pods[:1], 15*time.Second, 10*time.Minute, constant(map[string]int64{"main": 1}))
	// In the window that holds the last profile of the slow pod the others have two.
	slow := every(inuse, "shop", []string{"slow"}, 40*time.Second, 10*time.Minute, constant(map[string]int64{"main": 10}))
	for i := range slow {
		slow[i].At = slow[i].At.Add(-20 * time.Second)
	}
	profiles = append(profiles, slow...)
	profiles = append(profiles, every(inuse, "billing", []string{"a"}, 15*time.Second, 10*time.Minute, constant(map[string]int64{"main": 100}))...)
	answer := ask(t, open(t, &pyroscopetest.Server{Profiles: profiles}, nil), 10*time.Minute,
		map[string]any{"profileTypeId": inuse, "queryType": "profile"})
	require.NoError(t, answer.Error)
	require.Equal(t, map[string]int64{"main": 111}, rows(t, answer.Frames[0]))
}

func TestAverageWhenInstancesSentDifferentNumbers(t *testing.T) {
	// Pod b started half way: its mean counts whole.
	server := &pyroscopetest.Server{Profiles: every(inuse, "shop", pods[:2], 15*time.Second, 10*time.Minute, func(i, k int) map[string]int64 {
		if i == 1 && k >= 20 {
			return nil
		}
		return map[string]int64{"main": 100}
	})}
	answer := ask(t, open(t, server, nil), 10*time.Minute, map[string]any{"profileTypeId": inuse, "queryType": "profile", "levels": "average"})
	require.NoError(t, answer.Error)
	require.Equal(t, map[string]int64{"main": 200}, rows(t, answer.Frames[0]))
}

func TestLevelWithoutInstanceLabel(t *testing.T) {
	profiles := every(inuse, "shop", pods[:1], 15*time.Second, 10*time.Minute, constant(map[string]int64{"main": 100}))
	for i := range profiles {
		delete(profiles[i].Labels, "pod")
	}
	for _, mode := range []string{"latest", "average"} {
		answer := ask(t, open(t, &pyroscopetest.Server{Profiles: profiles}, nil), 5*time.Minute,
			map[string]any{"profileTypeId": inuse, "queryType": "both", "levels": mode})
		require.NoError(t, answer.Error)
		require.Equal(t, map[string]int64{"main": 100}, rows(t, answer.Frames[1]))
		require.Contains(t, notices(answer.Frames)[0], "no label that tells the instances apart")
		for at, value := range points(t, answer.Frames[0]) {
			require.Equal(t, 100.0, value, at)
		}
	}
}

func TestLevelSeriesIsTheSumOfMeans(t *testing.T) {
	// At a step of a minute each bucket holds four scrapes of each pod; the raw
	// sum is 2400. At 15 s with scrapes every minute each bucket holds at most one
	// pod; the raw sum shows 100, 200 or 300.
	for _, c := range []struct{ collected, step string }{{"15s", "1m"}, {"1m", "15s"}, {"30s", "30s"}, {"10s", "45s"}} {
		collected, err := time.ParseDuration(c.collected)
		require.NoError(t, err)
		server := &pyroscopetest.Server{Profiles: every(inuse, "shop", pods, collected, 30*time.Minute, func(i, _ int) map[string]int64 {
			return map[string]int64{"main": int64(i+1) * 100}
		})}
		answer := ask(t, open(t, server, map[string]any{"minStep": c.step}), 10*time.Minute,
			map[string]any{"profileTypeId": inuse, "queryType": "metrics"})
		require.NoError(t, answer.Error)
		require.Len(t, answer.Frames, 1)
		found := points(t, answer.Frames[0])
		require.GreaterOrEqual(t, len(found), 10)
		for at, value := range found {
			require.Equal(t, 600.0, value, "collected every %s, step %s, at %s", c.collected, c.step, at)
		}
		require.Equal(t, "bytes", answer.Frames[0].Fields[1].Config.Unit)
		require.Equal(t, 3, answer.Frames[0].Meta.Custom.(seriesFacts).Instances)
	}
}

func TestLevelSeriesOfAGroupWithinAnInstance(t *testing.T) {
	// Half of the profiles of a pod hold goroutines of the endpoint /pay: over the
	// pod's profiles the mean is a half.
	var profiles []pyroscopetest.Profile
	for k := range 40 {
		at := noon.Add(-time.Duration(k) * 15 * time.Second)
		labels := map[string]string{"service_name": "shop", "pod": "a"}
		profiles = append(profiles, pyroscopetest.Profile{Type: goroutines, At: at, Labels: labels, Stacks: map[string]int64{"main": 10}})
		if k%2 == 0 {
			with := map[string]string{"service_name": "shop", "pod": "a", "endpoint": "/pay"}
			profiles = append(profiles, pyroscopetest.Profile{Type: goroutines, At: at, Labels: with, Stacks: map[string]int64{"main": 4}})
		}
	}
	answer := ask(t, open(t, &pyroscopetest.Server{Profiles: profiles}, map[string]any{"minStep": "1m"}), 5*time.Minute,
		map[string]any{"profileTypeId": goroutines, "queryType": "metrics", "groupBy": []string{"endpoint"}})
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 2)
	for at, value := range points(t, answer.Frames[1]) {
		require.Equal(t, 2.0, value, at)
	}
	require.Equal(t, "/pay", answer.Frames[1].Fields[1].Labels["endpoint"])
}

func TestLevelSeriesForgetsInstancesThatAreGone(t *testing.T) {
	server := &pyroscopetest.Server{Profiles: every(inuse, "shop", pods[:2], 15*time.Second, 20*time.Minute, func(i, k int) map[string]int64 {
		if i == 1 && k < 20 { // pod b ended five minutes ago
			return nil
		}
		return map[string]int64{"main": 100}
	})}
	answer := ask(t, open(t, server, nil), 10*time.Minute, map[string]any{"profileTypeId": inuse, "queryType": "metrics"})
	require.NoError(t, answer.Error)
	found := points(t, answer.Frames[0])
	require.Equal(t, 200.0, found[noon.Add(-6*time.Minute)])
	require.Equal(t, 100.0, found[noon.Add(-4*time.Minute)])
	require.Equal(t, 100.0, found[noon])
}

// While the last profiles may still be on their way, the newest stands for now;
// but a service that stopped minutes ago holds nothing any more.
func TestLatestWhileProfilesStillArrive(t *testing.T) {
	for silent, want := range map[time.Duration]map[string]int64{
		10 * time.Second: {"main": 600}, 80 * time.Second: {"main": 600}, 4 * time.Minute: {},
	} {
		server := &pyroscopetest.Server{Profiles: every(inuse, "shop", pods, 15*time.Second, 10*time.Minute, func(i, _ int) map[string]int64 {
			return map[string]int64{"main": int64(i+1) * 100}
		})}
		d := open(t, server, nil)
		now := noon.Add(silent)
		d.now = func() time.Time { return now }
		answer := askAs(t, d, now.Add(-10*time.Minute), now, map[string]any{"profileTypeId": inuse, "queryType": "profile"}, nil)
		require.NoError(t, answer.Error)
		require.Equal(t, want, rows(t, answer.Frames[0]), "%s after the last profile", silent)
		if len(want) == 0 {
			require.Contains(t, notices(answer.Frames)[0], "The last one is from 2026-11-23 12:00:00 UTC")
		}
	}
}

func TestInstancesThatSendSeldom(t *testing.T) {
	// Every 20 minutes, in turn: in no ten minutes do all three send.
	var profiles []pyroscopetest.Profile
	for i, pod := range pods {
		one := every(inuse, "shop", []string{pod}, 20*time.Minute, 4*time.Hour, constant(map[string]int64{"main": 100}))
		for k := range one {
			one[k].At = one[k].At.Add(-time.Duration(i*7) * time.Minute)
		}
		profiles = append(profiles, one...)
	}
	d := open(t, &pyroscopetest.Server{Profiles: profiles}, map[string]any{"minStep": "5m"})
	answer := ask(t, d, 3*time.Hour, map[string]any{"profileTypeId": inuse, "queryType": "metrics"})
	require.NoError(t, answer.Error)
	for at, value := range points(t, answer.Frames[0]) {
		require.Equal(t, 300.0, value, at)
	}
	answer = ask(t, d, 3*time.Hour, map[string]any{"profileTypeId": inuse, "queryType": "profile"})
	require.NoError(t, answer.Error)
	require.Equal(t, map[string]int64{"main": 300}, rows(t, answer.Frames[0]))
}
