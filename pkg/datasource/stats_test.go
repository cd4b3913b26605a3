package datasource

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The query inspector shows what an answer took.
func TestStatsOfAnAnswer(t *testing.T) {
	d := open(t, half(), nil)
	stats := func() map[string]float64 {
		answer := ask(t, d, 10*time.Minute, map[string]any{"profileTypeId": cpu})
		require.NoError(t, answer.Error)
		found := map[string]float64{}
		for _, frame := range answer.Frames {
			for _, stat := range frame.Meta.Stats {
				require.NotContains(t, found, stat.DisplayName)
				found[stat.DisplayName] = stat.Value
			}
		}
		return found
	}
	first := stats()
	require.EqualValues(t, 3, first["Nodes"])
	require.Contains(t, first, "Nodes cut off by the server")
	require.Contains(t, first, "Time in the backend")
	require.Greater(t, first["Received from the profile server"], 100.0)
	again := stats()
	require.EqualValues(t, 2, again["Calls to the profile server"], "a flame graph and a series; the rest was learnt before")
	require.Greater(t, first["Calls to the profile server"], again["Calls to the profile server"])
}
