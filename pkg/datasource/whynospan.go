package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// whyNoSpan says why spans have no samples, as far as that can be told.
func (d *Datasource) whyNoSpan(ctx context.Context, plan Plan, o Operand) (string, error) {
	of := o.spansText()
	late := max(d.settings.IngestDelay, o.Window)
	switch age := d.now().Sub(time.UnixMilli(o.Range.End)); {
	case o.Type().SampleUnit != "nanoseconds":
		return fmt.Sprintf("Samples of %s carry no span ids: agents mark those of CPU time. Choose a CPU profile type.", o.Type().ID), nil
	case plan.Wall > 0 && plan.Wall < samplingInterval:
		return fmt.Sprintf("There is no sample of %s: it took %s, less than the %s between two samples.",
			of, durationText(plan.Wall), durationText(samplingInterval)), nil
	case age < late:
		return fmt.Sprintf("There is no sample of %s yet: its profile may still be on the way. Profiles arrive up to %s late, so ask again in %s.",
			of, durationText(late), durationText((late - age).Round(time.Second))), nil
	}
	marked, known, err := d.marksSpans(ctx, o)
	switch {
	case err != nil:
		return "", err
	case known && !marked:
		return fmt.Sprintf("There is no sample of %s, and no sample of %s around it carries a span id. "+
			"Check that the service wraps its tracer provider with the profiler's.", of, o.Selector), nil
	default:
		return fmt.Sprintf("There is no sample of %s, though other spans of the service have some. It used less than about %s of CPU time, "+
			"or its samples count for its local root span.", of, durationText(noiseBelow)), nil
	}
}

// marksSpans says whether any sample of the service carries a span id around the spans; known is false where the server
// does not tell.
func (d *Datasource) marksSpans(ctx context.Context, o Operand) (marked, known bool, err error) {
	r := d.recent(o.around())
	found, err := d.client.SelectHeatmap(ctx, pyroscope.SeriesQuery{Type: o.Type().ID, Selector: o.Selector, Range: r,
		Step: max(r.Duration()/4, time.Second)}, true)
	if pyroscope.Is(err, pyroscope.Canceled) {
		return false, false, err
	}
	if err != nil {
		return false, false, nil
	}
	for _, one := range found {
		for _, slot := range one.Slots {
			for _, n := range slot.Counts {
				marked = marked || n > 0
			}
		}
	}
	return marked, true, nil
}
