package datasource

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"
)

func TestRegressionsAsAnnotations(t *testing.T) {
	server := joined(shopRun(1, "v1", 150, 40, 1, 0), shopRun(2, "v2", 40, 0, 1.8, 0))
	d := open(t, server, map[string]any{"minStep": "1m"})
	model := map[string]any{"queryType": "regressions", "profileTypeId": cpu, "labelSelector": `{service_name="shop"}`, "findings": true,
		"baseline": map[string]any{"offset": "1h"}}
	answer := askAs(t, d, noon.Add(-time.Hour), noon, model, nil)
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 1)
	frame := answer.Frames[0]
	require.Equal(t, data.DataTopicAnnotations, frame.Meta.DataTopic)
	require.Equal(t, 1, frame.Rows(), "what went down is no annotation")
	require.WithinDuration(t, noon.Add(-40*time.Minute), frame.Fields[0].At(0).(time.Time), 15*time.Minute)
	require.Equal(t, "encode of shop", frame.Fields[4].At(0))
	require.Contains(t, frame.Fields[2].At(0), "encode grew from")
	require.Contains(t, frame.Fields[2].At(0), `<a href="/a/flamewatch-profiles-app/compare?`)
	require.JSONEq(t, `["regression","shop","grew"]`, string(frame.Fields[5].At(0).(json.RawMessage)))

	delete(model, "baseline")
	require.ErrorContains(t, askAs(t, d, noon.Add(-time.Hour), noon, model, nil).Error, "need a baseline")
	model["baseline"] = map[string]any{"offset": "1h"}
	rule := askAs(t, d, noon.Add(-time.Hour), noon, model, map[string]string{"FromAlert": "true"})
	require.NoError(t, rule.Error)
	require.Equal(t, "ratio", rule.Frames[0].Fields[0].Name, "a rule gets numbers")
}

// Names come from profiles and labels: Grafana draws an annotation as HTML.
func TestNamesInAnnotationsAreText(t *testing.T) {
	server := joined(shopRun(1, "v1", 150, 40, 1, 0), shopRun(2, "v2", 40, 0, 1.8, 0))
	for i := range server.Profiles {
		stacks := map[string]int64{}
		for stack, value := range server.Profiles[i].Stacks {
			stacks[strings.ReplaceAll(stack, "encode", "<img onerror=1>")] = value
		}
		server.Profiles[i].Stacks = stacks
	}
	d := open(t, server, map[string]any{"minStep": "1m"})
	answer := askAs(t, d, noon.Add(-time.Hour), noon, map[string]any{"queryType": "regressions", "profileTypeId": cpu,
		"labelSelector": `{service_name="shop"}`, "findings": true, "baseline": map[string]any{"offset": "1h"}}, nil)
	require.NoError(t, answer.Error)
	require.Equal(t, 1, answer.Frames[0].Rows())
	for _, field := range []int{2, 4} {
		require.Contains(t, answer.Frames[0].Fields[field].At(0), "&lt;img onerror=1&gt;")
		require.NotContains(t, answer.Frames[0].Fields[field].At(0), "<img")
	}
}
