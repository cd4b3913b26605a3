package flameql

import "slices"

const (
	kwVs        = "vs"
	kwOffset    = "offset"
	kwBy        = "by"
	kwFunction  = "function"
	kwFocus     = "focus"
	kwHide      = "hide"
	kwSpan      = "span"
	kwTrace     = "trace"
	kwProfile   = "profile"
	kwNodes     = "nodes"
	kwLimit     = "limit"
	kwNormalise = "normalise"
	kwNormalize = "normalize" // read, never written
)

// clauseKeywords in the order in which Format writes the clauses.
var clauseKeywords = []string{
	kwBy, kwFunction, kwFocus, kwHide, kwSpan, kwTrace, kwProfile, kwNodes, kwLimit, kwNormalise,
}

var normalisations = []string{
	string(NormaliseShare), string(NormaliseInstance), string(NormaliseRate), string(NormaliseNone),
}

func isClauseKeyword(word string) bool {
	return word == kwNormalize || slices.Contains(clauseKeywords, word)
}

func isKeyword(word string) bool {
	return word == kwVs || word == kwOffset || isClauseKeyword(word)
}

// isWordByte tells the characters of bare words: types, labels, durations,
// instants and counts alike. What a word means depends on where it stands.
func isWordByte(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		return true
	}
	switch c {
	case '_', '.', ':', '/', '+', '-':
		return true
	}
	return false
}

// isWord reports whether the text can stand without quotes.
func isWord(text string) bool {
	for i := range len(text) {
		if !isWordByte(text[i]) {
			return false
		}
	}
	return text != ""
}

// isInvisible tells the characters that a reader cannot see or that change the
// direction of text. They are named in errors and escaped by the formatter.
func isInvisible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0xa0, r == 0xad, r == 0x61c, r == 0xfeff, r == 0xfffd:
		return true
	case r >= 0x2000 && r <= 0x200f, r >= 0x2028 && r <= 0x202f, r >= 0x205f && r <= 0x206f:
		return true
	}
	return false
}
