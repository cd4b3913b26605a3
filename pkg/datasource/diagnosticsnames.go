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
			sentence = regexp.MustCompile(`(^|\W)`+regexp.QuoteMeta(name)+`($|\W)`).ReplaceAllString(sentence, "${1}(a name)$2")
		}
	}
	return wordsWithPlaces.ReplaceAllStringFunc(sentence, func(word string) string {
		place := strings.TrimRight(word, ".:")
		if isPlace(place) {
			return "(an address)" + word[len(place):]
		}
		return word
	})
}

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
