package flameql

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// quote writes a string as Format shows it: in backticks when that saves
// escapes, else in double quotes.
func quote(text string) string {
	if strings.ContainsAny(text, `\"`) && !strings.Contains(text, "`") && !needsEscape(text) {
		return "`" + text + "`"
	}
	return doubleQuote(text)
}

// doubleQuote writes a string with the escapes that both FlameQL and a
// Pyroscope server read.
func doubleQuote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case isInvisible(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func needsEscape(text string) bool {
	return strings.ContainsFunc(text, isInvisible)
}

// unquote reads the value of a string token.
func unquote(t token) (string, *fault) {
	if t.kind != tokString {
		panic("flameql: unquote of a token that is no string")
	}
	mark := t.text[0]
	if len(t.text) < 2 || t.text[len(t.text)-1] != mark || endsInEscape(t.text) {
		return "", unclosed(t)
	}
	inner := t.text[1 : len(t.text)-1]
	if mark == '`' || !strings.Contains(inner, `\`) {
		return inner, nil
	}
	text, bad := unescape(inner, mark)
	if bad >= 0 {
		return "", badEscape(t, bad+1)
	}
	if !utf8.ValidString(text) {
		return "", &fault{span: t.span, found: describeToken(t),
			expected: []string{`escapes that make up UTF-8 text`}}
	}
	return text, nil
}

// endsInEscape: the last quote of "abc\" is escaped, so it does not close.
func endsInEscape(quoted string) bool {
	if quoted[0] == '`' {
		return false
	}
	backslashes := 0
	for i := len(quoted) - 2; i > 0 && quoted[i] == '\\'; i-- {
		backslashes++
	}
	return backslashes%2 == 1
}

func unclosed(t token) *fault {
	expected := "a closing quote (" + t.text[:1] + ")"
	return &fault{span: t.span, found: describeToken(t), expected: []string{expected}}
}

// unescape resolves Go's escapes. bad is the index of the backslash that
// begins a wrong one, or -1.
func unescape(inner string, mark byte) (text string, bad int) {
	var b strings.Builder
	rest := inner
	for rest != "" {
		if rest[0] != '\\' {
			n := strings.IndexByte(rest, '\\')
			if n < 0 {
				n = len(rest)
			}
			b.WriteString(rest[:n])
			rest = rest[n:]
			continue
		}
		r, multibyte, tail, err := strconv.UnquoteChar(rest, mark)
		if err != nil {
			return "", len(inner) - len(rest)
		}
		if multibyte || r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			b.WriteByte(byte(r))
		}
		rest = tail
	}
	return b.String(), -1
}

// badEscape marks the backslash and the character behind it.
func badEscape(t token, at int) *fault {
	_, size := utf8.DecodeRuneInString(t.text[at+1:])
	escape := t.text[at : at+1+size]
	return &fault{
		span:     Span{Offset: t.span.Offset + utf16Length(t.text[:at]), Length: utf16Length(escape)},
		expected: []string{`an escape such as \\, \", \n, \t, \x41 or \u00e9`},
		found:    `"` + shorten(escape) + `"`,
		hint:     hintBackslash,
	}
}
