package datasource

import (
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// grid is the buckets of a series: bucket k ends at Start + k*Step and covers
// what lies after the end of the one before. Start and End are multiples of the
// step since the epoch, so that buckets stay the same when a dashboard refreshes.
//
// A server's point at Start itself covers the time before the range, and what
// follows the last point is lost; therefore Start lies at or before the range,
// its own point is not used, and End lies at or after the range.
type grid struct {
	pyroscope.Range
	Step time.Duration
}

func gridOf(r pyroscope.Range, step time.Duration) grid {
	ms := step.Milliseconds()
	return grid{Range: pyroscope.Range{Start: floorTo(r.Start, ms), End: floorTo(r.End+ms-1, ms)}, Step: step}
}

// partialFrom is the end of the first bucket that is not finished at a time, in milliseconds; 0 if all are.
func (g grid) partialFrom(closed int64) int64 {
	if g.End <= closed {
		return 0
	}
	return floorTo(closed, g.Step.Milliseconds()) + g.Step.Milliseconds()
}

// floorTo is the greatest multiple of step that is not greater than at.
func floorTo(at, step int64) int64 {
	rest := at % step
	if rest < 0 {
		rest += step
	}
	return at - rest
}
