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

func askServices(t *testing.T, d *Datasource, query string) (int, servicesAnswer) {
	t.Helper()
	var response *backend.CallResourceResponse
	address := fmt.Sprintf("services?start=%d&end=%d&query=%s", noon.Add(-time.Hour).UnixMilli(), noon.UnixMilli(), query)
	err := d.CallResource(context.Background(), &backend.CallResourceRequest{Path: "services", Method: http.MethodGet, URL: address},
		backend.CallResourceResponseSenderFunc(func(r *backend.CallResourceResponse) error { response = r; return nil }))
	require.NoError(t, err)
	var answer servicesAnswer
	require.NoError(t, json.Unmarshal(response.Body, &answer), string(response.Body))
	return response.Status, answer
}

func twoServices() *pyroscopetest.Server {
	stacks := map[string]int64{"main": 1}
	profile := func(service, profileType string) pyroscopetest.Profile {
		return pyroscopetest.Profile{Type: profileType, At: noon.Add(-time.Minute), Stacks: stacks,
			Labels: map[string]string{"service_name": service}}
	}
	return &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{
		profile("orders", cpu), profile("orders", cpu), profile("orders", inuse), profile("checkout", cpu),
	}}
}

func TestServicesWithTheirTypes(t *testing.T) {
	server := twoServices()
	status, answer := askServices(t, open(t, server, nil), "")
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, []serviceEntry{
		{Name: "checkout", ProfileTypes: []string{cpu}},
		{Name: "orders", ProfileTypes: []string{inuse, cpu}},
	}, answer.Services)
	require.Len(t, answer.ProfileTypes, 2)
	require.Equal(t, []string{"Series"}, server.Calls(), "one call for all services")
}

func TestServicesThatMatch(t *testing.T) {
	_, answer := askServices(t, open(t, twoServices(), nil), `{service_name="checkout"}`)
	require.Equal(t, []serviceEntry{{Name: "checkout", ProfileTypes: []string{cpu}}}, answer.Services)
}

func TestServicesOfAServerWithoutSeries(t *testing.T) {
	server := twoServices()
	server.Unknown = []string{"Series"}
	_, answer := askServices(t, open(t, server, nil), "")
	require.Equal(t, []serviceEntry{{Name: "checkout"}, {Name: "orders"}}, answer.Services)
	require.Len(t, answer.ProfileTypes, 2, "which types there are is still known")
}

func TestServicesOfAnEmptyServer(t *testing.T) {
	status, answer := askServices(t, open(t, &pyroscopetest.Server{}, nil), "")
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, servicesAnswer{Services: []serviceEntry{}, ProfileTypes: []profileTypeEntry{}}, answer)
}
