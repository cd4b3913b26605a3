package datasource

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// The comparison's end waits for late profiles, and the buckets lie on a grid: whatever the second, a baseline that is an
// offset before it moves with it, and no profile is on both sides.
func TestBaselinesAnOffsetEarlierDoNotOverlap(t *testing.T) {
	for offset, length := range map[string]time.Duration{"1h": time.Hour, "25m": 25 * time.Minute, "37m": 25 * time.Minute} {
		earlier, err := time.ParseDuration(offset)
		require.NoError(t, err)
		d := open(t, &pyroscopetest.Server{Profiles: shopHours(1)}, map[string]any{"minStep": "15s"})
		for second := range 40 {
			now := noon.Add(time.Duration(second) * 17 * time.Second)
			d.now = func() time.Time { return now }
			query := map[string]json.RawMessage{
				"labelSelector": json.RawMessage(`"{service_name=\"shop\"}"`),
				"baseline":      json.RawMessage(`{"offset":"` + offset + `"}`),
			}
			plan, err := d.planOf(t.Context(), query, cpu, now.Add(-length).UnixMilli(), now.UnixMilli())
			require.NoError(t, err)
			w, err := d.windowsOf(t.Context(), plan)
			require.NoError(t, err)
			require.Equal(t, w.comparison.count, w.baseline.count)
			apart := time.Duration(w.comparison.end-w.baseline.end) * time.Millisecond
			require.GreaterOrEqual(t, apart, earlier)
			require.Less(t, apart, earlier+w.step)
			require.LessOrEqual(t, w.baseline.end, w.comparison.span(w.step).Start)
		}
	}
}
