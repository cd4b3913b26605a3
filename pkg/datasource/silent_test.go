package datasource

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// until are the profiles up to so long before noon.
func until(profiles []pyroscopetest.Profile, before time.Duration) (kept []pyroscopetest.Profile) {
	for _, p := range profiles {
		if p.At.Before(noon.Add(-before)) {
			kept = append(kept, p)
		}
	}
	return kept
}

func TestServicesThatFellSilent(t *testing.T) {
	busy := constant(map[string]int64{"main": 1e9})
	server := joined(every(cpu, "shop", pods[:1], time.Minute, 3*time.Hour, busy),
		until(every(cpu, "cart", pods[:1], time.Minute, 3*time.Hour, busy), time.Hour),
		every(inuse, "blog", pods[:1], time.Minute, 3*time.Hour, busy),                          // no CPU profiles at all
		until(every(cpu, "captures/shop", pods[:1], time.Minute, 3*time.Hour, busy), time.Hour), // kept, not sent
		until(every(cpu, "old", pods[:1], time.Hour, 40*time.Hour, busy), 30*time.Hour))
	d := open(t, server, nil)
	d.now = func() time.Time { return noon.Add(time.Second) }
	model := map[string]any{"queryType": "silent", "labelSelector": "{}"}
	answer := ask(t, d, 15*time.Minute, model)
	require.NoError(t, answer.Error)
	require.Equal(t, []string{"cart", "blog", "shop"}, column[string](t, answer.Frames[0], "service_name"))
	silent := column[float64](t, answer.Frames[0], "silent")
	require.InDelta(t, 3600, silent[0], 300)
	require.Zero(t, silent[1])
	require.WithinDuration(t, noon.Add(-time.Hour), *column[*time.Time](t, answer.Frames[0], "last")[0], 5*time.Minute)

	rule := askAs(t, d, noon.Add(-15*time.Minute), noon, model, map[string]string{"FromAlert": "true"})
	require.NoError(t, rule.Error)
	require.Len(t, rule.Frames, 1)
	require.Len(t, rule.Frames[0].Fields, 3)
	require.Equal(t, "cart", rule.Frames[0].Fields[0].Labels["service_name"])

	none := askAs(t, open(t, joined(), nil), noon.Add(-15*time.Minute), noon, model, map[string]string{"FromAlert": "true"})
	require.NoError(t, none.Error)
	require.Empty(t, none.Frames, "no data is no health")
}
