package pyroscope

import (
	"errors"
	"fmt"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// selectors follow Prometheus' syntax, as on the server: quoted names and names
// outside [a-zA-Z0-9_] are allowed.
var selectorParser = parser.NewParser(parser.Options{})

// Matcher is one condition of a selector: name, operator (=, !=, =~, !~), value.
// Regular expressions are anchored at both ends.
type Matcher = labels.Matcher

// Selector is a parsed label selector. The zero value selects everything.
type Selector struct {
	Matchers []*Matcher
}

// ParseSelector reads a label selector such as {service_name="checkout"}. Empty
// text selects everything. A fault names the position (counted from 1) and what
// was found there.
func ParseSelector(text string) (Selector, error) {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" || trimmed == "{}" {
		return Selector{}, nil
	}
	matchers, err := selectorParser.ParseMetricSelector(text)
	if err != nil {
		return Selector{}, badSelector(text, err)
	}
	return Selector{Matchers: matchers}, nil
}

func badSelector(text string, err error) *Fault {
	var all parser.ParseErrors
	place, found := "", err.Error()
	if errors.As(err, &all) && len(all) > 0 {
		first := all[0]
		found = first.Err.Error()
		if first.PositionRange.Start >= 0 && int(first.PositionRange.Start) <= len(text) {
			place = fmt.Sprintf(" at position %d", len([]rune(text[:first.PositionRange.Start]))+1)
		}
	}
	return Faulty(BadQuery, fmt.Sprintf("The label selector %s is malformed%s: %s. "+
		`Write it like {service_name="checkout", pod=~"checkout-.*"}.`, text, place, found), err)
}

// String writes the selector the way the server reads it.
func (s Selector) String() string {
	if len(s.Matchers) == 0 {
		return "{}"
	}
	var text strings.Builder
	for i, m := range s.Matchers {
		text.WriteByte("{,"[min(i, 1)])
		text.WriteString(m.String())
	}
	text.WriteByte('}')
	return text.String()
}

// With returns the selector with one more matcher; the receiver stays as it is.
func (s Selector) With(kind labels.MatchType, name, value string) (Selector, error) {
	m, err := labels.NewMatcher(kind, name, value)
	if err != nil {
		return s, Faulty(BadQuery, fmt.Sprintf("The condition on %s is not a valid regular expression: %s.", name, err), err)
	}
	return Selector{Matchers: append(s.Matchers[:len(s.Matchers):len(s.Matchers)], m)}, nil
}

// Without returns the selector without the matchers on a label.
func (s Selector) Without(name string) Selector {
	var kept []*Matcher
	for _, m := range s.Matchers {
		if m.Name != name {
			kept = append(kept, m)
		}
	}
	return Selector{Matchers: kept}
}
