package flameql

import (
	"regexp"
	"strconv"
	"strings"
)

const (
	msSecond = 1000
	msMinute = 60 * msSecond
	msHour   = 60 * msMinute
	msDay    = 24 * msHour
	msWeek   = 7 * msDay
	msYear   = 365 * msDay

	maxDurationMs = 10 * msYear
)

// durationUnits from large to small, the order in which a duration names them.
var durationUnits = []struct {
	name string
	ms   int64
}{{"y", msYear}, {"w", msWeek}, {"d", msDay}, {"h", msHour}, {"m", msMinute}, {"s", msSecond}, {"ms", 1}}

// parseDuration reads Prometheus' durations: 90s, 1h30m, 1d12h. Units go from
// large to small, each at most once; the sum is between 1 ms and 10 years.
func parseDuration(word string) (ms int64, ok bool) {
	next := 0
	for word != "" {
		digits := len(word) - len(strings.TrimLeft(word, "0123456789"))
		n, err := strconv.ParseInt(word[:digits], 10, 64)
		if err != nil || n > maxDurationMs {
			return 0, false
		}
		word = word[digits:]
		letters := len(word) - len(strings.TrimLeft(word, "ywdhms"))
		unit := unitIndex(word[:letters])
		if unit < next || n > maxDurationMs/durationUnits[unit].ms {
			return 0, false
		}
		word = word[letters:]
		ms += n * durationUnits[unit].ms
		next = unit + 1
	}
	return ms, ms > 0 && ms <= maxDurationMs
}

var durationShape = regexp.MustCompile(`^(?:[0-9]+(?:ms|[ywdhms]))+$`)

// durationExpected words what is wrong with a word that is no duration.
func durationExpected(word string) []string {
	if durationShape.MatchString(word) {
		return []string{"a duration from 1ms to 10y, each unit once, from large to small"}
	}
	return wantDuration.phrases()
}

func unitIndex(name string) int {
	for i, unit := range durationUnits {
		if unit.name == name {
			return i
		}
	}
	return -1
}

// formatDuration writes whole weeks as weeks; anything else from days down.
func formatDuration(ms int64) string {
	if ms%msWeek == 0 {
		return strconv.FormatInt(ms/msWeek, 10) + "w"
	}
	var b strings.Builder
	for _, unit := range durationUnits[unitIndex("d"):] {
		if n := ms / unit.ms; n > 0 {
			b.WriteString(strconv.FormatInt(n, 10) + unit.name)
			ms -= n * unit.ms
		}
	}
	return b.String()
}
