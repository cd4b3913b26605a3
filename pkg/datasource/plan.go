package datasource

import (
	"slices"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

// Plan is what a query means, whatever form it was written in. Everything that
// runs queries knows the plan and not the form.
type Plan struct {
	// Shapes are the answers asked for; each is made on its own, side by side.
	Shapes []Shape
	// Operands are the sets of profiles the shapes are made of. Shapes of one set
	// use the first.
	Operands []Operand
	Limits   Limits
	// Step is the distance of two points of a series.
	Step time.Duration
	// GroupBy are the labels that tell the lines of a series apart.
	GroupBy []string
	// Legend names the lines, {{label}} standing for the label's value; empty for Grafana's own names.
	Legend   string
	Levels   LevelMode
	FillGaps bool
	Marks    Marks
	Filter   TreeFilter
	Diff     DiffMode
	// Thresholds are how large a regression must be.
	Thresholds regression.Thresholds
	// PreviousVersion takes the version that ran before for the baseline of regressions; WarmUp is how long after its
	// start an instance is left out.
	PreviousVersion bool
	WarmUp          time.Duration
	// PerFunction is what a series shows of each function.
	PerFunction FunctionMode
	// Closed leaves out buckets in which profiles may still arrive: alert rules
	// look at finished numbers only.
	Closed bool
	// Wall is how long the spans took that are looked at; 0 where that is not known.
	Wall time.Duration
	// Embedded says that the answer is drawn in the details of a span, by core's panel.
	Embedded bool
	// Packed sends large flame graphs in the form that our own front end unpacks.
	Packed bool
	// Identity is whose credentials the request carries: what is kept of its
	// answers is kept for them alone. Empty when all requests use the stored ones.
	Identity string
	// Notices are what the reader of the answer must know about the plan.
	Notices []string
}

// Shape is a kind of answer.
type Shape string

const (
	// ShapeFlame is the call tree of one operand.
	ShapeFlame Shape = "profile"
	// ShapeSeries is the operand's sum over time.
	ShapeSeries Shape = "metrics"
	// ShapeDiff is the joined call trees of two operands, the baseline second.
	ShapeDiff Shape = "diff"
	// ShapeFunctions is a table of the functions of one operand, or of two compared.
	ShapeFunctions Shape = "functions"
	// ShapeNumber is one number of two operands, for alert rules.
	ShapeNumber Shape = "number"
	// ShapeHeatmap counts the operand's profiles by time and value.
	ShapeHeatmap Shape = "heatmap"
	// ShapeRegressions is the functions that cost more, or less, than in the baseline, and how sure that is.
	ShapeRegressions Shape = "regressions"
	// ShapeSilent is which services of the last day send no profiles any more.
	ShapeSilent Shape = "silent"
	// ShapeDeploys is when services of the operand began to run another version.
	ShapeDeploys Shape = "deploys"
	// ShapeFindingMarks is the regressions as annotations, each where it began.
	ShapeFindingMarks Shape = "finding marks"
	// ShapeRange is an end of the range, for the links of alert rules.
	ShapeRange Shape = "range"
	// ShapeSpanHeatmap counts its spans so.
	ShapeSpanHeatmap Shape = "span heatmap"
)

// compares says that there are two operands.
func (p Plan) compares() bool { return len(p.Operands) == 2 }

func (p Plan) has(shape Shape) bool { return slices.Contains(p.Shapes, shape) }

// LevelMode is how several profiles of a state become one.
type LevelMode string

const (
	// Latest takes the last profile of each instance.
	Latest LevelMode = "latest"
	// Average takes the mean of each instance's profiles.
	Average LevelMode = "average"
)

// Operand is a set of profiles: of these types (more than one only where several
// ids mean the same), that match the selector, in the range.
type Operand struct {
	Types    []pyroscope.ProfileType
	Selector pyroscope.Selector
	Range    pyroscope.Range
	// Earlier is how far before the first operand this one lies, in milliseconds, where it is written as an offset; else 0.
	Earlier  int64
	Spans    []string
	Traces   []string
	Profiles []string
	// SpanAbsent says that a span was meant and has no profile id: the operand is its service around the span.
	SpanAbsent bool
	// InPlaceOf says in words which span this one stands for; empty where it is the span that was meant.
	InPlaceOf string
	// Window is how far from a span its profiles may lie; 0 means uploadWindow.
	Window time.Duration
	// CallSite is a call path that the stacks begin with, outermost function first.
	CallSite []string
}

// Type is the first type; all types of an operand have one unit and meaning.
func (o Operand) Type() pyroscope.ProfileType { return o.Types[0] }

// Limits bound an answer.
type Limits struct {
	// MaxNodes of a call tree, from 1 to 1<<20.
	MaxNodes int64
	// MaxSeries is how many lines are shown; 0 means all.
	MaxSeries int
	// Remainder adds the lines beyond MaxSeries up to one more.
	Remainder bool
}
