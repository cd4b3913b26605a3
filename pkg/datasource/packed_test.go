package datasource

import (
	"fmt"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// Only who asks for it gets a packed frame: core's panels, public dashboards and other programs get rows.
func TestLargeFlameGraphsArePackedForThoseWhoAsk(t *testing.T) {
	stacks := map[string]int64{}
	for i := range 6000 {
		stacks[fmt.Sprintf("main;f%d", i)] = int64(1 + i)
	}
	server := &pyroscopetest.Server{
		Profiles: every(cpu, "shop", []string{"a"}, 15*time.Second, time.Minute, constant(stacks)),
	}
	d := open(t, server, nil)
	flame := func(model map[string]any) *data.Frame {
		model["profileTypeId"], model["labelSelector"], model["maxNodes"] = cpu, `{service_name="shop"}`, 20_000
		answer := ask(t, d, 10*time.Minute, model)
		require.NoError(t, answer.Error)
		return answer.Frames[0]
	}
	for _, queryType := range []string{"profile", "diff"} {
		model := func() map[string]any {
			return map[string]any{"queryType": queryType, "baseline": map[string]any{"offset": "1m"}}
		}
		plain := flame(model())
		_, at := plain.FieldByName("packed")
		require.Equal(t, -1, at)
		require.Equal(t, 6002, plain.Rows())

		asked := model()
		asked["packed"] = true
		packed := flame(asked)
		field, _ := packed.FieldByName("packed")
		require.NotNil(t, field, queryType)
		require.Equal(t, 1, packed.Rows())
		require.Equal(t, plain.Meta.PreferredVisualizationPluginID, packed.Meta.PreferredVisualizationPluginID)
	}
}
