package datasource

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// Queries as core's data source saves them, or as someone wrote them by hand.
func TestSavedQueries(t *testing.T) {
	for text, want := range map[string]Query{
		`{}`: {},
		`{"labelSelector":"{service_name=\"a\"}","profileTypeId":"` + cpu + `","queryType":"both","groupBy":["pod"],"spanSelector":[],
		  "maxNodes":1024,"limit":5,"refId":"A","hide":false,"annotations":true,"datasource":{"type":"grafana-pyroscope-datasource","uid":"x"},
		  "includeExemplars":false,"withStreaming":true,"intervalMs":1000,"maxDataPoints":768,"key":"Q-1"}`: {
			LabelSelector: `{service_name="a"}`, ProfileTypeID: cpu, QueryType: "both", GroupBy: []string{"pod"}, MaxNodes: 1024, Limit: 5, Annotations: true},
		`{"groupBy":null,"spanSelector":null,"limit":null,"maxNodes":null,"profileTypeId":null,"labelSelector":null}`:   {},
		`{"maxNodes":"2048","limit":"","groupBy":"pod"}`:                                                                {MaxNodes: 2048, GroupBy: []string{"pod"}},
		`{"groupBy":["", " pod "],"spanSelector":["","a"]}`:                                                             {GroupBy: []string{"pod"}, SpanSelector: []string{"a"}},
		`{"maxNodes":1e3,"profileTypeId":" cpu ","includeHeatmap":true,"heatmapType":"span","includeExemplars":"true"}`: {MaxNodes: 1000, ProfileTypeID: "cpu", IncludeHeatmap: true, HeatmapType: "span", IncludeExemplars: true},
		`{"spanSelector":["${__span.tags[\"pyroscope.profile.id\"]}"]}`:                                                 {Unresolved: true},
		`{"spanSelector":["$span","00f067aa0ba902b7"],"levels":"average","fillGaps":true}`: {
			SpanSelector: []string{"00f067aa0ba902b7"}, Unresolved: true, Levels: "average", FillGaps: true},
	} {
		got, err := ParseQuery([]byte(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, says := range map[string]string{
		`[]`:                      "not a JSON object",
		`null garbage`:            "not a JSON object",
		`{"maxNodes":-1}`:         "The field maxNodes of the query is -1 where a whole number",
		`{"maxNodes":"lots"}`:     "maxNodes",
		`{"limit":2.5}`:           "limit",
		`{"limit":1e99}`:          "limit",
		`{"groupBy":{"a":1}}`:     "The field groupBy of the query is {\"a\":1} where a list of texts",
		`{"groupBy":[1]}`:         "groupBy",
		`{"labelSelector":["a"]}`: "labelSelector",
		`{"profileTypeId":7}`:     "profileTypeId",
	} {
		_, err := ParseQuery([]byte(text))
		require.ErrorContains(t, err, says, text)
	}
}

func FuzzParseQuery(f *testing.F) {
	f.Add([]byte(`{"groupBy":["a"],"limit":"5"}`))
	f.Fuzz(func(t *testing.T, model []byte) {
		q, err := ParseQuery(model)
		if err == nil && (q.MaxNodes < 0 || q.Limit < 0 || !json.Valid(model)) {
			t.Fatalf("%s gives %+v", model, q)
		}
	})
}
