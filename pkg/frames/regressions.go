package frames

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/names"
	"github.com/flamewatch/profiles/pkg/regression"
)

// RegressionsName is the name of a frame with one row a finding.
const RegressionsName = "regressions"

// RegressionRow is a finding of one service.
type RegressionRow struct {
	Service string
	regression.Finding
	// Cost of the change over all instances, in CostUnit: cores, bytes a second; of a leak what it grows by an hour.
	Cost     float64
	CostUnit string
	// Version came with the change; empty where no deploy lies there.
	Version  string
	Sentence string
	// Windows are the ends of both: from and to of the comparison, from and to of the baseline.
	Windows [4]time.Time
	// Versions are those of comparison and baseline where the query compares versions: labels of the alert then.
	Versions [2]string
	// Compare, Flame and Runbook are addresses below Grafana's root.
	Compare, Flame, Runbook string
}

// Regressions writes findings as a table for people: service, function, kind, the function's shares of the service's
// profile, what the change costs, how sure it is and since when, the call path, and why nobody is woken. unit is that of
// a rate, which is a cost per instance and second. The function's cell leads to the comparison, the flame graph and the
// runbook; their addresses are columns that a table does not show.
func Regressions(rows []RegressionRow, unit string, custom any) *data.Frame {
	text := func(name string, of func(RegressionRow) string) *data.Field {
		return data.NewField(name, nil, columnOf(rows, of))
	}
	share := func(name string, of func(RegressionRow) float64) *data.Field {
		return numbers(name, shareUnit, columnOf(rows, of))
	}
	address := func(name string, of func(RegressionRow) string) *data.Field {
		field := text(name, of)
		field.Config = &data.FieldConfig{Custom: map[string]any{"hidden": true, "hideFrom": map[string]any{"viz": true}}}
		return field
	}
	function := text("function", func(r RegressionRow) string { return r.Function })
	function.Config = &data.FieldConfig{Links: []data.DataLink{
		{Title: "Compare both windows", URL: "${__data.fields.compare:raw}"},
		{Title: "Flame graph", URL: "${__data.fields.flame:raw}"},
		{Title: "Runbook", URL: "${__data.fields.runbook:raw}"},
	}}
	costUnit := ""
	if len(rows) > 0 {
		costUnit = rows[0].CostUnit
	}
	frame := table(custom,
		text("service_name", func(r RegressionRow) string { return r.Service }),
		function,
		text("kind", func(r RegressionRow) string { return string(r.Kind) }),
		share("baseline", func(r RegressionRow) float64 { return r.Baseline }),
		share("comparison", func(r RegressionRow) float64 { return r.Comparison }),
		share("change", func(r RegressionRow) float64 { return r.Comparison - r.Baseline }),
		data.NewField("ratio", nil, columnOf(rows, ratioOrNone)),
		numbers("cost", costUnit, columnOf(rows, func(r RegressionRow) float64 { return r.Cost })),
		share("low", func(r RegressionRow) float64 { return r.Low }),
		share("high", func(r RegressionRow) float64 { return r.High }),
		numbers("baselineRate", unit, columnOf(rows, func(r RegressionRow) float64 { return r.BaselineRate })),
		numbers("comparisonRate", unit, columnOf(rows, func(r RegressionRow) float64 { return r.ComparisonRate })),
		data.NewField("q", nil, columnOf(rows, func(r RegressionRow) float64 { return r.Q })),
		data.NewField("since", nil, columnOf(rows, func(r RegressionRow) time.Time { return r.Since })),
		text("version", func(r RegressionRow) string { return r.Version }),
		text("pods", podsOf),
		text("stack", func(r RegressionRow) string { return strings.Join(r.Stack, ";") }),
		text("within", func(r RegressionRow) string { return strings.Join(r.Within, ", ") }),
		data.NewField("alerts", nil, columnOf(rows, func(r RegressionRow) bool { return r.Alerts })),
		text("why", func(r RegressionRow) string { return r.Why }),
		text("sentence", func(r RegressionRow) string { return r.Sentence }),
		address("compare", func(r RegressionRow) string { return r.Compare }),
		address("flame", func(r RegressionRow) string { return r.Flame }),
		address("runbook", func(r RegressionRow) string { return r.Runbook }),
	)
	frame.Name = RegressionsName
	return frame
}

// podsOf is on how many instances the change is, of how many that were looked at.
func podsOf(r RegressionRow) string {
	if r.Instances == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d", r.InstancesGrown, r.Instances)
}

func ratioOrNone(r RegressionRow) *float64 {
	if r.Ratio == 0 && r.Baseline == 0 {
		return nil
	}
	return &r.Ratio
}

// leastBaseline is what a function's share is divided by at least, so that a new one has a ratio an alert can compare.
const leastBaseline = 0.002

// RegressionNumberNames are the numbers that an alert rule can have of a finding besides ratio and change, each as a query
// of its own for the annotations: shares before and after, what the change costs, since when (seconds since the epoch), on
// how many instances of how many; and the ends of both windows, for links that show the same later.
var RegressionNumberNames = []string{"baseline", "comparison", "cost", "since", "podsGrown", "pods",
	"from", "to", "baselineFrom", "baselineTo"}

// WindowEnds are the names of RegressionRow.Windows.
var WindowEnds = []string{"from", "to", "baselineFrom", "baselineTo"}

// RegressionNumber is a number of a finding by name; the ratio when that is empty.
func RegressionNumber(row RegressionRow, name string) float64 {
	switch name {
	case "change":
		return row.Comparison - row.Baseline
	case "baseline":
		return row.Baseline
	case "comparison":
		return row.Comparison
	case "cost":
		return row.Cost
	case "since":
		return float64(row.Since.Unix())
	case "from", "to", "baselineFrom", "baselineTo":
		return float64(row.Windows[slices.Index(WindowEnds, name)].Unix())
	case "podsGrown":
		return float64(row.InstancesGrown)
	case "pods":
		return float64(row.Instances)
	}
	if row.Kind == regression.Leak {
		return 1 + row.Growth.Relative
	}
	return row.Comparison / max(row.Baseline, leastBaseline)
}

// RegressionNumbers writes the findings that stand as numbers for an alert rule: comparison over baseline of the
// function's share, of a leak the level at the end over that at the beginning, or another number by name; each with the
// labels service_name, function and kind (and both versions, where those are compared) besides what the query fixes. All are in one frame, as a threshold takes them.
// Without findings there is one zero, so that the rule resolves.
func RegressionNumbers(rows []RegressionRow, fixed data.Labels, name string) data.Frames {
	if name == "" {
		name = "ratio"
	}
	if len(rows) == 0 {
		none := 0.0
		return data.Frames{Number(name, "", fixed, &none, nil)}
	}
	var made *data.Frame
	told := map[string]bool{}
	for _, row := range rows {
		labels := fixed.Copy()
		labels["service_name"], labels["function"], labels["kind"] = row.Service, names.Normalize(row.Function), string(row.Kind)
		if row.Versions[0] != "" {
			labels["version"], labels["baseline_version"] = row.Versions[0], row.Versions[1]
		}
		if told[labels.String()] {
			continue // closures of one function: Grafana takes a set of labels once
		}
		told[labels.String()] = true
		value := RegressionNumber(row, name)
		one := Number(name, "", labels, &value, nil)
		if made == nil {
			made = one
			continue
		}
		made.Fields = append(made.Fields, one.Fields...)
	}
	return data.Frames{made}
}
