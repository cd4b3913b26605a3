package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
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

func TestTypesByAliasPrefixAndDefault(t *testing.T) {
	at := noon.Add(-time.Second)
	one := func(service, profileType, frame string) pyroscopetest.Profile {
		return pyroscopetest.Profile{Type: profileType, At: at, Labels: map[string]string{"service_name": service, "pod": service},
			Stacks: map[string]int64{frame: 100}}
	}
	server := &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{
		one("go", cpu, "main"), one("go", allocSpace, "make"), one("go", "mutex:delay:nanoseconds:contentions:count", "lock"),
		one("go", goroutines, "run"), one("python", "goroutines:goroutine:count::", "greenlet"),
		one("java", "cpu:cpu:nanoseconds::", "Main.run"), one("java", "memory:alloc_in_new_tlab_bytes:bytes::", "new"),
		one("java", "wall:wall:nanoseconds::", "Thread.run"),
	}}
	d := open(t, server, nil)
	for _, c := range []struct {
		text, selector string
		want           map[string]int64
		fault, notice  string
	}{
		{text: "cpu", selector: `{service_name="go"}`, want: map[string]int64{"main": 100}},
		{text: "process_cpu", want: map[string]int64{"main": 100}},
		{text: "process_cpu:cpu", want: map[string]int64{"main": 100}},
		{text: "cpu", want: map[string]int64{"main": 100, "Main.run": 100}}, // one meaning, two ids
		{text: "allocs", want: map[string]int64{"make": 100, "new": 100}},
		{text: "goroutine", want: map[string]int64{"run": 100, "greenlet": 100}},
		{text: "mutex", want: map[string]int64{"lock": 100}},
		{text: "", selector: `{service_name="java"}`, want: map[string]int64{"Main.run": 100}, notice: "this is cpu:cpu:nanoseconds::"},
		{text: "", selector: `{service_name="python"}`, want: map[string]int64{"greenlet": 100}, notice: "this is goroutines:"},
		{text: "heap", fault: `Type "heap" was not found`},
		{text: "memory", fault: `Type "memory" means different things here`},
		{text: "a:b:c:d:e:f:g", fault: "was not found"},
	} {
		model := map[string]any{"profileTypeId": c.text, "labelSelector": c.selector, "queryType": "profile"}
		answer := ask(t, d, time.Minute, model)
		if c.want == nil {
			require.ErrorContains(t, answer.Error, c.fault, c.text)
			continue
		}
		require.NoError(t, answer.Error, c.text)
		require.Equal(t, c.want, rows(t, answer.Frames[0]), "%q of %s", c.text, c.selector)
		if c.notice != "" {
			require.Contains(t, strings.Join(notices(answer.Frames), " "), c.notice)
		}
	}
	server.Profiles = append(server.Profiles, one("go", inuse, "hold"))
	answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": "memory", "queryType": "profile"})
	require.ErrorContains(t, answer.Error, `Type "memory" is ambiguous: service "go"`)
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

// A query that nobody waits for any more stops at once and leaves nothing behind.
func TestCancelLeavesNothingBehind(t *testing.T) {
	reached := make(chan struct{}, 100)
	hanging := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client left
		reached <- struct{}{}
		<-r.Context().Done()
	})
	d := open(t, hanging, nil)
	before := runtime.NumGoroutine()
	for range 5 {
		ctx, cancel := context.WithCancel(context.Background())
		finished := make(chan *backend.QueryDataResponse)
		go func() {
			answers, _ := d.QueryData(ctx, &backend.QueryDataRequest{Queries: []backend.DataQuery{
				{RefID: "A", JSON: []byte(`{"profileTypeId":"` + inuse + `"}`), TimeRange: backend.TimeRange{From: noon.Add(-time.Hour), To: noon}},
				{RefID: "B", JSON: []byte(`{"profileTypeId":"` + allocSpace + `"}`), TimeRange: backend.TimeRange{From: noon.Add(-time.Hour), To: noon}},
			}})
			finished <- answers
		}()
		<-reached
		cancel()
		select {
		case answers := <-finished:
			for _, answer := range answers.Responses {
				require.ErrorContains(t, answer.Error, "cancelled")
			}
		case <-time.After(5 * time.Second):
			t.Fatal("the query goes on after it was cancelled")
		}
	}
	d.Dispose()
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+2 }, 5*time.Second, 10*time.Millisecond,
		"goroutines are left: %d before, %d now", before, runtime.NumGoroutine())
}

func TestCallsAtTheSameTimeAreBounded(t *testing.T) {
	inner := half()
	inner.MaxRange = time.Hour
	var counted counter
	d := open(t, counted.around(inner), map[string]any{"concurrency": 3, "minStep": "1h"})
	request := &backend.QueryDataRequest{}
	for i := range 6 {
		request.Queries = append(request.Queries, backend.DataQuery{RefID: fmt.Sprint(i),
			JSON: []byte(`{"profileTypeId":"` + cpu + `"}`), TimeRange: backend.TimeRange{From: noon.Add(-6 * time.Hour), To: noon}})
	}
	answers, err := d.QueryData(context.Background(), request)
	require.NoError(t, err)
	for _, answer := range answers.Responses {
		require.NoError(t, answer.Error)
	}
	require.LessOrEqual(t, counted.most.Load(), int64(3))
	require.Greater(t, counted.most.Load(), int64(1), "and they are made at the same time")
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
