package frames

import (
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/regression"
)

// RegressionsName is the name of a frame with one row a finding.
const RegressionsName = "regressions"

// RegressionRow is a finding of one service.
type RegressionRow struct {
	Service string
	regression.Finding
}

// Regressions writes findings as a table for people: service, function, kind, the function's shares of the service's
// profile, what the change costs, how sure it is and since when, the call path, and why nobody is woken. unit is that of
// a cost; a rate is a cost per instance and second.
func Regressions(rows []RegressionRow, unit string, custom any) *data.Frame {
	text := func(name string, of func(RegressionRow) string) *data.Field {
		return data.NewField(name, nil, columnOf(rows, of))
	}
	share := func(name string, of func(RegressionRow) float64) *data.Field {
		return numbers(name, shareUnit, columnOf(rows, of))
	}
	frame := table(custom,
		text("service_name", func(r RegressionRow) string { return r.Service }),
		text("function", func(r RegressionRow) string { return r.Function }),
		text("kind", func(r RegressionRow) string { return string(r.Kind) }),
		share("baseline", func(r RegressionRow) float64 { return r.Baseline }),
		share("comparison", func(r RegressionRow) float64 { return r.Comparison }),
		share("change", func(r RegressionRow) float64 { return r.Comparison - r.Baseline }),
		data.NewField("ratio", nil, columnOf(rows, ratioOrNone)),
		share("low", func(r RegressionRow) float64 { return r.Low }),
		share("high", func(r RegressionRow) float64 { return r.High }),
		numbers("baselineRate", unit, columnOf(rows, func(r RegressionRow) float64 { return r.BaselineRate })),
		numbers("comparisonRate", unit, columnOf(rows, func(r RegressionRow) float64 { return r.ComparisonRate })),
		data.NewField("q", nil, columnOf(rows, func(r RegressionRow) float64 { return r.Q })),
		data.NewField("since", nil, columnOf(rows, func(r RegressionRow) time.Time { return r.Since })),
		text("stack", func(r RegressionRow) string { return strings.Join(r.Stack, ";") }),
		text("within", func(r RegressionRow) string { return strings.Join(r.Within, ", ") }),
		data.NewField("alerts", nil, columnOf(rows, func(r RegressionRow) bool { return r.Alerts })),
		text("why", func(r RegressionRow) string { return r.Why }),
	)
	frame.Name = RegressionsName
	return frame
}

func ratioOrNone(r RegressionRow) *float64 {
	if r.Ratio == 0 && r.Baseline == 0 {
		return nil
	}
	return &r.Ratio
}

// leastBaseline is what a function's share is divided by at least, so that a new one has a ratio an alert can compare.
const leastBaseline = 0.002

// RegressionNumbers writes the findings that stand as numbers for an alert rule: comparison over baseline of the
// function's share, or the change of it, each with the labels service_name, function and kind besides what the query
// fixes. Without findings there is one zero, so that the rule resolves.
func RegressionNumbers(rows []RegressionRow, fixed data.Labels, change bool) data.Frames {
	name := "ratio"
	if change {
		name = "change"
	}
	number := func(labels data.Labels, value float64) *data.Frame {
		return Number(name, "", labels, &value, nil)
	}
	if len(rows) == 0 {
		return data.Frames{number(fixed, 0)}
	}
	var made data.Frames
	for _, row := range rows {
		labels := fixed.Copy()
		labels["service_name"], labels["function"], labels["kind"] = row.Service, row.Function, string(row.Kind)
		value := row.Comparison / max(row.Baseline, leastBaseline)
		if change {
			value = row.Comparison - row.Baseline
		}
		made = append(made, number(labels, value))
	}
	return made
}
