package datasource

import (
	"context"
	"fmt"
	"html"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
)

// findingMarks are annotations of a dashboard: each regression where it began, with a link to the comparison. What nobody
// would be woken for is left out: that it shrank, moved, or is over.
func (d *Datasource) findingMarks(ctx context.Context, plan Plan) (data.Frames, error) {
	w, why, err := d.comparedWindows(ctx, plan)
	if err != nil {
		return nil, err
	}
	if w.step == 0 {
		return withNotices(frames.Annotations(nil), why), nil
	}
	r, err := d.roundOf(ctx, plan, w, plan.services(), regressionBudget)
	if err != nil {
		return nil, err
	}
	var marks []frames.Annotation
	var notices []string
	err = d.each(ctx, plan, w, r, quietly, func(report ServiceReport) error {
		if report.Fault != nil {
			notices = append(notices, fmt.Sprintf("%s: %s.", report.Service, report.Fault))
			return nil
		}
		for _, finding := range report.Findings {
			if finding.Kind.Wakes() {
				row := d.rowOf(ctx, report, finding)
				// Grafana draws an annotation's text as HTML, and what profiles say is text.
				marks = append(marks, frames.Annotation{
					Time: finding.Since, End: finding.Since, Title: html.EscapeString(finding.Function + " of " + nameOr(report.Service)),
					Text: html.EscapeString(row.Sentence) + fmt.Sprintf(` <a href="%s">Compare</a>`, html.EscapeString(row.Compare)),
					Tags: []string{"regression", report.Service, string(finding.Kind)},
				})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return withNotices(frames.Annotations(marks), fewOf(append(notices, r.notices...))), nil
}
