package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// maxSlots is how many columns a heatmap has.
const maxSlots = 64

// heatmapFacts is what a heatmap's frame says of itself, in meta.custom.
type heatmapFacts struct {
	ProfileTypeID string `json:"profileTypeId"`
	Call          string `json:"call"`
	StepMS        int64  `json:"stepMs"`
	// Of is what is counted: individual profiles or spans.
	Of string `json:"of"`
}

// heatmap counts the profiles (or spans) of the first operand by time and value,
// one frame a group, each followed by its exemplars when they are asked for.
func (d *Datasource) heatmap(ctx context.Context, plan Plan) (data.Frames, error) {
	operand := plan.Operands[0]
	if len(operand.Types) == 0 {
		return d.noSeries(ctx, plan, nil), nil
	}
	t := operand.Type()
	step := max(plan.Step, (operand.Range.Duration()/maxSlots + time.Second - 1).Truncate(time.Second))
	g := gridOf(operand.Range, step)
	span := d.recent(g.Range)
	found, err := d.client.SelectHeatmap(ctx, pyroscope.SeriesQuery{Type: t.ID, Selector: operand.Selector, Range: span,
		Step: g.Step, GroupBy: plan.GroupBy}, plan.has(ShapeSpanHeatmap))
	if err != nil {
		return nil, err
	}
	facts := heatmapFacts{ProfileTypeID: t.ID, Call: "SelectHeatmap", StepMS: g.Step.Milliseconds(), Of: "individual"}
	if plan.has(ShapeSpanHeatmap) {
		facts.Of = "span"
	}
	var drawn data.Frames
	for _, one := range found {
		labels := data.Labels{}
		for _, l := range one.Labels {
			labels[l.Name] = l.Value
		}
		frame := frames.Heatmap(cellsOf(one.Slots, span.Start), labels, t.Unit(), facts)
		frame.Meta.ExecutedQueryString = executed(facts.Call, operand)
		drawn = append(drawn, frame)
		if plan.Marks.Exemplars {
			drawn = append(drawn, d.drawExemplars(within(one.Exemplars, operand.Range), one.Labels, t.Unit(), 1, operand)...)
		}
	}
	if len(drawn) == 0 {
		return d.noSeries(ctx, plan, nil), nil
	}
	if span != g.Range {
		withNotices(drawn[0], []string{fmt.Sprintf("The heatmap is that of the last %s of the range: the server answers no more at once.", span.Duration())})
	}
	return drawn, nil
}

// cellsOf lays slots out as cells, without the slot at the grid's start, which
// reaches back before the range. The last edge is as far from the one before as
// that is from its own.
func cellsOf(slots []pyroscope.Slot, start int64) []frames.Cell {
	var cells []frames.Cell
	for _, slot := range slots {
		if slot.Time <= start {
			continue
		}
		for i, count := range slot.Counts {
			cell := frames.Cell{End: time.UnixMilli(slot.Time), Least: slot.Least[i], Most: 2 * slot.Least[i], Count: count}
			switch {
			case i+1 < len(slot.Least):
				cell.Most = slot.Least[i+1]
			case i > 0:
				cell.Most = 2*slot.Least[i] - slot.Least[i-1]
			}
			cells = append(cells, cell)
		}
	}
	return cells
}
