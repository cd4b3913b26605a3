package datasource

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// whyTimeout bounds the search for a reason: the answer, nothing, is known.
const whyTimeout = 3 * time.Second

// whyEmpty says why an operand has no profiles, as far as the server's labels
// tell. Labels are known by storage block and not by profile, so nothing may be
// found although every condition is met.
func (d *Datasource) whyEmpty(ctx context.Context, o Operand) string {
	ctx, cancel := context.WithTimeout(ctx, whyTimeout)
	defer cancel()
	span := d.recent(o.around())
	types, err := d.client.ProfileTypes(ctx, span)
	if err != nil {
		return "No profiles were found."
	}
	if len(types) == 0 {
		return d.whyNothingStored(ctx, o.Range)
	}
	for _, m := range o.Selector.Matchers {
		if reason := d.whyUnmatched(ctx, span, m); reason != "" {
			return reason
		}
	}
	matching, err := d.client.LabelSets(ctx, span, o.Selector, typeLabel)
	switch {
	case err != nil:
	case len(matching) == 0:
		return fmt.Sprintf("No profile in this range matches all conditions of %s together. Remove one of them.", o.Selector)
	case len(o.Types) > 0 && !slices.ContainsFunc(matching, func(set map[string]string) bool { return set[typeLabel] == o.Type().ID }):
		var others []string
		for _, set := range matching {
			others = append(others, set[typeLabel])
		}
		return fmt.Sprintf("%s sends no profiles of type %s in this range. There are: %s.", o.Selector, o.Type().ID, firstOf(others))
	}
	switch {
	case len(o.Profiles) > 0:
		return "No profile with this id was found in the range."
	default:
		return "No profiles were found in this range. Profiles arrive with a delay: widen the range."
	}
}

// whyUnmatched says what is wrong with one condition, empty if it can be met.
func (d *Datasource) whyUnmatched(ctx context.Context, span pyroscope.Range, m *pyroscope.Matcher) string {
	if m.Matches("") || strings.HasPrefix(m.Name, "__") {
		return "" // met by profiles without the label, or not the server's to list
	}
	values, err := d.client.LabelValues(ctx, span, pyroscope.Selector{}, m.Name)
	switch {
	case err != nil:
		return ""
	case len(values) == 0:
		return fmt.Sprintf("No profile in this range has the label %s.", m.Name)
	case slices.ContainsFunc(values, m.Matches):
		return ""
	case m.Type == labels.MatchEqual:
		return fmt.Sprintf("No profile in this range has %s=%q. There are: %s.", m.Name, m.Value, firstOf(values))
	default:
		return fmt.Sprintf("No value of %s in this range meets %s. There are: %s.", m.Name, m, firstOf(values))
	}
}

func (d *Datasource) whyNothingStored(ctx context.Context, r pyroscope.Range) string {
	stored, any, err := d.client.Stored(ctx)
	at := func(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.DateTime) + " UTC" }
	switch {
	case err != nil:
		return "The server has no profiles in this range."
	case !any:
		return "The server has not received any profiles yet. Point an agent or SDK at it."
	case r.End < stored.Start:
		return fmt.Sprintf("The server has no profiles in this range: the oldest it keeps is from about %s.", at(stored.Start))
	case r.Start > stored.End:
		return fmt.Sprintf("The server has no profiles in this range: the newest is from about %s. "+
			"Check that the agents still send.", at(stored.End))
	default:
		return "The server has no profiles in this range."
	}
}

// firstOf lists a few texts and says how many more there are.
func firstOf(texts []string) string {
	const most = 8
	if len(texts) <= most {
		return strings.Join(texts, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(texts[:most], ", "), len(texts)-most)
}
