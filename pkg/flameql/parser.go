package flameql

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Parse reads one query. The error is an *Error.
func Parse(text string) (*Query, error) {
	if bad := checkText(text); bad != nil {
		return nil, bad.in(text)
	}
	p := &parser{lexer: lexer{text: text}}
	p.token = p.lexer.next()
	query, bad := p.query()
	if bad != nil {
		return nil, bad.in(text)
	}
	query.source = text
	return query, nil
}

func checkText(text string) *fault {
	// A code unit takes at most three bytes.
	units := len(text)
	if units <= 3*MaxTextLength {
		units = utf16Length(text)
	}
	if units > MaxTextLength {
		return &fault{
			span:     Span{Offset: MaxTextLength},
			expected: []string{fmt.Sprintf("a query of at most %d characters", MaxTextLength)},
			found:    "a longer one",
			hint:     "Match many values with a regular expression that fits them all.",
		}
	}
	if utf8.ValidString(text) {
		return nil
	}
	valid := 0
	for valid < len(text) {
		r, size := utf8.DecodeRuneInString(text[valid:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		valid += size
	}
	return &fault{span: Span{Offset: utf16Length(text[:valid]), Length: 1},
		expected: []string{"valid Unicode text"}, found: fmt.Sprintf("the byte 0x%02x", text[valid])}
}

// parser descends through the grammar of doc.go with one token of lookahead.
// wanted gathers what could have stood at the current token.
type parser struct {
	lexer  lexer
	token  token
	wanted expectation
}

func (p *parser) advance() token {
	taken := p.token
	p.token = p.lexer.next()
	p.wanted = 0
	return taken
}

// at reports whether the current token is this keyword or punctuation, and
// notes that it could have been.
func (p *parser) at(text string, want expectation) bool {
	p.wanted |= want
	return p.token.is(text)
}

// skip takes the token if it is there.
func (p *parser) skip(text string, want expectation) bool {
	if !p.at(text, want) {
		return false
	}
	p.advance()
	return true
}

// expect takes the token or fails.
func (p *parser) expect(text string, want expectation) *fault {
	if !p.skip(text, want) {
		return p.unexpected()
	}
	return nil
}

func (p *parser) unexpected() *fault {
	return &fault{span: p.token.span, expected: p.wanted.phrases(), found: describeToken(p.token),
		hint: syntaxHint(p.token, p.wanted)}
}

// word takes a bare word.
func (p *parser) word(want expectation) (token, *fault) {
	p.wanted |= want
	switch p.token.kind {
	case tokWord:
		return p.advance(), nil
	case tokVariable:
		return token{}, p.variable()
	}
	return token{}, p.unexpected()
}

// text takes a string and returns its value.
func (p *parser) text(want expectation) (token, string, *fault) {
	p.wanted |= want
	switch p.token.kind {
	case tokString:
		taken := p.advance()
		value, bad := unquote(taken)
		return taken, value, bad
	case tokVariable:
		return token{}, "", p.variable()
	}
	return token{}, "", p.unexpected()
}

// wordOrText takes a word as it is or the value of a string.
func (p *parser) wordOrText(want expectation) (token, string, *fault) {
	if p.token.kind == tokString {
		return p.text(want)
	}
	taken, bad := p.word(want)
	return taken, taken.text, bad
}

// variable refuses a template variable where one could be filled in.
func (p *parser) variable() *fault {
	return &fault{span: p.token.span, found: describeToken(p.token),
		expected: []string{"a value in place of the variable"}, hint: hintVariable}
}

func (p *parser) query() (*Query, *fault) {
	query, seen := &Query{}, map[string]bool{}
	if !p.atIDs() {
		left, bad := p.operand()
		if bad != nil {
			return nil, bad
		}
		query.Left = *left
	}
	for p.atIDs() {
		if bad := p.clause(query, seen); bad != nil {
			return nil, bad
		}
	}
	if p.skip(kwVs, wantVs) {
		right, bad := p.operand()
		if bad != nil {
			return nil, bad
		}
		query.Right = right
	}
	return query, p.clauses(query, seen)
}

func (p *parser) operand() (*Operand, *fault) {
	o := &Operand{}
	start := p.token.span.Offset
	if bad := p.profileType(o); bad != nil {
		return nil, bad
	}
	if p.skip("{", wantOpenBrace) {
		if bad := p.matchers(o); bad != nil {
			return nil, bad
		}
		o.liftType()
	}
	if bad := p.time(o); bad != nil {
		return nil, bad
	}
	if p.token.span.Offset == start {
		return nil, p.unexpected()
	}
	return o, nil
}

func (p *parser) profileType(o *Operand) (bad *fault) {
	p.wanted |= wantType
	switch {
	case p.token.kind == tokVariable:
		return p.variable()
	case p.token.kind == tokString, p.token.kind == tokWord && !isKeyword(p.token.text):
		taken, word, bad := p.wordOrText(wantType)
		if bad != nil {
			return bad
		}
		o.TypeSpan = taken.span
		o.Type, o.Matchers, bad = readType(taken, word)
		return bad
	}
	return nil
}

// matchers reads up to the closing brace. A matcher that stands there twice
// counts once.
func (p *parser) matchers(o *Operand) *fault {
	for !p.skip("}", wantCloseBrace) {
		m, bad := p.matcher(len(o.Matchers))
		if bad != nil {
			return bad
		}
		if !slices.ContainsFunc(o.Matchers, m.same) {
			o.Matchers = append(o.Matchers, m)
		}
		if !p.skip(",", wantComma) && !p.at("}", wantCloseBrace) {
			return p.unexpected()
		}
	}
	return nil
}

func (m Matcher) same(other Matcher) bool {
	return m.Label == other.Label && m.Op == other.Op && m.Value == other.Value
}

func (p *parser) matcher(before int) (m Matcher, bad *fault) {
	label, name, bad := p.label()
	if bad != nil {
		return m, bad
	}
	if before == MaxMatchers {
		return m, tooMany(label, MaxMatchers, "matchers")
	}
	p.wanted |= wantOperator
	if p.token.kind != tokOperator {
		return m, p.unexpected()
	}
	op := Op(p.advance().text)
	taken, value, bad := p.text(wantValue)
	return Matcher{Label: name, Op: op, Value: value, ValueSpan: taken.span}, bad
}

func (p *parser) label() (token, string, *fault) {
	taken, name, bad := p.wordOrText(wantLabel)
	if bad == nil && name == "" {
		bad = &fault{span: taken.span, expected: []string{"a label name that is not empty"}, found: describeToken(taken)}
	}
	return taken, name, bad
}

func tooMany(at token, limit int, what string) *fault {
	return &fault{span: at.span, expected: []string{fmt.Sprintf("at most %d %s", limit, what)}, found: "one more"}
}
