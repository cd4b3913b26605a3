package datasource

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

const (
	// regressionServices is how many services one query looks at when it names no limit, the costliest first: each takes
	// two dozen call trees.
	regressionServices = 10
	// watchedServices is the same of an alert rule. Its windows are the same for several evaluations, and what was fetched
	// is kept, so that it comes through a number that one evaluation cannot.
	watchedServices = 200
	// regressionBudget is how long one query looks at services: Grafana gives an alert rule 30 seconds. What was fetched is
	// kept, so that the next evaluation comes further.
	regressionBudget = 25 * time.Second
	// screenedFrom is from how many services on each is looked at cheaply first.
	screenedFrom = 20
)

// round is one pass over the services of a query.
type round struct {
	services []string
	// all is how many the selector matches.
	all     int
	notices []string
	// until is when no further service is begun.
	until time.Time
	// left are services for which the time did not suffice.
	left []string
}

// roundOf chooses the services of a query: the one that the selector names, or the costliest of those that it matches in
// either window, those with findings of late before the others.
func (d *Datasource) roundOf(ctx context.Context, plan Plan, w windows, limit int, budget time.Duration) (*round, error) {
	r := &round{until: time.Now().Add(budget)}
	for _, m := range plan.Operands[0].Selector.Matchers {
		if m.Name == serviceLabel && m.Type == matchEqual {
			r.services, r.all = []string{m.Value}, 1
			return r, nil
		}
	}
	key := fmt.Sprintf("%s|%v|%v|%s|%s", plan.Identity, w, plan.Operands[0].Types, plan.Operands[0].Selector, plan.Operands[1].Selector)
	costs, err := d.costs.get(key, func() (map[string]float64, error) { return d.serviceCosts(ctx, plan, w) })
	if err != nil {
		return nil, err
	}
	r.all = len(costs)
	r.services = largestOf(costs, limit)
	if len(costs) > limit {
		r.notices = append(r.notices, fmt.Sprintf("%d of %d services were looked at, the costliest ones. "+
			"Name a service, or write a larger limit.", limit, len(costs)))
	}
	slices.SortStableFunc(r.services, func(a, b string) int { return d.lateness(plan, a) - d.lateness(plan, b) })
	return r, nil
}

// lateness is 0 for a service that had a finding not long ago, which comes first when time is short, and 1 for others.
func (d *Datasource) lateness(plan Plan, service string) int {
	if d.regressed.knows(plan.Identity + "|" + plan.Operands[0].Type().ID + "|" + service) {
		return 0
	}
	return 1
}

// serviceCosts is what each service costs in the comparison; one that was there in the baseline only costs nothing.
func (d *Datasource) serviceCosts(ctx context.Context, plan Plan, w windows) (map[string]float64, error) {
	spans := []pyroscope.Range{w.comparison.span(w.step), w.baseline.span(w.step)}
	sums := make([][]pyroscope.Series, len(spans))
	err := sideBySide(ctx, len(spans), func(ctx context.Context, i int) (err error) {
		o := plan.Operands[i]
		if len(o.Types) == 0 || i == 1 && plan.PreviousVersion {
			return nil
		}
		sums[i], err = d.sums(ctx, pyroscope.SeriesQuery{Type: o.Type().ID, Selector: o.Selector, Range: spans[i],
			Step: spans[i].Duration(), GroupBy: []string{serviceLabel}})
		return err
	})
	costs := map[string]float64{}
	for i, series := range sums {
		for _, s := range series {
			name := labelOf(s.Labels, serviceLabel)
			costs[name] += 0
			for _, value := range s.Value {
				if i == 0 {
					costs[name] += value
				}
			}
		}
	}
	delete(costs, "")
	return costs, err
}

// each analyses service after service until the time is up. A service that fails leaves the others; when every one fails,
// that is an error. before tells of the service that comes next.
func (d *Datasource) each(ctx context.Context, plan Plan, w windows, r *round, before func(done int, service string) error,
	tell func(ServiceReport) error) error {
	var first error
	failed := 0
	for i, service := range r.services {
		if i > 0 && time.Now().After(r.until) {
			r.left = r.services[i:]
			r.notices = append(r.notices, fmt.Sprintf("The time sufficed for %d of %d services. What was fetched is kept: ask again, "+
				"or narrow the selector.", i, len(r.services)))
			break
		}
		if err := before(i, service); err != nil {
			return err
		}
		report, err := d.serviceReport(ctx, plan, w, r, service)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			report.Service, report.Fault = service, err
			first, failed = errors.Join(first, err), failed+1
			if failed == i+1 && failed >= mostFailures {
				return first // the server, not the services
			}
		}
		if slices.ContainsFunc(report.Findings, func(f regression.Finding) bool { return f.Kind.Wakes() }) {
			d.regressed.put(plan.Identity+"|"+plan.Operands[0].Type().ID+"|"+service, true)
		}
		if err := tell(report); err != nil {
			return err
		}
	}
	if failed > 0 && failed == len(r.services) {
		return first
	}
	return nil
}

// mostFailures in a row from the first service on are taken for a failure of the whole.
const mostFailures = 3

// serviceReport is a service's report. Among many services each is screened first: two merges tell whether any function
// changed by enough, and most services end there.
func (d *Datasource) serviceReport(ctx context.Context, plan Plan, w windows, r *round, service string) (ServiceReport, error) {
	if len(r.services) < screenedFrom || plan.Operands[0].Type().Kind() == pyroscope.Level || d.lateness(plan, service) == 0 {
		return d.report(ctx, plan, w, service)
	}
	isQuiet, err := d.isQuiet(ctx, plan, w, service)
	if err != nil && !isOfService(err) {
		return ServiceReport{Service: service}, err
	}
	if isQuiet {
		return ServiceReport{Service: service, plan: plan}, nil
	}
	return d.report(ctx, plan, w, service)
}

// isQuiet says that no function's share of the whole windows differs by what the thresholds want, so that nothing can be
// found in their buckets.
func (d *Datasource) isQuiet(ctx context.Context, plan Plan, w windows, service string) (bool, error) {
	s, err := d.subjectOf(ctx, plan, w, service)
	if err != nil || s.missing != "" {
		return false, err
	}
	input := regression.Input{Thresholds: plan.Thresholds}
	into := [2]*regression.Window{&input.Comparison, &input.Baseline}
	sides := s.sides()
	err = sideBySide(ctx, len(sides), func(ctx context.Context, i int) error {
		span := sides[i].Range
		tree, err := d.finishedTree(ctx, plan, sides[i], span.Duration()+time.Millisecond, span.End)
		into[i].Buckets = []regression.Bucket{{Tree: tree}}
		return err
	})
	return err == nil && regression.IsQuiet(input), err
}
