package datasource

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

// findings answers the resource regressions: the findings of all services, service by service, as they are found.
func (d *Datasource) findings(ctx context.Context, req *backend.CallResourceRequest, w *lineWriter) error {
	begun := time.Now()
	var r findingsRequest
	if err := readBody(req.Body, &r); err != nil {
		return err
	}
	budget, err := budgetOf(r.Budget, streamBudget)
	if err != nil {
		return err
	}
	if r.MaxServices < 0 || r.MaxServices > mostServices {
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("maxServices is %d, where 1 to %d are expected.", r.MaxServices, mostServices), nil)
	}
	plans, notices, err := d.plansOf(ctx, r, identityOf(req))
	if err != nil {
		return err
	}
	services, left, all := rankedServices(plans, r)
	if err := w.send(begunOf(plans, len(services), all, notices)); err != nil {
		return err
	}
	done := 0
	for _, service := range services {
		if done > 0 && time.Since(begun) > budget {
			left = append(slices.Clone(services[done:]), left...)
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.send(progressLine{"progress", done, len(services), service}); err != nil {
			return err
		}
		if err := d.findingsOfService(ctx, plans, service, len(services), w); err != nil {
			return err
		}
		done++
	}
	return w.send(doneLine{"done", time.Since(begun).Milliseconds(), done, listed(left[:min(len(left), mostLeft)]), []string{}})
}

// rankedServices are the services to look at, the costliest first, those that are asked for and left out, and how many there
// are in all.
func rankedServices(plans []typePlan, r findingsRequest) (services, left []string, all int) {
	costs := map[string]float64{}
	for i := len(plans) - 1; i >= 0; i-- { // the first type's costs decide the order
		maps.Copy(costs, plans[i].costs)
	}
	all = len(costs)
	if len(r.Services) > 0 {
		maps.DeleteFunc(costs, func(service string, _ float64) bool { return !slices.Contains(r.Services, service) })
	}
	most := cmp.Or(r.MaxServices, streamedServices)
	ranked := largestOf(costs, len(costs))
	return ranked[:min(most, len(ranked))], ranked[min(most, len(ranked)):], all
}

// findingsOfService sends a line for each profile type of a service. Findings of one call path in several types are told
// once, with the type that was asked for first.
func (d *Datasource) findingsOfService(ctx context.Context, plans []typePlan, service string, among int, w *lineWriter) error {
	var lines []serviceLine
	for _, plan := range plans {
		if _, known := plan.costs[service]; !known {
			continue
		}
		e, err := d.evaluateService(ctx, plan, service, among)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && !isOfOneService(err) {
			return err
		}
		lines = append(lines, lineOf(plan, service, e, err))
	}
	for i := range lines {
		for k := i + 1; k < len(lines); k++ {
			lines[k].Findings = tellOnce(lines[i].Findings, lines[k].Findings)
		}
	}
	for _, line := range lines {
		if err := w.send(line); err != nil {
			return err
		}
	}
	return nil
}

// isOfOneService says that a server's refusal may concern one service only, such as an answer that is too large.
func isOfOneService(err error) bool {
	return isOfService(err) || pyroscope.Is(err, pyroscope.TooLarge) || pyroscope.Is(err, pyroscope.Refused)
}

// evaluateService looks at a service now and, for the status of its findings, at the windows a quarter earlier. Among many
// services the earlier windows are looked at only where something is found now.
func (d *Datasource) evaluateService(ctx context.Context, plan typePlan, service string, among int) (evaluation, error) {
	r := &round{services: make([]string, among)}
	now, err := d.serviceReport(ctx, plan.Plan, plan.windows, r, service)
	if err != nil {
		return evaluation{}, err
	}
	isFound := slices.ContainsFunc(now.Findings, func(f regression.Finding) bool { return f.Kind.Wakes() })
	if isFound {
		d.regressed.put(plan.Identity+"|"+plan.Operands[0].Type().ID+"|"+service, true)
	}
	if now.Fault != nil || among >= screenedFrom && !isFound && d.lateness(plan.Plan, service) != 0 {
		e := evaluation{latest: map[string]seenFinding{}}
		e.add(now)
		return e, nil
	}
	return d.evaluateBack(ctx, plan.Plan, plan.windows, service, regressionEvaluations)
}

// tellOnce moves findings of a later type that lie on a call path already told to that one's `also`.
func tellOnce(told, later []findingJSON) []findingJSON {
	var left []findingJSON
	for _, finding := range later {
		at := slices.IndexFunc(told, func(other findingJSON) bool {
			return finding.Kind.Wakes() && other.Kind.Wakes() && samePath(other, finding)
		})
		if at < 0 {
			left = append(left, finding)
			continue
		}
		told[at].Also = append(told[at].Also, alsoJSON{finding.ProfileTypeID, finding.Function, finding.Ratio, finding.Q})
	}
	return listed(left)
}
