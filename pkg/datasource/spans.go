package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// embeddedRefID is how core's trace view names the query of a span's embedded flame graph.
	embeddedRefID = "span-flamegraph-refId"
	// uploadWindow is how far from a span the profile may lie that holds its samples, at least: a profile's time is that
	// of the upload and not of its samples, and the clocks of two machines differ.
	uploadWindow = time.Minute
	// maxUploadWindow bounds it where profiles are sent very seldom.
	maxUploadWindow = 15 * time.Minute
	// normalLength is how much of a service is its normal, that a span is held against.
	normalLength = 30 * time.Minute
)

// narrowed says that single spans, traces or profiles were chosen.
func (o Operand) narrowed() bool { return len(o.Spans)+len(o.Traces)+len(o.Profiles) > 0 }

// ofSpans says that the operand is about spans, whether they have ids or not.
func (o Operand) ofSpans() bool { return len(o.Spans)+len(o.Traces) > 0 || o.SpanAbsent }

// around is the range widened so that it holds the profiles of spans that take
// only milliseconds. The ids keep other samples out.
func (o Operand) around() pyroscope.Range {
	if !o.ofSpans() {
		return o.Range
	}
	window := max(o.Window, uploadWindow).Milliseconds()
	return pyroscope.Range{Start: o.Range.Start - window, End: o.Range.End + window}
}

// wholeService is the operand without its ids: everything that its selector keeps, around the spans.
func (o Operand) wholeService() Operand {
	o.Range, o.Spans, o.Traces, o.Profiles, o.SpanAbsent, o.Window = o.around(), nil, nil, nil, false, 0
	return o
}

// normalRange is the range of what spans are held against: profiles of a few milliseconds are no normal, so a shorter
// range becomes the half hour up to its end.
func normalRange(compared, baseline Operand) pyroscope.Range {
	r := baseline.Range
	if (!compared.narrowed() && !compared.SpanAbsent) || baseline.narrowed() || r.Duration() >= normalLength/2 {
		return r
	}
	return pyroscope.Range{Start: r.End - normalLength.Milliseconds(), End: r.End + uploadWindow.Milliseconds()}
}

// widened is the operand with the window that its uploads need: two of the service's upload intervals, where these are
// longer than half a minute.
func (d *Datasource) widened(ctx context.Context, o Operand) (Operand, error) {
	if !o.ofSpans() || len(o.Types) == 0 {
		return o, nil
	}
	service := o.wholeService()
	spacing, err := d.spacing(ctx, service, o.Type())
	o.Window = min(max(2*spacing, uploadWindow), maxUploadWindow)
	return o, err
}

// selectable puts ids in the form that the server can select by. A server that is older than a selector ignores it and
// would answer with the whole service.
func (d *Datasource) selectable(ctx context.Context, o Operand) (Operand, error) {
	switch {
	case len(o.Traces) > 0:
		known, err := d.selectors.get("trace", func() (bool, error) { return d.client.KnowsTraceSelector(ctx, o.Type().ID, d.now()) })
		switch {
		case err != nil:
			return o, err
		case known:
			o.Spans = nil
		case len(o.Spans) > 0:
			o.Traces = nil
		default:
			return o, pyroscope.Faulty(pyroscope.Unsupported, "This profile server is too old to select by trace. "+
				"Name the trace's spans in place of it, or update the server.", nil)
		}
	case len(o.Profiles) > 0:
		known, err := d.selectors.get("profile", func() (bool, error) {
			return d.client.KnowsProfileSelector(ctx, pyroscope.TreeQuery{Type: o.Type().ID, Selector: o.Selector, Range: o.Range})
		})
		if err != nil {
			return o, err
		}
		if !known {
			return o, pyroscope.Faulty(pyroscope.Unsupported, "This profile server does not keep single profiles by their id. "+
				"Choose a time range in place of the id, or update the server.", nil)
		}
	}
	return o, nil
}

// flameTree is the call tree of a flame graph, the operand that it is of, and a sentence about it where it is not simply
// the range's.
type flameTree struct {
	stateTree
	operand Operand
	shows   string
}

// treeOfFlame fetches what a flame graph draws. For spans without samples it is their service's profile around them.
func (d *Datasource) treeOfFlame(ctx context.Context, plan Plan, o Operand) (flameTree, error) {
	o, err := d.prepared(ctx, o)
	if err != nil {
		return flameTree{}, err
	}
	if o.SpanAbsent {
		return d.serviceOf(ctx, plan, o, "This span carries no profile id (the tag pyroscope.profile.id): its samples are in the profile of the "+
			"nearest span above it in its process that carries one. “Profiles of its spans” in the head of the trace leads there.")
	}
	made, err := d.operandTree(ctx, plan, o, plan.Limits.MaxNodes)
	if err != nil {
		return flameTree{}, err
	}
	whole := flameTree{stateTree: made, operand: o}
	switch {
	case !o.ofSpans():
	case made.tree.Empty():
		why, err := d.whyNoSpan(ctx, plan, o)
		if err != nil {
			return flameTree{}, err
		}
		return d.serviceOf(ctx, plan, o, why)
	default:
		if whole.shows, err = d.spanRemark(ctx, plan, o, made.tree); err != nil {
			return flameTree{}, err
		}
		whole.notices = append(whole.notices, whole.shows)
	}
	return whole, nil
}

// prepared is the operand as it is asked for: its window as wide as needed, its ids in a form that the server knows.
func (d *Datasource) prepared(ctx context.Context, o Operand) (Operand, error) {
	o, err := d.selectable(ctx, o)
	if err != nil {
		return o, err
	}
	return d.widened(ctx, o)
}

// serviceOf is the service's profile around spans that have none, and says so. Where the service has none either there
// is nothing, with the reason.
func (d *Datasource) serviceOf(ctx context.Context, plan Plan, o Operand, why string) (flameTree, error) {
	service := o.wholeService()
	made, err := d.operandTree(ctx, plan, service, plan.Limits.MaxNodes)
	if err != nil {
		return flameTree{}, err
	}
	whole := flameTree{stateTree: made, operand: service}
	if made.tree.Empty() {
		whole.notices = append(whole.notices, why+" "+d.whyEmpty(ctx, service))
		return whole, nil
	}
	whole.shows = fmt.Sprintf("%s Shown in its place: the profile of %s from %s to %s, around the span.",
		why, service.Selector, clock(service.Range.Start), clock(service.Range.End))
	whole.notices = append(whole.notices, whole.shows)
	return whole, nil
}
