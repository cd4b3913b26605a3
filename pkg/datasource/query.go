package datasource

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

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
	answers := backend.NewQueryDataResponse()
	var guard sync.Mutex
	var group errgroup.Group
	group.SetLimit(d.settings.Concurrency)
	for _, query := range req.Queries {
		group.Go(func() error {
			answer := d.answer(ctx, query, alerting)
			guard.Lock()
			defer guard.Unlock()
			answers.Responses[query.RefID] = answer
			return nil
		})
	}
	return answers, group.Wait()
}

// answer runs one query. A shape that fails leaves the frames of the others.
func (d *Datasource) answer(ctx context.Context, query backend.DataQuery, alerting bool) (answer backend.DataResponse) {
	defer func() {
		if broken := recover(); broken != nil {
			backend.Logger.FromContext(ctx).Error("Query panicked", "error", broken, "stack", string(debug.Stack()))
			answer = refuse(ctx, pyroscope.Faulty(pyroscope.Ours,
				"The Flamewatch datasource failed on this query. Grafana's server log has the details.", fmt.Errorf("%v", broken)))
		}
	}()
	plan, err := d.plan(ctx, query, alerting)
	if err != nil {
		return refuse(ctx, err)
	}
	made := make([]data.Frames, len(plan.Shapes))
	failed := make([]error, len(plan.Shapes))
	var group errgroup.Group
	for i, shape := range plan.Shapes {
		group.Go(func() error {
			defer func() {
				if broken := recover(); broken != nil {
					backend.Logger.FromContext(ctx).Error("Query panicked", "error", broken, "stack", string(debug.Stack()))
					failed[i] = fmt.Errorf("panic: %v", broken)
				}
			}()
			made[i], failed[i] = d.draw(ctx, shape, plan)
			return nil
		})
	}
	_ = group.Wait()
	for i := range plan.Shapes {
		answer.Frames = append(answer.Frames, made[i]...)
		if failed[i] != nil && answer.Error == nil {
			frames := answer.Frames
			answer = refuse(ctx, failed[i])
			answer.Frames = frames
		}
	}
	for _, notice := range plan.Notices {
		if len(answer.Frames) > 0 {
			answer.Frames[0].AppendNotices(data.Notice{Severity: data.NoticeSeverityInfo, Text: notice})
		}
	}
	return answer
}

// draw makes the frames of one shape of a plan.
func (d *Datasource) draw(ctx context.Context, shape Shape, plan Plan) (data.Frames, error) {
	switch shape {
	case ShapeFlame:
		return d.flame(ctx, plan)
	case ShapeSeries:
		return d.series(ctx, plan)
	default:
		return nil, fmt.Errorf("no way to draw %q", shape)
	}
}
