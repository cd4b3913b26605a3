package flameql

import (
	"errors"
	"regexp"
	"regexp/syntax"
)

var lookaround = regexp.MustCompile(`\(\?<?[=!]`)

// CheckRegexes reports the first regular expression of the query that is no
// RE2 expression, the dialect of Pyroscope servers. The error is an *Error at
// its place in the text.
func (q *Query) CheckRegexes() error {
	operands := []*Operand{&q.Left}
	if q.Right != nil {
		operands = append(operands, q.Right)
	}
	for _, o := range operands {
		for _, m := range o.Matchers {
			if !m.Op.IsRegex() {
				continue
			}
			if err := q.checkRegex(m.Value, m.ValueSpan); err != nil {
				return err
			}
		}
	}
	for _, pattern := range []struct {
		text string
		span Span
	}{{q.Function, q.spans.function}, {q.Focus, q.spans.focus}, {q.Hide, q.spans.hide}} {
		if err := q.checkRegex(pattern.text, pattern.span); err != nil {
			return err
		}
	}
	return nil
}

func (q *Query) checkRegex(pattern string, span Span) error {
	fault := regexFault(pattern)
	if fault == "" {
		return nil
	}
	hint := ""
	if lookaround.MatchString(pattern) {
		hint = hintLookaround
	}
	return q.ErrorAt(span, "a regular expression (RE2)", fault, hint)
}

// regexFault words what RE2 refuses in a pattern; empty when it is fine.
func regexFault(pattern string) string {
	_, err := syntax.Parse(pattern, syntax.Perl|syntax.DotNL)
	var bad *syntax.Error
	if !errors.As(err, &bad) {
		return ""
	}
	return bad.Code.String()
}
