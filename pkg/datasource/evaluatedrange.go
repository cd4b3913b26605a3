package datasource

import (
	"slices"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
)

// evaluatedRange is one end of what an alert rule's query looks at, in seconds since the epoch and without labels: a
// further query of the rule, so that the link of its alert shows hours later what it showed at first. It asks no server.
func (d *Datasource) evaluatedRange(plan Plan) data.Frames {
	ends := make([]int64, 0, 2*len(plan.Operands))
	for _, operand := range d.closedOperands(plan.Operands) {
		ends = append(ends, operand.Range.Start, operand.Range.End)
	}
	at := slices.Index(frames.WindowEnds, plan.Diff.Number)
	if at >= len(ends) {
		return nil // of a baseline that the query does not have: planning refuses it
	}
	seconds := float64(ends[at] / 1000)
	return data.Frames{frames.Number(plan.Diff.Number, "", nil, &seconds, nil)}
}

// asksForRange says that a rule's query wants to know an end of its range and nothing else.
func asksForRange(q Query, compares bool) bool {
	at := slices.Index(frames.WindowEnds, q.Number)
	return q.QueryType != string(ShapeRegressions) && at >= 0 && (at < 2 || compares)
}
