package pyroscope

import (
	"context"
	"net/http"
	"time"

	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
)

// KnowsTraceSelector says whether the server can select by trace. One that can refuses spans and traces together; an
// older one does not see the traces, and answers.
func (c *Client) KnowsTraceSelector(ctx context.Context, profileType string, now time.Time) (bool, error) {
	nodes := int64(1)
	_, err := call(ctx, c, c.stacktraces, &querierv1.SelectMergeStacktracesRequest{
		ProfileTypeID: profileType, LabelSelector: "{}", Start: now.Add(-time.Second).UnixMilli(), End: now.UnixMilli(), MaxNodes: &nodes,
		SpanSelector: []string{"0000000000000001"}, TraceIdSelector: []string{"00000000000000000000000000000001"},
	})
	return refusal(err)
}

// KnowsProfileSelector says whether the server can select single profiles by id. One that can refuses an id that is no
// UUID; an older one does not see it, and answers. The query must find profiles, or nobody looks at the id.
func (c *Client) KnowsProfileSelector(ctx context.Context, q TreeQuery) (bool, error) {
	nodes := int64(1)
	_, err := call(ctx, c, c.stacktraces, &querierv1.SelectMergeStacktracesRequest{
		ProfileTypeID: q.Type, LabelSelector: q.Selector.String(), Start: q.Range.Start, End: q.Range.End, MaxNodes: &nodes,
		ProfileIdSelector: []string{"no id"},
	})
	return refusal(err)
}

// refusal turns the server's refusal of a question that it must refuse into yes. Other faults stay: credentials, limits, a
// server that is down. Ids are looked at deep inside, where a fault is an HTTP 500.
func refusal(err error) (bool, error) {
	if err == nil {
		return false, nil
	}
	if fault := AsFault(err); fault.Status == http.StatusBadRequest || fault.Status == http.StatusInternalServerError {
		return true, nil
	}
	return false, err
}
