package datasource

import (
	"fmt"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// checkIDs refuses ids that the server would answer with an internal error.
func checkIDs(o Operand) error {
	for _, id := range o.Spans {
		if !isHex(id, 16) {
			return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%q is not a span id: 16 hex digits are expected.", shorten(id)), nil)
		}
	}
	for _, id := range o.Traces {
		if !isHex(id, 32) {
			return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%q is not a trace id: 32 hex digits are expected.", shorten(id)), nil)
		}
	}
	for _, id := range o.Profiles {
		if !isHex(strings.ReplaceAll(id, "-", ""), 32) {
			return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%q is not a profile id: a UUID is expected, "+
				"as exemplars carry it.", shorten(id)), nil)
		}
	}
	return nil
}

func isHex(text string, digits int) bool {
	return len(text) == digits && strings.Trim(text, "0123456789abcdefABCDEF") == ""
}
