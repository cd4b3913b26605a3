package datasource

import (
	"context"
	"net/http"
	"slices"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// resourceCall is one thing that the backend answers besides queries.
type resourceCall struct {
	method string
	who    callers
	answer func(d *Datasource, ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error
}

// callers are who may call. Without roles that is whoever Grafana lets query.
type callers struct {
	roles []string
	// refusal is the sentence for the others.
	refusal string
}

// include says that a user is among them. Grafana sets the role of the user in the organisation of the data source;
// anonymous users have the one that Grafana's configuration gives them.
func (c callers) include(user *backend.User) bool {
	return c.roles == nil || user != nil && slices.Contains(c.roles, user.Role)
}

var (
	everyone = callers{}
	// A capture costs the program that is profiled, and shows its insides.
	capturing = callers{[]string{"Editor", "Admin"}, "Captures need the role Editor or Admin in this organisation. Ask an administrator of Grafana."}
	// A file costs the server memory.
	converting = callers{[]string{"Editor", "Admin"}, "Reading JFR files costs the server memory and needs the role Editor or Admin in this organisation. " +
		"Ask an administrator of Grafana, or convert the file with flamewatch convert."}
	// Diagnostics tell of the server and the whole backend process.
	diagnosing = callers{[]string{"Admin"}, "Diagnostics need the role Admin in this organisation. Ask an administrator of Grafana."}
)

// resourceCalls are all of them by path. A call that is not here does not exist, and one that is here has a row in the
// test of who may call what.
func resourceCalls() map[string]resourceCall {
	return map[string]resourceCall{
		"profileTypes":       {http.MethodGet, everyone, ofParams((*Datasource).profileTypes)},
		"services":           {http.MethodGet, everyone, ofParams((*Datasource).services)},
		"labelNames":         {http.MethodGet, everyone, ofParams((*Datasource).labelNames)},
		"labelValues":        {http.MethodGet, everyone, ofParams((*Datasource).labelValues)},
		"lines":              {http.MethodGet, everyone, ofParams((*Datasource).lines)},
		"deploys":            {http.MethodGet, everyone, ofParams((*Datasource).deployList)},
		"coverage":           {http.MethodGet, everyone, ofParams((*Datasource).coverage)},
		"regressions":        {http.MethodPost, everyone, inParts((*Datasource).findings)},
		"regressions/replay": {http.MethodPost, everyone, inParts((*Datasource).replay)},
		"captures/targets":   {http.MethodGet, capturing, ofRequest((*Datasource).captureTargets)},
		"captures/take":      {http.MethodPost, capturing, (*Datasource).takeCapture},
		"captures/keep":      {http.MethodPost, capturing, ofRequest((*Datasource).keepCapture)},
		"captures/kept":      {http.MethodGet, capturing, ofParams((*Datasource).keptCaptures)},
		"diagnostics":        {http.MethodGet, diagnosing, ofRequest((*Datasource).diagnose)},
		"convert/jfr":        {http.MethodPost, converting, ofRequest((*Datasource).convertJFR)},
	}
}

// ofParams answers a question with parameters in its address.
func ofParams[A any](answer func(*Datasource, context.Context, params) (A, error)) func(*Datasource, context.Context, *backend.CallResourceRequest, backend.CallResourceResponseSender) error {
	return ofRequest(func(d *Datasource, ctx context.Context, req *backend.CallResourceRequest) (A, error) {
		p, err := readParams(req.URL, d.now())
		if err != nil {
			var none A
			return none, err
		}
		return answer(d, ctx, p)
	})
}

// ofRequest answers a question with one JSON value.
func ofRequest[A any](answer func(*Datasource, context.Context, *backend.CallResourceRequest) (A, error)) func(*Datasource, context.Context, *backend.CallResourceRequest, backend.CallResourceResponseSender) error {
	return func(d *Datasource, ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
		var found A
		err := guarded(ctx, func() (err error) {
			found, err = answer(d, ctx, req)
			return err
		})
		if err != nil {
			logFault(ctx, "Resource call", err)
			return sendFault(sender, err)
		}
		return sendJSON(sender, http.StatusOK, found)
	}
}
