package frames

import (
	"encoding/json"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// ExemplarsName, AnnotationsName and HeatmapName are the names of core's frames.
const (
	ExemplarsName   = "exemplar"
	AnnotationsName = "annotations"
	HeatmapName     = "heatmap"
)

// Exemplar is a point that leads to one profile or span. Value is in the unit of
// the series it lies on.
type Exemplar struct {
	Time   time.Time
	Value  float64
	ID     string
	Labels data.Labels
}

// Exemplars writes the exemplars of one series: the fields Time, Value and Id, and
// one for each label name. The id carries the links, its title the kind of id.
func Exemplars(exemplars []Exemplar, series data.Labels, names []string, unit, idTitle string, links ...data.DataLink) *data.Frame {
	times, values, ids := make([]time.Time, len(exemplars)), make([]float64, len(exemplars)), make([]string, len(exemplars))
	for i, e := range exemplars {
		times[i], values[i], ids[i] = e.Time, e.Value, e.ID
	}
	frame := data.NewFrame(ExemplarsName,
		data.NewField("Time", nil, times),
		data.NewField("Value", series, values).SetConfig(&data.FieldConfig{DisplayName: "Value", Unit: unit}),
		data.NewField("Id", nil, ids).SetConfig(&data.FieldConfig{DisplayName: idTitle, Links: links}),
	)
	for _, name := range names {
		of := make([]string, len(exemplars))
		for i, e := range exemplars {
			of[i] = e.Labels[name]
			if of[i] == "" {
				of[i] = series[name]
			}
		}
		frame.Fields = append(frame.Fields, data.NewField(name, nil, of))
	}
	frame.Meta = &data.FrameMeta{DataTopic: data.DataTopicAnnotations}
	return frame
}

// Annotation is a remark on a stretch of time. Grafana draws Title and Text as
// sanitized HTML.
type Annotation struct {
	Time, End   time.Time
	Title, Text string
	Tags        []string
	Region      bool
}

// Annotations writes remarks as Grafana's annotations.
func Annotations(all []Annotation) *data.Frame {
	n := len(all)
	times, ends, titles, texts, regions := make([]time.Time, n), make([]time.Time, n), make([]string, n), make([]string, n), make([]bool, n)
	tags := make([]json.RawMessage, n) // a tooltip wants lists, which no other type of field holds
	for i, a := range all {
		times[i], ends[i], titles[i], texts[i], regions[i] = a.Time, a.End, a.Title, a.Text, a.Region
		tags[i] = listOf(a.Tags)
	}
	frame := data.NewFrame(AnnotationsName,
		data.NewField("time", nil, times), data.NewField("timeEnd", nil, ends), data.NewField("text", nil, texts),
		data.NewField("isRegion", nil, regions), data.NewField("title", nil, titles), data.NewField("tags", nil, tags),
	)
	frame.Meta = &data.FrameMeta{DataTopic: data.DataTopicAnnotations}
	return frame
}

func listOf(texts []string) json.RawMessage {
	if len(texts) == 0 {
		return json.RawMessage("[]")
	}
	// A list of texts always encodes.
	list, _ := json.Marshal(texts)
	return list
}

// Cell is one cell of a heatmap: how many values lay between Least and Most in
// the step before End.
type Cell struct {
	End         time.Time
	Least, Most float64
	Count       int64
}

// Heatmap writes cells as Grafana's heatmap takes them.
func Heatmap(cells []Cell, labels data.Labels, unit string, custom any) *data.Frame {
	n := len(cells)
	ends, least, most := make([]time.Time, n), make([]float64, n), make([]float64, n)
	counts, layout := make([]int64, n), make([]int8, n) // layout 0: the edges are equally far apart
	for i, c := range cells {
		ends[i], least[i], most[i], counts[i] = c.End, c.Least, c.Most, c.Count
	}
	frame := data.NewFrame(HeatmapName,
		data.NewField("xMax", nil, ends),
		data.NewField("yMin", nil, least).SetConfig(&data.FieldConfig{Unit: unit}),
		data.NewField("yMax", nil, most).SetConfig(&data.FieldConfig{Unit: unit}),
		data.NewField("count", labels, counts),
		data.NewField("yLayout", nil, layout),
	)
	frame.Meta = &data.FrameMeta{Type: "heatmap-cells", Custom: custom}
	return frame
}
