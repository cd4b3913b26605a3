package datasource

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/config"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/frames"
)

// comparePath is the app's screen for two sets of profiles.
const comparePath = "/a/flamewatch-profiles-app/compare"

// comparedAround is how long the stretches before and after a deploy are that its
// link compares.
const comparedAround = 30 * time.Minute

// deployMark is the annotation of a deploy, with a link to the comparison of its
// two versions. Grafana draws an annotation's text as HTML, so what comes from a
// label is escaped.
func (d *Datasource) deployMark(ctx context.Context, one deploy, o Operand) frames.Annotation {
	at := time.UnixMilli(one.At)
	text := fmt.Sprintf("%s %s, after %s", html.EscapeString(one.Label), html.EscapeString(one.Version), html.EscapeString(one.Before))
	if link, err := d.compareURL(ctx, one, o); err == nil {
		text += fmt.Sprintf(` <a href="%s">Compare both versions</a>`, html.EscapeString(link))
	}
	return frames.Annotation{Time: at, End: at, Title: html.EscapeString("Deploy of " + nameOr(one.Service)), Text: text,
		Tags: []string{"deploy", one.Service}}
}

func nameOr(service string) string {
	if service == "" {
		return "a service without a name"
	}
	return service
}

// compareURL leads to the comparison of the version with the one before it. Its
// parameters are those of src/links/appUrl.ts.
func (d *Datasource) compareURL(ctx context.Context, one deploy, o Operand) (string, error) {
	of := func(version string) (string, error) {
		s, err := o.Selector.Without(one.Label).Without(serviceLabel).With(labels.MatchEqual, serviceLabel, one.Service)
		if err == nil {
			s, err = s.With(labels.MatchEqual, one.Label, version)
		}
		return s.String(), err
	}
	baseline, err := of(one.Before)
	if err != nil {
		return "", err
	}
	comparison, err := of(one.Version)
	if err != nil {
		return "", err
	}
	length := comparedAround.Milliseconds()
	params := url.Values{
		"var-ds": {d.uid}, "var-profileType": {o.Type().ID},
		"baseline-selector": {baseline}, "baseline-from": {ms(one.At - length)}, "baseline-to": {ms(one.At)},
		"comparison-selector": {comparison}, "comparison-from": {ms(one.At)}, "comparison-to": {ms(one.At + length)},
	}
	return subPath(ctx) + comparePath + "?" + params.Encode(), nil
}

func ms(at int64) string { return strconv.FormatInt(at, 10) }

// subPath is the path below which Grafana is served, without a slash at its end.
func subPath(ctx context.Context) string {
	configured, err := config.GrafanaConfigFromContext(ctx).AppURL()
	if err != nil {
		return ""
	}
	root, err := url.Parse(configured)
	if err != nil {
		return ""
	}
	return strings.TrimRight(root.EscapedPath(), "/")
}
