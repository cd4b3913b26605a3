package flameql

import (
	"errors"
	"testing"
	"unicode/utf8"
)

// FuzzParse: any text gives either a query that survives a round trip through
// its formatted form, or an error that lies inside the text.
func FuzzParse(f *testing.F) {
	for _, v := range readVectors[validVector](f, "valid.json") {
		f.Add(v.Query)
	}
	for _, v := range readVectors[errorVector](f, "errors.json") {
		f.Add(v.Query)
	}
	f.Fuzz(func(t *testing.T, text string) {
		query, err := Parse(text)
		if err != nil {
			checkParseError(t, text, err)
			return
		}
		formatted := query.Format()
		again, err := Parse(formatted)
		if err != nil {
			if len(formatted) > MaxTextLength {
				return // escapes can make a text longer
			}
			t.Fatalf("formatted text %q: %v", formatted, err)
		}
		if twice := again.Format(); twice != formatted {
			t.Fatalf("format is not stable: %q, then %q", formatted, twice)
		}
		left, right := query.Operands("cpu")
		Selector(left.Matchers)
		if right != nil {
			Selector(right.Matchers)
		}
		if err := query.CheckRegexes(); err != nil {
			checkParseError(t, text, err)
		}
		if _, _, err := query.Windows(Window{FromMs: 1, ToMs: 2}, 3); err != nil {
			checkParseError(t, text, err)
		}
	})
}

func checkParseError(t *testing.T, text string, err error) {
	t.Helper()
	var bad *Error
	if !errors.As(err, &bad) {
		t.Fatalf("error of another kind: %v", err)
	}
	length := utf16Length(text)
	if bad.Offset < 0 || bad.Length < 0 || bad.Offset+bad.Length > length {
		t.Fatalf("error at %d+%d of %d: %v", bad.Offset, bad.Length, length, err)
	}
	if bad.Line < 1 || bad.Column < 1 || bad.Found == "" || len(bad.Expected) == 0 || !utf8.ValidString(bad.Message()) {
		t.Fatalf("incomplete error %#v", bad)
	}
}

// FuzzQuote: every text survives quoting.
func FuzzQuote(f *testing.F) {
	for _, text := range []string{"", `a"b`, `\d+`, "`", "\x00\u202e\U0001f525", "'"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		for _, quoted := range []string{quote(text), doubleQuote(text)} {
			l := lexer{text: quoted}
			got, bad := unquote(l.next())
			if bad != nil || got != text {
				t.Fatalf("%q quoted as %s reads as %q, %v", text, quoted, got, bad)
			}
		}
	})
}
