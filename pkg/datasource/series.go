package datasource

import (
	"context"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// seriesFacts is what a series frame says of itself, in meta.custom.
type seriesFacts struct {
	ProfileTypeID string `json:"profileTypeId"`
	// RateCalculated is core's key: values are per second.
	RateCalculated bool  `json:"rateCalculated,omitempty"`
	StepMS         int64 `json:"stepMs"`
}

func (d *Datasource) series(ctx context.Context, plan Plan) (data.Frames, error) {
	operand := plan.Operands[0]
	g := gridOf(operand.Range, plan.Step)
	all, err := d.client.SelectSeries(ctx, pyroscope.SeriesQuery{
		Type: operand.Type().ID, Selector: operand.Selector, Range: g.Range, Step: g.Step, GroupBy: plan.GroupBy,
	})
	if err != nil {
		return nil, err
	}
	unit, factor := rateOf(operand.Type(), g.Step)
	lines := make([]frames.Line, 0, len(all))
	for _, s := range all {
		line := frames.Line{Labels: data.Labels{}}
		for _, l := range s.Labels {
			line.Labels[l.Name] = l.Value
		}
		for i, at := range s.Time {
			if at <= g.Start {
				continue // reaches back before the range
			}
			line.Time = append(line.Time, time.UnixMilli(at))
			line.Value = append(line.Value, s.Value[i]*factor)
		}
		lines = append(lines, line)
	}
	return frames.Series(lines, operand.Type().SampleType, unit, seriesFacts{
		ProfileTypeID: operand.Type().ID, RateCalculated: operand.Type().Kind() == pyroscope.Flow, StepMS: g.Step.Milliseconds(),
	}), nil
}

// rateOf is the Grafana unit of a series and what a bucket's sum is multiplied
// by: flows are per second, levels stay what they are.
func rateOf(t pyroscope.ProfileType, step time.Duration) (unit string, factor float64) {
	if t.Kind() == pyroscope.Level {
		return t.Unit(), 1
	}
	perSecond := 1 / step.Seconds()
	switch {
	case t.IsCPU():
		return "cores", perSecond / 1e9
	case t.SampleUnit == "bytes":
		return "binBps", perSecond
	case t.SampleUnit == "count":
		return "ops", perSecond
	default:
		return t.Unit(), perSecond
	}
}
