package datasource

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

const (
	// regressionServices is how many services one query looks at when it names no limit, the costliest first: each takes
	// two dozen call trees.
	regressionServices = 10
	// regressionEvaluations is how many evaluations an alert rule's answer rests on: three raise a finding, and one that is
	// missing after them does not clear it.
	regressionEvaluations = 4
	// mostAlerts is how many findings one rule tells of.
	mostAlerts = 20
)

func thresholdsOf(q Query) (regression.Thresholds, error) {
	limits := regression.Thresholds{Ratio: q.LeastRatio, Share: q.LeastShare}
	if q.LeastRatio != 0 && q.LeastRatio <= 1 || q.LeastShare >= 1 {
		return limits, pyroscope.Faulty(pyroscope.BadQuery, "A regression is a ratio above 1 and a change of the share between 0 and 1, "+
			"such as 1.2 and 0.002.", nil)
	}
	return limits, nil
}

// ServiceReport is the report of one service, or why there is none.
type ServiceReport struct {
	Service string
	regression.Report
	Fault error
}

// Regressions answers a query of the type regressions with reports in place of frames, for programs that are no Grafana.
// JSON is the query's model.
func (d *Datasource) Regressions(ctx context.Context, query backend.DataQuery) ([]ServiceReport, []string, error) {
	plan, err := d.plan(ctx, query, false)
	if err != nil {
		return nil, nil, err
	}
	if !plan.compares() {
		return nil, nil, pyroscope.Faulty(pyroscope.BadQuery, "Regressions need a baseline. Write one behind vs, such as: vs offset 1h.", nil)
	}
	for _, operand := range plan.Operands {
		if len(operand.Types) == 0 {
			return nil, []string{d.whyEmpty(ctx, operand)}, nil
		}
	}
	if err := comparable(plan.Operands[0], plan.Operands[1]); err != nil {
		return nil, nil, err
	}
	w, err := d.windowsOf(ctx, plan)
	if err != nil {
		return nil, nil, err
	}
	services, notices, err := d.servicesOf(ctx, plan)
	if err != nil {
		return nil, nil, err
	}
	reports, err := d.reportsOf(ctx, plan, w, services, 0)
	return reports, append(plan.Notices, notices...), err
}

// regressionFacts is what an answer says of itself, in meta.custom.
type regressionFacts struct {
	ProfileTypeID string `json:"profileTypeId,omitempty"`
	DurationMS    int64  `json:"durationMs"`
	// Buckets a side and their length.
	Buckets  int   `json:"buckets"`
	BucketMS int64 `json:"bucketMs"`
	// Services are what was looked at, one a service.
	Services []serviceFacts `json:"services"`
}

// serviceFacts is what was found of one service besides the rows.
type serviceFacts struct {
	Service           string                   `json:"service"`
	Tested            int                      `json:"tested"`
	BaselineSamples   float64                  `json:"baselineSamples"`
	ComparisonSamples float64                  `json:"comparisonSamples"`
	Insufficient      *regression.Insufficient `json:"insufficient,omitempty"`
	Rejected          []regression.Rejected    `json:"rejected,omitempty"`
	// Fault is why there is no answer for the service.
	Fault string `json:"fault,omitempty"`
}

// regressions finds functions that cost more than in the baseline, service by service: a table for people, and for an
// alert rule a number each for the findings that stand, or one zero.
func (d *Datasource) regressions(ctx context.Context, plan Plan) (data.Frames, error) {
	begun := d.now()
	if len(plan.Operands[0].Types) == 0 || len(plan.Operands[1].Types) == 0 {
		return d.noRegressions(ctx, plan)
	}
	if err := comparable(plan.Operands[0], plan.Operands[1]); err != nil {
		return nil, err
	}
	windows, err := d.windowsOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	services, notices, err := d.servicesOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	var made data.Frames
	facts := regressionFacts{
		ProfileTypeID: plan.Operands[0].Type().ID, Buckets: windows.count, BucketMS: windows.step.Milliseconds(),
	}
	if plan.Closed {
		made, err = d.standingRegressions(ctx, plan, windows, services, &facts)
	} else {
		made, err = d.regressionTable(ctx, plan, windows, services, &facts)
	}
	if err != nil {
		return nil, err
	}
	facts.DurationMS = d.now().Sub(begun).Round(time.Millisecond).Milliseconds()
	made[0].Meta.Custom = facts
	made[0].Meta.ExecutedQueryString = executedDiff(plan) + fmt.Sprintf("\nin %d buckets of %s a side", windows.count, windows.step)
	withNotices(made[0], notices)
	return made, nil
}

// noRegressions is the answer where a side has no profiles: no rows for people, a zero for a rule, so that it resolves.
func (d *Datasource) noRegressions(ctx context.Context, plan Plan) (data.Frames, error) {
	if plan.Closed {
		return nil, nil
	}
	empty := plan.Operands[0]
	if len(empty.Types) > 0 {
		empty = plan.Operands[1]
	}
	return withNotices(frames.Regressions(nil, "", regressionFacts{}), []string{d.whyEmpty(ctx, empty)}), nil
}

// servicesOf are the services that the query looks at: the one that the selector names, or the costliest of those that it
// matches.
func (d *Datasource) servicesOf(ctx context.Context, plan Plan) (services, notices []string, err error) {
	operand := plan.Operands[0]
	for _, m := range operand.Selector.Matchers {
		if m.Name == serviceLabel && m.Type == matchEqual {
			return []string{m.Value}, nil, nil
		}
	}
	span := operand.Range
	all, err := d.sums(ctx, pyroscope.SeriesQuery{
		Type: operand.Type().ID, Selector: operand.Selector, Range: span, Step: max(span.Duration(), d.settings.MinStep),
		GroupBy: []string{serviceLabel},
	})
	if err != nil {
		return nil, nil, err
	}
	costs := map[string]float64{}
	for _, s := range all {
		for _, value := range s.Value {
			costs[labelOf(s.Labels, serviceLabel)] += value
		}
	}
	limit := plan.Limits.MaxSeries
	if limit == 0 || plan.Limits.Remainder {
		limit = regressionServices
	}
	if len(costs) > limit {
		notices = append(notices, fmt.Sprintf("%d of %d services were looked at, the costliest ones. "+
			"Name a service, or write a larger limit.", limit, len(costs)))
	}
	return largestOf(costs, limit), notices, nil
}

// reportsOf analyses service after service, the buckets of each fetched side by side. shift moves both windows back by so
// many buckets. A service that fails leaves the others.
func (d *Datasource) reportsOf(ctx context.Context, plan Plan, w windows, services []string, shift int) ([]ServiceReport, error) {
	reports := make([]ServiceReport, len(services))
	var first error
	failed := 0
	for i, service := range services {
		report, err := d.serviceReport(ctx, plan, w.before(shift), service)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		reports[i] = ServiceReport{Service: service, Report: report, Fault: err}
		if err != nil && !isNoWindow(err) {
			failed++
			first = errors.Join(first, err)
		}
	}
	if failed == len(services) && failed > 0 {
		return nil, first
	}
	return reports, nil
}

// isNoWindow says that a service was not running in one of the windows: that is an answer.
func isNoWindow(err error) bool {
	return errors.Is(err, regression.ErrNoBaseline) || errors.Is(err, regression.ErrNoComparison)
}

func (d *Datasource) serviceReport(ctx context.Context, plan Plan, w windows, service string) (regression.Report, error) {
	input, err := d.regressionInput(ctx, plan, w, service)
	if err != nil {
		return regression.Report{}, err
	}
	return regression.Analyse(ctx, input)
}

// regressionTable has a row a finding, service by service, the costliest first.
func (d *Datasource) regressionTable(ctx context.Context, plan Plan, w windows, services []string, facts *regressionFacts) (data.Frames, error) {
	reports, err := d.reportsOf(ctx, plan, w, services, 0)
	if err != nil {
		return nil, err
	}
	var rows []frames.RegressionRow
	var notices []string
	for _, report := range reports {
		facts.Services = append(facts.Services, factsOf(report))
		if report.Fault != nil {
			notices = append(notices, fmt.Sprintf("%s: %s.", report.Service, report.Fault))
			continue
		}
		if report.Insufficient != nil {
			notices = append(notices, fmt.Sprintf("%s: %s", report.Service, report.Insufficient.Why))
		}
		for _, finding := range report.Findings {
			rows = append(rows, frames.RegressionRow{Service: report.Service, Finding: finding})
		}
	}
	return withNotices(frames.Regressions(rows, plan.Operands[0].Type().Unit(), nil), notices), nil
}

func factsOf(report ServiceReport) serviceFacts {
	facts := serviceFacts{
		Service: report.Service, Tested: report.Tested, BaselineSamples: report.BaselineSamples,
		ComparisonSamples: report.ComparisonSamples, Insufficient: report.Insufficient,
		Rejected: report.Rejected[:min(len(report.Rejected), mostAlerts)],
	}
	if report.Fault != nil {
		facts.Fault = report.Fault.Error()
	}
	return facts
}

// standingRegressions is what an alert rule gets: a number for each finding that several evaluations in a row have, with
// the labels service_name, function and kind; one zero when there is none.
func (d *Datasource) standingRegressions(ctx context.Context, plan Plan, w windows, services []string, facts *regressionFacts) (data.Frames, error) {
	var evaluations [][]string
	latest := map[string]frames.RegressionRow{}
	for shift := regressionEvaluations - 1; shift >= 0; shift-- {
		reports, err := d.reportsOf(ctx, plan, w, services, shift)
		if err != nil {
			return nil, err
		}
		var fingerprints []string
		for _, report := range reports {
			if shift == 0 {
				facts.Services = append(facts.Services, factsOf(report))
			}
			for _, finding := range report.Findings {
				if finding.Alerts {
					fingerprint := report.Service + "\x00" + finding.Function
					fingerprints = append(fingerprints, fingerprint)
					latest[fingerprint] = frames.RegressionRow{Service: report.Service, Finding: finding}
				}
			}
		}
		evaluations = append(evaluations, fingerprints)
	}
	var standing []frames.RegressionRow
	for _, fingerprint := range regression.Standing(evaluations) {
		standing = append(standing, latest[fingerprint])
	}
	slices.SortStableFunc(standing, func(a, b frames.RegressionRow) int {
		return cmp.Compare(b.Comparison-b.Baseline, a.Comparison-a.Baseline)
	})
	return frames.RegressionNumbers(standing[:min(len(standing), mostAlerts)], labelsOf(plan), plan.Diff.Change), nil
}
