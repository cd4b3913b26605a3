package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/gtime"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

func (p *Plan) readRegressions(q Query) error {
	p.Thresholds = regression.Thresholds{Ratio: q.LeastRatio, Share: q.LeastShare}
	if q.LeastRatio != 0 && q.LeastRatio <= 1 || q.LeastShare >= 1 {
		return pyroscope.Faulty(pyroscope.BadQuery, "A regression is a ratio above 1 and a change of the share between 0 and 1, "+
			"such as 1.2 and 0.002.", nil)
	}
	p.PreviousVersion = q.Baseline != nil && q.Baseline.PreviousVersion
	p.WarmUp = defaultWarmUp
	if q.WarmUp != "" {
		warmUp, err := gtime.ParseDuration(q.WarmUp)
		if err != nil || warmUp < 0 || warmUp > longestWarmUp {
			return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The field warmUp of the query is %q where a duration from 0s to %s is "+
				"expected, such as 10m.", shorten(q.WarmUp), longestWarmUp), nil)
		}
		p.WarmUp = warmUp
	}
	return nil
}

// longestWarmUp is the most that is left out of an instance.
const longestWarmUp = 2 * time.Hour

// Regressions answers a query of the type regressions with reports in place of frames, for programs that are no Grafana.
// JSON is the query's model.
func (d *Datasource) Regressions(ctx context.Context, query backend.DataQuery) ([]ServiceReport, []string, error) {
	plan, err := d.plan(ctx, query, false)
	if err != nil {
		return nil, nil, err
	}
	w, notices, err := d.comparedWindows(ctx, plan)
	if err != nil || w.step == 0 {
		return nil, notices, err
	}
	r, err := d.roundOf(ctx, plan, w, plan.services(), regressionBudget)
	if err != nil {
		return nil, nil, err
	}
	var reports []ServiceReport
	err = d.each(ctx, plan, w, r, quietly, func(report ServiceReport) error {
		reports = append(reports, report)
		return nil
	})
	return reports, append(plan.Notices, r.notices...), err
}

// quietly tells nobody which service comes next.
func quietly(int, string) error { return nil }

// services is how many services the query looks at.
func (p Plan) services() int {
	switch {
	case p.Limits.MaxSeries > 0 && !p.Limits.Remainder:
		return min(p.Limits.MaxSeries, mostServices)
	case p.Closed:
		return watchedServices
	default:
		return regressionServices
	}
}

// comparedWindows are the windows of a plan that compares what can be compared. Without profiles on either side they have
// no step, and the notice says why there are none.
func (d *Datasource) comparedWindows(ctx context.Context, plan Plan) (w windows, notices []string, err error) {
	if !plan.compares() {
		return w, nil, pyroscope.Faulty(pyroscope.BadQuery, "Regressions need a baseline. Write one behind vs, such as: vs offset 1h.", nil)
	}
	for _, operand := range plan.Operands {
		if len(operand.Types) == 0 {
			return w, []string{d.whyEmpty(ctx, operand)}, nil
		}
	}
	if err := comparable(plan.Operands[0], plan.Operands[1]); err != nil {
		return w, nil, err
	}
	w, err = d.windowsOf(ctx, plan)
	return w, nil, err
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
	w, why, err := d.comparedWindows(ctx, plan)
	if err != nil {
		return nil, err
	}
	if w.step == 0 {
		if plan.Closed { // no data, as a rule calls it: the rule of services that fell silent is for that
			return nil, nil
		}
		return withNotices(frames.Regressions(nil, "", regressionFacts{}), why), nil
	}
	r, err := d.roundOf(ctx, plan, w, plan.services(), regressionBudget)
	if err != nil {
		return nil, err
	}
	facts := regressionFacts{
		ProfileTypeID: plan.Operands[0].Type().ID, Buckets: w.comparison.count, BucketMS: w.step.Milliseconds(),
	}
	var made data.Frames
	if plan.Closed {
		made, err = d.standingRegressions(ctx, plan, w, r, &facts)
	} else {
		made, err = d.regressionTable(ctx, plan, w, r, &facts)
	}
	if err != nil {
		return nil, err
	}
	facts.DurationMS = d.now().Sub(begun).Round(time.Millisecond).Milliseconds()
	made[0].Meta.Custom = facts
	made[0].Meta.ExecutedQueryString = executedDiff(plan) + fmt.Sprintf("\nin %d buckets of %s a side", w.comparison.count, w.step)
	withNotices(made[0], r.notices)
	return made, nil
}

// regressionTable has a row a finding, service by service, the costliest first.
func (d *Datasource) regressionTable(ctx context.Context, plan Plan, w windows, r *round, facts *regressionFacts) (data.Frames, error) {
	var rows []frames.RegressionRow
	var notices []string
	err := d.each(ctx, plan, w, r, quietly, func(report ServiceReport) error {
		facts.Services = append(facts.Services, factsOf(report))
		if report.Fault != nil {
			notices = append(notices, fmt.Sprintf("%s: %s.", report.Service, report.Fault))
			return nil
		}
		for _, notice := range report.Notices {
			notices = append(notices, report.Service+": "+notice)
		}
		if report.Insufficient != nil {
			notices = append(notices, fmt.Sprintf("%s: %s", report.Service, report.Insufficient.Why))
		}
		for _, finding := range report.Findings {
			rows = append(rows, d.rowOf(ctx, report, finding))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return withNotices(frames.Regressions(rows, plan.Operands[0].Type().Unit(), nil), fewOf(notices)), nil
}

// mostNotices is how many notices of services one answer carries.
const mostNotices = 20

func fewOf(notices []string) []string {
	if len(notices) <= mostNotices {
		return notices
	}
	return append(notices[:mostNotices:mostNotices], fmt.Sprintf("%d more services have notices.", len(notices)-mostNotices))
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
