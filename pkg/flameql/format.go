package flameql

import (
	"fmt"
	"strings"
)

// Format writes the query in its one canonical form: on one line, clauses in
// fixed order, times in UTC. Parse(q.Format()) gives an equal query.
func (q *Query) Format() string {
	parts := q.Left.format(nil)
	if q.Right != nil {
		parts = q.Right.format(append(parts, kwVs))
	}
	parts = appendList(parts, kwBy, q.By, formatLabel)
	parts = appendPattern(parts, kwFunction, q.Function)
	parts = appendPattern(parts, kwFocus, q.Focus)
	parts = appendPattern(parts, kwHide, q.Hide)
	parts = appendList(parts, kwSpan, q.Spans, quote)
	parts = appendList(parts, kwTrace, q.Traces, quote)
	parts = appendList(parts, kwProfile, q.Profiles, quote)
	parts = appendCount(parts, kwNodes, q.Nodes)
	parts = appendCount(parts, kwLimit, q.Limit)
	if q.Normalise != NormaliseDefault {
		parts = append(parts, kwNormalise, string(q.Normalise))
	}
	return strings.Join(parts, " ")
}

func (o *Operand) format(parts []string) []string {
	selector := ""
	if o.Type != "" {
		selector = formatType(o.Type)
	}
	if len(o.Matchers) > 0 || o.Type == "" && o.Time == nil {
		selector += formatMatchers(o.Matchers)
	}
	if selector != "" {
		parts = append(parts, selector)
	}
	switch {
	case o.Time == nil:
		return parts
	case o.Time.OffsetMs > 0:
		return append(parts, kwOffset, formatDuration(o.Time.OffsetMs))
	default:
		return append(parts, fmt.Sprintf("@[%s, %s]", formatInstant(*o.Time.From), formatInstant(*o.Time.To)))
	}
}

func formatType(profileType string) string {
	if isBareType(profileType) {
		return profileType
	}
	return quote(profileType)
}

func formatMatchers(matchers []Matcher) string {
	written := make([]string, len(matchers))
	for i, m := range matchers {
		written[i] = formatLabel(m.Label) + string(m.Op) + quote(m.Value)
	}
	return "{" + strings.Join(written, ", ") + "}"
}

func formatLabel(label string) string {
	if isWord(label) {
		return label
	}
	return quote(label)
}

func appendList(parts []string, keyword string, items []string, format func(string) string) []string {
	if len(items) == 0 {
		return parts
	}
	written := make([]string, len(items))
	for i, item := range items {
		written[i] = format(item)
	}
	return append(parts, keyword, "("+strings.Join(written, ", ")+")")
}

func appendPattern(parts []string, keyword, pattern string) []string {
	if pattern == "" {
		return parts
	}
	return append(parts, keyword, quote(pattern))
}

func appendCount(parts []string, keyword string, count int) []string {
	if count == 0 {
		return parts
	}
	return append(parts, keyword, fmt.Sprint(count))
}
