package datasource

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// samplingInterval is the usual distance of two CPU samples: the profilers of Go, Java, Python and .NET take a hundred
	// a second.
	samplingInterval = 10 * time.Millisecond
	// noiseBelow is the CPU time below which a span's profile is chance: two samples.
	noiseBelow = 2 * samplingInterval
	// fewestCompared is how many samples a span needs before its shares say something.
	fewestCompared = 50
)

// spanRemark says how much there is of the spans: '12 samples of this span, 120 ms CPU in 2.4 s wall.'
func (d *Datasource) spanRemark(ctx context.Context, plan Plan, o Operand, tree *calltree.Tree) (string, error) {
	samples, err := d.samplesOf(ctx, o, tree)
	if err != nil {
		return "", err
	}
	cost := costText(o.Type(), tree.Sum())
	if plan.Wall > 0 {
		cost += " in " + durationText(plan.Wall) + " wall"
	}
	remark := fmt.Sprintf("Samples of %s: %s.", o.spansText(), cost)
	if samples > 0 {
		remark = fmt.Sprintf("%s of %s, %s.", counted(samples, "sample"), o.spansText(), cost)
	}
	if o.Type().SampleUnit == "nanoseconds" && time.Duration(tree.Sum()) < noiseBelow {
		remark += " So few are chance: a profile says something from about 20 ms on."
	}
	return remark, nil
}

// spansText names what was chosen.
func (o Operand) spansText() string {
	switch {
	case len(o.Traces) == 1:
		return "this trace"
	case len(o.Traces) > 1:
		return fmt.Sprintf("these %d traces", len(o.Traces))
	case len(o.Spans) > 1:
		return fmt.Sprintf("these %d spans", len(o.Spans))
	case o.InPlaceOf != "":
		return o.InPlaceOf
	default:
		return "this span"
	}
}

// inPlaceOf names the span that is shown, and the one below it that was meant.
func inPlaceOf(q Query) string {
	if q.AncestorOf == "" {
		return ""
	}
	return fmt.Sprintf("“%s” (the nearest span above “%s” that carries a profile id)", shorten(q.SpanName), shorten(q.AncestorOf))
}

// samplesOf is how many samples the spans have, 0 where that cannot be told. The companion type that counts samples
// says it; without one it is the values' greatest common divisor in a tree that was not cut.
func (d *Datasource) samplesOf(ctx context.Context, o Operand, tree *calltree.Tree) (int64, error) {
	t := o.Type()
	if t.SampleUnit != "nanoseconds" || len(o.Types) > 1 {
		return 0, nil
	}
	companion := fmt.Sprintf("%s:samples:count:%s:%s", t.Name, t.PeriodType, t.PeriodUnit)
	counts, err := d.tree(ctx, pyroscope.TreeQuery{Type: companion, Selector: o.Selector, Range: o.around(), MaxNodes: 1,
		Spans: o.Spans, Traces: o.Traces, CallSite: o.CallSite})
	switch {
	case pyroscope.Is(err, pyroscope.Canceled):
		return 0, err
	case err == nil && !counts.Empty():
		return counts.Sum(), nil
	}
	return bySize(tree), nil
}

// bySize counts samples by the size of one, which divides all values. Smaller ones than a millisecond are no sample's.
func bySize(tree *calltree.Tree) int64 {
	size := int64(0)
	for _, self := range tree.Self {
		size = divisor(size, self)
	}
	if time.Duration(size) < time.Millisecond {
		return 0
	}
	return tree.Sum() / size
}

func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// comparedSpanNotices says how far the comparison of spans with the service's normal can be trusted.
func (d *Datasource) comparedSpanNotices(ctx context.Context, plan Plan, o Operand, tree *calltree.Tree, baseline Operand) ([]string, error) {
	if o.SpanAbsent {
		return []string{"This span carries no profile id (the tag pyroscope.profile.id), so the comparison is the whole service around it."}, nil
	}
	if len(o.Spans)+len(o.Traces) == 0 || len(o.Types) == 0 {
		return nil, nil
	}
	if tree.Empty() {
		why, err := d.whyNoSpan(ctx, plan, o)
		return []string{why}, err
	}
	remark, err := d.spanRemark(ctx, plan, o, tree)
	if err != nil {
		return nil, err
	}
	normal := fmt.Sprintf("The baseline is %s from %s to %s.", baseline.Selector, clock(baseline.Range.Start), clock(baseline.Range.End))
	if samples, err := d.samplesOf(ctx, o, tree); err == nil && samples > 0 && samples < fewestCompared {
		normal += fmt.Sprintf(" %d samples are few: shares can be compared from %d on, so only large differences mean something.",
			samples, fewestCompared)
	}
	return []string{remark, normal}, nil
}

// costText writes a cost: '120 ms CPU', '3 MiB alloc_space'.
func costText(t pyroscope.ProfileType, value int64) string {
	name := t.SampleType
	if t.IsCPU() {
		name = "CPU"
	}
	switch t.SampleUnit {
	case "nanoseconds":
		return durationText(time.Duration(value)) + " " + name
	case "bytes":
		return fmt.Sprintf("%.3g MiB %s", float64(value)/(1<<20), name)
	default:
		return fmt.Sprintf("%d %s", value, name)
	}
}

// durationText writes a duration with three digits: '2.4 s', '120 ms', '8 µs'.
func durationText(d time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Minute, "min"}, {time.Second, "s"}, {time.Millisecond, "ms"}, {time.Microsecond, "µs"}} {
		if d >= unit.size {
			return strconv.FormatFloat(float64(d)/float64(unit.size), 'g', 3, 64) + " " + unit.name
		}
	}
	return fmt.Sprintf("%d ns", d)
}

func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
