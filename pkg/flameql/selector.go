package flameql

import (
	"regexp"
	"strings"
)

var plainLabel = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// Selector writes matchers as the labelSelector of a Pyroscope server: a
// Prometheus selector, with quotes around label names such as k8s.pod.name. No
// matchers give {}, which selects everything.
func Selector(matchers []Matcher) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range matchers {
		if i > 0 {
			b.WriteByte(',')
		}
		if plainLabel.MatchString(m.Label) {
			b.WriteString(m.Label)
		} else {
			b.WriteString(doubleQuote(m.Label))
		}
		b.WriteString(string(m.Op))
		b.WriteString(doubleQuote(m.Value))
	}
	b.WriteByte('}')
	return b.String()
}
