package datasource

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// Marks are what a series shows besides its lines.
type Marks struct {
	Exemplars   bool // points that lead to single profiles
	Annotations bool // remarks of the server, and deploys
}

// marks fetches the exemplars, annotations and deploys of a series. They are an
// addition: where the server has none, a notice says so and the series stands.
func (d *Datasource) marks(ctx context.Context, plan Plan, g grid) (data.Frames, []string, error) {
	if !plan.Marks.Exemplars && !plan.Marks.Annotations {
		return nil, nil, nil
	}
	var parts [2]data.Frames
	var said [2][]string
	err := sideBySide(ctx, 2, func(ctx context.Context, i int) (err error) {
		if i == 0 {
			parts[i], said[i], err = d.serverMarks(ctx, plan, g)
		} else if plan.Marks.Annotations {
			parts[i], said[i], err = d.deployMarks(ctx, plan)
		}
		return err
	})
	return slices.Concat(parts[0], parts[1]), slices.Concat(said[0], said[1]), err
}

// serverMarks are those that the server itself has.
func (d *Datasource) serverMarks(ctx context.Context, plan Plan, g grid) (data.Frames, []string, error) {
	operand := plan.Operands[0]
	t := operand.Type()
	span := d.recent(g.Range)
	found, err := d.client.Marks(ctx, pyroscope.SeriesQuery{Type: t.ID, Selector: operand.Selector, Range: span, Step: g.Step, GroupBy: plan.GroupBy})
	switch {
	case pyroscope.Is(err, pyroscope.Canceled):
		return nil, nil, err
	case err != nil:
		return nil, []string{"Exemplars and annotations are missing: " + err.Error()}, nil
	}
	spans, err := d.spanExemplars(ctx, plan, span, g.Step)
	if err != nil {
		return nil, nil, err
	}
	var notices []string
	if span != g.Range {
		notices = append(notices, fmt.Sprintf("Exemplars and annotations are those of the last %s of the range.", span.Duration()))
	}
	unit, factor := d.scaleOf(t, g.Step)
	var drawn data.Frames
	var remarks []pyroscope.Annotation
	for _, marked := range found {
		remarks = append(remarks, marked.Annotations...)
		if plan.Marks.Exemplars {
			all := append(within(marked.Exemplars, operand.Range), spans[fmt.Sprint(marked.Labels)]...)
			drawn = append(drawn, d.drawExemplars(all, marked.Labels, unit, factor, operand)...)
		}
	}
	if remarked := remarksOf(remarks, d.now()); plan.Marks.Annotations && len(remarked) > 0 {
		drawn = append(drawn, frames.Annotations(remarked))
	}
	return drawn, notices, nil
}

// within leaves out exemplars of the bucket that reaches back before the range.
func within(exemplars []pyroscope.Exemplar, r pyroscope.Range) []pyroscope.Exemplar {
	return slices.DeleteFunc(exemplars, func(e pyroscope.Exemplar) bool { return e.Time < r.Start || e.Time > r.End })
}

// drawExemplars writes the exemplars of one series, those of profiles and those of spans apart, since they lead
// elsewhere; factor turns their values into the unit of the series.
func (d *Datasource) drawExemplars(exemplars []pyroscope.Exemplar, series []pyroscope.Label, unit string, factor float64, o Operand) data.Frames {
	var profiles, spans []frames.Exemplar
	names, labels := map[string]bool{}, data.Labels{}
	for _, e := range exemplars {
		one := frames.Exemplar{Time: time.UnixMilli(e.Time), Value: e.Value * factor, Labels: data.Labels{}}
		for _, l := range e.Labels {
			one.Labels[l.Name] = l.Value
			names[l.Name] = true
		}
		if one.ID = e.ProfileID; one.ID != "" {
			profiles = append(profiles, one)
		} else if one.ID = e.SpanID; one.ID != "" {
			spans = append(spans, one)
		}
	}
	for _, l := range series {
		labels[l.Name] = l.Value
		names[l.Name] = true
	}
	columns := slices.Sorted(maps.Keys(names))
	var drawn data.Frames
	if len(profiles) > 0 {
		drawn = append(drawn, frames.Exemplars(profiles, labels, columns, unit, "Profile ID", d.profileLink(o)))
	}
	if len(spans) > 0 {
		drawn = append(drawn, frames.Exemplars(spans, labels, columns, unit, "Span ID", d.spanLinks(o)...))
	}
	return drawn
}

// spanExemplars are spans that stand for others of a series, each with what it cost; none where the server cannot tell.
// Only CPU samples carry span ids.
func (d *Datasource) spanExemplars(ctx context.Context, plan Plan, span pyroscope.Range, step time.Duration) (map[string][]pyroscope.Exemplar, error) {
	operand := plan.Operands[0]
	if !plan.Marks.Exemplars || !operand.Type().IsCPU() {
		return nil, nil
	}
	found, err := d.client.SelectHeatmap(ctx, pyroscope.SeriesQuery{Type: operand.Type().ID, Selector: operand.Selector, Range: span,
		Step: step, GroupBy: plan.GroupBy}, true)
	if pyroscope.Is(err, pyroscope.Canceled) {
		return nil, err
	}
	spans := map[string][]pyroscope.Exemplar{}
	for _, one := range found {
		spans[fmt.Sprint(one.Labels)] = within(one.Exemplars, operand.Range)
	}
	return spans, nil
}

// profileLink opens the flame graph of one profile, by the id in its cell.
func (d *Datasource) profileLink(o Operand) data.DataLink {
	return d.linkBy(o, "profileIdSelector", "View profile")
}

// spanLinks open the flame graph of one span, and the span itself where the settings name a data source of traces.
func (d *Datasource) spanLinks(o Operand) []data.DataLink {
	links := []data.DataLink{d.linkBy(o, "spanSelector", "View span profile")}
	if d.settings.TracesUID != "" {
		links = append(links, data.DataLink{Title: "View span", Internal: &data.InternalDataLink{
			DatasourceUID: d.settings.TracesUID,
			Query: map[string]any{
				"queryType": "traceql", "tableType": "spans", "limit": 20,
				"query": `{ span.pyroscope.profile.id = "${__value.raw}" }`,
			},
		}})
	}
	return links
}

func (d *Datasource) linkBy(o Operand, field, title string) data.DataLink {
	return data.DataLink{Title: title, Internal: &data.InternalDataLink{
		DatasourceUID: d.uid, DatasourceName: d.name,
		Query: map[string]any{
			"queryType": "profile", "profileTypeId": o.Type().ID, "labelSelector": o.Selector.String(),
			"groupBy": []string{}, field: []string{"${__value.raw}"},
		},
	}}
}
