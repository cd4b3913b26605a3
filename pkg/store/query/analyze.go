package query

import (
	"context"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// Cost is what a query would read.
type Cost struct {
	Blocks, Series, Profiles, Bytes uint64
}

// Analyze counts what a query of the form `<profile type>{<selector>}` would
// read.
func (e *Engine) Analyze(ctx context.Context, tenant, text string, r Range) (Cost, error) {
	var cost Cost
	r, ok, err := e.bounded(r)
	if err != nil {
		return cost, err
	}
	matchers, err := ParseSelector(text)
	if err != nil || !ok {
		return cost, err
	}
	for _, m := range matchers {
		if m.Name == MetricName && m.Type == labels.MatchEqual {
			if byType, err := parseProfileType(m.Value); err == nil {
				*m = *byType
			}
		}
	}
	sel := db.Selection{Tenant: tenant, Matchers: matchers, Start: r.Start, End: r.End}
	err = e.DB.Each(ctx, sel, func(b *db.Block) error {
		cost.Blocks++
		cost.Series += uint64(len(b.Series))
		return b.Sizes(ctx, func(_ db.Row, bytes int) {
			cost.Profiles++
			cost.Bytes += uint64(bytes)
		})
	})
	return cost, err
}
