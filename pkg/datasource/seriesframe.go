package datasource

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// drawLines writes lines as frames, with values per second for flows.
func (d *Datasource) drawLines(lines []line, plan Plan, g grid, facts seriesFacts) data.Frames {
	t := plan.Operands[0].Type()
	unit, factor := d.scaleOf(t, g.Step)
	if plan.PerFunction.Share {
		unit, factor = "percentunit", 1
	}
	all := make(data.Frames, 0, len(lines))
	for _, l := range lines {
		own := facts
		drawn := frames.Line{Labels: data.Labels{}}
		for _, label := range l.labels {
			drawn.Labels[label.Name] = label.Value
		}
		switch {
		case l.rest > 0:
			own.Remainder = l.rest
			drawn.Title = fmt.Sprintf("%d more", l.rest)
		case plan.Legend != "":
			drawn.Title = legendOf(plan.Legend, drawn.Labels)
		case len(l.labels) == 0:
			drawn.Title = facts.Title
		}
		for i, at := range l.at {
			drawn.Append(time.UnixMilli(at), l.value[i]*factor)
		}
		if plan.FillGaps {
			drawn.Fill(time.UnixMilli(g.Start).Add(g.Step), time.UnixMilli(g.End), g.Step)
		}
		all = append(all, frames.Series(drawn, t.SampleType, unit, own))
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// legendOf fills a legend's labels in; one that the line does not have is left empty. A line that has none of them is
// called by what it lacks: what is not in any endpoint is "no endpoint".
func legendOf(format string, labels data.Labels) string {
	var lacks []string
	text := placeholder.ReplaceAllStringFunc(format, func(found string) string {
		label := placeholder.FindStringSubmatch(found)[1]
		if labels[label] == "" {
			lacks = append(lacks, label)
		}
		return labels[label]
	})
	if len(lacks) > 0 && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return "no " + strings.Join(lacks, ", ")
	}
	return text
}

// noSeries is the answer when nothing was found: nothing for an alert rule, which
// then has no data, else a series without points that carries the reason.
func (d *Datasource) noSeries(ctx context.Context, plan Plan, notices []string) data.Frames {
	if plan.Closed {
		return nil
	}
	if len(notices) == 0 && len(plan.Shapes) == 1 {
		notices = append(notices, d.whyEmpty(ctx, plan.Operands[0]))
	}
	if len(notices) == 0 {
		return nil // the flame graph beside it says why
	}
	return withNotices(frames.Series(frames.Line{Title: "no profiles"}, "value", "", nil), notices)
}

// titleOf names what a series shows. CPU is only called that when the settings
// say how much of the time profiling is on: a target that is profiled 10 s in
// every 60 shows a sixth of its CPU.
func (d *Datasource) titleOf(t pyroscope.ProfileType) string {
	if t.IsCPU() && d.settings.CPUCoverage == 0 {
		return "sampled CPU"
	}
	if t.IsCPU() {
		return "CPU"
	}
	return t.SampleType
}

// scaleOf is the Grafana unit of a series and what a bucket's sum is multiplied
// by: flows are per second, levels stay what they are. CPU is that of the whole
// time where the settings say which share of it is profiled.
func (d *Datasource) scaleOf(t pyroscope.ProfileType, step time.Duration) (unit string, factor float64) {
	if t.Kind() == pyroscope.Level {
		return t.Unit(), 1
	}
	perSecond := 1 / step.Seconds()
	switch {
	case t.IsCPU() && d.settings.CPUCoverage > 0:
		return "cores", perSecond / 1e9 / d.settings.CPUCoverage
	case t.IsCPU():
		return "cores", perSecond / 1e9
	case t.SampleUnit == "bytes":
		return "binBps", perSecond
	case t.SampleUnit == "count":
		return "ops", perSecond
	default:
		return t.Unit(), perSecond
	}
}
