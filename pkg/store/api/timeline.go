package api

import (
	"time"

	"github.com/flamewatch/profiles/pkg/store/query"
)

// timeline is a series of render: one sample per durationDelta seconds from
// startTime on, zero where there is none.
type timeline struct {
	StartTime     int64     `json:"startTime"` // s
	Samples       []int64   `json:"samples"`
	DurationDelta int64     `json:"durationDelta"` // s
	Watermarks    *struct{} `json:"watermarks"`
}

// timelineStep keeps a timeline to about 1,500 points at whole steps.
func timelineStep(r query.Range) time.Duration {
	const points = 1500
	least := time.Duration(r.End-r.Start) * time.Millisecond / points
	for _, step := range []time.Duration{15 * time.Second, 20 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute} {
		if step >= least {
			return step
		}
	}
	return least.Round(time.Minute) + time.Minute
}

func newTimeline(r query.Range, step time.Duration) *timeline {
	n := max(0, (r.End-r.Start)/step.Milliseconds())
	return &timeline{StartTime: r.Start / 1000, Samples: make([]int64, n), DurationDelta: int64(step / time.Second)}
}

// fill puts the points of a series in their places; the one at the end of the
// range has none.
func (t *timeline) fill(s query.TimeSeries, r query.Range) {
	for _, p := range s.Points {
		if i := (p.TimeMs - r.Start) / (t.DurationDelta * 1000); i >= 0 && i < int64(len(t.Samples)) {
			t.Samples[i] = p.Value
		}
	}
}
