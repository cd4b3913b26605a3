package flameql

import (
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

type tokenKind int

const (
	tokEnd tokenKind = iota
	tokWord
	tokVariable // a word with a template variable in it: $service, ${env:regex}.cpu
	tokString
	tokOperator
	tokPunctuation // one of { } ( ) [ ] , @
	tokUnknown     // one character that begins no token
)

type token struct {
	kind tokenKind
	text string // as written
	span Span
}

func (t token) is(text string) bool {
	return t.text == text && (t.kind == tokPunctuation || t.kind == tokWord)
}

// lexer cuts the text into tokens, counting UTF-16 code units as it goes.
type lexer struct {
	text    string
	byte    int
	units   int
	lastEnd int // where the token before the current one ends
}

var variablePattern = regexp.MustCompile(`^(?:\$[A-Za-z0-9_]+|\$\{[^{}\n]+\}|\[\[[A-Za-z0-9_]+(?::[A-Za-z0-9_]+)?\]\])`)

func (l *lexer) next() token {
	l.lastEnd = l.units
	l.skip(l.spaceLength())
	rest := l.text[l.byte:]
	if rest == "" {
		return token{kind: tokEnd, span: Span{Offset: l.units}}
	}
	switch c := rest[0]; {
	case c == '"' || c == '\'' || c == '`':
		return l.token(tokString, stringLength(rest))
	case c == '=' || c == '!':
		if n := operatorLength(rest); n > 0 {
			return l.token(tokOperator, n)
		}
	default:
		if n, variable := wordLength(rest); n > 0 {
			if variable {
				return l.token(tokVariable, n)
			}
			return l.token(tokWord, n)
		}
		if strings.IndexByte("{}()[],@", c) >= 0 {
			return l.token(tokPunctuation, 1)
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	return l.token(tokUnknown, size)
}

// token takes the next n bytes.
func (l *lexer) token(kind tokenKind, n int) token {
	taken := token{kind: kind, text: l.text[l.byte : l.byte+n], span: Span{Offset: l.units}}
	l.skip(n)
	taken.span.Length = l.units - taken.span.Offset
	return taken
}

func (l *lexer) skip(n int) {
	l.units += utf16Length(l.text[l.byte : l.byte+n])
	l.byte += n
}

// spaceLength counts the bytes of white space ahead. The no-break space and
// the byte order mark come along with pasted text.
func (l *lexer) spaceLength() int {
	rest := l.text[l.byte:]
	return len(rest) - len(strings.TrimLeft(rest, " \t\r\n\u00a0\ufeff"))
}

// stringLength is the length of a string with both quotes. Without a closing
// quote it goes to the end of the line; in backticks to the end of the text.
func stringLength(rest string) int {
	quote := rest[0]
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == quote:
			return i + 1
		case quote == '`':
		case c == '\n':
			return i
		case c == '\\' && i+1 < len(rest) && rest[i+1] != '\n':
			i++
		}
	}
	return len(rest)
}

func operatorLength(rest string) int {
	for _, op := range []string{"=~", "!~", "!=", "="} {
		if strings.HasPrefix(rest, op) {
			return len(op)
		}
	}
	return 0
}

func wordLength(rest string) (length int, variable bool) {
	for length < len(rest) {
		if isWordByte(rest[length]) {
			length++
			continue
		}
		if c := rest[length]; c != '$' && c != '[' {
			break
		}
		n := len(variablePattern.FindString(rest[length:]))
		if n == 0 {
			break
		}
		length += n
		variable = true
	}
	return length, variable
}

// utf16Length counts UTF-16 code units; an invalid byte counts as one.
func utf16Length(text string) int {
	units := 0
	for _, r := range text {
		units += max(1, utf16.RuneLen(r))
	}
	return units
}
