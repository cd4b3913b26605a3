package datasource

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// findingsRequest is the body of the resource regressions; see FindingsRequest in src/app/regressions/findings.ts.
type findingsRequest struct {
	Query        map[string]json.RawMessage `json:"query"`
	From         int64                      `json:"from"`
	To           int64                      `json:"to"`
	ProfileTypes []string                   `json:"profileTypes"`
	Services     []string                   `json:"services"`
	MaxServices  int                        `json:"maxServices"`
	Budget       int64                      `json:"budget"`
}

const (
	// largestBody is the most that is read of a request.
	largestBody = 256 << 10
	// streamedServices is how many services a streamed answer looks at without being told; mostServices is the most.
	streamedServices, mostServices = 50, 10_000
	// streamBudget is how long a streamed answer may take without being told; mostBudget is the most.
	streamBudget, mostBudget = 2 * time.Minute, 10 * time.Minute
	// mostTypes is how many profile types one request looks at, mostLeft how many services it names that were left.
	mostTypes, mostLeft = 12, 100
)

func readBody(body []byte, into any) error {
	if len(body) > largestBody {
		return tooLong(body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return pyroscope.Faulty(pyroscope.BadQuery, "The request's body is not the JSON that is expected: "+err.Error()+".", err)
	}
	return nil
}

func tooLong(body []byte) error {
	return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The request has %d kB, at most %d are read.", len(body)>>10, largestBody>>10), nil)
}

// budgetOf is a time to spend in milliseconds, within the limits; usual when none is named.
func budgetOf(ms int64, usual time.Duration) (time.Duration, error) {
	switch {
	case ms == 0:
		return usual, nil
	case ms < 0 || ms > mostBudget.Milliseconds():
		return 0, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("budget is %d, where up to %d milliseconds are expected.",
			ms, mostBudget.Milliseconds()), nil)
	}
	return time.Duration(ms) * time.Millisecond, nil
}

// typePlan is what is looked at of one profile type.
type typePlan struct {
	Plan
	windows
	costs map[string]float64
}

// plansOf makes a plan for each profile type that has profiles on both sides.
func (d *Datasource) plansOf(ctx context.Context, r findingsRequest, identity string) (plans []typePlan, notices []string, err error) {
	types := r.ProfileTypes
	if len(types) == 0 {
		types = []string{""}
	}
	if len(types) > mostTypes {
		return nil, nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%d profile types were asked for, at most %d are looked at.",
			len(types), mostTypes), nil)
	}
	var refused error
	for _, profileType := range types {
		plan, err := d.planOf(ctx, r.Query, profileType, r.From, r.To)
		if len(types) > 1 && pyroscope.Is(err, pyroscope.BadQuery) {
			refused = errors.Join(refused, err)
			notices = append(notices, err.Error())
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		plan.Identity = identity
		notices = append(notices, plan.Notices...)
		w, why, err := d.comparedWindows(ctx, plan)
		if err != nil {
			return nil, nil, err
		}
		if w.step == 0 {
			notices = append(notices, why...)
			continue
		}
		if slices.ContainsFunc(plans, func(other typePlan) bool { return other.Operands[0].Type() == plan.Operands[0].Type() }) {
			continue
		}
		costs, err := d.serviceCosts(ctx, plan, w)
		if err != nil {
			return nil, nil, err
		}
		plans = append(plans, typePlan{plan, w, costs})
	}
	if len(plans) == 0 && refused != nil {
		return nil, nil, refused
	}
	slices.Sort(notices)
	return plans, slices.Compact(notices), nil
}

// planOf is the plan of a query's model as regressions.
func (d *Datasource) planOf(ctx context.Context, query map[string]json.RawMessage, profileType string, from, to int64) (Plan, error) {
	model := map[string]json.RawMessage{}
	for key, value := range query {
		model[key] = value
	}
	model["queryType"] = json.RawMessage(`"regressions"`)
	if profileType != "" {
		name, err := json.Marshal(profileType)
		if err != nil {
			return Plan{}, err
		}
		model["profileTypeId"] = name
	}
	body, err := json.Marshal(model)
	if err != nil {
		return Plan{}, err
	}
	return d.plan(ctx, backend.DataQuery{RefID: "A", JSON: body,
		TimeRange: backend.TimeRange{From: time.UnixMilli(from), To: time.UnixMilli(to)}}, false)
}
