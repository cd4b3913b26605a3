package datasource

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// ordering is order-service for two hours; since half an hour its serializer, and
// so the whole, costs so many times as much.
func ordering(times int64) []pyroscopetest.Profile {
	return every(cpu, "order-service", pods[:2], 15*time.Second, 2*time.Hour, func(_, k int) map[string]int64 {
		cost := int64(300e6)
		if k < 120 {
			cost *= times
		}
		return map[string]int64{"main;orders.serializeOrder": cost, "main;orders.(*Repository).serializeOrder;write": 100e6, "main;other.Work": 600e6}
	})
}

func TestProvisionedAlertRules(t *testing.T) {
	for _, c := range []struct {
		name     string
		profiles []pyroscopetest.Profile
		values   map[string]map[string]float64 // by rule and instance
		firing   []string
	}{
		{"calm", ordering(1), map[string]map[string]float64{
			"flamewatch-cost-against-an-hour-ago": {"service_name=order-service": 1},
			"flamewatch-share-of-a-function":      {"function=orders.serializeOrder": 0.3, "function=orders.(*Repository).serializeOrder": 0.1},
		}, nil},
		{"costlier", ordering(4), map[string]map[string]float64{
			"flamewatch-cost-against-an-hour-ago": {"service_name=order-service": 1.9},
			"flamewatch-share-of-a-function":      {"function=orders.serializeOrder": 1.2 / 1.9, "function=orders.(*Repository).serializeOrder": 0.1 / 1.9},
		}, []string{"service_name=order-service", "function=orders.serializeOrder"}},
		{"no profiles of an hour ago", every(cpu, "order-service", pods[:2], 15*time.Second, 20*time.Minute, constant(map[string]int64{"main": 1e9})),
			map[string]map[string]float64{}, nil},
		{"no profiles", nil, map[string]map[string]float64{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openAt(t, storing(t, c.profiles), nil)
			d.now = func() time.Time { return noon.Add(time.Second) }
			var firing []string
			for _, rule := range provisionedRules(t, "flamewatch.yaml") {
				require.Equal(t, "OK", rule.NoDataState)
				require.Equal(t, "KeepLast", rule.ExecErrState)
				values, fires := evaluate(t, d, rule)
				require.InDeltaMapValues(t, orNone(c.values[rule.UID]), values, 0.02, rule.UID)
				for instance, is := range fires {
					if is {
						firing = append(firing, instance)
					}
				}
			}
			require.ElementsMatch(t, c.firing, firing)
		})
	}
}

func orNone(values map[string]float64) map[string]float64 {
	if values == nil {
		return map[string]float64{}
	}
	return values
}

// An annotation with a doubled dollar sign, or a link that is not absolute, is
// shown to the person who is woken as it is written.
func TestProvisionedRulesExplainThemselves(t *testing.T) {
	for _, rule := range provisionedRules(t, "*.yaml") {
		for name, text := range rule.Annotations {
			require.NotContains(t, text, "$$", "%s of %s", name, rule.UID)
			require.NotContains(t, text, "\n", "%s of %s", name, rule.UID)
		}
		if rule.ExecErrState == "KeepLast" { // the rule about rules in error has no number to tell
			require.Contains(t, rule.Annotations["summary"], "$values.")
		}
		require.Regexp(t, `^\{\{ externalURL \}\}a/flamewatch-profiles-app/[\w/-]+\?\S`, rule.Annotations["runbook_url"])
	}
}

// A short name of a type that nobody sends: the rule's author reads what to write in its place.
func TestARuleOnATypeThatNobodySendsSaysWhatToWrite(t *testing.T) {
	server := joined(running("shop", "version", "v1", 60, 0))
	for _, model := range []map[string]any{
		{"flameql": `heap{service_name="shop"}`, "queryType": "metrics"},
		{"flameql": `heap{service_name="shop"} vs offset 15m`, "queryType": "regressions"},
	} {
		answer := askAs(t, open(t, server, nil), noon.Add(-15*time.Minute), noon, model, map[string]string{"FromAlert": "true"})
		require.ErrorContains(t, answer.Error, `Nothing that {service_name="shop"} matches sends profiles of the type "heap" in the rule's range. There is `+cpu)
		require.ErrorContains(t, answer.Error, "Write the full id of the type into the rule, such as memory:inuse_space:bytes:space:bytes: then this is no data and not an error.")
	}
	answer := askAs(t, open(t, server, nil), noon.Add(-15*time.Minute), noon,
		map[string]any{"flameql": `"memory:inuse_space:bytes:space:bytes"{service_name="shop"}`, "queryType": "metrics"}, map[string]string{"FromAlert": "true"})
	require.NoError(t, answer.Error)
	require.Empty(t, answer.Frames, "no data")
}

// The link of an alert holds the ends of what was evaluated: three hours later it shows the same.
func TestARuleKnowsTheEndsOfItsRange(t *testing.T) {
	d := open(t, joined(running("shop", "version", "v1", 60, 0)), nil)
	alert := map[string]string{"FromAlert": "true"}
	ask := func(model map[string]any) float64 {
		answer := askAs(t, d, noon.Add(-15*time.Minute), noon, model, alert)
		require.NoError(t, answer.Error)
		require.Len(t, answer.Frames, 1)
		require.Empty(t, answer.Frames[0].Fields[0].Labels, "it is that of every instance")
		value, isNumber := answer.Frames[0].Fields[0].ConcreteAt(0)
		require.True(t, isNumber)
		return value.(float64)
	}
	closed := noon // the test's profiles are long there
	series := map[string]any{"profileTypeId": cpu, "queryType": "metrics"}
	diff := map[string]any{"profileTypeId": cpu, "queryType": "diff", "baseline": map[string]any{"offset": "1h"}}
	for number, want := range map[string]time.Time{"from": closed.Add(-15 * time.Minute), "to": closed,
		"baselineFrom": closed.Add(-75 * time.Minute), "baselineTo": closed.Add(-time.Hour)} {
		for _, model := range []map[string]any{series, diff} {
			if model["queryType"] == "metrics" && strings.HasPrefix(number, "baseline") {
				continue
			}
			model["number"] = number
			require.InDelta(t, want.Unix(), ask(model), 15, "%s of %s", number, model["queryType"])
		}
	}
	series["number"] = "baselineFrom"
	require.ErrorContains(t, askAs(t, d, noon.Add(-15*time.Minute), noon, series, alert).Error, `The number "baselineFrom" is not known here.`)

	for _, rule := range provisionedRules(t, "flamewatch.yaml") {
		require.NotContains(t, rule.Annotations["runbook_url"], "now", rule.UID)
	}
}

// The example of a recording rule in deploy/: what Grafana would write to a Prometheus.
func TestTheRecordingRuleGivesTheCoresOfEachService(t *testing.T) {
	text, err := os.ReadFile("../../deploy/grafana/recorded-cores.yaml")
	require.NoError(t, err)
	var file struct {
		Groups []struct {
			Rules []struct {
				provisionedRule `yaml:",inline"`
				Record          struct{ Metric, From string }
			}
		}
	}
	require.NoError(t, yaml.Unmarshal(text, &file))
	rule := file.Groups[0].Rules[0]
	require.Equal(t, "B", rule.Record.From)
	rules, err := os.ReadFile("../../deploy/prometheus/recorded-cores.yaml")
	require.NoError(t, err)
	require.Contains(t, string(rules), rule.Record.Metric, "what Prometheus watches")
	rule.Condition = rule.Record.From
	d := open(t, joined(running("shop", "version", "v1", 60, 0), running("cart", "version", "v1", 60, 0)), nil)
	values, _ := evaluate(t, d, rule.provisionedRule)
	// A second of CPU time every 15.
	require.InDeltaMapValues(t, map[string]float64{"service_name=shop": 1. / 15, "service_name=cart": 1. / 15}, values, 0.01)
}

// What is held against an hour ago lies an hour apart, though the last minute and a half is left out.
func TestAnOffsetOfARuleIsKept(t *testing.T) {
	d := open(t, joined(running("shop", "version", "v1", 120, 0)), nil)
	d.now = func() time.Time { return noon }
	alert := map[string]string{"FromAlert": "true"}
	for _, model := range []map[string]any{
		{"profileTypeId": cpu, "queryType": "diff", "baseline": map[string]any{"offset": "1h"}},
		{"flameql": "cpu{} vs offset 1h", "queryType": "diff"},
	} {
		ends := map[string]float64{}
		for _, number := range []string{"to", "baselineTo"} {
			model["number"] = number
			answer := askAs(t, d, noon.Add(-15*time.Minute), noon, model, alert)
			require.NoError(t, answer.Error)
			value, _ := answer.Frames[0].Fields[0].ConcreteAt(0)
			ends[number] = value.(float64)
		}
		require.EqualValues(t, 3600, ends["to"]-ends["baselineTo"])
		require.LessOrEqual(t, ends["to"], float64(noon.Add(-90*time.Second).Unix()))
	}
	fixed := map[string]any{"profileTypeId": cpu, "queryType": "diff", "number": "baselineTo",
		"baseline": map[string]any{"from": noon.Add(-2 * time.Hour).UnixMilli(), "to": noon.Add(-time.Hour).UnixMilli()}}
	answer := askAs(t, d, noon.Add(-15*time.Minute), noon, fixed, alert)
	require.NoError(t, answer.Error)
	value, _ := answer.Frames[0].Fields[0].ConcreteAt(0)
	require.EqualValues(t, noon.Add(-time.Hour).Unix(), value, "a range that was chosen stays")
}
