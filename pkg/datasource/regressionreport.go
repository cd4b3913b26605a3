package datasource

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/flamewatch/profiles/pkg/names"
	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

// ServiceReport is the report of one service, or why there is none.
type ServiceReport struct {
	Service string
	regression.Report
	// Fault is why there is no answer.
	Fault   error
	Notices []string
	subject subject
	plan    Plan
	// cost of one share of the service's profile, and its unit: what the comparison costs as a whole.
	whole float64
	unit  string
}

// fingerprint of a finding: the same for the same service, profile type and function, whatever the build calls it.
func fingerprint(service string, t pyroscope.ProfileType, function string) string {
	return service + "|" + t.ID + "|" + names.Normalize(function)
}

// turns let callers that want the same closed windows share one analysis.
type turns struct{ group singleflight.Group }

// report analyses a service in the windows so many buckets ago. Windows are closed, so reports are kept; what went wrong
// with the service is in the report, and an error ends the whole query.
func (d *Datasource) report(ctx context.Context, plan Plan, w windows, service string) (ServiceReport, error) {
	key := fmt.Sprintf("%s|%v|%v|%s|%v|%s|%v|%v|%s|%v", plan.Identity, w, plan.Operands[0].Types, plan.Operands[0].Selector,
		plan.Operands[1].Types, plan.Operands[1].Selector, plan.Thresholds, plan.PreviousVersion, plan.WarmUp, service)
	for {
		made, err, shared := d.analysing.group.Do(key, func() (any, error) {
			return d.reports.get(key, func() (ServiceReport, error) {
				made := ServiceReport{Service: service, plan: plan}
				err := d.analyse(ctx, w, &made)
				if isOfService(err) {
					made.Fault, err = err, nil
				}
				return made, err
			})
		})
		if err != nil && shared && ctx.Err() == nil && pyroscope.Is(err, pyroscope.Canceled) {
			continue // another caller gave up while this one waited for it
		}
		report, _ := made.(ServiceReport)
		return report, err
	}
}

// errNotComparable is why a service has nothing to be compared with.
type errNotComparable string

func (e errNotComparable) Error() string { return string(e) }

// isOfService says that an error is an answer about one service: it was not running in one of the windows, has no other
// version, or its values cannot be compared. Others, a server that is down, say nothing of the service.
func isOfService(err error) bool {
	var missing errNotComparable
	return errors.Is(err, regression.ErrNoBaseline) || errors.Is(err, regression.ErrNoComparison) || errors.As(err, &missing) ||
		pyroscope.Is(err, pyroscope.BadQuery)
}

func (d *Datasource) analyse(ctx context.Context, w windows, into *ServiceReport) (err error) {
	if into.subject, err = d.subjectOf(ctx, into.plan, w, into.Service); err != nil {
		return err
	}
	s := into.subject
	into.Notices = s.notices
	if s.missing != "" {
		return errNotComparable(s.missing)
	}
	if s.comparison.Type().Kind() == pyroscope.Level {
		return d.analyseLevel(ctx, into)
	}
	input, present, err := d.inputOf(ctx, into.plan, s)
	if err != nil {
		return err
	}
	into.Report, err = regression.Analyse(ctx, input)
	if errors.Is(err, regression.ErrNoBaseline) && s.deployedAt != 0 {
		return errNotComparable(fmt.Sprintf("the version before %s, %s, was there for too short a time to be compared with",
			s.version, s.versionBefore))
	}
	if err != nil {
		return err
	}
	into.dateByDeploy()
	if input.SampleValue == 0 {
		into.Notices = append(into.Notices, "The windows were sampled at different rates: counts cannot be compared, so the test "+
			"rests on how much each function varies.")
	}
	into.whole, into.unit = d.costOf(s, input.Comparison)
	into.whole *= into.Scale // of which the shares are, once the scale is taken out
	return d.countPods(ctx, into, input, present)
}

// dateByDeploy takes the deploy for the beginning of what is there from the comparison's first bucket on: against the
// version before, the window may begin hours after it.
func (r *ServiceReport) dateByDeploy() {
	s := r.subject
	if s.deployedAt == 0 {
		return
	}
	begin := s.windows.comparison.span(s.step).Start - 1
	for i := range r.Findings {
		if r.Findings[i].Since.UnixMilli() == begin {
			r.Findings[i].Since = time.UnixMilli(s.deployedAt)
		}
	}
}

// costOf is what all of the comparison costs, in the unit of a series: cores, bytes a second.
func (d *Datasource) costOf(s subject, comparison regression.Window) (whole float64, unit string) {
	for _, bucket := range comparison.Buckets {
		if bucket.Tree.Sum() > 0 {
			whole += float64(bucket.Tree.Sum())
		}
	}
	unit, factor := d.scaleOf(s.comparison.Type(), s.step)
	return whole * factor / float64(max(1, len(comparison.Buckets))), unit
}

// countPods tells of the findings that can wake somebody up on how many instances they are. Where both sides have
// the same instances, these were not fetched for the test; they are now.
func (d *Datasource) countPods(ctx context.Context, into *ServiceReport, input regression.Input, present [2]attendance) error {
	wakes := false
	for _, finding := range into.Findings {
		wakes = wakes || finding.Kind.Wakes() && finding.Instances == 0
	}
	if !wakes || present[0].label == "" {
		return nil
	}
	if err := d.fetchInstances(ctx, into.plan, into.subject.sides()[0], present[0], &input.Comparison); err != nil {
		return err
	}
	regression.CountInstances(into.Findings, input.Comparison.Instances, into.Scale)
	return nil
}
