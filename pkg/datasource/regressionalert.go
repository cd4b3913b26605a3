package datasource

import (
	"cmp"
	"context"
	"slices"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/regression"
)

const (
	// regressionEvaluations is how many evaluations an alert rule's answer rests on: three in a row raise a finding, two
	// without it clear it. The backend keeps no state: it looks at the closed windows of now and of one to five buckets
	// ago, whose reports and trees are kept.
	regressionEvaluations = 6
	// aQuarter is how many buckets ago a finding must have been there to be ongoing.
	aQuarter = regressionBuckets / 4
	// mostAlerts is how many findings one rule tells of.
	mostAlerts = 20
)

// evaluation is a service's reports at consecutive evaluations, oldest first, and what stands at the end.
type evaluation struct {
	reports []ServiceReport
	// latest has, by fingerprint, the last report's index with an alerting finding, and the finding.
	latest map[string]seenFinding
	// standing are the fingerprints an alert rule would fire for.
	standing []string
}

type seenFinding struct {
	regression.Finding
	at int // index of the report
}

// evaluateBack looks at a service now and at so many buckets before.
func (d *Datasource) evaluateBack(ctx context.Context, plan Plan, w windows, service string, times int) (evaluation, error) {
	e := evaluation{latest: map[string]seenFinding{}}
	for shift := times - 1; shift >= 0; shift-- {
		report, err := d.report(ctx, plan, w.before(shift), service)
		if err != nil {
			return e, err
		}
		e.add(report)
	}
	return e, nil
}

func (e *evaluation) add(report ServiceReport) {
	e.reports = append(e.reports, report)
	for _, finding := range report.Findings {
		if finding.Alerts {
			e.latest[fingerprint(report.Service, report.plan.Operands[0].Type(), finding.Function)] = seenFinding{finding, len(e.reports) - 1}
		}
	}
	e.standing = regression.Standing(alerting(e.reports))
}

// alerting are the fingerprints of each report that can wake somebody up.
func alerting(reports []ServiceReport) [][]string {
	evaluations := make([][]string, len(reports))
	for i, report := range reports {
		for _, finding := range report.Findings {
			if finding.Alerts {
				evaluations[i] = append(evaluations[i], fingerprint(report.Service, report.plan.Operands[0].Type(), finding.Function))
			}
		}
	}
	return evaluations
}

// standingRegressions is what an alert rule gets: a number for each finding that several evaluations in a row have, with
// the labels service_name, function and kind; one zero when there is none. Of many findings the costliest of each service
// come first.
func (d *Datasource) standingRegressions(ctx context.Context, plan Plan, w windows, r *round, facts *regressionFacts) (data.Frames, error) {
	var byService [][]frames.RegressionRow
	err := d.each(ctx, plan, w, r, quietly, func(report ServiceReport) error {
		facts.Services = append(facts.Services, factsOf(report))
		if report.Fault != nil && !isOfService(report.Fault) && d.lateness(plan, report.Service) == 0 {
			return report.Fault // what stood must not look as if it were over: the rule keeps its state
		}
		if !d.regressed.knows(plan.Identity + "|" + plan.Operands[0].Type().ID + "|" + report.Service) {
			return nil // nothing now, and nothing of late that could still stand
		}
		e, err := d.evaluateBack(ctx, plan, w, report.Service, regressionEvaluations)
		if err != nil {
			return err
		}
		var rows []frames.RegressionRow
		for _, known := range e.standing {
			seen := e.latest[known]
			rows = append(rows, d.rowOf(ctx, e.reports[seen.at], seen.Finding))
		}
		slices.SortStableFunc(rows, func(a, b frames.RegressionRow) int { return cmp.Compare(b.Cost, a.Cost) })
		byService = append(byService, rows)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return frames.RegressionNumbers(fairly(byService, mostAlerts), labelsOf(plan), plan.Diff.Number), nil
}

// fairly takes the first of every service, then the second of every one, until there are so many, and gives them back
// service by service.
func fairly(byService [][]frames.RegressionRow, most int) []frames.RegressionRow {
	taken := make([]int, len(byService))
	left := most
	for rank := 0; left > 0; rank++ {
		isAny := false
		for i, rows := range byService {
			if rank < len(rows) && left > 0 {
				taken[i], left, isAny = rank+1, left-1, true
			}
		}
		if !isAny {
			break
		}
	}
	var rows []frames.RegressionRow
	for i, n := range taken {
		rows = append(rows, byService[i][:n]...)
	}
	return rows
}
