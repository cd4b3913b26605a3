package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

const delays = "mutex:delay:nanoseconds:contentions:count"

func askCoverage(t *testing.T, server *pyroscopetest.Server) coverage {
	t.Helper()
	var response *backend.CallResourceResponse
	address := fmt.Sprintf("coverage?start=%d&end=%d", noon.Add(-6*time.Hour).UnixMilli(), noon.UnixMilli())
	err := open(t, server, nil).CallResource(context.Background(), &backend.CallResourceRequest{Path: "coverage", Method: http.MethodGet, URL: address},
		backend.CallResourceResponseSenderFunc(func(r *backend.CallResourceResponse) error { response = r; return nil }))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.Status, string(response.Body))
	var answer coverage
	require.NoError(t, json.Unmarshal(response.Body, &answer))
	return answer
}

func TestCoverageOfLabelsAndSilence(t *testing.T) {
	server := &pyroscopetest.Server{}
	add := func(at time.Time, profileType string, labels map[string]string) {
		server.Profiles = append(server.Profiles, pyroscopetest.Profile{Type: profileType, At: at, Labels: labels, Stacks: map[string]int64{"main": 1}})
	}
	add(noon.Add(-time.Minute), cpu, map[string]string{"service_name": "orders", "version": "v1", "pod": "a", "namespace": "shop"})
	add(noon.Add(-3*time.Hour), inuse, map[string]string{"service_name": "orders", "version": "v1", "pod": "a", "namespace": "shop"})
	add(noon.Add(-time.Minute), cpu, map[string]string{"service_name": "bare"})
	add(noon.Add(-time.Minute), inuse, map[string]string{"service_name": "captures/orders", "capture": "20261130T120000Z-00"})
	for i := range manyValues + 5 {
		add(noon.Add(-time.Minute), cpu, map[string]string{"service_name": "bare", "tenant": fmt.Sprintf("t%d", i)})
	}
	add(noon.Add(-time.Minute), cpu, map[string]string{"service_name": "orders", "endpoint": "/orders/4711"})
	add(noon.Add(-time.Minute), cpu, map[string]string{"service_name": "orders", "endpoint": "/orders"})

	answer := askCoverage(t, server)
	require.Len(t, answer.Services, 2)
	bare, orders := answer.Services[0], answer.Services[1]
	require.Equal(t, []string{"", "", ""}, []string{bare.Version, bare.Instance, bare.Namespace})
	require.Equal(t, []string{"version", "pod", "namespace"}, []string{orders.Version, orders.Instance, orders.Namespace})
	require.Equal(t, []string{"endpoint", "namespace", "pod", "version"}, orders.Labels)

	require.Equal(t, inuse, orders.Types[0].ID)
	// Seen to the bucket: 6 h in 240 steps are 90 s each.
	require.InDelta(t, noon.Add(-3*time.Hour).UnixMilli(), orders.Types[0].Last, 90_000)
	require.InDelta(t, noon.Add(-time.Minute).UnixMilli(), orders.Types[1].Last, 90_000)

	require.Equal(t, []coveredLabel{
		{Name: "endpoint", Values: 2, Services: []string{"orders"}, Ids: true, Examples: []string{"/orders/4711"}},
		{Name: "tenant", Values: manyValues + 5, Services: []string{"bare"}, Examples: []string{"t0", "t1", "t10"}},
	}, answer.Labels)
	require.Zero(t, answer.LabelsLeft+answer.TypesLeft+answer.GrowthLeft)
}

func TestCoverageFindsTotalsSinceTheStart(t *testing.T) {
	server := &pyroscopetest.Server{}
	for i := range 40 {
		at := noon.Add(-10*time.Minute + time.Duration(i)*15*time.Second)
		for service, value := range map[string]int64{"pulled": int64(1000 + 10*i), "delta": int64(1000 + 7*(i%3))} {
			server.Profiles = append(server.Profiles, pyroscopetest.Profile{Type: delays, At: at,
				Labels: map[string]string{"service_name": service, "pod": "a"}, Stacks: map[string]int64{"main": value}})
		}
	}
	answer := askCoverage(t, server)
	require.Equal(t, "delta", answer.Services[0].Name)
	require.False(t, answer.Services[0].Types[0].Cumulative)
	require.True(t, answer.Services[1].Types[0].Cumulative)
}

func TestCoverageOfAServerWithoutSeries(t *testing.T) {
	server := twoServices()
	server.Unknown = []string{"Series", "SelectSeries", "LabelNames"}
	answer := askCoverage(t, server)
	require.Len(t, answer.Services, 1)
	require.Zero(t, answer.Services[0].Types[0].Last)
}

func TestCoverageOfNothing(t *testing.T) {
	answer := askCoverage(t, &pyroscopetest.Server{})
	require.Empty(t, answer.Services)
	require.Empty(t, answer.Labels)
}

func TestValuesThatLookLikeIds(t *testing.T) {
	for value, is := range map[string]bool{
		"/orders/4711": true, "/orders/4711/lines": true, "/users/3fa85f64-5717-4562-b3fc-2c963f66afa6": true,
		"/blob/0123456789abcdef": true, "ann@example.org": true,
		"/orders": false, "/orders/{id}": false, "/api/v2/orders": false, "v1.4.2": false, "eu-west-1": false, "/orders/:id": false,
	} {
		require.Equal(t, is, idLike.MatchString(value), value)
	}
}
