package datasource

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// seriesFacts is what a series frame says of itself, in meta.custom.
type seriesFacts struct {
	ProfileTypeID string `json:"profileTypeId"`
	Call          string `json:"call"`
	DurationMS    int64  `json:"durationMs"`
	// Title is what is measured, in words: 'sampled CPU' where it is not known
	// that profiling is continuous.
	Title string `json:"title"`
	// RateCalculated is core's key: values are per second.
	RateCalculated bool   `json:"rateCalculated,omitempty"`
	Kind           string `json:"kind"`
	StepMS         int64  `json:"stepMs"`
	// SpacingMS is how far the profiles of an instance are apart, 0 where that was
	// not looked at.
	SpacingMS int64 `json:"spacingMs,omitempty"`
	// PartialFrom is the end of the first bucket, in milliseconds, for which
	// profiles may still arrive or whose end lies after the range; 0 if all are
	// finished.
	PartialFrom int64 `json:"partialFrom,omitempty"`
	// Shown and Total are how many lines there are in the answer and were found.
	Shown int `json:"shown"`
	Total int `json:"total"`
	// Instances is how many instances a state was added up over.
	Instances int `json:"instances,omitempty"`
	// Remainder is set on the line that adds up what is not shown.
	Remainder int `json:"remainder,omitempty"`
}

// seriesFactsOf is what is known before the lines are.
func (d *Datasource) seriesFactsOf(t pyroscope.ProfileType, p pace, call string) seriesFacts {
	facts := seriesFacts{ProfileTypeID: t.ID, Call: call, Kind: "flow", Title: d.titleOf(t), StepMS: p.step.Milliseconds(),
		SpacingMS: p.spacing.Milliseconds(), RateCalculated: t.Kind() == pyroscope.Flow}
	if t.Kind() == pyroscope.Level {
		facts.Kind = "level"
	}
	return facts
}

// series is the sum of the first operand over time: flows per second, states as
// they are. With a filter it is that of the functions and stacks that the filter
// keeps.
func (d *Datasource) series(ctx context.Context, plan Plan) (data.Frames, error) {
	if plan.compares() {
		return d.comparedSeries(ctx, plan)
	}
	begun := d.now()
	operand := plan.Operands[0]
	if len(operand.Types) == 0 {
		return d.noSeries(ctx, plan, nil), nil
	}
	if plan.Filter.narrows() {
		return d.functionSeries(ctx, plan)
	}
	pace, err := d.paceOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	g := gridOf(operand.Range, pace.step)
	var made stateLines
	var marked data.Frames
	var remarks []string
	err = sideBySide(ctx, 2, func(ctx context.Context, i int) (err error) {
		if i == 0 {
			made, err = d.linesOf(ctx, plan, g)
		} else {
			marked, remarks, err = d.marks(ctx, plan, g)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	made.notices = append(made.notices, remarks...)
	if pace.notice != "" {
		made.notices = append(made.notices, pace.notice)
	}
	facts := d.seriesFactsOf(operand.Type(), pace, "SelectSeries")
	facts.Instances, facts.Total = made.instances, len(made.lines)
	closed := min(operand.Range.End, d.now().Add(-d.settings.IngestDelay).UnixMilli())
	if plan.Closed {
		made.lines = before(made.lines, closed)
	} else {
		facts.PartialFrom = g.partialFrom(closed)
	}
	if len(made.lines) == 0 {
		return d.noSeries(ctx, plan, made.notices), nil
	}
	shown := greatest(made.lines, plan.Limits)
	facts.Shown = min(len(shown), len(made.lines))
	if last := shown[len(shown)-1]; last.rest > 0 {
		facts.Shown--
	}
	made.notices = append(made.notices, groupNotices(plan.GroupBy, made.lines, facts)...)
	facts.DurationMS = d.now().Sub(begun).Round(time.Millisecond).Milliseconds()
	all := d.drawLines(shown, plan, g, facts)
	all[0].Meta.ExecutedQueryString = executed(facts.Call, operand)
	withNotices(all[0], made.notices)
	return append(all, marked...), nil
}

// groupNotices says which lines are not shown, and when there was nothing to group by.
func groupNotices(groupBy []string, lines []line, facts seriesFacts) (notices []string) {
	if facts.Shown < facts.Total {
		notices = append(notices, fmt.Sprintf("%d of %d series are shown, the greatest ones.", facts.Shown, facts.Total))
	}
	if len(groupBy) > 0 && len(lines) == 1 && len(lines[0].labels) == 0 {
		notices = append(notices, fmt.Sprintf("No profile in this range has the label %s, so the series is not grouped.",
			strings.Join(groupBy, " or ")))
	}
	return notices
}

// linesOf fetches the lines of all types of the operand. Totals since the start
// of a process have no series: adding them up would be wrong.
func (d *Datasource) linesOf(ctx context.Context, plan Plan, g grid) (stateLines, error) {
	operand := plan.Operands[0]
	parts := make([]stateLines, len(operand.Types))
	growing := make([]bool, len(operand.Types))
	err := sideBySide(ctx, 2*len(parts), func(ctx context.Context, i int) (err error) {
		t := operand.Types[i/2]
		switch {
		case i%2 == 1:
			growing[i/2], err = d.cumulative(ctx, operand, t)
		case t.Kind() == pyroscope.Level:
			parts[i/2], err = d.levelLines(ctx, operand, t, g, plan.GroupBy)
		default:
			parts[i/2].lines, err = d.flowLines(ctx, operand, t, g, plan.GroupBy)
		}
		return err
	})
	if err != nil {
		return stateLines{}, err
	}
	var whole stateLines
	for i, p := range parts {
		if growing[i] {
			return stateLines{}, totalsFault(operand.Types[i], totalsInSeries)
		}
		whole.lines = append(whole.lines, p.lines...)
		whole.instances += p.instances
		whole.notices = append(whole.notices, p.notices...)
	}
	if len(parts) > 1 {
		whole.lines = addLines(whole.lines)
	}
	return whole, nil
}

func (d *Datasource) flowLines(ctx context.Context, o Operand, t pyroscope.ProfileType, g grid, groupBy []string) ([]line, error) {
	all, err := d.sums(ctx, pyroscope.SeriesQuery{Type: t.ID, Selector: o.Selector, Range: g.Range, Step: g.Step, GroupBy: groupBy})
	if err != nil {
		return nil, err
	}
	lines := make([]line, 0, len(all))
	for _, s := range all {
		lines = append(lines, line{labels: s.Labels, at: s.Time, value: s.Value})
	}
	return lines, nil
}
