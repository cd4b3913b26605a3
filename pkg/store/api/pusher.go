package api

import (
	"context"

	"connectrpc.com/connect"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"

	"github.com/flamewatch/profiles/pkg/store/ingest"
)

// pusher answers push.v1.
type pusher struct {
	ingester *ingest.Ingester
}

func (p *pusher) Push(ctx context.Context, req *connect.Request[pushv1.PushRequest]) (*connect.Response[pushv1.PushResponse], error) {
	all := make([]ingest.Series, 0, len(req.Msg.Series))
	for _, s := range req.Msg.Series {
		series := ingest.Series{}
		for _, l := range s.GetLabels() {
			series.Labels = append(series.Labels, ingest.Label{Name: l.GetName(), Value: l.GetValue()})
		}
		for _, sample := range s.GetSamples() {
			series.Profiles = append(series.Profiles, ingest.RawProfile{Raw: sample.GetRawProfile(), ID: sample.GetID()})
		}
		all = append(all, series)
	}
	if err := p.ingester.Push(ctx, tenant(ctx), all); err != nil {
		return nil, err
	}
	return connect.NewResponse(&pushv1.PushResponse{}), nil
}
