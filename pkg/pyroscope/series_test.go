package pyroscope

import (
	"testing"

	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
)

func seriesBytes(t *testing.T) []byte {
	t.Helper()
	bytes, err := proto.Marshal(&querierv1.SelectSeriesResponse{Series: []*typesv1.Series{
		{Labels: []*typesv1.LabelPair{{Name: "pod", Value: "a"}, {Name: "zone", Value: "x"}}, Points: []*typesv1.Point{
			{Timestamp: 15_000, Value: 1.5, Annotations: []*typesv1.ProfileAnnotation{{Key: "k", Value: "v"}}}, {Timestamp: 30_000, Value: 2}}},
		{Points: []*typesv1.Point{{Timestamp: 15_000, Value: 9e15, Exemplars: []*typesv1.Exemplar{{ProfileId: "p"}}}}},
	}})
	require.NoError(t, err)
	return bytes
}
