package datasource

import (
	"encoding/json"
	"maps"
	"os"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

const (
	checkoutSpan  = "61940201a61f3e83"
	checkoutTrace = "7c9e66797425440de944be07fc1f90ae"
	cpuSamples    = "process_cpu:samples:count:cpu:nanoseconds"
)

// recordedRequest is a request of testdata/tempo, as Grafana sent it.
type recordedRequest struct {
	Name             string
	WallMS           int64
	Embedded, Absent bool
	Request          struct {
		Range      struct{ From, To time.Time }
		IntervalMS int64
		Targets    []map[string]any
	}
}

func recordedRequests(t *testing.T) (all []recordedRequest) {
	t.Helper()
	content, err := os.ReadFile("../../testdata/tempo/requests.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(content, &all))
	require.Len(t, all, 5)
	return all
}

// checkout is a service in which one span has 12 samples of its own. Its profiles are uploaded every 15 s, and the
// span's samples only after its end.
func checkout(spanEnd time.Time) []pyroscopetest.Profile {
	labels := map[string]string{"service_name": "checkout", "service_namespace": "shop"}
	var all []pyroscopetest.Profile
	for k := range 8 {
		at := spanEnd.Add(time.Duration(k-4) * 15 * time.Second).Add(5 * time.Second)
		for id, one := range map[string]int64{cpu: 10_000_000, cpuSamples: 1} {
			all = append(all, pyroscopetest.Profile{Type: id, At: at, Labels: labels, Stacks: map[string]int64{"main;list": 50 * one}})
			if k == 4 {
				all = append(all, pyroscopetest.Profile{Type: id, At: at, Labels: labels, Span: checkoutSpan, Trace: checkoutTrace,
					ID: "7c9e6679-7425-40de-944b-e07fc1f90ae7", Stacks: map[string]int64{"main;pay": 9 * one, "main;price": 3 * one}})
			}
		}
	}
	return all
}

func send(t *testing.T, d *Datasource, r recordedRequest) backend.DataResponse {
	t.Helper()
	model := maps.Clone(r.Request.Targets[0])
	model["wallMs"] = r.WallMS // the front end adds it
	body, err := json.Marshal(model)
	require.NoError(t, err)
	refID := model["refId"].(string)
	answers, err := d.QueryData(t.Context(), &backend.QueryDataRequest{Queries: []backend.DataQuery{{RefID: refID, JSON: body,
		TimeRange: backend.TimeRange{From: r.Request.Range.From, To: r.Request.Range.To},
		Interval:  time.Duration(r.Request.IntervalMS) * time.Millisecond}}})
	require.NoError(t, err)
	require.NoError(t, answers.Responses[refID].Error)
	return answers.Responses[refID]
}

func shows(frame *data.Frame) string {
	switch facts := frame.Meta.Custom.(type) {
	case flameFacts:
		return facts.Shows
	case diffFacts:
		return facts.Shows
	default:
		return ""
	}
}

// What a real Grafana asks draws the span's samples, says how many there are, and names a frame that Tempo's details
// of a span draw.
func TestRequestsOfTempo(t *testing.T) {
	for _, recorded := range recordedRequests(t) {
		end := time.Date(2026, 11, 23, 6, 19, 20, 811_000_000, time.UTC)
		d := open(t, &pyroscopetest.Server{Profiles: checkout(end)}, nil)
		answer := send(t, d, recorded)
		require.Len(t, answer.Frames, 1, recorded.Name)
		frame := answer.Frames[0]
		require.Greater(t, frame.Rows(), 1, recorded.Name)
		if recorded.Absent {
			require.Contains(t, rows(t, frame), "main;list")
			require.Contains(t, shows(frame), "This span carries no profile id")
			require.Contains(t, shows(frame), "Shown in its place: the profile of {service_name=\"checkout\"")
			continue
		}
		require.Equal(t, map[string]int64{"main;pay": 90_000_000, "main;price": 30_000_000}, rows(t, frame), recorded.Name)
		require.Equal(t, "12 samples of this span, 120 ms CPU in 12.2 s wall.", shows(frame), recorded.Name)
		require.Contains(t, notices(answer.Frames), shows(frame))
		root := labelAt(frame.Fields[3], 0)
		if recorded.Embedded {
			require.Equal(t, shows(frame), root, "core's panel has no other place to say it")
		} else {
			require.Equal(t, "total", root)
		}
	}
}

// askSpan asks for a span of 200 ms whose profile was uploaded five seconds after its end.
func askSpan(t *testing.T, d *Datasource, model map[string]any) backend.DataResponse {
	t.Helper()
	whole := map[string]any{"profileTypeId": cpu, "queryType": "profile", "labelSelector": `{service_name="checkout"}`, "wallMs": 200}
	maps.Copy(whole, model)
	return askAs(t, d, noon.Add(-200*time.Millisecond), noon, whole, nil)
}

func TestSpansTracesAndProfiles(t *testing.T) {
	d := open(t, &pyroscopetest.Server{Profiles: checkout(noon)}, nil)
	for _, c := range []struct {
		model map[string]any
		says  string
	}{
		{map[string]any{"spanSelector": []string{checkoutSpan}}, "12 samples of this span, 120 ms CPU in 200 ms wall."},
		{map[string]any{"spanSelector": []string{checkoutSpan, "00000000000000ff"}}, "12 samples of these 2 spans, 120 ms CPU in 200 ms wall."},
		{map[string]any{"spanSelector": []string{checkoutSpan}, "wallMs": 0}, "12 samples of this span, 120 ms CPU."},
		{map[string]any{"spanSelector": []string{checkoutSpan}, "spanName": "POST /pay", "ancestorOf": "charge card"},
			"12 samples of “POST /pay” (the nearest span above “charge card” that carries a profile id), 120 ms CPU in 200 ms wall."},
		{map[string]any{"spanSelector": []string{checkoutSpan}, "spanName": "POST /pay"}, "12 samples of this span, 120 ms CPU in 200 ms wall."},
		{map[string]any{"traceIdSelector": []string{checkoutTrace}}, "12 samples of this trace, 120 ms CPU in 200 ms wall."},
		{map[string]any{"traceIdSelector": []string{checkoutTrace}, "spanSelector": []string{"00000000000000ff"}}, "12 samples of this trace"},
		{map[string]any{"flameql": `cpu{service_name="checkout"} span("` + checkoutSpan + `")`, "profileTypeId": ""}, "12 samples of this span"},
		{map[string]any{"flameql": `cpu{service_name="checkout"} trace("` + checkoutTrace + `")`, "profileTypeId": ""}, "12 samples of this trace"},
	} {
		answer := askSpan(t, d, c.model)
		require.NoError(t, answer.Error)
		require.Equal(t, map[string]int64{"main;pay": 90_000_000, "main;price": 30_000_000}, rows(t, answer.Frames[0]), "%v", c.model)
		require.Contains(t, shows(answer.Frames[0]), c.says)
	}
	answer := askAs(t, d, noon.Add(-time.Minute), noon.Add(time.Minute), map[string]any{"profileTypeId": cpu, "queryType": "profile",
		"profileIdSelector": []string{"7c9e6679-7425-40de-944b-e07fc1f90ae7"}}, nil)
	require.NoError(t, answer.Error)
	require.Equal(t, map[string]int64{"main;pay": 90_000_000, "main;price": 30_000_000}, rows(t, answer.Frames[0]))
	require.Empty(t, shows(answer.Frames[0]))
}

// A server that is older than a selector does not see it, and would answer with the whole service.
func TestSelectorsThatTheServerDoesNotKnow(t *testing.T) {
	d := open(t, &pyroscopetest.Server{Profiles: checkout(noon), Old: true}, nil)
	answer := askSpan(t, d, map[string]any{"traceIdSelector": []string{checkoutTrace}})
	require.ErrorContains(t, answer.Error, "too old to select by trace")
	answer = askSpan(t, d, map[string]any{"traceIdSelector": []string{checkoutTrace}, "spanSelector": []string{checkoutSpan}})
	require.NoError(t, answer.Error)
	require.Equal(t, "12 samples of this span, 120 ms CPU in 200 ms wall.", shows(answer.Frames[0]))
	answer = askAs(t, d, noon.Add(-time.Minute), noon.Add(time.Minute), map[string]any{"profileTypeId": cpu, "queryType": "profile",
		"profileIdSelector": []string{"7c9e6679-7425-40de-944b-e07fc1f90ae7"}}, nil)
	require.ErrorContains(t, answer.Error, "does not keep single profiles by their id")
}

// Spans without samples: each reason has a sentence, and the service's profile stands in its place.
func TestSpansWithoutSamples(t *testing.T) {
	const nobody = "00000000000000ff"
	whole := checkout(noon)
	var unmarked []pyroscopetest.Profile
	for _, p := range whole {
		p.Span = ""
		unmarked = append(unmarked, p)
	}
	for _, c := range []struct {
		name     string
		profiles []pyroscopetest.Profile
		model    map[string]any
		now      time.Time
		says     string
	}{
		{"no tag", whole, map[string]any{"spanSelector": []string{`${__span.tags["pyroscope.profile.id"]}`}}, noon.Add(time.Hour), "carries no profile id"},
		{"shorter than the sampling interval", whole, map[string]any{"spanSelector": []string{nobody}, "wallMs": 4}, noon.Add(time.Hour),
			"it took 4 ms, less than the 10 ms between two samples"},
		{"not uploaded yet", whole, map[string]any{"spanSelector": []string{nobody}}, noon.Add(20 * time.Second),
			"no sample of this span yet: its profile may still be on the way. Profiles arrive up to 1.5 min late, so ask again in 1.17 min"},
		{"hardly any CPU", whole, map[string]any{"spanSelector": []string{nobody}}, noon.Add(time.Hour), "though other spans of the service have some"},
		{"no span profiles at all", unmarked, map[string]any{"spanSelector": []string{checkoutSpan}}, noon.Add(time.Hour),
			"no sample of {service_name=\"checkout\"} around it carries a span id"},
		{"an ancestor", whole, map[string]any{"spanSelector": []string{nobody}, "spanName": "POST /pay", "ancestorOf": "charge card"}, noon.Add(time.Hour),
			"There is no sample of “POST /pay” (the nearest span above “charge card” that carries a profile id), though"},
		{"a trace", whole, map[string]any{"traceIdSelector": []string{"000000000000000000000000000000ff"}}, noon.Add(time.Hour), "There is no sample of this trace"},
	} {
		d := open(t, &pyroscopetest.Server{Profiles: c.profiles}, nil)
		d.now = func() time.Time { return c.now }
		answer := askSpan(t, d, c.model)
		require.NoError(t, answer.Error, c.name)
		require.Contains(t, shows(answer.Frames[0]), c.says, c.name)
		require.Contains(t, shows(answer.Frames[0]), "from 2026-11-23 11:58:59 UTC to 2026-11-23 12:01:00 UTC, around the span", c.name)
		require.Contains(t, rows(t, answer.Frames[0]), "main;list", c.name)
	}
	d := open(t, &pyroscopetest.Server{Profiles: whole}, nil)
	answer := askSpan(t, d, map[string]any{"spanSelector": []string{nobody}, "labelSelector": `{service_name="nobody"}`})
	require.NoError(t, answer.Error)
	require.Empty(t, rows(t, answer.Frames[0]))
	require.Contains(t, notices(answer.Frames)[0], `No profile in this range has service_name="nobody". There are: checkout.`)
}

// An agent that uploads every five minutes sends a span's samples minutes after it.
func TestTheWindowFollowsTheUploads(t *testing.T) {
	labels := map[string]string{"service_name": "checkout", "pod": "a"}
	server := &pyroscopetest.Server{}
	for k := range 12 {
		server.Profiles = append(server.Profiles, pyroscopetest.Profile{Type: cpu, Labels: labels,
			At: noon.Add(time.Duration(k-8)*5*time.Minute + 4*time.Minute), Stacks: map[string]int64{"main;list": 500_000_000}})
	}
	server.Profiles = append(server.Profiles, pyroscopetest.Profile{Type: cpu, Labels: labels, At: noon.Add(4 * time.Minute),
		Span: checkoutSpan, Stacks: map[string]int64{"main;pay": 90_000_000, "main;price": 30_000_000}})
	answer := askSpan(t, open(t, server, nil), map[string]any{"spanSelector": []string{checkoutSpan}})
	require.NoError(t, answer.Error)
	require.Equal(t, map[string]int64{"main;pay": 90_000_000, "main;price": 30_000_000}, rows(t, answer.Frames[0]))
	require.Equal(t, "4 samples of this span, 120 ms CPU in 200 ms wall.", shows(answer.Frames[0]), "counted by the size of a sample")
}

// A span against the service's normal: what is different in the slow request.
func TestSpanAgainstTheNormal(t *testing.T) {
	d := open(t, &pyroscopetest.Server{Profiles: checkout(noon)}, nil)
	for _, model := range []map[string]any{
		{"flameql": `cpu{service_name="checkout"} vs {service_name="checkout"} span("` + checkoutSpan + `")`},
		{"flameql": `cpu{service_name="checkout"} span("` + checkoutSpan + `") vs {service_name="checkout"}`},
		{"flameql": `span("` + checkoutSpan + `") vs {service_name="checkout"}`},
		{"spanSelector": []string{checkoutSpan}, "baseline": map[string]any{}},
	} {
		answer := askSpan(t, d, model)
		require.NoError(t, answer.Error)
		frame := answer.Frames[0]
		require.Equal(t, "valueRight", frame.Fields[4].Name)
		require.EqualValues(t, 8*500_000_000+120_000_000, frame.Fields[1].At(0), "the half hour before")
		require.EqualValues(t, 120_000_000, frame.Fields[4].At(0))
		require.Contains(t, shows(frame), "12 samples of this span, 120 ms CPU in 200 ms wall.")
		require.Contains(t, shows(frame), "12 samples are few: shares can be compared from 50 on")
	}
}

func TestDurationsInRemarks(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 ns", 7: "7 ns", 8 * time.Microsecond: "8 µs", 120 * time.Millisecond: "120 ms", 2400 * time.Millisecond: "2.4 s", 90 * time.Second: "1.5 min",
	} {
		require.Equal(t, want, durationText(d))
	}
}
