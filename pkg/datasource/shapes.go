package datasource

import (
	"fmt"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// shapesOf says what a query type asks for. Of two operands a flame graph is a
// diff; alert rules get lines or a number and never a flame graph.
func shapesOf(queryType string, alerting, compares bool) ([]Shape, error) {
	switch {
	case alerting && compares && (queryType == "" || queryType == "both" || queryType == string(ShapeDiff)):
		return []Shape{ShapeNumber}, nil
	case alerting && queryType == string(ShapeFunctions):
		return nil, pyroscope.Faulty(pyroscope.BadQuery, "An alert rule cannot evaluate a table of functions. "+
			"Choose the query type 'metrics' and write function \"…\" in the query for a series of each.", nil)
	case alerting && queryType == string(ShapeFlame):
		return nil, pyroscope.Faulty(pyroscope.BadQuery, "An alert rule cannot evaluate a flame graph. "+
			"Choose the query type 'metrics' in the rule's query.", nil)
	}
	flame := ShapeFlame
	if compares {
		flame = ShapeDiff
	}
	switch queryType {
	case "", "both":
		if alerting {
			return []Shape{ShapeSeries}, nil
		}
		return []Shape{ShapeSeries, flame}, nil
	case string(ShapeSeries):
		return []Shape{ShapeSeries}, nil
	case string(ShapeFlame):
		return []Shape{flame}, nil
	case string(ShapeFunctions):
		return []Shape{ShapeFunctions}, nil
	case string(ShapeDiff):
		if !compares {
			return nil, pyroscope.Faulty(pyroscope.BadQuery, "A diff needs a baseline. Choose one in the query editor, "+
				"or write it behind vs, such as: vs offset 1h.", nil)
		}
		return []Shape{ShapeDiff}, nil
	case string(ShapeRegressions):
		if !compares {
			return nil, pyroscope.Faulty(pyroscope.BadQuery, "Regressions need a baseline. Choose one in the query editor, "+
				"or write it behind vs, such as: vs offset 1h.", nil)
		}
		return []Shape{ShapeRegressions}, nil
	case string(ShapeSilent):
		return []Shape{ShapeSilent}, nil
	default:
		return nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The query type %q is not known. "+
			"Choose one of profile, metrics, both, diff, functions, regressions and silent.", shorten(queryType)), nil)
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
