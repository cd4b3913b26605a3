package datasource

import (
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"github.com/stretchr/testify/require"
)

func named(frames data.Frames, name string) data.Frames {
	var found data.Frames
	for _, f := range frames {
		if f.Name == name {
			found = append(found, f)
		}
	}
	return found
}

// An exemplar leads to the flame graph of one profile: its id, put into the
// query of its link, finds exactly that profile.
func TestExemplarsLeadToProfiles(t *testing.T) {
	profiles := every(cpu, "shop", pods[:2], 15*time.Second, 10*time.Minute, func(i, k int) map[string]int64 {
		return map[string]int64{"main;work": int64(1_000_000_000 + 1000*k + i)}
	})
	d := openAt(t, storing(t, profiles), nil)
	answer := ask(t, d, 2*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics", "includeExemplars": true, "groupBy": []string{"pod"}})
	require.NoError(t, answer.Error)
	found := named(answer.Frames, "exemplar")
	require.Len(t, found, 2)
	require.Len(t, named(answer.Frames, "series"), 2)
	for _, frame := range found {
		require.Equal(t, data.DataTopicAnnotations, frame.Meta.DataTopic)
		require.NotZero(t, frame.Rows())
		var fields []string
		for _, f := range frame.Fields {
			fields = append(fields, f.Name)
		}
		require.Equal(t, []string{"Time", "Value", "Id", "pod", "service_name"}, fields)
		require.Equal(t, "cores", frame.Fields[1].Config.Unit)
		link := frame.Fields[2].Config.Links[0].Internal
		require.Equal(t, []string{"${__value.raw}"}, link.Query.(map[string]any)["profileIdSelector"])

		id, cores := frame.Fields[2].At(0).(string), frame.Fields[1].At(0).(float64)
		one := ask(t, d, 10*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile", "profileIdSelector": []string{id}})
		require.NoError(t, one.Error)
		require.InDelta(t, cores*15e9, float64(rows(t, one.Frames[0])["main;work"]), 1)
	}
}

func TestHeatmap(t *testing.T) {
	profiles := every(cpu, "shop", pods[:2], 15*time.Second, 10*time.Minute, func(i, k int) map[string]int64 {
		return map[string]int64{"main": int64(1000 * (1 + k%4))}
	})
	d := openAt(t, storing(t, profiles), nil)
	answer := ask(t, d, 5*time.Minute, map[string]any{"profileTypeId": cpu, "includeHeatmap": true, "includeExemplars": true, "heatmapType": "individual"})
	require.NoError(t, answer.Error)
	require.Empty(t, named(answer.Frames, "series"))
	require.Len(t, named(answer.Frames, "response"), 1)
	require.Len(t, named(answer.Frames, "exemplar"), 1)
	frame := named(answer.Frames, "heatmap")[0]
	require.EqualValues(t, "heatmap-cells", frame.Meta.Type)
	counted := int64(0)
	for i := range frame.Rows() {
		counted += frame.Fields[3].At(i).(int64)
		require.Less(t, frame.Fields[1].At(i).(float64), frame.Fields[2].At(i).(float64))
		require.True(t, frame.Fields[0].At(i).(time.Time).After(noon.Add(-5*time.Minute)))
	}
	require.EqualValues(t, 40, counted, "five minutes of two pods, four profiles a minute each")

	answer = ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "includeHeatmap": true, "heatmapType": "weekly"})
	require.ErrorContains(t, answer.Error, `The heatmap type "weekly" is not known`)
	answer = askAs(t, d, noon.Add(-5*time.Minute), noon, map[string]any{"profileTypeId": cpu, "includeHeatmap": true}, map[string]string{"FromAlert": "true"})
	require.NoError(t, answer.Error)
	require.Len(t, named(answer.Frames, "series"), 1, "a rule evaluates lines")

	old := half()
	old.Old = true
	answer = ask(t, open(t, old, nil), time.Minute, map[string]any{"profileTypeId": cpu, "includeHeatmap": true})
	require.ErrorContains(t, answer.Error, "does not know the call SelectHeatmap")
	require.Len(t, named(answer.Frames, "response"), 1)
}

func TestAnnotationsOfTheServer(t *testing.T) {
	server := half()
	for value, want := range map[*typesv1.ProfileAnnotation]string{
		{Key: "pyroscope.ingest.throttled", Value: `{"body":{"periodType":"day","periodLimitMb":1024,"limitResetTime":1795435200}}`}: "The limit of 1024 MiB a day is reached",
		{Key: "pyroscope.ingest.throttled", Value: `{"body":{"periodType":"<img src=//evil>","periodLimitMb":1}}`}:                   "The limit of 1 MiB a &lt;img src=//evil&gt; is reached",
		{Key: "pyroscope.ingest.sampled", Value: `{"body":{"source":{"usageGroup":"a","probability":0.25}}}`}:                        "keeps 25% of the profiles",
	} {
		server.Annotation = value
		answer := ask(t, open(t, server, nil), 5*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics", "annotations": true})
		require.NoError(t, answer.Error)
		found := named(answer.Frames, "annotations")
		require.Len(t, found, 1)
		require.Equal(t, 1, found[0].Rows(), "equal remarks on points that follow each other are one")
		require.Contains(t, found[0].Fields[2].At(0), want)
	}
	for _, unknown := range []*typesv1.ProfileAnnotation{{Key: "new", Value: "{}"}, {Key: "pyroscope.ingest.sampled", Value: "{"},
		{Key: "pyroscope.ingest.sampled", Value: `{"body":{}}`}} {
		server.Annotation = unknown
		answer := ask(t, open(t, server, nil), 5*time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics", "annotations": true})
		require.NoError(t, answer.Error)
		require.Empty(t, named(answer.Frames, "annotations"))
	}
}
