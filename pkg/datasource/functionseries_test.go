package datasource

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

func TestSeriesPerFunctionAreTheFlameGraphsOfTheirBuckets(t *testing.T) {
	d := openVersions(t)
	model := map[string]any{"queryType": "metrics", "flameql": `cpu{version="v2"} function "encode|parse"`}
	answer := askAs(t, d, noon.Add(-5*time.Minute), noon, model, nil)
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 2)
	for _, frame := range answer.Frames {
		name := frame.Fields[1].Labels["function"]
		require.Contains(t, []string{"encode", "parse"}, name)
		for at, value := range points(t, frame) {
			// One profile of 60 ms in every bucket of 15 s, for either function.
			require.InDelta(t, 0.060/15, value, 1e-9, "%s at %s", name, at)
		}
		require.GreaterOrEqual(t, frame.Rows(), 20)
	}
}

func TestSeriesPerFunctionBySelfAndShare(t *testing.T) {
	d := openVersions(t)
	ask := func(more map[string]any) map[time.Time]float64 {
		model := map[string]any{"queryType": "metrics", "profileTypeId": cpu, "labelSelector": `{version="v2"}`, "function": "^main$"}
		for key, value := range more {
			model[key] = value
		}
		answer := askAs(t, d, noon.Add(-2*time.Minute), noon, model, nil)
		require.NoError(t, answer.Error)
		if len(answer.Frames) == 0 || answer.Frames[0].Rows() == 0 {
			return nil
		}
		return points(t, answer.Frames[0])
	}
	for _, share := range ask(map[string]any{"asShare": true}) {
		require.InDelta(t, 1, share, 1e-9, "everything runs below main")
	}
	require.Empty(t, ask(map[string]any{"functionValue": "self"}), "main costs nothing itself")
}

func TestFinishedBucketsAreFetchedOnce(t *testing.T) {
	server := &pyroscopetest.Server{Profiles: twoVersions()}
	d := open(t, server, nil)
	model := map[string]any{"queryType": "metrics", "profileTypeId": cpu, "labelSelector": `{version="v2"}`, "function": "encode"}
	ask := func() int {
		before := len(server.Calls())
		answer := askAs(t, d, noon.Add(-5*time.Minute), noon, model, nil)
		require.NoError(t, answer.Error)
		return len(server.Calls()) - before
	}
	require.GreaterOrEqual(t, ask(), 20)
	require.LessOrEqual(t, ask(), 3, "all buckets are finished")
	model["function"] = "parse"
	require.LessOrEqual(t, ask(), 3, "another function of the same buckets")
}

func TestSeriesPerFunctionAreNotGrouped(t *testing.T) {
	answer := ask(t, openVersions(t), 5*time.Minute, map[string]any{"queryType": "metrics", "flameql": `cpu{} by (pod) function "x"`})
	require.ErrorContains(t, answer.Error, "cannot be grouped")
	answer = ask(t, openVersions(t), 5*time.Minute, map[string]any{"queryType": "metrics", "flameql": `cpu{service_name="orders"} function "nowhere"`})
	require.NoError(t, answer.Error)
	require.Contains(t, notices(answer.Frames)[0], "No function matches")
}

func TestComparedSeriesLieOverEachOther(t *testing.T) {
	answer := ask(t, openVersions(t), 3*time.Minute, map[string]any{"queryType": "metrics",
		"flameql": `cpu{version="v2"} vs offset 4m`})
	require.NoError(t, answer.Error)
	sides := map[string]map[time.Time]float64{}
	for _, frame := range answer.Frames {
		sides[frame.Fields[1].Labels["side"]] = points(t, frame)
	}
	require.Len(t, sides, 2)
	for at := range sides["baseline"] {
		require.False(t, at.Before(noon.Add(-3*time.Minute)), "moved to the comparison's time: %s", at)
	}
}

func TestASideWithoutProfilesSaysSo(t *testing.T) {
	answer := ask(t, openVersions(t), 3*time.Minute, map[string]any{"queryType": "metrics", "flameql": `cpu{version="v2"} vs offset 90d`})
	require.NoError(t, answer.Error)
	last := answer.Frames[len(answer.Frames)-1].Fields[1]
	require.Zero(t, last.Len())
	require.Equal(t, "baseline: no profiles", last.Config.DisplayNameFromDS)
}

func TestBucketCacheMakesRoom(t *testing.T) {
	costs := func(n int) bucketCosts {
		made := bucketCosts{costs: map[string]calltree.Cost{}}
		for i := range n {
			made.costs[string(rune('a'+i))] = calltree.Cost{}
		}
		return made
	}
	cache := newFinishedBuckets(10, functionsOf)
	cache.put("a", costs(4))
	cache.put("b", costs(4))
	_, found := cache.get("a")
	require.True(t, found)
	cache.put("c", costs(4))
	_, found = cache.get("b")
	require.False(t, found, "the least used made room")
	_, found = cache.get("a")
	require.True(t, found)
	cache.put("huge", costs(20))
	_, found = cache.get("huge")
	require.False(t, found)
	require.Equal(t, 10, cache.room)
}
