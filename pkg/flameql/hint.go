package flameql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	hintVariable    = "Dashboards fill variables in; alert rules and the command line know none."
	hintComments    = "FlameQL has no comments."
	hintQuotes      = `Use straight quotes: "…".`
	hintCommas      = "Put a comma between matchers."
	hintCloseFirst  = `Close the selector with "}" first.`
	hintOneOperator = "Write one operator: =, !=, =~ or !~."
	hintRange       = "Write a range as @[from, to]."
	hintVsFirst     = `Write "vs" and the right side before the clauses.`
	hintBackslash   = "Write a backslash twice, or put the text in backticks."
	hintParca       = "The sixth part, delta, comes from Parca; leave it out."
	hintUnixSeconds = "Unix times are in seconds, with at most 10 digits."
	hintFullDate    = "Write dates in full and with their zone: 2026-01-31T12:00:00Z."
	hintNoSuchDate  = "There is no such time, or it lies before 1970."
	hintLookaround  = "RE2 has no look-ahead and no look-behind."
	longestFound    = 40 // characters
)

// syntaxHint adds what people most likely meant when found stands where only
// wanted may stand.
func syntaxHint(found token, wanted expectation) string {
	unknown, word := found.kind == tokUnknown, found.kind == tokWord
	switch {
	case unknown && found.text == "#":
		return hintComments
	case unknown && strings.Contains("“”„‟‘’‚‛«»", found.text):
		return hintQuotes
	case word && wanted.has(wantValue|wantPattern|wantID):
		return fmt.Sprintf("Put it in quotes: %q.", shorten(found.text))
	case found.kind == tokOperator && wanted.has(wantValue):
		return hintOneOperator
	case found.is("[") && wanted.has(wantTime):
		return hintRange
	case wanted.has(wantComma) && wanted.has(wantCloseBrace):
		return matcherHint(found)
	case found.is(kwVs) && wanted.has(wantClause):
		return hintVsFirst
	case word:
		if similar := similarKeyword(found.text, wanted); similar != "" {
			return fmt.Sprintf("Did you mean %q?", similar)
		}
	}
	return ""
}

// matcherHint is for what follows a matcher without a comma.
func matcherHint(found token) string {
	switch {
	case found.kind == tokWord && isKeyword(found.text):
		return hintCloseFirst
	case found.kind == tokWord, found.kind == tokString, found.kind == tokUnknown && strings.Contains("&|;", found.text):
		return hintCommas
	}
	return ""
}

func similarKeyword(word string, wanted expectation) string {
	var candidates []string
	if wanted.has(wantTime) {
		candidates = append(candidates, kwOffset)
	}
	if wanted.has(wantVs) {
		candidates = append(candidates, kwVs)
	}
	if wanted.has(wantClause) {
		candidates = append(candidates, clauseKeywords...)
	}
	return mostSimilar(word, candidates)
}

// mostSimilar is the first candidate with the fewest edits, of at most two and
// fewer than the candidate has letters.
func mostSimilar(word string, candidates []string) string {
	const mostEdits = 2
	best, bestEdits := "", mostEdits+1
	if len(word) > 20 {
		return ""
	}
	word = strings.ToLower(word)
	for _, candidate := range candidates {
		if n := edits(word, candidate); n < bestEdits && n < len(candidate) {
			best, bestEdits = candidate, n
		}
	}
	return best
}

// edits is the Levenshtein distance of two ASCII words.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// describeToken words what was found.
func describeToken(t token) string {
	switch t.kind {
	case tokEnd:
		return "the end of the query"
	case tokString:
		return "the string " + shorten(t.text)
	case tokUnknown:
		if r, _ := utf8.DecodeRuneInString(t.text); isInvisible(r) {
			return fmt.Sprintf("the character U+%04X", r)
		}
	}
	return `"` + shorten(t.text) + `"`
}

// shorten cuts after 40 characters and shows what cannot be seen.
func shorten(text string) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n == longestFound {
			b.WriteString("…")
			break
		}
		if isInvisible(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
		n++
	}
	return b.String()
}
