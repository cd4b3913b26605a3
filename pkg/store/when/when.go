// Package when reads points in time as Pyroscope's HTTP parameters give them.
package when

import (
	"strconv"
	"strings"
	"time"
)

// Parse reads a time: seconds, milliseconds, microseconds or nanoseconds since
// the epoch, told apart by the number of digits, a day as YYYYMMDD, or `now`
// with an offset such as `now-1h30m`. Empty or not understood is now.
func Parse(text string, now time.Time) time.Time {
	text = strings.TrimSpace(text)
	if seconds, fraction, ok := strings.Cut(text, "."); ok && digits(seconds) && digits(fraction) {
		text = seconds
	}
	if digits(text) {
		if day, err := time.Parse("20060102", text); len(text) == 8 && err == nil && day.Year() > 1900 {
			return day
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return now
		}
		switch len(text) {
		case 13:
			return time.UnixMilli(n)
		case 16:
			return time.UnixMicro(n)
		case 19:
			return time.Unix(0, n)
		}
		return time.Unix(n, 0)
	}
	if at := strings.IndexAny(text, "+-"); at >= 0 {
		return now.Add(offset(text[at:]))
	}
	return now
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// offset reads `-1h30m`; months have 30 days and years 365.
func offset(text string) (sum time.Duration) {
	sign := time.Duration(1)
	if text[0] == '-' {
		sign = -1
	}
	text = text[1:]
	for text != "" {
		unitAt := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
		if unitAt <= 0 {
			return sum
		}
		n, err := strconv.ParseInt(text[:unitAt], 10, 32)
		if err != nil {
			return sum
		}
		text = text[unitAt:]
		end := strings.IndexAny(text, "0123456789")
		if end < 0 {
			end = len(text)
		}
		sum += sign * time.Duration(n) * unit(text[:end])
		text = text[end:]
	}
	return sum
}

func unit(name string) time.Duration {
	const day = 24 * time.Hour
	for _, u := range []struct {
		prefix string
		length time.Duration
	}{
		{"mon", 30 * day}, {"M", 30 * day}, {"min", time.Minute}, {"m", time.Minute}, {"s", time.Second},
		{"h", time.Hour}, {"d", day}, {"w", 7 * day}, {"y", 365 * day},
	} {
		if strings.HasPrefix(name, u.prefix) {
			return u.length
		}
	}
	return 0
}
