package datasource

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// streamed posts a body to a resource and returns the lines of the answer by event, and the status.
func streamed(t *testing.T, d *Datasource, path string, body map[string]any) (lines []map[string]any, status int) {
	t.Helper()
	text, err := json.Marshal(body)
	require.NoError(t, err)
	var answer bytes.Buffer
	parts := 0
	err = d.CallResource(context.Background(), &backend.CallResourceRequest{Path: path, Method: http.MethodPost, URL: path, Body: text},
		backend.CallResourceResponseSenderFunc(func(part *backend.CallResourceResponse) error {
			if parts == 0 {
				status = part.Status
			}
			parts++
			answer.Write(part.Body)
			return nil
		}))
	require.NoError(t, err)
	for line := range strings.Lines(answer.String()) {
		one := map[string]any{}
		require.NoError(t, json.Unmarshal([]byte(line), &one), line)
		lines = append(lines, one)
	}
	return lines, status
}

func ofEvent(lines []map[string]any, event string) (found []map[string]any) {
	for _, line := range lines {
		if line["event"] == event {
			found = append(found, line)
		}
	}
	return found
}

// renamed are the profiles of a service under another name.
func renamed(profiles []pyroscopetest.Profile, service string) []pyroscopetest.Profile {
	all := make([]pyroscopetest.Profile, len(profiles))
	for i, p := range profiles {
		p.Labels = map[string]string{"service_name": service, "pod": p.Labels["pod"]}
		all[i] = p
	}
	return all
}

func hourBefore(d *Datasource, model map[string]any) map[string]any {
	d.now = func() time.Time { return noon.Add(2 * time.Minute) }
	return map[string]any{"query": model, "from": noon.Add(-time.Hour).UnixMilli(), "to": noon.UnixMilli()}
}

func TestFindingsOfAllServicesAsTheyAreFound(t *testing.T) {
	d := open(t, &pyroscopetest.Server{Profiles: append(shopHours(1.8), renamed(shopHours(1), "blog")...)}, map[string]any{"minStep": "1m"})
	lines, status := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "begun", lines[0]["event"])
	require.EqualValues(t, 2, lines[0]["total"])
	require.EqualValues(t, 12, lines[0]["buckets"])
	require.Equal(t, []any{cpu}, lines[0]["profileTypes"])
	require.Len(t, ofEvent(lines, "progress"), 2)
	services := ofEvent(lines, "service")
	require.Len(t, services, 2)
	require.Equal(t, "shop", services[0]["service"], "the costliest first")
	found := services[0]["findings"].([]any)
	require.Len(t, found, 1)
	finding := found[0].(map[string]any)
	require.Equal(t, "encode", finding["function"])
	require.Equal(t, "grew", finding["kind"])
	require.Equal(t, "ongoing", finding["status"])
	require.Equal(t, true, finding["standing"])
	require.InDelta(t, 1.8, finding["ratio"], 0.1)
	require.Equal(t, "cores", finding["costUnit"])
	// 120 samples of 10 ms more a minute on each of two pods are 0.04 cores.
	require.InDelta(t, 0.04, finding["cost"], 0.002)
	require.EqualValues(t, 2, finding["pods"])
	require.EqualValues(t, 2, finding["podsGrown"])
	require.Len(t, finding["course"].(map[string]any)["share"], 24)
	require.Regexp(t, `^encode grew from [\d.]+% to [\d.]+% of shop's CPU time, 0\.0\d+ cores more \(.+ points, 95% sure\), since 2026-.+ UTC, on 2 of 2 instances\.$`, finding["sentence"])
	require.Empty(t, services[1]["findings"])
	require.Equal(t, "done", lines[len(lines)-1]["event"])
	require.EqualValues(t, 2, lines[len(lines)-1]["done"])
}

func TestFindingsSayWhyNot(t *testing.T) {
	d := open(t, &pyroscopetest.Server{Profiles: shopHours(1.19)}, map[string]any{"minStep": "1m"})
	lines, _ := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}))
	service := ofEvent(lines, "service")[0]
	require.Empty(t, service["findings"])
	rejected := service["rejected"].([]any)
	require.NotEmpty(t, rejected)
	require.Equal(t, "encode", rejected[0].(map[string]any)["function"])
	require.Contains(t, rejected[0].(map[string]any)["why"], "It changed, but by less than a factor of 1.2")
}

const wall = "wall:wall:nanoseconds:wall:nanoseconds"

// What grew on one path in several types is told once.
func TestOneCauseInSeveralTypesIsOneFinding(t *testing.T) {
	profiles := shopHours(1.8)
	for _, p := range shopHours(1.8) {
		p.Type = wall
		profiles = append(profiles, p)
	}
	d := open(t, &pyroscopetest.Server{Profiles: profiles}, map[string]any{"minStep": "1m"})
	body := hourBefore(d, map[string]any{"labelSelector": `{service_name="shop"}`, "baseline": map[string]any{"offset": "1h"}})
	body["profileTypes"] = []string{cpu, wall, "mutex"}
	lines, _ := streamed(t, d, "regressions", body)
	services := ofEvent(lines, "service")
	require.Len(t, services, 2)
	also := services[0]["findings"].([]any)[0].(map[string]any)["also"].([]any)
	require.Len(t, also, 1)
	require.Equal(t, wall, also[0].(map[string]any)["profileTypeId"])
	require.Empty(t, services[1]["findings"])
}

func TestFindingsRefuse(t *testing.T) {
	d := open(t, &pyroscopetest.Server{Profiles: shopHours(1)}, map[string]any{"minStep": "1m"})
	base := hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}})
	for want, change := range map[string]map[string]any{
		"Regressions need a baseline": {"query": map[string]any{"profileTypeId": cpu}},
		"budget is -1":                {"budget": -1},
		"maxServices is 20000":        {"maxServices": 20000},
		"at most 12 are looked at":    {"profileTypes": strings.Split("a,b,c,d,e,f,g,h,i,j,k,l,m", ",")},
		"is not the JSON that":        {"query": 3},
		`warmUp of the query is "9h"`: {"query": map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}, "warmUp": "9h"}},
		"The time range is inverted":  {"from": noon.UnixMilli() + 1},
	} {
		body := map[string]any{}
		for _, part := range []map[string]any{base, change} {
			for key, value := range part {
				body[key] = value
			}
		}
		lines, status := streamed(t, d, "regressions", body)
		require.Equal(t, http.StatusBadRequest, status, want)
		require.Contains(t, lines[0]["message"], want)
	}
	lines, status := streamed(t, d, "regressions/replay", map[string]any{"query": map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}, "hours": 99})
	require.Equal(t, http.StatusBadRequest, status)
	require.Contains(t, lines[0]["message"], "hours is 99")
}

func TestAServerThatGoesDownEndsTheAnswer(t *testing.T) {
	profiles := append(shopHours(1), renamed(shopHours(1), "blog")...)
	server := &pyroscopetest.Server{Profiles: profiles, Unknown: []string{"SelectMergeStacktraces"}}
	d := open(t, server, map[string]any{"minStep": "1m"})
	lines, status := streamed(t, d, "regressions", hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "failed", lines[len(lines)-1]["event"])
	require.NotEmpty(t, lines[len(lines)-1]["message"])
}

func TestFindingsEndWithTheRequest(t *testing.T) {
	d := open(t, &pyroscopetest.Server{Profiles: append(shopHours(1), renamed(shopHours(1), "blog")...)}, map[string]any{"minStep": "1m"})
	body, err := json.Marshal(hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}}))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	var last string
	require.NoError(t, d.CallResource(ctx, &backend.CallResourceRequest{Path: "regressions", Method: http.MethodPost, URL: "regressions", Body: body},
		backend.CallResourceResponseSenderFunc(func(part *backend.CallResourceResponse) error {
			last = string(part.Body)
			cancel()
			return nil
		})))
	require.Contains(t, last, `"begun"`)
}

func TestReplayTellsWhenARuleWouldHaveFired(t *testing.T) {
	// Six hours; encoding cost twice as much from two hours until one hour ago.
	random := rand.New(rand.NewPCG(3, 4))
	profiles := every(cpu, "shop", pods[:2], time.Minute, 6*time.Hour, func(_, k int) map[string]int64 {
		stacks := map[string]int64{}
		for i, name := range strings.Fields("auth price stock tax ship mail log trace gzip route cache read write sort hash copy") {
			stacks["main;serve;"+name] = sample * int64(100+10*i+random.IntN(21)-10)
		}
		encode := int64(150)
		if k >= 60 && k < 120 {
			encode = 300
		}
		stacks["main;serve;store;encode"] = sample * (encode + int64(random.IntN(21)-10))
		return stacks
	})
	d := open(t, &pyroscopetest.Server{Profiles: profiles}, map[string]any{"minStep": "1m"})
	d.now = func() time.Time { return noon.Add(2 * time.Minute) }
	lines, status := streamed(t, d, "regressions/replay", map[string]any{"hours": 3, "relativeFrom": 1800, "query": map[string]any{
		"profileTypeId": cpu, "labelSelector": `{service_name="shop"}`, "baseline": map[string]any{"offset": "1h"}}})
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "begun", lines[0]["event"])
	total := int(lines[0]["total"].(float64))
	require.Equal(t, 60, total, "a step of 3 minutes")
	require.Len(t, ofEvent(lines, "progress"), total)
	done := lines[len(lines)-1]
	require.EqualValues(t, total, done["evaluations"])
	firings := done["firings"].([]any)
	require.Len(t, firings, 1)
	one := firings[0].(map[string]any)
	require.Equal(t, "encode", one["function"])
	from, to := time.UnixMilli(int64(one["from"].(float64))), time.UnixMilli(int64(one["to"].(float64)))
	require.WithinRange(t, from, noon.Add(-115*time.Minute), noon.Add(-75*time.Minute))
	require.WithinRange(t, to, noon.Add(-60*time.Minute), noon.Add(-30*time.Minute))
	require.NotEmpty(t, ofEvent(lines, "evaluation"))
}

func TestPanicOfAStreamIsASentence(t *testing.T) {
	d := open(t, half(), nil)
	body := hourBefore(d, map[string]any{"profileTypeId": cpu, "baseline": map[string]any{"offset": "1h"}})
	d.now = func() time.Time { panic("broken clock") }
	for _, path := range []string{"regressions", "regressions/replay"} {
		lines, status := streamed(t, d, path, body)
		require.Equal(t, http.StatusInternalServerError, status, path)
		require.Contains(t, lines[0]["message"], "server log has the details", path)
	}
}
