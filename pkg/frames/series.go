package frames

import (
	"math"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// SeriesName is the name of a series frame, as core's data source gives it.
const SeriesName = "series"

// Line is one series to draw. Time holds the ends of the buckets, ascending.
// A value that is NaN is written as a null.
type Line struct {
	Labels data.Labels
	// Title replaces the name that Grafana makes of field name and labels.
	Title string
	Time  []time.Time
	Value []float64
}

// Append adds a point after the last one.
func (l *Line) Append(at time.Time, value float64) {
	l.Time = append(l.Time, at)
	l.Value = append(l.Value, value)
}

// Fill puts NaN at every step from first to last that has no point. The points
// must stand on that grid.
func (l *Line) Fill(first, last time.Time, step time.Duration) {
	filled := Line{Labels: l.Labels, Title: l.Title}
	next := 0
	for at := first; !at.After(last); at = at.Add(step) {
		if next < len(l.Time) && l.Time[next].Equal(at) {
			filled.Append(at, l.Value[next])
			next++
			continue
		}
		filled.Append(at, math.NaN())
	}
	*l = filled
}

// Series writes a line as a frame with the fields time and name. name is the
// sample type (cpu, alloc_space), unit a Grafana unit.
func Series(line Line, name, unit string, custom any) *data.Frame {
	frame := data.NewFrame(SeriesName,
		data.NewField("time", nil, line.Time),
		valueField(name, line).SetConfig(&data.FieldConfig{Unit: unit, DisplayNameFromDS: line.Title}),
	)
	frame.Meta = &data.FrameMeta{
		Type:                   data.FrameTypeTimeSeriesMulti,
		TypeVersion:            data.FrameTypeVersion{0, 1},
		PreferredVisualization: data.VisTypeGraph,
		Custom:                 custom,
	}
	return frame
}

// valueField is a field of plain numbers, of nullable ones where there are gaps.
func valueField(name string, line Line) *data.Field {
	values := make([]*float64, len(line.Value))
	gaps := false
	for i := range line.Value {
		if math.IsNaN(line.Value[i]) {
			gaps = true
		} else {
			values[i] = &line.Value[i]
		}
	}
	if gaps {
		return data.NewField(name, line.Labels, values)
	}
	return data.NewField(name, line.Labels, line.Value)
}
