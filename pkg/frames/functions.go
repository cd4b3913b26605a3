package frames

import (
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// FunctionsName is the name of a frame with one row a function.
const FunctionsName = "functions"

// FunctionRow is one function of a profile. Values are in the unit of the
// profile, Share is the total's part of the whole, from 0 to 1.
type FunctionRow struct {
	Name             string
	Self, Total      float64
	SelfShare, Share float64
}

// Functions writes the fields function, self, total, selfShare, totalShare.
func Functions(rows []FunctionRow, unit string, custom any) *data.Frame {
	column := func(of func(FunctionRow) float64) []float64 { return columnOf(rows, of) }
	return table(custom,
		functionNames(columnOf(rows, func(r FunctionRow) string { return r.Name })),
		numbers("self", unit, column(func(r FunctionRow) float64 { return r.Self })),
		numbers("total", unit, column(func(r FunctionRow) float64 { return r.Total })),
		numbers("selfShare", shareUnit, column(func(r FunctionRow) float64 { return r.SelfShare })),
		numbers("totalShare", shareUnit, column(func(r FunctionRow) float64 { return r.Share })),
	)
}

// ComparedRow is one function of two profiles. Change is comparison - baseline,
// Ratio comparison / baseline and nil where the baseline is zero.
type ComparedRow struct {
	Name                         string
	Baseline, Comparison, Change float64
	Ratio                        *float64
	// Kind is new, removed, grew, shrank, same, or 'cut off' where one side was
	// cut so that it cannot be told.
	Kind string
}

// Compared writes the fields function, baseline, comparison, change, ratio, kind.
func Compared(rows []ComparedRow, unit string, custom any) *data.Frame {
	column := func(of func(ComparedRow) float64) []float64 { return columnOf(rows, of) }
	return table(custom,
		functionNames(columnOf(rows, func(r ComparedRow) string { return r.Name })),
		numbers("baseline", unit, column(func(r ComparedRow) float64 { return r.Baseline })),
		numbers("comparison", unit, column(func(r ComparedRow) float64 { return r.Comparison })),
		numbers("change", unit, column(func(r ComparedRow) float64 { return r.Change })),
		data.NewField("ratio", nil, columnOf(rows, func(r ComparedRow) *float64 { return r.Ratio })),
		data.NewField("kind", nil, columnOf(rows, func(r ComparedRow) string { return r.Kind })),
	)
}

// Number writes one value for an alert rule or a stat panel, with labels.
func Number(name, unit string, labels data.Labels, value *float64, custom any) *data.Frame {
	frame := data.NewFrame("number",
		data.NewField(name, labels, []*float64{value}).SetConfig(&data.FieldConfig{Unit: unit}))
	frame.Meta = &data.FrameMeta{
		Type: data.FrameTypeNumericWide, TypeVersion: data.FrameTypeVersion{0, 1}, Custom: custom,
	}
	return frame
}

// shareUnit is Grafana's unit of numbers from 0 to 1.
const shareUnit = "percentunit"

func table(custom any, fields ...*data.Field) *data.Frame {
	frame := data.NewFrame(FunctionsName, fields...)
	frame.Meta = &data.FrameMeta{PreferredVisualization: data.VisTypeTable, Custom: custom}
	return frame
}

// Grafana gives all columns of a table the same width, which is too little for a function's name and much for a number.
var (
	nameWidth   = map[string]any{"minWidth": 320}
	numberWidth = map[string]any{"minWidth": 90}
)

// functionNames is the column of names, which gets the room that numbers leave.
func functionNames(names []string) *data.Field {
	return data.NewField("function", nil, names).SetConfig(&data.FieldConfig{Custom: nameWidth})
}

func numbers(name, unit string, values []float64) *data.Field {
	return data.NewField(name, nil, values).SetConfig(&data.FieldConfig{Unit: unit, Custom: numberWidth})
}

func columnOf[R, V any](rows []R, of func(R) V) []V {
	column := make([]V, len(rows))
	for i, row := range rows {
		column[i] = of(row)
	}
	return column
}
