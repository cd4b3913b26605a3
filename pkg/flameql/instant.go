package flameql

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

const maxUnixDigits = 10

var (
	datePattern    = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}`)
	unixPattern    = regexp.MustCompile(`^[0-9]+$`)
	rfc3339Pattern = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$`)
)

// parseInstant reads now, now-30m, a Unix time in seconds or RFC 3339. What is
// finer than a millisecond is cut off; times before 1970 are refused.
func parseInstant(word string) (Instant, bool) {
	if word == "now" {
		return Instant{Now: true}, true
	}
	if ago, found := strings.CutPrefix(word, "now-"); found {
		ms, ok := parseDuration(ago)
		return Instant{Now: true, Ms: ms}, ok
	}
	if isUnixTime(word) {
		seconds, err := strconv.ParseInt(word, 10, 64)
		return Instant{Ms: seconds * msSecond}, err == nil && len(word) <= maxUnixDigits
	}
	if !rfc3339Pattern.MatchString(word) {
		return Instant{}, false
	}
	t, err := time.Parse(time.RFC3339Nano, word)
	if err != nil || t.Unix() < 0 || t.UTC().Year() > 9999 {
		return Instant{}, false
	}
	return Instant{Ms: t.UnixMilli()}, true
}

func isUnixTime(word string) bool { return unixPattern.MatchString(word) }

// instantHint says what is missing from a word that is almost an instant.
func instantHint(word string) string {
	switch {
	case isUnixTime(word):
		return hintUnixSeconds
	case rfc3339Pattern.MatchString(word):
		return hintNoSuchDate
	case datePattern.MatchString(word):
		return hintFullDate
	}
	return ""
}

func formatInstant(i Instant) string {
	switch {
	case !i.Now:
		return time.UnixMilli(i.Ms).UTC().Format("2006-01-02T15:04:05.999Z07:00")
	case i.Ms == 0:
		return "now"
	default:
		return "now-" + formatDuration(i.Ms)
	}
}

// resolve gives the instant in ms since the epoch.
func (i Instant) resolve(nowMs int64) int64 {
	if i.Now {
		return nowMs - i.Ms
	}
	return i.Ms
}

// isBefore compares where the order is known without the time of evaluation;
// two instants of different kinds count as ordered.
func (i Instant) isBefore(other Instant) bool {
	switch {
	case i.Now != other.Now:
		return true
	case i.Now:
		return i.Ms > other.Ms
	default:
		return i.Ms < other.Ms
	}
}
