package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// replayRequest is the body of the resource regressions/replay; see src/app/alerts/replay.ts.
type replayRequest struct {
	Query        map[string]json.RawMessage `json:"query"`
	RelativeFrom *int64                     `json:"relativeFrom"`
	RelativeTo   int64                      `json:"relativeTo"`
	Above        float64                    `json:"above"`
	Hours        int                        `json:"hours"`
	Budget       int64                      `json:"budget"`
}

const (
	// usualHours is how far back a rule is replayed without being told, mostHours the most; usualReplay is how long that
	// may take without being told.
	usualHours, mostHours = 24, 48
	usualReplay           = 5 * time.Minute
	// usualRange is the range that a rule looks at, in seconds.
	usualRange = 3600
	// replayedServices is how many services are replayed, the costliest of the last range: each takes hundreds of trees.
	replayedServices = 5
)

func (r *replayRequest) check() error {
	if r.RelativeFrom == nil {
		usual := int64(usualRange)
		r.RelativeFrom = &usual
	}
	if r.Hours == 0 {
		r.Hours = usualHours
	}
	switch {
	case r.Hours < 1 || r.Hours > mostHours:
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("hours is %d, where 1 to %d are expected.", r.Hours, mostHours), nil)
	case r.RelativeTo < 0 || *r.RelativeFrom <= r.RelativeTo || *r.RelativeFrom > 30*24*3600:
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The rule's range is from %d to %d seconds before now; the first must be "+
			"the larger one, and at most 30 days.", *r.RelativeFrom, r.RelativeTo), nil)
	}
	return nil
}

// replay answers the resource regressions/replay: what an alert rule of a query would have done, evaluated at every
// bucket step. Neighbouring evaluations share all buckets but two, and those are kept.
func (d *Datasource) replay(ctx context.Context, req *backend.CallResourceRequest, w *lineWriter) error {
	begun := time.Now()
	var r replayRequest
	if err := readBody(req.Body, &r); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return err
	}
	budget, err := budgetOf(r.Budget, usualReplay)
	if err != nil {
		return err
	}
	now := d.now().UnixMilli()
	plan, err := d.planOf(ctx, r.Query, "", now-1000**r.RelativeFrom, now-1000*r.RelativeTo)
	if err != nil {
		return err
	}
	plan.Identity, plan.Closed = identityOf(req), true
	windows, why, err := d.comparedWindows(ctx, plan)
	if err != nil {
		return err
	}
	if windows.step == 0 {
		if err := w.send(replayBegunLine{"begun", 0, 0, []string{}, listed(why)}); err != nil {
			return err
		}
		return w.send(replayDoneLine{"done", time.Since(begun).Milliseconds(), 0, []firing{}, []string{}})
	}
	services, err := d.roundOf(ctx, plan, windows, min(plan.services(), replayedServices), budget)
	if err != nil {
		return err
	}
	total := int(time.Duration(r.Hours) * time.Hour / windows.step)
	if err := w.send(replayBegunLine{"begun", total, windows.step.Milliseconds(), listed(services.services), listed(services.notices)}); err != nil {
		return err
	}
	log := replayLog{above: r.Above, number: plan.Diff.Number, fired: map[string]*firing{}}
	done := 0
	for ; done < total; done++ {
		if done > 0 && time.Since(begun) > budget {
			log.notices = append(log.notices, fmt.Sprintf("The time sufficed for %d of %d evaluations, the oldest ones. "+
				"What was fetched is kept: ask again.", done, total))
			break
		}
		shifted := windows.before(total - 1 - done)
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.send(replayProgressLine{"progress", done, total, shifted.comparison.end}); err != nil {
			return err
		}
		reports := make([]ServiceReport, 0, len(services.services))
		for _, service := range services.services {
			report, err := d.report(ctx, plan, shifted, service)
			if err != nil {
				return err
			}
			reports = append(reports, report)
		}
		if line := log.evaluate(shifted.comparison.end, reports); len(line.Instances) > 0 {
			if err := w.send(line); err != nil {
				return err
			}
		}
	}
	return w.send(replayDoneLine{"done", time.Since(begun).Milliseconds(), done, listed(log.firings()), listed(log.notices)})
}
