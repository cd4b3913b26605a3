package datasource

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

const (
	cpu        = "process_cpu:cpu:nanoseconds:cpu:nanoseconds"
	inuse      = "memory:inuse_space:bytes:space:bytes"
	allocSpace = "memory:alloc_space:bytes:space:bytes"
	goroutines = "goroutine:goroutine:count:goroutine:count"
)

// noon is the time at which the test profiles end.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// open makes a data source for a server, with the clock an hour after noon, so
// that all buckets up to noon are closed.
func open(t testing.TB, server http.Handler, jsonData map[string]any) *Datasource {
	t.Helper()
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	return openAt(t, listening.URL, jsonData)
}

func openAt(t testing.TB, url string, jsonData map[string]any) *Datasource {
	t.Helper()
	settings, err := json.Marshal(jsonData)
	require.NoError(t, err)
	made, err := New(context.Background(), backend.DataSourceInstanceSettings{URL: url, JSONData: settings})
	require.NoError(t, err)
	d := made.(*Datasource)
	t.Cleanup(d.Dispose)
	d.now = func() time.Time { return noon.Add(time.Hour) }
	return d
}

// ask runs one query over the last minutes before noon.
func ask(t testing.TB, d *Datasource, length time.Duration, model map[string]any) backend.DataResponse {
	t.Helper()
	return askAs(t, d, noon.Add(-length), noon, model, nil)
}

func askAs(t testing.TB, d *Datasource, from, to time.Time, model map[string]any, headers map[string]string) backend.DataResponse {
	t.Helper()
	body, err := json.Marshal(model)
	require.NoError(t, err)
	answers, err := d.QueryData(context.Background(), &backend.QueryDataRequest{
		Headers: headers,
		Queries: []backend.DataQuery{{RefID: "A", JSON: body, TimeRange: backend.TimeRange{From: from, To: to}, Interval: 15 * time.Second}},
	})
	require.NoError(t, err)
	return answers.Responses["A"]
}

// every makes a profile of each instance at every interval in the time before
// noon: at(i, k) gives the stacks of instance i's profile k before noon, nil for
// none.
func every(profileType, service string, instances []string, interval, length time.Duration, at func(i, k int) map[string]int64) []pyroscopetest.Profile {
	var all []pyroscopetest.Profile
	for i, name := range instances {
		for k := 0; time.Duration(k)*interval < length; k++ {
			if stacks := at(i, k); stacks != nil {
				// Instances do not send at the same moment.
				when := noon.Add(-time.Duration(k)*interval - time.Duration(i)*1700*time.Millisecond)
				all = append(all, pyroscopetest.Profile{Type: profileType, At: when, Stacks: stacks,
					Labels: map[string]string{"service_name": service, "pod": name}})
			}
		}
	}
	return all
}

func constant(stacks map[string]int64) func(i, k int) map[string]int64 {
	return func(int, int) map[string]int64 { return stacks }
}

// rows reads a flame frame back as self values by path.
func rows(t testing.TB, frame *data.Frame) map[string]int64 {
	t.Helper()
	require.Equal(t, "response", frame.Name)
	found := map[string]int64{}
	var path []string
	for i := range frame.Rows() {
		level := int(frame.Fields[0].At(i).(int64))
		label := labelAt(frame.Fields[3], i)
		if level == 0 {
			continue
		}
		path = append(path[:level-1], label)
		if self := frame.Fields[2].At(i).(int64); self != 0 {
			key := ""
			for n, name := range path {
				key += ";"[:min(n, 1)] + name
			}
			found[key] += self
		}
	}
	return found
}

func labelAt(field *data.Field, i int) string {
	if field.Type() == data.FieldTypeString {
		return field.At(i).(string)
	}
	return field.Config.TypeConfig.Enum.Text[field.At(i).(data.EnumItemIndex)]
}

// points reads a series frame back.
func points(t testing.TB, frame *data.Frame) map[time.Time]float64 {
	t.Helper()
	require.Equal(t, "series", frame.Name)
	found := map[time.Time]float64{}
	for i := range frame.Rows() {
		value, err := frame.Fields[1].FloatAt(i)
		require.NoError(t, err)
		at := frame.Fields[0].At(i).(time.Time).UTC()
		require.NotContains(t, found, at, "no time twice")
		found[at] = value
	}
	return found
}

func notices(frames data.Frames) []string {
	var all []string
	for _, f := range frames {
		if f.Meta != nil {
			for _, n := range f.Meta.Notices {
				all = append(all, n.Text)
			}
		}
	}
	return all
}
