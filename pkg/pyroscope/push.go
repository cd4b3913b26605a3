package pyroscope

import (
	"context"
	"maps"
	"slices"

	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
)

// Push stores one profile in pprof's format, packed or not. labels hold __name__ and service_name; the profile's own
// time is when it is found, the server's clock if it has none.
func (c *Client) Push(ctx context.Context, labels map[string]string, profile []byte) error {
	series := &pushv1.RawProfileSeries{Samples: []*pushv1.RawSample{{RawProfile: profile}}}
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		series.Labels = append(series.Labels, &typesv1.LabelPair{Name: name, Value: labels[name]})
	}
	_, err := call(ctx, c, c.push, &pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{series}})
	return err
}
