// Command testbackend is a plugin backend for the tests of package hostpage: it answers over the real plugin protocol
// and says back what it was asked.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

type instance struct {
	settings backend.DataSourceInstanceSettings
}

func newInstance(_ context.Context, settings backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	return &instance{settings: settings}, nil
}

// QueryData answers {"text": …} with a frame that holds the text, {"fail": …} with that error, {"crash": true} by
// dying and {"sleep": ms} after a while.
func (i *instance) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	responses := backend.Responses{}
	for _, query := range req.Queries {
		var asked struct {
			Text  string `json:"text"`
			Fail  string `json:"fail"`
			Crash bool   `json:"crash"`
			Sleep int    `json:"sleep"`
		}
		if err := json.Unmarshal(query.JSON, &asked); err != nil {
			return nil, err
		}
		if asked.Crash {
			os.Exit(3)
		}
		select {
		case <-time.After(time.Duration(asked.Sleep) * time.Millisecond):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if asked.Fail != "" {
			responses[query.RefID] = backend.ErrDataResponse(backend.StatusBadRequest, asked.Fail)
			continue
		}
		said := fmt.Sprintf("%s %s %s", asked.Text, query.Interval, query.TimeRange.Duration())
		responses[query.RefID] = backend.DataResponse{Frames: data.Frames{
			data.NewFrame("answer", data.NewField("said", nil, []string{said})),
		}}
	}
	return &backend.QueryDataResponse{Responses: responses}, nil
}

func (i *instance) CheckHealth(context.Context, *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	if i.settings.URL == "" {
		return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: "no address"}, nil
	}
	return &backend.CheckHealthResult{
		Status: backend.HealthStatusOk, Message: i.settings.URL, JSONDetails: []byte(`{"secret":"` +
			i.settings.DecryptedSecureJSONData["token"] + `"}`),
	}, nil
}

func (i *instance) CallResource(
	ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender,
) error {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Set-Cookie", "stolen=1")
		if r.URL.Path == "/parts" {
			_, _ = fmt.Fprint(w, "the first part")
			w.(http.Flusher).Flush()
			<-r.Context().Done() // the second never comes
			return
		}
		w.WriteHeader(http.StatusTeapot)
		_, _ = fmt.Fprintf(w, "%s %s %s cookie=%q", r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Get("Cookie"))
	})
	return httpadapter.New(handler).CallResource(ctx, req, sender)
}

func main() {
	if err := datasource.Manage("flamewatch-profiles-datasource", newInstance, datasource.ManageOpts{}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
