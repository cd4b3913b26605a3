package datasource

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

func TestWhyNothingWasFound(t *testing.T) {
	for _, c := range []struct {
		name   string
		server *pyroscopetest.Server
		model  string
		from   time.Time
		want   string
	}{
		{"value", half(), `{"profileTypeId":"` + cpu + `","labelSelector":"{service_name=\"shup\"}"}`, noon.Add(-time.Minute), `No profile in this range has service_name="shup". There are: shop.`},
		{"label", half(), `{"profileTypeId":"` + cpu + `","labelSelector":"{team=\"a\"}"}`, noon.Add(-time.Minute), `has the label team`},
		{"expression", half(), `{"profileTypeId":"` + cpu + `","labelSelector":"{pod=~\"x.*\"}"}`, noon.Add(-time.Minute), `No value of pod in this range meets`},
		{"together", &pyroscopetest.Server{Profiles: append(half().Profiles, every(cpu, "billing", []string{"z"}, time.Second, time.Minute, constant(map[string]int64{"m": 1}))...)},
			`{"profileTypeId":"` + cpu + `","labelSelector":"{service_name=\"shop\",pod=\"z\"}"}`, noon.Add(-time.Minute), `matches all conditions`},
		{"type", half(), `{"profileTypeId":"` + inuse + `"}`, noon.Add(-time.Minute), `sends no profiles of type ` + inuse},
		{"before", half(), `{"profileTypeId":"` + cpu + `"}`, noon.Add(-48 * time.Hour), `the oldest it keeps is from about 2026-11-23 11:30`},
		{"after", half(), `{"profileTypeId":"` + cpu + `"}`, noon.Add(20 * time.Minute), `the newest is from about 2026-11-23 12:00:00`},
		{"none ever", &pyroscopetest.Server{}, `{"profileTypeId":"` + cpu + `"}`, noon.Add(-time.Minute), `has not received any profiles`},
	} {
		for _, queryType := range []string{"profile", "metrics", "both"} {
			var model map[string]any
			require.NoError(t, json.Unmarshal([]byte(c.model), &model))
			model["queryType"] = queryType
			answer := askAs(t, open(t, c.server, nil), c.from, c.from.Add(time.Minute), model, nil)
			require.NoError(t, answer.Error, c.name)
			require.Len(t, notices(answer.Frames), 1, c.name)
			require.Contains(t, notices(answer.Frames)[0], c.want, c.name)
		}
	}
}
