package datasource

import (
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// withoutNames takes the server's address, its tenant, the user it is asked as, and every other address out of a
// sentence: what a server says of a failure names machines.
func (d *Datasource) withoutNames(sentence string) string {
	for _, part := range d.client.AddressParts() {
		sentence = strings.ReplaceAll(sentence, part, "(the server)")
	}
	for _, name := range []string{d.settings.Tenant, d.user} {
		if name != "" {
			sentence = wholeWord(name).ReplaceAllLiteralString(sentence, "(a name)")
		}
	}
	sentence = lookedUp.ReplaceAllString(sentence, "lookup (an address)$1")
	return wordsWithPlaces.ReplaceAllStringFunc(sentence, func(word string) string {
		place := strings.TrimRight(word, ".:")
		if isPlace(place) {
			return "(an address)" + word[len(place):]
		}
		return word
	})
}

// wholeWord finds a name where it is no part of a longer word: tenant a is not in every word with an a.
func wholeWord(name string) *regexp.Regexp {
	edge := func(char string) string {
		if wordChar.MatchString(char) {
			return `\b`
		}
		return ""
	}
	return regexp.MustCompile(edge(name[:1]) + regexp.QuoteMeta(name) + edge(name[len(name)-1:]))
}

var wordChar = regexp.MustCompile(`^\w$`)

// lookedUp is a name that was not found, which has no port.
var lookedUp = regexp.MustCompile(`\blookup [^\s:]+(:?)`)

// wordsWithPlaces are what may be an address.
var wordsWithPlaces = regexp.MustCompile(`https?://[^\s"'<>]+|[\w.:%\[\]-]+`)

func isPlace(word string) bool {
	if strings.Contains(word, "://") {
		return true
	}
	if _, err := netip.ParseAddr(strings.Trim(word, "[]")); err == nil {
		return true
	}
	host, port, err := net.SplitHostPort(word)
	if err != nil {
		return false
	}
	_, isHost := strconv.Atoi(host) // 12:30 is a time
	_, isPort := strconv.ParseUint(port, 10, 16)
	return isHost != nil && isPort == nil
}

// plainVersion is what a server says of its version: anything, of any length.
func (d *Datasource) plainVersion(build pyroscope.BuildInfo) pyroscope.BuildInfo {
	for _, text := range []*string{&build.Version, &build.Revision, &build.Branch, &build.GoVersion} {
		*text = d.withoutNames(shorten(*text))
	}
	return build
}
