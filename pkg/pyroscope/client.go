// Package pyroscope is a client of the calls that Pyroscope answers. Flame graphs
// and series are read from the answer's bytes straight into flat arrays; every
// failure is a Fault, a sentence with a class.
package pyroscope

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"connectrpc.com/connect"
	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
	"golang.org/x/sync/semaphore"

	"github.com/flamewatch/profiles/pkg/redact"
)

// Options are the limits and the identity of a client.
type Options struct {
	Tenant        string
	ResponseLimit int64         // bytes of an unpacked answer; must be > 0
	Timeout       time.Duration // of the HTTP client, for the sentence that names it
	Concurrency   int           // calls at the same time; must be > 0
	// Redactor takes secrets out of what the server says of an error.
	Redactor redact.Redactor
}

// Client speaks to one server. It is safe for concurrent use.
type Client struct {
	transport *transport
	base      string
	timeout   time.Duration

	profileTypes *connect.Client[querierv1.ProfileTypesRequest, querierv1.ProfileTypesResponse]
	labelNames   *connect.Client[typesv1.LabelNamesRequest, typesv1.LabelNamesResponse]
	labelValues  *connect.Client[typesv1.LabelValuesRequest, typesv1.LabelValuesResponse]
	series       *connect.Client[querierv1.SeriesRequest, querierv1.SeriesResponse]
	stats        *connect.Client[typesv1.GetProfileStatsRequest, typesv1.GetProfileStatsResponse]
	stacktraces  *connect.Client[querierv1.SelectMergeStacktracesRequest, treeAnswer]
	spanProfile  *connect.Client[querierv1.SelectMergeSpanProfileRequest, treeAnswer]
	pprof        *connect.Client[querierv1.SelectMergeProfileRequest, googlev1.Profile]
	selectSeries *connect.Client[querierv1.SelectSeriesRequest, seriesAnswer]
	marks        *connect.Client[querierv1.SelectSeriesRequest, querierv1.SelectSeriesResponse]
	heatmap      *connect.Client[querierv1.SelectHeatmapRequest, querierv1.SelectHeatmapResponse]
	push         *connect.Client[pushv1.PushRequest, pushv1.PushResponse]
}

// New makes a client for the server at address, which may have a path and may end
// with a slash. httpClient carries authentication, TLS and time-out; redirects to
// other servers are not followed.
func New(httpClient *http.Client, address string, options Options) *Client {
	careful := *httpClient
	careful.CheckRedirect = sameServer
	c := &Client{
		transport: &transport{
			client: &careful, tenant: options.Tenant, limit: options.ResponseLimit,
			slots: semaphore.NewWeighted(int64(options.Concurrency)), retries: newRetryBudget(), redactor: options.Redactor,
		},
		base:    strings.TrimRight(address, "/"),
		timeout: options.Timeout,
	}
	c.profileTypes = caller[querierv1.ProfileTypesRequest, querierv1.ProfileTypesResponse](c, querierv1connect.QuerierServiceProfileTypesProcedure)
	c.labelNames = caller[typesv1.LabelNamesRequest, typesv1.LabelNamesResponse](c, querierv1connect.QuerierServiceLabelNamesProcedure)
	c.labelValues = caller[typesv1.LabelValuesRequest, typesv1.LabelValuesResponse](c, querierv1connect.QuerierServiceLabelValuesProcedure)
	c.series = caller[querierv1.SeriesRequest, querierv1.SeriesResponse](c, querierv1connect.QuerierServiceSeriesProcedure)
	c.stats = caller[typesv1.GetProfileStatsRequest, typesv1.GetProfileStatsResponse](c, querierv1connect.QuerierServiceGetProfileStatsProcedure)
	c.stacktraces = caller[querierv1.SelectMergeStacktracesRequest, treeAnswer](c, querierv1connect.QuerierServiceSelectMergeStacktracesProcedure)
	c.spanProfile = caller[querierv1.SelectMergeSpanProfileRequest, treeAnswer](c, querierv1connect.QuerierServiceSelectMergeSpanProfileProcedure)
	c.pprof = caller[querierv1.SelectMergeProfileRequest, googlev1.Profile](c, querierv1connect.QuerierServiceSelectMergeProfileProcedure)
	c.marks = caller[querierv1.SelectSeriesRequest, querierv1.SelectSeriesResponse](c, querierv1connect.QuerierServiceSelectSeriesProcedure)
	c.heatmap = caller[querierv1.SelectHeatmapRequest, querierv1.SelectHeatmapResponse](c, querierv1connect.QuerierServiceSelectHeatmapProcedure)
	c.selectSeries = caller[querierv1.SelectSeriesRequest, seriesAnswer](c, querierv1connect.QuerierServiceSelectSeriesProcedure)
	c.push = caller[pushv1.PushRequest, pushv1.PushResponse](c, pushv1connect.PusherServicePushProcedure)
	return c
}

func caller[Req, Res any](c *Client, procedure string) *connect.Client[Req, Res] {
	return connect.NewClient[Req, Res](c.transport, c.base+procedure,
		connect.WithCodec(wireCodec{}),
		connect.WithAcceptCompression("gzip", nil, nil), // the transport unpacks
	)
}

// call makes one call and turns every error into a Fault.
func call[Req, Res any](ctx context.Context, c *Client, client *connect.Client[Req, Res], req *Req) (*Res, error) {
	request := connect.NewRequest(req)
	// Without this a server leaves out names such as k8s.pod.name.
	request.Header().Set("Accept", "*/*;allow-utf8-labelnames=true")
	resp, err := client.CallUnary(ctx, request)
	if err == nil {
		return resp.Msg, nil
	}
	var found *Fault
	if connect.CodeOf(err) == connect.CodeInvalidArgument && !errors.As(err, &found) {
		// Answers of the server became Faults in the transport: this is bytes that
		// are no message of this call.
		return nil, Faulty(NotPyroscope, "The server's answer cannot be read as a Pyroscope answer. Check the URL of the data "+
			"source and the version of the server.", err)
	}
	fault := faultOfTransport(ctx, c.transport.redactorFor(ctx).Error(err), c.timeout)
	if fault.Class == Unsupported {
		_, name, _ := strings.Cut(strings.TrimPrefix(request.Spec().Procedure, "/"), "/")
		fault.Sentence = unknownCall(name, fault)
	}
	return nil, fault
}

// unknownCall is what to say of a server that does not know a call. Pyroscope
// never answers with a web page; a proxy in front of one may.
func unknownCall(name string, fault *Fault) string {
	if fault.page {
		return fmt.Sprintf("Something at this address does not know the call %s (HTTP %d, with a web page): another program, or a "+
			"proxy that does not pass the call on. Check the URL of the data source: host, port and path.", name, fault.Status)
	}
	return fmt.Sprintf("This server does not know the call %s (HTTP %d): it is older than the call, only partly "+
		"compatible with Pyroscope, or no Pyroscope at all. What does not need the call still works.", name, fault.Status)
}

// AddressParts are the server's address, its host and its host's name, longest first: what must not appear in what is
// sent to others.
func (c *Client) AddressParts() []string {
	parts := []string{c.base}
	if address, err := url.Parse(c.base); err == nil && address.Host != "" {
		parts = append(parts, address.Host, address.Hostname())
	}
	return parts
}
