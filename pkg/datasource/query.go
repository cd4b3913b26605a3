package datasource

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"golang.org/x/sync/errgroup"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// fromAlert is the header by which Grafana marks requests of alert rules.
const fromAlert = "FromAlert"

// QueryData answers every query of a request side by side. A query that fails
// has its own error; the others have their answers.
func (d *Datasource) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	alerting := req.Headers[fromAlert] == "true" || req.GetHTTPHeader(fromAlert) == "true"
	ctx, identity := forwarding(hiding(ctx, req), req.GetHTTPHeaders()), identityOf(req)
	answers := backend.NewQueryDataResponse()
	var guard sync.Mutex
	var group errgroup.Group
	group.SetLimit(d.settings.Concurrency)
	for _, query := range req.Queries {
		group.Go(func() error {
			answer := d.answer(ctx, query, alerting, identity)
			guard.Lock()
			defer guard.Unlock()
			answers.Responses[query.RefID] = answer
			return nil
		})
	}
	return answers, group.Wait()
}

// answer runs one query. A shape that fails leaves the frames of the others.
func (d *Datasource) answer(ctx context.Context, query backend.DataQuery, alerting bool, identity string) backend.DataResponse {
	begun := time.Now()
	ctx, meter := pyroscope.WithMeter(pyroscope.WithIdentity(ctx, identity))
	var plan Plan
	err := guarded(ctx, func() (err error) {
		plan, err = d.plan(ctx, query, alerting)
		plan.Identity = identity
		return err
	})
	if err != nil {
		return refuse(ctx, err)
	}
	made, failed := make([]data.Frames, len(plan.Shapes)), make([]error, len(plan.Shapes))
	var group errgroup.Group
	for i, shape := range plan.Shapes {
		group.Go(func() error {
			failed[i] = traced(ctx, shape, func(ctx context.Context) error {
				return guarded(ctx, func() (err error) {
					made[i], err = d.draw(ctx, shape, plan)
					return err
				})
			})
			return nil
		})
	}
	_ = group.Wait() // failures are in failed
	answer := backend.DataResponse{Status: backend.StatusOK}
	for i := range plan.Shapes {
		if failed[i] != nil && answer.Error == nil {
			answer = refuse(ctx, failed[i])
		}
	}
	for _, frames := range made {
		answer.Frames = append(answer.Frames, frames...)
	}
	if len(answer.Frames) > 0 {
		withNotices(answer.Frames[0], plan.Notices)
	}
	withStats(answer.Frames, time.Since(begun), meter)
	return answer
}

// draw makes the frames of one shape of a plan.
func (d *Datasource) draw(ctx context.Context, shape Shape, plan Plan) (data.Frames, error) {
	switch shape {
	case ShapeFlame:
		return d.flame(ctx, plan)
	case ShapeSeries:
		return d.series(ctx, plan)
	case ShapeDiff:
		return d.diff(ctx, plan)
	case ShapeFunctions:
		return d.functions(ctx, plan)
	case ShapeNumber:
		return d.number(ctx, plan)
	case ShapeRegressions:
		return d.regressions(ctx, plan)
	case ShapeSilent:
		return d.silent(ctx, plan)
	case ShapeFindingMarks:
		return d.findingMarks(ctx, plan)
	case ShapeRange:
		return d.evaluatedRange(plan), nil
	case ShapeDeploys:
		return d.deploysOnly(ctx, plan)
	case ShapeHeatmap, ShapeSpanHeatmap:
		return d.heatmap(ctx, plan)
	default:
		return nil, fmt.Errorf("no way to draw %q", shape)
	}
}
