// Package redact takes secrets out of what others say: a server or a proxy that repeats the request in its error would
// otherwise bring a password before a user's eyes, and into the log.
package redact

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

const (
	// shortest is the length from which a secret is looked for: shorter ones occur in any text.
	shortest = 4
	hidden   = "(secret)"
)

// Redactor replaces secrets. The zero value replaces nothing.
type Redactor struct{ replacer *strings.Replacer }

// New makes a redactor of secrets, in the spellings that they travel in: as they are, a word of them such as the token
// after Bearer, escaped in an address, and with the user in the header of basic authentication. Lines of keys and
// certificates count each.
func New(basicUser string, secrets ...string) Redactor {
	var spellings []string
	for _, secret := range secrets {
		all := append(strings.Fields(secret), strings.TrimSpace(secret), url.QueryEscape(secret), url.PathEscape(secret),
			base64.StdEncoding.EncodeToString([]byte(basicUser+":"+secret)))
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
	return Redactor{strings.NewReplacer(pairs...)}
}

// isPlainWord says that a word of a secret is none: schemes of a header, and the frame of a PEM block.
func isPlainWord(word string) bool {
	return slices.Contains([]string{"Bearer", "Basic", "Token", "-----BEGIN", "-----END", "CERTIFICATE-----", "PRIVATE", "KEY-----"}, word)
}

// Text is a text without the secrets.
func (r Redactor) Text(text string) string {
	if r.replacer == nil {
		return text
	}
	return r.replacer.Replace(text)
}
