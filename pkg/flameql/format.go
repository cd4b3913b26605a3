package flameql

import (
	"fmt"
	"strings"
)

// Format writes the query in its one canonical form: on one line, clauses in
// fixed order, the ids of spans, traces and profiles with what they choose,
// times in UTC. Parse(q.Format()) gives an equal query.
func (q *Query) Format() string {
	ids := appendList(nil, kwSpan, q.Spans, quote)
	ids = appendList(ids, kwTrace, q.Traces, quote)
	ids = appendList(ids, kwProfile, q.Profiles, quote)
	var parts []string
	if len(ids) == 0 || !q.Left.isEmpty() {
		parts = q.Left.format(nil)
	}
	parts = append(parts, ids...)
	if q.Right != nil {
		parts = q.Right.format(append(parts, kwVs))
	}
	parts = appendList(parts, kwBy, q.By, formatLabel)
	parts = appendPattern(parts, kwFunction, q.Function)
	parts = appendPattern(parts, kwFocus, q.Focus)
	parts = appendPattern(parts, kwHide, q.Hide)
	parts = appendCount(parts, kwNodes, q.Nodes)
	parts = appendCount(parts, kwLimit, q.Limit)
	if q.Normalise != NormaliseDefault {
		parts = append(parts, kwNormalise, string(q.Normalise))
	}
	return strings.Join(parts, " ")
}

// isEmpty reports whether the operand selects everything.
func (o *Operand) isEmpty() bool { return o.Type == "" && len(o.Matchers) == 0 && o.Time == nil }

func (o *Operand) format(parts []string) []string {
	selector := ""
	if o.Type != "" {
		selector = formatType(o.Type)
	}
	if len(o.Matchers) > 0 || o.isEmpty() {
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
