package main

import (
	"context"
	"encoding/json"
	"os"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/datasource"
)

// fromServer asks a Pyroscope, as the datasource does for Grafana.
func (o checkOptions) fromServer(ctx context.Context) (verdict, error) {
	profiles, err := openServer(ctx, o.server, o.tenant)
	if err != nil {
		return verdict{}, err
	}
	defer profiles.Dispose()
	fields := map[string]any{
		"queryType": "regressions", "flameql": o.query, "leastRatio": o.ratio, "leastShare": o.share, "warmUp": o.warmUp.String(),
	}
	if o.asked.isAsked() {
		o.asked.model(fields)
	}
	model, err := json.Marshal(fields)
	if err != nil {
		return verdict{}, err
	}
	from, to := o.asked.span(time.Now(), o.length)
	reports, notices, err := profiles.Regressions(ctx, backend.DataQuery{
		RefID: "check", JSON: model, TimeRange: backend.TimeRange{From: from, To: to},
	})
	if err != nil {
		return verdict{}, err
	}
	answer := verdict{notices: notices}
	for _, report := range reports {
		answer.reports = append(answer.reports, serviceVerdict{name: report.Service, Report: report.Report, fault: report.Fault})
	}
	return answer, nil
}

// openServer is a Pyroscope as the datasource sees it. A bearer token is taken from FLAMEWATCH_TOKEN.
func openServer(ctx context.Context, address, tenant string) (*datasource.Datasource, error) {
	settings := map[string]any{"tenant": tenant}
	secrets := map[string]string{}
	if token := os.Getenv("FLAMEWATCH_TOKEN"); token != "" {
		settings["httpHeaderName1"] = "Authorization"
		secrets["httpHeaderValue1"] = "Bearer " + token
	}
	jsonData, err := json.Marshal(settings)
	if err != nil {
		return nil, err
	}
	instance, err := datasource.New(ctx, backend.DataSourceInstanceSettings{
		Type: datasource.ID, URL: address, JSONData: jsonData, DecryptedSecureJSONData: secrets,
	})
	if err != nil {
		return nil, err
	}
	return instance.(*datasource.Datasource), nil
}
