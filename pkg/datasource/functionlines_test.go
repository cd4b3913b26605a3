package datasource

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/google/pprof/profile"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
	"github.com/flamewatch/profiles/pkg/store"
)

// storingPprof pushes real profiles, with files and lines, into an embedded store.
func storingPprof(t *testing.T, profiles ...*profile.Profile) string {
	t.Helper()
	opened, err := store.Open(store.Options{Dir: t.TempDir(), Now: func() time.Time { return noon.Add(time.Second) }})
	require.NoError(t, err)
	listening := httptest.NewServer(opened.Handler())
	t.Cleanup(func() {
		listening.Close()
		require.NoError(t, opened.Close())
	})
	for _, p := range profiles {
		var raw bytes.Buffer
		require.NoError(t, p.Write(&raw))
		pusher := pushv1connect.NewPusherServiceClient(listening.Client(), listening.URL)
		_, err = pusher.Push(context.Background(), connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
			Labels:  []*typesv1.LabelPair{{Name: "__name__", Value: "process_cpu"}, {Name: "service_name", Value: "shop"}},
			Samples: []*pushv1.RawSample{{RawProfile: raw.Bytes()}},
		}}}))
		require.NoError(t, err)
	}
	return listening.URL
}

// linesByHand adds lines up in the plainest way, with google/pprof's own model.
func linesByHand(p *profile.Profile, function string, value int) map[string]lineCost {
	found := map[string]lineCost{}
	for _, sample := range p.Sample {
		seen := map[string]bool{}
		for depth, location := range sample.Location {
			for inlined, line := range location.Line {
				if line.Function.Name != function {
					continue
				}
				at := fmt.Sprintf("%s:%d", line.Function.Filename, line.Line)
				cost := found[at]
				cost.Line = line.Line
				if !seen[at] {
					cost.Total += sample.Value[value]
				}
				if depth == 0 && inlined == 0 {
					cost.Self += sample.Value[value]
				}
				seen[at] = true
				found[at] = cost
			}
		}
	}
	return found
}

func TestLinesOfRealProfiles(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/profiles/go-cpu.pb.gz")
	require.NoError(t, err)
	one, err := profile.Parse(bytes.NewReader(raw))
	require.NoError(t, err)
	cpuValue := len(one.SampleType) - 1
	require.Equal(t, "cpu", one.SampleType[cpuValue].Type)
	one.TimeNanos = noon.Add(-time.Minute).UnixNano()
	two := one.Copy()
	two.TimeNanos = noon.Add(-40 * time.Minute).UnixNano()
	d := openAt(t, storingPprof(t, one, two), nil)

	names := map[string]bool{}
	for _, f := range one.Function {
		if !strings.Contains(f.Name, "[") { // servers shorten what Go writes of type parameters
			names[f.Name] = true
		}
	}
	sorted := slices.Sorted(maps.Keys(names))
	step := len(sorted)/60 + 1 // each answer merges the whole profile; sixty spread over all are enough
	checked := 0
	for at := 0; at < len(sorted); at += step {
		name := sorted[at]
		want := linesByHand(one, name, cpuValue)
		status, body := resource(t, d, "lines", map[string]string{"type": cpu, "function": name, "query": `{service_name="shop"}`})
		require.Equal(t, 200, status, body)
		var answer linesAnswer
		require.NoError(t, json.Unmarshal([]byte(body), &answer))
		require.Equal(t, "ns", answer.Unit)
		got := map[string]lineCost{}
		for _, file := range answer.Files {
			for _, line := range file.Lines {
				got[fmt.Sprintf("%s:%d", file.File, line.Line)] = lineCost{line.Line, line.Self / 2, line.Total / 2}
			}
		}
		require.Equal(t, want, got, name)
		checked++
	}
	require.Greater(t, checked, 50)
}

func TestLinesWithMistakes(t *testing.T) {
	d := open(t, &pyroscopetest.Server{Unknown: []string{"SelectMergeProfile"}}, nil)
	for _, c := range []struct {
		params   map[string]string
		status   int
		sentence string
	}{
		{map[string]string{"type": cpu}, http.StatusBadRequest, "needs the parameter function"},
		{map[string]string{"function": "main"}, http.StatusBadRequest, "needs the parameter type"},
		{map[string]string{"type": "cpu", "function": "main"}, http.StatusBadRequest, "five"},
		{map[string]string{"type": cpu, "function": "main", "query": "{a="}, http.StatusBadRequest, ""},
	} {
		status, body := resource(t, d, "lines", c.params)
		require.Equal(t, c.status, status, body)
		require.Contains(t, body, c.sentence)
	}
	status, body := resource(t, d, "lines", map[string]string{"type": cpu, "function": "main"})
	require.GreaterOrEqual(t, status, 400)
	require.Contains(t, body, "does not know the call")
}

func TestLinesOfAFunctionThatIsNotThere(t *testing.T) {
	url := storing(t, []pyroscopetest.Profile{{Type: inuse, At: noon.Add(-time.Minute), Stacks: map[string]int64{"main;work": 7},
		Labels: map[string]string{"service_name": "shop"}}})
	d := openAt(t, url, nil)
	status, body := resource(t, d, "lines", map[string]string{"type": inuse, "function": "nobody"})
	require.Equal(t, 200, status)
	require.JSONEq(t, `{"unit":"bytes","kind":"level","files":[]}`, body)
	// A function without a file and lines: what it costs stands on line 0.
	_, body = resource(t, d, "lines", map[string]string{"type": inuse, "function": "work"})
	require.JSONEq(t, `{"unit":"bytes","kind":"level","files":[{"file":"","startLine":0,"self":7,"total":7,"leftOut":0,
		"lines":[{"line":0,"self":7,"total":7}]}]}`, body)
}

func TestOnlyTheCostliestLines(t *testing.T) {
	var lines []pyroscope.LineCost
	for line := range int64(maxFunctionLines + 10) {
		lines = append(lines, pyroscope.LineCost{Line: line, Total: line})
	}
	kept := costliest(lines)
	require.Len(t, kept, maxFunctionLines)
	require.EqualValues(t, 10, kept[0].Line)
	require.EqualValues(t, maxFunctionLines+9, kept[maxFunctionLines-1].Line)
}

func TestLinesOfPiecesAreAddedUp(t *testing.T) {
	part := func(self int64) []pyroscope.FunctionLines {
		return []pyroscope.FunctionLines{{File: "a.go", StartLine: 3, Self: self, Total: 10,
			Lines: []pyroscope.LineCost{{Line: 4, Self: self, Total: 10}}}}
	}
	require.Equal(t, []pyroscope.FunctionLines{{File: "a.go", StartLine: 3, Self: 3, Total: 20,
		Lines: []pyroscope.LineCost{{Line: 4, Self: 3, Total: 20}}}}, pyroscope.AddLines(part(1), part(2)))
	require.True(t, strings.HasPrefix(fmt.Sprint(pyroscope.AddLines()), "[]"))
}
