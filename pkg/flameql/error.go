package flameql

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Error is what is wrong with a query text: where, what stands there and what
// should stand there instead.
type Error struct {
	// Offset and Length mark the text in UTF-16 code units, as editors and
	// JavaScript count. Length is 0 at the end of the text.
	Offset int `json:"offset"`
	Length int `json:"length"`
	// Line and Column begin at 1; Column counts UTF-16 code units as well.
	Line   int `json:"line"`
	Column int `json:"column"`

	Found    string   `json:"found"`
	Expected []string `json:"expected"`
	Hint     string   `json:"hint,omitempty"` // a whole sentence
}

// Error gives position and message in one line.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message())
}

// Message says what is wrong in one or two sentences, without the position.
func (e *Error) Message() string {
	message := fmt.Sprintf("Expected %s, found %s.", orList(e.Expected), e.Found)
	if e.Hint != "" {
		message += " " + e.Hint
	}
	return message
}

func orList(items []string) string {
	last := len(items) - 1
	if last < 1 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:last], ", ") + " or " + items[last]
}

// fault is an error without line and column; newError adds them.
type fault struct {
	span     Span
	expected []string
	found    string
	hint     string
}

func (f *fault) in(text string) *Error {
	line, column := lineAndColumn(text, f.span.Offset)
	return &Error{
		Offset: f.span.Offset, Length: f.span.Length, Line: line, Column: column,
		Found: f.found, Expected: f.expected, Hint: f.hint,
	}
}

func lineAndColumn(text string, offset int) (line, column int) {
	line, lineStart, units := 1, 0, 0
	for _, r := range text {
		if units >= offset {
			break
		}
		units += max(1, utf16.RuneLen(r))
		if r == '\n' {
			line++
			lineStart = units
		}
	}
	return line, offset - lineStart + 1
}
