package frames

import (
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// SilentName is the name of a frame with one row a service that may have fallen silent.
const SilentName = "silent services"

// SilentRow is a service and for how long it has sent no profiles, 0 while it does.
type SilentRow struct {
	Service string
	Last    time.Time
	Silent  time.Duration
}

// Silent writes services as a table for people. The last profile of one that sends is left empty.
func Silent(rows []SilentRow) *data.Frame {
	frame := table(nil,
		data.NewField("service_name", nil, columnOf(rows, func(r SilentRow) string { return r.Service })),
		numbers("silent", "s", columnOf(rows, func(r SilentRow) float64 { return r.Silent.Seconds() })),
		data.NewField("last", nil, columnOf(rows, func(r SilentRow) *time.Time {
			if r.Silent == 0 {
				return nil
			}
			return &r.Last
		})),
	)
	frame.Name = SilentName
	return frame
}

// SilentNumbers writes for an alert rule for how many seconds each service has been silent, 0 while it sends. Without
// services there is no data, which is no health either.
func SilentNumbers(rows []SilentRow, fixed data.Labels) data.Frames {
	var made *data.Frame
	for _, row := range rows {
		labels := fixed.Copy()
		labels["service_name"] = row.Service
		seconds := row.Silent.Seconds()
		one := Number("silent", "s", labels, &seconds, nil)
		if made == nil {
			made = one
			continue
		}
		made.Fields = append(made.Fields, one.Fields...)
	}
	if made == nil {
		return nil
	}
	return data.Frames{made}
}
