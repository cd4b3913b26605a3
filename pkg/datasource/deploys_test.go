package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/config"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// running is a version of a service that sends every 15 s, from so many minutes
// before noon until so many.
func running(service, label, version string, from, until int) []pyroscopetest.Profile {
	var all []pyroscopetest.Profile
	for s := from * 60; s >= until*60; s -= 15 {
		all = append(all, pyroscopetest.Profile{Type: cpu, At: noon.Add(-time.Duration(s) * time.Second), Stacks: map[string]int64{"main": 1e9},
			Labels: map[string]string{"service_name": service, label: version, "pod": service + version}})
	}
	return all
}

func joined(parts ...[]pyroscopetest.Profile) *pyroscopetest.Server {
	server := &pyroscopetest.Server{}
	for _, p := range parts {
		server.Profiles = append(server.Profiles, p...)
	}
	return server
}

// marksOf are the deploys of a frame as 'minutes before noon: title: text'.
func marksOf(t *testing.T, frame *data.Frame) []string {
	t.Helper()
	var all []string
	for i := range frame.Rows() {
		text, _, _ := strings.Cut(frame.Fields[2].At(i).(string), " <a")
		all = append(all, fmt.Sprintf("%.0f: %s: %s", noon.Sub(frame.Fields[0].At(i).(time.Time)).Minutes(), frame.Fields[4].At(i), text))
	}
	return all
}

func TestDeploysAreChangesOfTheVersion(t *testing.T) {
	hour := map[string]any{"profileTypeId": cpu, "deploys": true}
	for _, c := range []struct {
		name   string
		server *pyroscopetest.Server
		model  map[string]any
		want   []string
	}{
		{"one after the other", joined(running("shop", "version", "v1", 120, 31), running("shop", "version", "v2", 30, 0)), nil,
			[]string{"30: Deploy of shop: version v2, after v1"}},
		{"side by side for a while", joined(running("shop", "version", "v1", 120, 20), running("shop", "version", "v2", 30, 0)), nil,
			[]string{"30: Deploy of shop: version v2, after v1"}},
		{"and back", joined(running("shop", "version", "v1", 120, 41), running("shop", "version", "v2", 40, 21), running("shop", "version", "v1", 20, 0)), nil,
			[]string{"40: Deploy of shop: version v2, after v1", "20: Deploy of shop: version v1, after v2"}},
		{"and back within minutes", joined(running("shop", "version", "v1", 120, 31), running("shop", "version", "v2", 30, 27), running("shop", "version", "v1", 26, 0)), nil,
			[]string{"30: Deploy of shop: version v2, after v1", "26: Deploy of shop: version v1, after v2"}},
		{"and back, one instance after the other", joined(running("shop", "version", "v1", 120, 31), running("shop", "version", "v2", 32, 22), running("shop", "version", "v1", 25, 0)), nil,
			[]string{"32: Deploy of shop: version v2, after v1", "25: Deploy of shop: version v1, after v2"}},
		{"not of old instances that are late while the new version comes", joined(running("shop", "version", "v1", 120, 31), running("shop", "version", "v1", 28, 26),
			running("shop", "version", "v2", 30, 0)), nil, []string{"30: Deploy of shop: version v2, after v1"}},
		{"of two services", joined(running("shop", "git_sha", "abc", 120, 31), running("shop", "git_sha", "def", 30, 0),
			running("cart", "git_sha", "1", 120, 11), running("cart", "git_sha", "2", 10, 0)), nil,
			[]string{"30: Deploy of shop: git_sha def, after abc", "10: Deploy of cart: git_sha 2, after 1"}},
		{"of one of them", joined(running("shop", "version", "v1", 120, 31), running("shop", "version", "v2", 30, 0),
			running("cart", "version", "v1", 120, 11), running("cart", "version", "v2", 10, 0)), map[string]any{"labelSelector": `{service_name="cart"}`},
			[]string{"10: Deploy of cart: version v2, after v1"}},
		{"though one version is selected", joined(running("shop", "version", "v1", 120, 31), running("shop", "version", "v2", 30, 0)),
			map[string]any{"labelSelector": `{version="v2"}`}, []string{"30: Deploy of shop: version v2, after v1"}},
		{"not of a service that starts", joined(running("shop", "version", "v1", 30, 0)), nil, nil},
		{"not of both when the range begins", joined(running("shop", "version", "v1", 120, 0), running("shop", "version", "v2", 120, 0)), nil, nil},
		{"not of a short break", joined(running("shop", "version", "v1", 120, 33), running("shop", "version", "v1", 30, 0), running("shop", "version", "v2", 120, 0)), nil, nil},
		{"before the range", joined(running("shop", "version", "v1", 120, 66), running("shop", "version", "v2", 65, 0)), nil, nil},
	} {
		model := map[string]any{}
		for _, part := range []map[string]any{hour, c.model} {
			for key, value := range part {
				model[key] = value
			}
		}
		answer := ask(t, open(t, c.server, nil), time.Hour, model)
		require.NoError(t, answer.Error, c.name)
		require.Len(t, answer.Frames, 1, c.name)
		require.Equal(t, data.DataTopicAnnotations, answer.Frames[0].Meta.DataTopic)
		require.Equal(t, c.want, marksOf(t, answer.Frames[0]), c.name)
	}
}

// What a label holds is text: Grafana draws an annotation as HTML.
func TestADeployLeadsToTheComparison(t *testing.T) {
	server := joined(running("a & b", "version", "<b>1", 60, 31), running("a & b", "version", `<i>"2"`, 30, 0))
	d := open(t, server, nil)
	d.uid = "uid"
	ctx := config.WithGrafanaConfig(context.Background(), config.NewGrafanaCfg(map[string]string{"GF_APP_URL": "https://example.org/grafana/"}))
	body, err := json.Marshal(map[string]any{"profileTypeId": cpu, "deploys": true, "labelSelector": `{service_name="a & b", pod=~".*"}`})
	require.NoError(t, err)
	answers, err := d.QueryData(ctx, &backend.QueryDataRequest{Queries: []backend.DataQuery{{RefID: "Anno", JSON: body,
		TimeRange: backend.TimeRange{From: noon.Add(-40 * time.Minute), To: noon}}}})
	require.NoError(t, err)
	frame := answers.Responses["Anno"].Frames[0]
	require.Equal(t, 1, frame.Rows())
	text := frame.Fields[2].At(0).(string)
	require.NotContains(t, text, "<b>")
	require.NotContains(t, text, "<i>")
	require.Equal(t, "Deploy of a &amp; b", frame.Fields[4].At(0))
	require.JSONEq(t, `["deploy","a & b"]`, string(frame.Fields[5].At(0).(json.RawMessage)))

	href := regexp.MustCompile(`href="([^"]+)"`).FindStringSubmatch(text)
	require.NotNil(t, href, text)
	link, err := url.Parse(strings.ReplaceAll(href[1], "&amp;", "&"))
	require.NoError(t, err)
	require.Equal(t, "/grafana/a/flamewatch-profiles-app/compare", link.Path)
	at := noon.Add(-30 * time.Minute)
	require.Equal(t, url.Values{
		"var-ds": {"uid"}, "var-profileType": {cpu},
		"baseline-selector": {`{pod=~".*",service_name="a & b",version="<b>1"}`},
		"baseline-from":     {fmt.Sprint(at.Add(-30 * time.Minute).UnixMilli())}, "baseline-to": {fmt.Sprint(at.UnixMilli())},
		"comparison-selector": {`{pod=~".*",service_name="a & b",version="<i>\"2\""}`},
		"comparison-from":     {fmt.Sprint(at.UnixMilli())}, "comparison-to": {fmt.Sprint(at.Add(30 * time.Minute).UnixMilli())},
	}, link.Query())
}

func TestDeploysAreMarkedOnASeries(t *testing.T) {
	model := map[string]any{"profileTypeId": cpu, "queryType": "metrics", "annotations": true}
	server := joined(running("shop", "version", "v1", 60, 31), running("shop", "version", "v2", 30, 0))
	answer := ask(t, open(t, server, nil), 40*time.Minute, model)
	require.NoError(t, answer.Error)
	require.Len(t, named(answer.Frames, "series"), 1)
	require.Equal(t, []string{"30: Deploy of shop: version v2, after v1"}, marksOf(t, named(answer.Frames, "annotations")[0]))

	answer = ask(t, open(t, half(), nil), 40*time.Minute, model)
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 1)
	require.Empty(t, notices(answer.Frames))
	delete(model, "annotations")
	model["deploys"] = true
	answer = ask(t, open(t, half(), nil), 40*time.Minute, model)
	require.Contains(t, strings.Join(notices(answer.Frames), " "), "no label of the version (version, service_version, ")
	model["annotations"] = true

	alert := askAs(t, open(t, server, nil), noon.Add(-40*time.Minute), noon, model, map[string]string{"FromAlert": "true"})
	require.Len(t, alert.Frames, 1, "a rule sees no marks")
}

// As a runbook draws it: the incident with its deploys, and the time before beside it.
func TestDeploysAreMarkedOnAComparedSeries(t *testing.T) {
	server := joined(running("shop", "version", "v1", 120, 31), running("shop", "version", "v2", 30, 0))
	answer := ask(t, open(t, server, nil), 40*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics", "annotations": true,
		"legendFormat": "line", "baseline": map[string]any{"offset": "1h"}})
	require.NoError(t, answer.Error)
	marks := named(answer.Frames, "annotations")
	require.Len(t, marks, 1)
	require.Equal(t, []string{"30: Deploy of shop: version v2, after v1"}, marksOf(t, marks[0]))
	var lines []string
	for _, frame := range named(answer.Frames, "series") {
		lines = append(lines, frame.Fields[1].Config.DisplayNameFromDS)
	}
	require.Equal(t, []string{"comparison: line", "baseline: line"}, lines)
}

func TestDeploysAsAResource(t *testing.T) {
	server := joined(running("shop", "version", "v1", 60, 31), running("shop", "version", "v2", 30, 0))
	status, body := resource(t, open(t, server, nil), "deploys", map[string]string{"type": cpu, "query": `{service_name="shop"}`})
	require.Equal(t, 200, status, body)
	require.JSONEq(t, fmt.Sprintf(`[{"at":%d,"service":"shop","label":"version","version":"v2","before":"v1"}]`, noon.Add(-30*time.Minute).UnixMilli()), body)
	status, body = resource(t, open(t, half(), nil), "deploys", map[string]string{"type": cpu})
	require.Equal(t, 200, status, body)
	require.JSONEq(t, `[]`, body)
}
