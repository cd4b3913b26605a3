package datasource

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// profileTypeEntry is an entry of the resource profileTypes. id and label are
// core's keys.
type profileTypeEntry struct {
	ID         string `json:"id"`
	Label      string `json:"label"`
	Name       string `json:"name"`
	SampleType string `json:"sampleType"`
	Unit       string `json:"unit"`
	Kind       string `json:"kind"` // flow or level
}

// CallResource answers the editors' questions:
//
//	profileTypes?start&end&query          the types, of the series that match if query is given
//	services?start&end&query              the services that match, each with its profile types
//	labelNames?start&end&query            the label names of the series that match
//	labelValues?start&end&query&label     the values of a label; a matcher on the label itself is left out
//	lines?start&end&query&type&function   what the lines of a function cost
//	deploys?start&end&query&type          when services began to send another version, oldest first
//	coverage?start&end&query              which services send what, which labels are missing or have too many values
//	diagnostics                           versions, capabilities, timings, without secrets; for administrators
//	captures/targets                      what can be captured
//	captures/take (POST)                  a capture of a capture.Ask, in parts as they come; see takeCapture
//	captures/keep?labels&profile (POST)   sends a profile to the server; see keepCapture
//	captures/kept?start&end               the captures that were kept
//	regressions (POST)                    the findings of all services of a query, in parts, as they are found
//	regressions/replay (POST)             what an alert rule of a query would have done, in parts
//	convert/jfr (POST)                    the profiles of a file of Java's Flight Recorder
//
// resourceCalls says who may call them. The two about regressions take and send JSON, one object a line, as
// src/app/regressions/findings.ts and src/app/alerts/replay.ts describe it.
//
// Paths and parameters are those of core's data source. start and end are
// milliseconds (default: the last hour; of a range longer than the server answers
// at once, its end counts), query is a selector with every matcher already chosen.
func (d *Datasource) CallResource(ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	req = withoutForeignHeaders(req)
	ctx = pyroscope.WithIdentity(forwarding(hiding(ctx, req), req.GetHTTPHeaders()), identityOf(req))
	path := strings.Trim(req.Path, "/")
	call, known := resourceCalls()[path]
	switch {
	case !known:
		return sendFault(sender, notAnswered(http.StatusNotFound, fmt.Sprintf("The datasource has no resource %q.", shorten(req.Path))))
	case !call.who.include(req.PluginContext.User):
		return sendFault(sender, notAnswered(http.StatusForbidden, call.who.refusal))
	case call.method != req.Method:
		return sendFault(sender, notAnswered(http.StatusMethodNotAllowed, fmt.Sprintf("The resource %s is called with %s.", path, call.method)))
	}
	return call.answer(d, ctx, req, sender)
}

// notAnswered is a mistake of who asks, with the status of the answer.
func notAnswered(status int, sentence string) error {
	return &pyroscope.Fault{Class: pyroscope.BadQuery, Status: status, Sentence: sentence}
}

// params are the parameters of a resource call.
type params struct {
	pyroscope.Range
	selector pyroscope.Selector
	label    string
	// profileType is a full id, function the exact name of a function.
	profileType, function string
}

func readParams(address string, now time.Time) (params, error) {
	p := params{Range: pyroscope.Range{Start: now.Add(-time.Hour).UnixMilli(), End: now.UnixMilli()}}
	parsed, err := url.Parse(address)
	if err != nil {
		return p, pyroscope.Faulty(pyroscope.BadQuery, "The address of the resource cannot be read.", err)
	}
	query := parsed.Query()
	for key, into := range map[string]*int64{"start": &p.Start, "end": &p.End} {
		if text := query.Get(key); text != "" {
			number, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return p, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%s is %q where milliseconds are expected.", key, shorten(text)), err)
			}
			*into = int64(number)
		}
	}
	if p.Start > p.End {
		return p, pyroscope.Faulty(pyroscope.BadQuery, "The time range is inverted: its start is after its end. Swap the two.", nil)
	}
	p.label, p.profileType, p.function = query.Get("label"), query.Get("type"), query.Get("function")
	p.selector, err = pyroscope.ParseSelector(query.Get("query"))
	return p, err
}

func (d *Datasource) profileTypes(ctx context.Context, p params) ([]profileTypeEntry, error) {
	types, err := d.typesIn(ctx, p)
	if err != nil {
		return nil, err
	}
	return entriesOf(types), nil
}

// typesIn lists the types of what the selector matches. ProfileTypes takes no
// selector, so Series is asked where there is one; a server without Series gives
// all types.
func (d *Datasource) typesIn(ctx context.Context, p params) ([]pyroscope.ProfileType, error) {
	if len(p.selector.Matchers) == 0 {
		return d.client.ProfileTypes(ctx, d.recent(p.Range))
	}
	byService, err := d.typesByService(ctx, Operand{Selector: p.selector, Range: p.Range})
	return distinct(byService), err
}

func (d *Datasource) labelNames(ctx context.Context, p params) ([]string, error) {
	names, err := d.client.LabelNames(ctx, d.recent(p.Range), p.selector)
	return orEmpty(names), err
}

func (d *Datasource) labelValues(ctx context.Context, p params) ([]string, error) {
	if p.label == "" {
		return nil, pyroscope.Faulty(pyroscope.BadQuery, "The resource labelValues needs the parameter label.", nil)
	}
	values, err := d.client.LabelValues(ctx, d.recent(p.Range), p.selector.Without(p.label), p.label)
	return orEmpty(values), err
}

// orEmpty makes JSON's [] of nothing.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func sendJSON(sender backend.CallResourceResponseSender, status int, answer any) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return sender.Send(&backend.CallResourceResponse{
		Status: status, Body: body, Headers: map[string][]string{"Content-Type": {"application/json"}},
	})
}

func sendFault(sender backend.CallResourceResponseSender, err error) error {
	fault := pyroscope.AsFault(err)
	status, _ := statusOf(fault)
	if fault.Class == pyroscope.BadQuery && fault.Status >= 400 {
		status = fault.Status
	}
	return sendJSON(sender, status, map[string]string{"message": fault.Sentence, "error": fault.Sentence})
}
