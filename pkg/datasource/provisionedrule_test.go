package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// provisionedRule is a rule of a file in provisioning/alerting, in Grafana's format.
type provisionedRule struct {
	UID, Title, Condition string
	NoDataState           string `yaml:"noDataState"`
	ExecErrState          string `yaml:"execErrState"`
	Annotations           map[string]string
	Data                  []struct {
		RefID             string                   `yaml:"refId"`
		DatasourceUID     string                   `yaml:"datasourceUid"`
		RelativeTimeRange struct{ From, To int64 } `yaml:"relativeTimeRange"`
		Model             map[string]any
	}
}

func provisionedRules(t *testing.T, pattern string) []provisionedRule {
	t.Helper()
	files, err := filepath.Glob("../../provisioning/alerting/" + pattern)
	require.NoError(t, err)
	var rules []provisionedRule
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		var file struct {
			Groups []struct{ Rules []provisionedRule }
		}
		require.NoError(t, yaml.Unmarshal(text, &file))
		for _, group := range file.Groups {
			rules = append(rules, group.Rules...)
		}
	}
	require.NotEmpty(t, rules)
	return rules
}

// evaluate runs a rule at noon as Grafana does: its queries through the data
// source, as its scheduler asks them, then its expressions. It returns the value
// and whether the rule fires, by instance; no instances are no data.
func evaluate(t *testing.T, d *Datasource, rule provisionedRule) (values map[string]float64, fires map[string]bool) {
	t.Helper()
	byRef := map[string]map[string]float64{}
	fires = map[string]bool{}
	for _, part := range rule.Data {
		require.Equal(t, part.RefID, part.Model["refId"])
		text := func(key string) string { return fmt.Sprint(part.Model[key]) }
		switch part.DatasourceUID {
		case "flamewatch":
			model, err := json.Marshal(part.Model)
			require.NoError(t, err)
			interval, _ := part.Model["intervalMs"].(int)
			answers, err := d.QueryData(context.Background(), &backend.QueryDataRequest{
				Headers: map[string]string{"FromAlert": "true", "X-Cache-Skip": "true", "http_X-Rule-Uid": rule.UID},
				Queries: []backend.DataQuery{{RefID: part.RefID, JSON: model, MaxDataPoints: 43200, Interval: time.Duration(interval) * time.Millisecond,
					TimeRange: backend.TimeRange{From: noon.Add(-time.Duration(part.RelativeTimeRange.From) * time.Second),
						To: noon.Add(-time.Duration(part.RelativeTimeRange.To) * time.Second)}}},
			})
			require.NoError(t, err)
			require.NoError(t, answers.Responses[part.RefID].Error)
			byRef[part.RefID] = accepted(t, answers.Responses[part.RefID].Frames, hasReducer(rule, part.RefID))
		case "__expr__":
			input, known := byRef[text("expression")]
			require.True(t, known, "%s refers to %q", part.RefID, text("expression"))
			byRef[part.RefID] = input
			if text("type") == "threshold" {
				evaluator := part.Model["conditions"].([]any)[0].(map[string]any)["evaluator"].(map[string]any)
				require.Equal(t, "gt", evaluator["type"])
				limit, err := json.Marshal(evaluator["params"].([]any)[0])
				require.NoError(t, err)
				var above float64
				require.NoError(t, json.Unmarshal(limit, &above))
				for instance, value := range input {
					fires[instance] = value > above
				}
			}
		default:
			t.Fatalf("nobody provisions the data source %q", part.DatasourceUID)
		}
	}
	require.Contains(t, byRef, rule.Condition)
	return byRef[rule.Condition], fires
}

func hasReducer(rule provisionedRule, ref string) bool {
	for _, part := range rule.Data {
		if part.Model["type"] == "reduce" && part.Model["expression"] == ref {
			return true
		}
	}
	return false
}

// accepted holds frames against what Grafana's expressions take: one frame of one
// row of numbers, straight into a threshold, or, before a reducer, frames of one
// series each whose times ascend. It returns a number for each instance, the mean
// of a series; a null is no number. Two instances with equal labels would be an
// error in Grafana.
func accepted(t *testing.T, frames data.Frames, series bool) map[string]float64 {
	t.Helper()
	found := map[string]float64{}
	add := func(field *data.Field, value float64) {
		instance := field.Labels.String()
		require.NotContains(t, found, instance)
		found[instance] = value
	}
	for _, sent := range frames {
		packed, err := sent.MarshalArrow() // as it leaves the plugin
		require.NoError(t, err)
		frame, err := data.UnmarshalArrowFrame(packed)
		require.NoError(t, err)
		require.NotNil(t, frame.Meta)
		require.False(t, frame.Meta.TypeVersion.IsZero(), "without a version the type is not believed")
		if !series {
			require.Len(t, frames, 1)
			require.Equal(t, data.FrameTypeNumericWide, frame.Meta.Type)
			require.Equal(t, 1, frame.Rows())
			for _, field := range frame.Fields {
				require.True(t, field.Type().Numeric())
				if value, err := field.NullableFloatAt(0); err == nil && value != nil {
					add(field, *value)
				}
			}
			continue
		}
		require.Equal(t, data.FrameTypeTimeSeriesMulti, frame.Meta.Type)
		require.Equal(t, data.TimeSeriesTypeWide, frame.TimeSeriesSchema().Type, "one time, then numbers")
		require.Len(t, frame.Fields, 2)
		sum := 0.0
		for i := range frame.Rows() {
			if i > 0 {
				require.True(t, frame.Fields[0].At(i-1).(time.Time).Before(frame.Fields[0].At(i).(time.Time)))
			}
			value, err := frame.Fields[1].FloatAt(i)
			require.NoError(t, err)
			sum += value
		}
		add(frame.Fields[1], sum/float64(frame.Rows()))
	}
	return found
}
