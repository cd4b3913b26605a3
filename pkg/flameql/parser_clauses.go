package flameql

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// atIDs reports whether ids of spans, traces or profiles follow. They choose
// what is looked at and so may stand before the baseline.
func (p *parser) atIDs() bool {
	return p.token.is(kwSpan) || p.token.is(kwTrace) || p.token.is(kwProfile)
}

// clauses reads to the end of the query.
func (p *parser) clauses(q *Query, seen map[string]bool) *fault {
	for {
		p.wanted |= wantClause | wantEnd
		switch {
		case p.token.kind == tokEnd:
			return nil
		case p.token.kind == tokVariable:
			return p.variable()
		case p.token.kind != tokWord || !isClauseKeyword(p.token.text):
			return p.unexpected()
		}
		if bad := p.clause(q, seen); bad != nil {
			return bad
		}
	}
}

// clause reads one clause, of which seen has the names of those before it.
// Each may stand once.
func (p *parser) clause(q *Query, seen map[string]bool) *fault {
	keyword := p.advance()
	name := keyword.text
	if name == kwNormalize {
		name = kwNormalise
	}
	if bad := p.content(q, name); bad != nil {
		return bad
	}
	if seen[name] {
		return &fault{span: keyword.span, expected: []string{fmt.Sprintf("%q only once", name)}, found: "it again"}
	}
	seen[name] = true
	if seen[kwSpan] && seen[kwTrace] {
		return refuse(keyword, []string{`either "span" or "trace"`}, "A server filters by one of them.")
	}
	return nil
}

func (p *parser) content(q *Query, name string) (bad *fault) {
	switch name {
	case kwBy:
		q.By, bad = p.list(MaxGroupBy, "labels", p.label)
	case kwFunction:
		q.Function, q.spans.function, bad = p.pattern()
	case kwFocus:
		q.Focus, q.spans.focus, bad = p.pattern()
	case kwHide:
		q.Hide, q.spans.hide, bad = p.pattern()
	case kwSpan:
		q.Spans, bad = p.list(MaxIDs, "ids", p.id(spanID))
	case kwTrace:
		q.Traces, bad = p.list(MaxIDs, "ids", p.id(traceID))
	case kwProfile:
		q.Profiles, bad = p.list(MaxIDs, "ids", p.id(profileID))
	case kwNodes:
		q.Nodes, bad = p.count(MaxNodes)
	case kwLimit:
		q.Limit, bad = p.count(MaxLimit)
	case kwNormalise:
		q.Normalise, bad = p.normalisation()
	}
	return bad
}

// list reads "(" item { "," item } [ "," ] ")". An item that stands there
// twice counts once.
func (p *parser) list(limit int, what string, item func() (token, string, *fault)) ([]string, *fault) {
	var items []string
	if bad := p.expect("(", wantOpenParen); bad != nil {
		return nil, bad
	}
	for {
		taken, text, bad := item()
		if bad != nil {
			return nil, bad
		}
		if len(items) == limit {
			return nil, tooMany(taken, limit, what)
		}
		if !slices.Contains(items, text) {
			items = append(items, text)
		}
		comma := p.skip(",", wantComma)
		if p.skip(")", wantCloseParen) {
			return items, nil
		}
		if !comma {
			return nil, p.unexpected()
		}
	}
}

func (p *parser) pattern() (string, Span, *fault) {
	taken, text, bad := p.text(wantPattern)
	if bad == nil && text == "" {
		bad = refuse(taken, []string{"a pattern that is not empty"}, "")
	}
	return text, taken.span, bad
}

// idForm is the form in which a server takes an id.
type idForm struct {
	pattern *regexp.Regexp
	phrase  string
}

var (
	spanID    = idForm{regexp.MustCompile(`^[0-9A-Fa-f]{16}$`), "a span id of 16 hexadecimal digits"}
	traceID   = idForm{regexp.MustCompile(`^[0-9A-Fa-f]{32}$`), "a trace id of 32 hexadecimal digits"}
	profileID = idForm{regexp.MustCompile(`^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`),
		"a profile id such as 7c9e6679-7425-40de-944b-e07fc1f90ae7"}
)

func (p *parser) id(form idForm) func() (token, string, *fault) {
	return func() (token, string, *fault) {
		taken, text, bad := p.text(wantID)
		if bad == nil && !form.pattern.MatchString(text) {
			bad = refuse(taken, []string{form.phrase}, "")
		}
		return taken, text, bad
	}
}

func (p *parser) count(most int) (int, *fault) {
	word, bad := p.word(wantCount)
	if bad != nil {
		return 0, bad
	}
	n, err := strconv.Atoi(word.text)
	if err != nil || !unixPattern.MatchString(word.text) || n < 1 || n > most {
		return 0, refuse(word, []string{fmt.Sprintf("a whole number from 1 to %d", most)}, "")
	}
	return n, nil
}

func (p *parser) normalisation() (Normalisation, *fault) {
	word, bad := p.word(wantNormalisation)
	if bad != nil {
		return "", bad
	}
	if !slices.Contains(normalisations, word.text) {
		hint := ""
		if similar := mostSimilar(word.text, normalisations); similar != "" {
			hint = fmt.Sprintf("Did you mean %q?", similar)
		}
		return "", refuse(word, wantNormalisation.phrases(), hint)
	}
	return Normalisation(word.text), nil
}
