package pyroscope

import (
	"regexp"
	"time"

	"github.com/prometheus/common/model"
)

// DefaultQueryLength is the longest range that a server answers as shipped.
const DefaultQueryLength = 24 * time.Hour

// limitInMessage finds the limit in "the query time range exceeds the limit
// (max_query_length, actual: 25h0m0s, limit: 1d)".
var limitInMessage = regexp.MustCompile(`exceeds the limit.*limit: ([0-9a-z.]+)\)`)

// QueryLength returns the longest range that the server answers when err says
// that a range was too long.
func QueryLength(err error) (time.Duration, bool) {
	fault := AsFault(err)
	if fault == nil || fault.Class != BadQuery {
		return 0, false
	}
	found := limitInMessage.FindStringSubmatch(fault.Message)
	if found == nil {
		return 0, false
	}
	if limit, err := model.ParseDuration(found[1]); err == nil && limit > 0 {
		return time.Duration(limit), true
	}
	return DefaultQueryLength, true
}
