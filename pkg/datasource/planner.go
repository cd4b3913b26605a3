package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// maxLines is how many lines of a grouped series are shown.
	maxLines = 20
	// maxPoints of a line; a finer step is widened.
	maxPoints = 11_000
)

// plan makes the plan of one saved query. alerting is true for requests of alert
// rules: they get series only, and of closed buckets only.
func (d *Datasource) plan(ctx context.Context, raw backend.DataQuery, alerting bool) (Plan, error) {
	query, err := ParseQuery(raw.JSON)
	if err != nil {
		return Plan{}, err
	}
	span, err := rangeOf(raw.TimeRange)
	if err != nil {
		return Plan{}, err
	}
	sides, err := sidesOf(&query, span, d.now())
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Closed: alerting, GroupBy: query.GroupBy, FillGaps: query.FillGaps, Embedded: raw.RefID == embeddedRefID,
		Wall: time.Duration(query.WallMS) * time.Millisecond}
	if err := p.readModes(query, raw, len(sides) == 2); err != nil {
		return p, err
	}
	if p.Operands, err = d.operandsOf(ctx, query, sides, &p); err != nil {
		return p, err
	}
	p.Limits = d.limitsOf(query, alerting)
	p.Step = stepOf(raw, d.settings.MinStep, p.Operands[0].Range)
	return p, nil
}

// readModes reads what is asked for, as far as it can be told without a server.
func (p *Plan) readModes(query Query, raw backend.DataQuery, compares bool) (err error) {
	// What the model says counts: for alert rules Grafana leaves DataQuery's own
	// QueryType empty.
	queryType := query.QueryType
	if queryType == "" {
		queryType = raw.QueryType
	}
	if p.Shapes, err = shapesOf(queryType, p.Closed, compares); err != nil {
		return err
	}
	if p.Closed && asksForRange(query, compares) {
		p.Shapes = []Shape{ShapeRange}
	}
	if !p.Closed { // a rule evaluates lines and nothing else
		p.Marks = Marks{Exemplars: query.IncludeExemplars, Annotations: query.Annotations}
		if err := p.asHeatmap(query); err != nil {
			return err
		}
		p.Packed = query.Packed
		if query.Deploys {
			p.Shapes = []Shape{ShapeDeploys}
		}
		if query.Findings {
			if !compares {
				return pyroscope.Faulty(pyroscope.BadQuery, "Regressions as annotations need a baseline. Choose one in the query editor.", nil)
			}
			p.Shapes = []Shape{ShapeFindingMarks}
		}
	}
	if p.Levels, err = levelMode(query.Levels); err != nil {
		return err
	}
	if p.Filter, err = treeFilterOf(query); err != nil {
		return err
	}
	if p.Diff, err = diffMode(query, compares); err != nil {
		return err
	}
	p.Legend = query.LegendFormat
	if err := p.readRegressions(query); err != nil {
		return err
	}
	p.PerFunction, err = functionMode(query)
	return err
}

// operandsOf resolves the types of what is written and notes in the plan what the
// reader must know.
func (d *Datasource) operandsOf(ctx context.Context, query Query, sides []side, p *Plan) ([]Operand, error) {
	operands := make([]Operand, len(sides))
	for i, written := range sides {
		operands[i] = Operand{Selector: written.selector, Range: written.span, Earlier: written.earlier}
	}
	// The ids choose what is looked at; its baseline is the normal.
	looked := &operands[0]
	looked.Spans, looked.Traces, looked.Profiles = query.SpanSelector, query.TraceIDSelector, query.ProfileIDSelector
	looked.CallSite = query.CallSite
	looked.SpanAbsent = query.Unresolved && !looked.narrowed()
	looked.InPlaceOf = inPlaceOf(query)
	if err := checkIDs(*looked); err != nil {
		return nil, err
	}
	if len(operands) == 2 {
		operands[1].Range = normalRange(*looked, operands[1])
	}
	notices := make([]string, len(sides))
	err := sideBySide(ctx, len(sides), func(ctx context.Context, i int) (err error) {
		operands[i].Types, notices[i], err = d.resolveType(ctx, sides[i].typeText, operands[i])
		if p.Closed {
			err = unsentType(err, operands[i])
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if notices[0] != "" {
		p.Notices = append(p.Notices, notices[0])
	}
	return operands, nil
}

func levelMode(text string) (LevelMode, error) {
	switch mode := LevelMode(text); mode {
	case "":
		return Latest, nil
	case Latest, Average:
		return mode, nil
	default:
		return "", pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The level mode %q is not known. "+
			"Choose latest or average.", shorten(text)), nil)
	}
}

func rangeOf(r backend.TimeRange) (pyroscope.Range, error) {
	span := pyroscope.Range{Start: r.From.UnixMilli(), End: r.To.UnixMilli()}
	switch {
	case span.Start > span.End:
		return span, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The time range is inverted: it begins at %s and ends "+
			"before that, at %s. Swap the two.", r.From.UTC().Format(time.RFC3339), r.To.UTC().Format(time.RFC3339)), nil)
	case span.End <= 0:
		return span, pyroscope.Faulty(pyroscope.BadQuery, "The query has no time range. Choose one.", nil)
	}
	return span, nil
}

// limitsOf takes the query's limits, else those of the settings. Alert rules see
// every line: one left out would be an alert that never fires.
func (d *Datasource) limitsOf(q Query, alerting bool) Limits {
	l := Limits{MaxNodes: d.settings.MaxNodes}
	if q.MaxNodes > 0 {
		l.MaxNodes = min(q.MaxNodes, serverMaxNodes)
	}
	switch {
	case q.Limit > 0:
		l.MaxSeries = int(q.Limit)
	case !alerting:
		l.MaxSeries, l.Remainder = maxLines, true
	}
	return l
}

// stepOf is the distance of points: what Grafana asks for, no finer than the
// setting, in whole seconds, and at most maxPoints of them.
func stepOf(q backend.DataQuery, minStep time.Duration, r pyroscope.Range) time.Duration {
	step := max(q.Interval, minStep, r.Duration()/maxPoints)
	if step > time.Second {
		step = (step + time.Second - 1).Truncate(time.Second)
	}
	return max(step, time.Millisecond)
}
