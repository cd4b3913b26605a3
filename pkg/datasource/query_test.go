package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

func TestBothShapes(t *testing.T) {
	answer := ask(t, open(t, half(), nil), 10*time.Minute, map[string]any{"profileTypeId": cpu, "labelSelector": `{service_name="shop"}`})
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 2)
	require.Equal(t, "series", answer.Frames[0].Name)
	flame := answer.Frames[1]
	require.Equal(t, "response", flame.Name)
	require.Equal(t, "flamegraph", string(flame.Meta.PreferredVisualization))
	require.Equal(t, "flamewatch-flamegraph-panel", flame.Meta.PreferredVisualizationPluginID)
	for i, name := range []string{"level", "value", "self", "label"} {
		require.Equal(t, name, flame.Fields[i].Name)
	}
	require.Equal(t, "ns", flame.Fields[1].Config.Unit)
	require.Contains(t, flame.Meta.ExecutedQueryString, `{service_name="shop"}`)
	facts := flame.Meta.Custom.(flameFacts)
	require.Equal(t, 3, facts.Nodes)
	require.Equal(t, cpu, facts.ProfileTypeID)
}

func TestQueryTypeOfTheModelCounts(t *testing.T) {
	d := open(t, half(), nil)
	span := backend.TimeRange{From: noon.Add(-time.Minute), To: noon}
	for _, c := range []struct{ outer, model, want string }{
		{"", `"metrics"`, "series"}, {"profile", `"metrics"`, "series"}, {"profile", `null`, "response"}, {"metrics", `""`, "series"},
	} {
		answers, err := d.QueryData(context.Background(), &backend.QueryDataRequest{Queries: []backend.DataQuery{{
			RefID: "A", QueryType: c.outer, TimeRange: span,
			JSON: []byte(fmt.Sprintf(`{"profileTypeId":%q,"queryType":%s}`, cpu, c.model)),
		}}})
		require.NoError(t, err)
		answer := answers.Responses["A"]
		require.NoError(t, answer.Error)
		require.Len(t, answer.Frames, 1, "%+v", c)
		require.Equal(t, c.want, answer.Frames[0].Name, "%+v", c)
	}
}

func TestAlertRulesNeverGetAFlameGraph(t *testing.T) {
	d := open(t, half(), nil)
	alert := map[string]string{"FromAlert": "true"}
	for _, queryType := range []string{"", "both", "metrics"} {
		answer := askAs(t, d, noon.Add(-5*time.Minute), noon, map[string]any{"profileTypeId": cpu, "queryType": queryType}, alert)
		require.NoError(t, answer.Error)
		require.Len(t, answer.Frames, 1)
		require.Equal(t, "series", answer.Frames[0].Name)
	}
	answer := askAs(t, d, noon.Add(-5*time.Minute), noon, map[string]any{"profileTypeId": cpu, "queryType": "profile"}, alert)
	require.ErrorContains(t, answer.Error, "alert rule cannot evaluate a flame graph")
	require.Empty(t, answer.Frames)
}

func TestOneFailingQueryDoesNotSinkTheOthers(t *testing.T) {
	d := open(t, half(), nil)
	span := backend.TimeRange{From: noon.Add(-time.Minute), To: noon}
	request := &backend.QueryDataRequest{}
	for refID, model := range map[string]string{
		"good":     `{"profileTypeId":"` + cpu + `","queryType":"profile"}`,
		"type":     `{"profileTypeId":"nope","queryType":"profile"}`,
		"selector": `{"profileTypeId":"` + cpu + `","labelSelector":"{a="}`,
		"json":     `[]`,
		"kind":     `{"profileTypeId":"` + cpu + `","queryType":"traceql"}`,
	} {
		request.Queries = append(request.Queries, backend.DataQuery{RefID: refID, JSON: []byte(model), TimeRange: span})
	}
	answers, err := d.QueryData(context.Background(), request)
	require.NoError(t, err)
	require.Len(t, answers.Responses, 5)
	for refID, answer := range answers.Responses {
		if refID == "good" {
			require.NoError(t, answer.Error)
			require.Len(t, answer.Frames, 1)
			continue
		}
		require.Error(t, answer.Error, refID)
		require.Equal(t, backend.StatusBadRequest, answer.Status, refID)
		require.Equal(t, backend.ErrorSourceDownstream, answer.ErrorSource, refID)
	}
}

func TestAShapeThatFailsLeavesTheOther(t *testing.T) {
	server := half()
	server.Unknown = []string{"SelectSeries"}
	answer := ask(t, open(t, server, nil), time.Minute, map[string]any{"profileTypeId": cpu})
	require.ErrorContains(t, answer.Error, "does not know the call SelectSeries")
	require.Equal(t, backend.StatusNotImplemented, answer.Status)
	require.Len(t, answer.Frames, 1)
	require.Equal(t, "response", answer.Frames[0].Name)
}

// Each call that a compatible server lacks takes away what needs it and no more.
func TestServersThatKnowOnlySomeCalls(t *testing.T) {
	profiles := append(half().Profiles, steady().Profiles...)
	for _, c := range []struct{ unknown, model, wrong string }{
		{"ProfileTypes", `{"profileTypeId":"cpu"}`, ""},
		{"Series", `{"profileTypeId":"cpu"}`, ""},
		{"LabelNames", `{"profileTypeId":"` + inuse + `"}`, ""},
		{"LabelNames", `{"profileTypeId":"` + allocSpace + `"}`, ""},
		{"GetProfileStats", `{"profileTypeId":"` + cpu + `","labelSelector":"{a=\"b\"}"}`, ""},
		{"LabelValues", `{"profileTypeId":"` + cpu + `","labelSelector":"{a=\"b\"}"}`, ""},
		{"SelectSeries", `{"profileTypeId":"` + cpu + `","queryType":"profile"}`, ""},
		{"SelectSeries", `{"profileTypeId":"` + allocSpace + `","queryType":"profile"}`, ""},
		{"SelectSeries", `{"profileTypeId":"` + inuse + `","queryType":"profile"}`, "SelectSeries"},
		{"SelectMergeStacktraces", `{"profileTypeId":"` + cpu + `","queryType":"metrics"}`, ""},
		{"SelectMergeStacktraces", `{"profileTypeId":"` + cpu + `","queryType":"profile"}`, "SelectMergeStacktraces"},
		{"SelectMergeSpanProfile", `{"profileTypeId":"` + cpu + `","queryType":"profile","spanSelector":["00f067aa0ba902b7"]}`, "SelectMergeSpanProfile"},
		{"SelectSeries", `{"profileTypeId":"` + cpu + `","queryType":"functions"}`, ""},
		{"SelectSeries", `{"profileTypeId":"` + cpu + `","queryType":"diff","baseline":{"offset":"1m"}}`, ""},
		{"SelectSeries", `{"profileTypeId":"` + cpu + `","queryType":"metrics","function":"work"}`, ""},
		{"SelectHeatmap", `{"profileTypeId":"` + cpu + `","queryType":"metrics","includeHeatmap":true}`, "SelectHeatmap"},
		{"SelectHeatmap", `{"profileTypeId":"` + cpu + `","queryType":"metrics","includeExemplars":true}`, ""},
		{"buildinfo", `{"profileTypeId":"` + cpu + `"}`, ""},
	} {
		server := &pyroscopetest.Server{Profiles: profiles, Unknown: []string{c.unknown}}
		var model map[string]any
		require.NoError(t, json.Unmarshal([]byte(c.model), &model))
		answer := ask(t, open(t, server, nil), time.Minute, model)
		if c.wrong == "" {
			require.NoError(t, answer.Error, "%+v", c)
			require.NotEmpty(t, answer.Frames, "%+v", c)
			continue
		}
		require.ErrorContains(t, answer.Error, "does not know the call "+c.wrong, "%+v", c)
		require.Equal(t, backend.ErrorSourceDownstream, answer.ErrorSource)
	}
}

// More detail of a call path: the server narrows the tree to the stacks that begin with it.
func TestCallSite(t *testing.T) {
	stored := openAt(t, storing(t, []pyroscopetest.Profile{{Type: cpu, At: noon.Add(-10 * time.Second),
		Labels: map[string]string{"service_name": "shop"},
		Stacks: map[string]int64{"main;pay": 5, "main;pay;hash": 70, "main;list": 30, "other;pay": 9}}}), nil)
	for _, c := range []struct {
		site []string
		want map[string]int64
	}{
		{[]string{"main", "pay"}, map[string]int64{"main;pay": 5, "main;pay;hash": 70}},
		{[]string{"pay"}, map[string]int64{}},
	} {
		answer := ask(t, stored, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile", "callSite": c.site})
		require.NoError(t, answer.Error)
		require.Equal(t, c.want, rows(t, answer.Frames[0]), "%v", c.site)
	}
	refused := ask(t, stored, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile", "callSite": "main"})
	require.ErrorContains(t, refused.Error, "callSite")
}

func TestARealFunctionNamedOther(t *testing.T) {
	server := &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{{Type: cpu, At: noon, Stacks: map[string]int64{"main;other": 5, "main;work": 3, "main;idle": 2}}}}
	model := map[string]any{"profileTypeId": cpu, "queryType": "profile"}
	answer := ask(t, open(t, server, nil), time.Minute, model)
	require.NoError(t, answer.Error)
	require.True(t, answer.Frames[0].Meta.Custom.(flameFacts).RealOther)
	require.Contains(t, notices(answer.Frames)[0], "A function of this program is called `other`")

	server.Profiles[0].Stacks = map[string]int64{"main;work": 8, "main;idle": 2}
	model["maxNodes"] = 2
	answer = ask(t, open(t, server, nil), time.Minute, model)
	require.NoError(t, answer.Error)
	facts := answer.Frames[0].Meta.Custom.(flameFacts)
	require.False(t, facts.RealOther)
	require.Equal(t, 1, facts.DroppedNodes)
	require.EqualValues(t, 2, facts.DroppedTotal)
}

func TestPanicIsOneQuerysError(t *testing.T) {
	d := open(t, half(), nil)
	d.now = func() time.Time { panic("broken clock") }
	answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu})
	require.Error(t, answer.Error)
	require.Equal(t, backend.StatusInternal, answer.Status)
	require.Equal(t, backend.ErrorSourcePlugin, answer.ErrorSource)
	require.ErrorContains(t, answer.Error, "server log has the details")
	require.Empty(t, data.Frames(answer.Frames))
}
