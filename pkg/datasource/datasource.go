// Package datasource is what Grafana calls: queries, resources and health of one
// configured profile server.
package datasource

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/redact"
)

// ID of the data source plugin.
const ID = "flamewatch-profiles-datasource"

// Datasource is one configured data source. Grafana makes a new one when its
// settings change and disposes of the old one.
type Datasource struct {
	settings  Settings
	uid, name string // of the data source, for links to itself
	user      string // as whom it asks, where that is basic authentication
	client    *pyroscope.Client
	captures  captures
	transport *http.Transport
	now       func() time.Time

	// What was learnt of the server and its profiles.
	longest atomic.Int64  // longest range it answers, a time.Duration; 0 = not known
	labels  *memo[string] // instance label by selector
	growing *memo[bool]   // whether values are totals, by type and selector
	// selectors are what the server can select by: trace, profile.
	selectors *memo[bool]
	// spacings are collection intervals, by type, selector and hour.
	spacings *memo[time.Duration]
	buckets  *finishedBuckets[bucketCosts]   // costs by function
	trees    *finishedBuckets[calltree.Kept] // call trees, for regressions
	// What regressions learnt of closed windows: deploys, who was there, reports, and services with findings of late.
	deployed    *memo[[]deploy]
	attendances *memo[attendance]
	reports     *memo[ServiceReport]
	costs       *memo[map[string]float64]
	regressed   *memo[bool]
	analysing   turns

	converting chan struct{} // room for one file that is read
}

var (
	_ backend.QueryDataHandler      = (*Datasource)(nil)
	_ backend.CheckHealthHandler    = (*Datasource)(nil)
	_ backend.CallResourceHandler   = (*Datasource)(nil)
	_ instancemgmt.InstanceDisposer = (*Datasource)(nil)
)

// New makes a data source of Grafana's settings.
func New(ctx context.Context, instance backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	settings, err := ParseSettings(instance.JSONData)
	if err != nil {
		return nil, err
	}
	if err := checkURL(instance.URL); err != nil {
		return nil, err
	}
	options, err := connectionOptions(ctx, instance, settings)
	if err != nil {
		return nil, err
	}
	d := &Datasource{settings: settings, uid: instance.UID, name: instance.Name, user: instance.BasicAuthUser, now: time.Now}
	d.captures.read(settings.CaptureTargets, instance.DecryptedSecureJSONData)
	// The SDK wraps the transport in its middlewares, through which idle
	// connections cannot be closed any more.
	options.ConfigureTransport = func(_ httpclient.Options, transport *http.Transport) { d.transport = transport }
	client, err := httpclient.New(options)
	if err != nil {
		return nil, badSetting("TLS", "cannot be used: "+err.Error(), err)
	}
	d.client = pyroscope.New(client, instance.URL, pyroscope.Options{
		Tenant: settings.Tenant, ResponseLimit: settings.ResponseLimit, Timeout: client.Timeout, Concurrency: settings.Concurrency,
		Redactor: redact.New(instance.BasicAuthUser, slices.Collect(maps.Values(instance.DecryptedSecureJSONData))...),
	})
	d.converting = make(chan struct{}, 1)
	d.labels = newMemo[string](memoTime, d.clock)
	d.growing = newMemo[bool](memoTime, d.clock)
	d.selectors = newMemo[bool](memoTime, d.clock)
	d.spacings = newMemo[time.Duration](memoTime, d.clock)
	d.buckets = newFinishedBuckets(maxCachedFunctions, functionsOf)
	d.trees = newFinishedBuckets(keptTreeBytes, calltree.Kept.Bytes)
	d.deployed = newMemo[[]deploy](closedTime, d.clock)
	d.attendances = newMemo[attendance](closedTime, d.clock)
	d.reports = newMemo[ServiceReport](closedTime, d.clock)
	d.costs = newMemo[map[string]float64](closedTime, d.clock)
	d.regressed = newMemo[bool](closedTime, d.clock)
	return d, nil
}

const (
	// memoTime is how long what was learnt of profiles is kept, closedTime what was learnt of windows that are over.
	memoTime   = 5 * time.Minute
	closedTime = time.Hour
)

func (d *Datasource) clock() time.Time { return d.now() }

// Dispose closes what the instance keeps open.
func (d *Datasource) Dispose() {
	d.transport.CloseIdleConnections()
	d.captures.close()
}

func checkURL(text string) error {
	address, err := url.Parse(text)
	switch {
	case text == "":
		return badSetting("URL", "is empty", nil)
	case err != nil:
		// The cause quotes the address, which may hold a password.
		return badSetting("URL", "cannot be read; it has to be like http://host:port", nil)
	case address.User != nil:
		return badSetting("URL", "has a user name or password in it; use basic authentication of the settings instead, where Grafana encrypts them", nil)
	case (address.Scheme != "http" && address.Scheme != "https") || address.Host == "":
		return badSetting("URL", fmt.Sprintf("is %q, where http://host:port is expected", text), nil)
	}
	return nil
}
