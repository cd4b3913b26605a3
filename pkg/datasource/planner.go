package datasource

import (
	"context"
	"fmt"
	"strings"
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
	p := Plan{Closed: alerting, GroupBy: query.GroupBy, FillGaps: query.FillGaps}
	// What the model says counts: for alert rules Grafana leaves DataQuery's own
	// QueryType empty.
	queryType := query.QueryType
	if queryType == "" {
		queryType = raw.QueryType
	}
	if p.Shapes, err = shapesOf(queryType, alerting); err != nil {
		return p, err
	}
	if !alerting { // a rule evaluates lines and nothing else
		p.Marks = Marks{Exemplars: query.IncludeExemplars, Annotations: query.Annotations}
		if err := p.asHeatmap(query); err != nil {
			return p, err
		}
	}
	if p.Levels, err = levelMode(query.Levels); err != nil {
		return p, err
	}
	span, err := rangeOf(raw.TimeRange)
	if err != nil {
		return p, err
	}
	selector, err := pyroscope.ParseSelector(query.LabelSelector)
	if err != nil {
		return p, err
	}
	operand := Operand{Selector: selector, Range: span,
		Spans: query.SpanSelector, Traces: query.TraceIDSelector, Profiles: query.ProfileIDSelector}
	if query.Unresolved {
		p.Notices = append(p.Notices, "This span carries no profile id, so the profile is that of the whole service.")
	}
	if err := checkIDs(operand); err != nil {
		return p, err
	}
	var notice string
	if operand.Types, notice, err = d.resolveType(ctx, query.ProfileTypeID, operand); err != nil {
		return p, err
	}
	if notice != "" {
		p.Notices = append(p.Notices, notice)
	}
	p.Operands = []Operand{operand}
	p.Limits = d.limitsOf(query, alerting)
	p.Step = stepOf(raw, d.settings.MinStep, span)
	return p, nil
}

func shapesOf(queryType string, alerting bool) ([]Shape, error) {
	switch queryType {
	case "", "both":
		if alerting {
			return []Shape{ShapeSeries}, nil
		}
		return []Shape{ShapeSeries, ShapeFlame}, nil
	case string(ShapeSeries):
		return []Shape{ShapeSeries}, nil
	case string(ShapeFlame):
		if alerting {
			return nil, pyroscope.Faulty(pyroscope.BadQuery, "An alert rule cannot evaluate a flame graph. "+
				"Choose the query type 'metrics' in the rule's query.", nil)
		}
		return []Shape{ShapeFlame}, nil
	default:
		return nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The query type %q is not known. "+
			"Choose one of profile, metrics and both.", shorten(queryType)), nil)
	}
}

// asHeatmap puts a heatmap in the place of the series where the query asks for it,
// as core's data source does.
func (p *Plan) asHeatmap(q Query) error {
	if !q.IncludeHeatmap {
		return nil
	}
	shape := ShapeHeatmap
	switch q.HeatmapType {
	case "", "individual":
	case "span":
		shape = ShapeSpanHeatmap
	default:
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The heatmap type %q is not known. Choose individual or span.",
			shorten(q.HeatmapType)), nil)
	}
	for i := range p.Shapes {
		if p.Shapes[i] == ShapeSeries {
			p.Shapes[i] = shape
		}
	}
	return nil
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

// checkIDs refuses ids that the server would answer with an internal error, and
// combinations that it does not know.
func checkIDs(o Operand) error {
	for _, id := range o.Spans {
		if !isHex(id, 16) {
			return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%q is not a span id: 16 hex digits are expected.", shorten(id)), nil)
		}
	}
	for _, id := range o.Traces {
		if !isHex(id, 32) {
			return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%q is not a trace id: 32 hex digits are expected.", shorten(id)), nil)
		}
	}
	for _, id := range o.Profiles {
		if !isHex(strings.ReplaceAll(id, "-", ""), 32) {
			return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%q is not a profile id: a UUID is expected, "+
				"as exemplars carry it.", shorten(id)), nil)
		}
	}
	if len(o.Spans) > 0 && len(o.Traces) > 0 {
		return pyroscope.Faulty(pyroscope.BadQuery, "A query filters by spans or by traces, not by both. Remove one of them.", nil)
	}
	return nil
}

func isHex(text string, digits int) bool {
	return len(text) == digits && strings.Trim(text, "0123456789abcdefABCDEF") == ""
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
