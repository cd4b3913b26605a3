package datasource

import (
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// withStats notes on the first frame of an answer what Grafana's query inspector
// shows of it: how long it took, and what came from the server. What was kept from
// former queries took no calls.
func withStats(frames data.Frames, took time.Duration, meter *pyroscope.Meter) {
	if len(frames) == 0 {
		return
	}
	addStat(frames[0], "Time in the backend", "ms", float64(took.Milliseconds()))
	addStat(frames[0], "Calls to the profile server", "", float64(meter.Calls()))
	addStat(frames[0], "Received from the profile server", "decbytes", float64(meter.Bytes()))
}

func addStat(frame *data.Frame, name, unit string, value float64) {
	if frame.Meta == nil {
		frame.Meta = &data.FrameMeta{}
	}
	frame.Meta.Stats = append(frame.Meta.Stats, data.QueryStat{FieldConfig: data.FieldConfig{DisplayName: name, Unit: unit}, Value: value})
}
