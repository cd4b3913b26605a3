// Package redact takes secrets out of what others say: a server or a proxy that repeats the request in its error would
// otherwise bring a password before a user's eyes, and into the log.
package redact

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	// shortest is the length from which a secret is looked for: shorter ones occur in any text.
	shortest = 4
	hidden   = "(secret)"
)

// Redactor replaces secrets. The zero value replaces nothing.
type Redactor struct{ replacers []*strings.Replacer }

// New makes a redactor of secrets, in the spellings that they travel in: as they are, a word of them such as the token
// after Bearer, escaped in an address, a text or a page, and with the user in the header of basic authentication. Lines
// of keys and certificates count each.
func New(basicUser string, secrets ...string) Redactor {
	var spellings []string
	for _, secret := range secrets {
		all := []string{base64.StdEncoding.EncodeToString([]byte(basicUser + ":" + secret))}
		for _, part := range append(strings.Fields(secret), strings.TrimSpace(secret)) {
			all = append(all, spellingsOf(part)...)
		}
		for _, spelling := range all {
			if len(spelling) >= shortest && !isPlainWord(spelling) {
				spellings = append(spellings, spelling)
			}
		}
	}
	// The longest first, so that no part of one remains.
	slices.SortFunc(spellings, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, spelling := range slices.Compact(spellings) {
		pairs = append(pairs, spelling, hidden)
	}
	if pairs == nil {
		return Redactor{}
	}
	return Redactor{[]*strings.Replacer{strings.NewReplacer(pairs...)}}
}

// spellingsOf is a text as it is, in an address, in a page, and between the quotes of programs: each language escapes
// other characters.
func spellingsOf(text string) []string {
	all := []string{text, url.QueryEscape(text), url.PathEscape(text), html.EscapeString(text)}
	ascii := strconv.QuoteToASCII(text)
	for _, quoted := range []string{jsonOf(text, true), jsonOf(text, false), strconv.Quote(text), ascii} {
		inside := quoted[1 : len(quoted)-1]
		all = append(all, inside, strings.ReplaceAll(inside, "/", `\/`))
	}
	return all
}

// jsonOf is a text as JSON, with or without escapes of what means something in a page.
func jsonOf(text string, escapesPages bool) string {
	var written strings.Builder
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(escapesPages)
	if encoder.Encode(text) != nil { // never: a text always encodes
		return `""`
	}
	return strings.TrimSuffix(written.String(), "\n")
}

// And takes out what either takes out. The secrets of the other go first.
func (r Redactor) And(other Redactor) Redactor {
	return Redactor{append(slices.Clone(other.replacers), r.replacers...)}
}

// isPlainWord says that a word of a secret is none: schemes of a header, and the frame of a PEM block.
func isPlainWord(word string) bool {
	return slices.Contains([]string{"Bearer", "Basic", "Token", "-----BEGIN", "-----END", "CERTIFICATE-----", "PRIVATE", "KEY-----"}, word)
}

// Error is an error whose text is without the secrets, for the log.
func (r Redactor) Error(err error) error {
	if err == nil || len(r.replacers) == 0 {
		return err
	}
	return redacted{r.Text(err.Error()), err}
}

type redacted struct {
	text  string
	cause error
}

// Error is the text without the secrets.
func (r redacted) Error() string { return r.text }

// Unwrap is the error itself.
func (r redacted) Unwrap() error { return r.cause }

// Text is a text without the secrets.
func (r Redactor) Text(text string) string {
	for _, one := range r.replacers {
		text = one.Replace(text)
	}
	return text
}
