package frames

import (
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// Line is one series to draw. Time holds the ends of the buckets.
type Line struct {
	Labels data.Labels
	// Title replaces the name that Grafana makes of field name and labels.
	Title string
	Time  []time.Time
	Value []float64
}

// SeriesName is the name of a series frame, as core's data source gives it.
const SeriesName = "series"

// Series writes each line as a frame of its own with the fields time and name.
// name is the sample type (cpu, alloc_space), unit a Grafana unit. custom goes
// into the meta of every frame.
func Series(lines []Line, name, unit string, custom any) data.Frames {
	all := make(data.Frames, 0, len(lines))
	for _, line := range lines {
		frame := data.NewFrame(SeriesName,
			data.NewField("time", nil, line.Time),
			data.NewField(name, line.Labels, line.Value).SetConfig(&data.FieldConfig{
				Unit: unit, DisplayNameFromDS: line.Title,
			}),
		)
		frame.Meta = &data.FrameMeta{
			Type:                   data.FrameTypeTimeSeriesMulti,
			TypeVersion:            data.FrameTypeVersion{0, 1},
			PreferredVisualization: data.VisTypeGraph,
			Custom:                 custom,
		}
		all = append(all, frame)
	}
	return all
}
