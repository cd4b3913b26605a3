package datasource

import (
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// Mistakes of a query are found before the server is asked, with a sentence.
func TestMistakesOfAQuery(t *testing.T) {
	server := half()
	d := open(t, server, nil)
	for _, c := range []struct {
		model map[string]any
		says  string
	}{
		{map[string]any{"labelSelector": `{service_name="shop"`}, `malformed at position 21: unexpected end of input inside braces. Write it like {service_name=`},
		{map[string]any{"labelSelector": `{föö="ü", a~"b"}`}, "malformed at position"},
		{map[string]any{"labelSelector": `service_name="shop"`}, "malformed at position 13"},
		{map[string]any{"labelSelector": `{pod=~"("}`}, "malformed"},
		{map[string]any{"queryType": "heatmap"}, `The query type "heatmap" is not known`},
		{map[string]any{"levels": "max"}, `The level mode "max" is not known`},
		{map[string]any{"spanSelector": []string{"b01"}}, `"b01" is not a span id: 16 hex digits`},
		{map[string]any{"traceIdSelector": []string{"zz"}}, `"zz" is not a trace id: 32 hex digits`},
		{map[string]any{"profileIdSelector": []string{"nope"}}, `"nope" is not a profile id`},
	} {
		c.model["profileTypeId"] = cpu
		answer := ask(t, d, time.Minute, c.model)
		require.ErrorContains(t, answer.Error, c.says)
		require.Equal(t, backend.StatusBadRequest, answer.Status)
		require.Equal(t, backend.ErrorSourceDownstream, answer.ErrorSource)
	}
	answer := askAs(t, d, noon, noon.Add(-time.Minute), map[string]any{"profileTypeId": cpu}, nil)
	require.ErrorContains(t, answer.Error, "The time range is inverted: it begins at 2026-11-23T12:00:00Z")
	answer = askAs(t, d, time.UnixMilli(0), time.UnixMilli(0), map[string]any{"profileTypeId": cpu}, nil)
	require.ErrorContains(t, answer.Error, "no time range")
	require.Empty(t, server.Calls(), "the server was not asked")
}

// Selectors of every kind arrive as they were meant.
func TestSelectorsThatAreFine(t *testing.T) {
	server := &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{{Type: cpu, At: noon, Stacks: map[string]int64{"main": 1},
		Labels: map[string]string{"service_name": "shop", "k8s.pod.name": "a", "team name": `x"y\z`}}}}
	d := open(t, server, nil)
	for _, selector := range []string{"", "{}", " {} ", `{service_name="shop",}`, `{'k8s.pod.name'='a'}`, `{"k8s.pod.name"="a"}`,
		`{"team name"="x\"y\\z"}`, `{service_name=~"sh.*", service_name!="x"}`, `{nope=""}`} {
		answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile", "labelSelector": selector})
		require.NoError(t, answer.Error, selector)
		require.Equal(t, map[string]int64{"main": 1}, rows(t, answer.Frames[0]), selector)
	}
}

func TestProfilesOfZeroValues(t *testing.T) {
	server := &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{{Type: cpu, At: noon, Labels: map[string]string{"service_name": "shop"},
		Stacks: map[string]int64{"main": 0}}}}
	answer := ask(t, open(t, server, nil), time.Minute, map[string]any{"profileTypeId": cpu})
	require.NoError(t, answer.Error)
	for _, frame := range answer.Frames {
		if frame.Name == "response" {
			require.Empty(t, rows(t, frame))
			require.NotEmpty(t, frame.Meta.Notices)
		}
	}
}
