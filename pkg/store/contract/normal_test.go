package contract

import (
	"fmt"
	"regexp"
	"strconv"
)

// normal replaces times by placeholders relative to the base, and ids.
func (c *clock) normal(v any, key string) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = c.normal(v[i], "")
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, value := range v {
			out[k] = c.normal(value, k)
		}
		return out
	case float64:
		if key == "startTime" && c.near(int64(v*1000)) {
			return fmt.Sprintf("{{%s|s}}", c.relative(int64(v*1000)))
		}
		return v
	case string:
		n, err := strconv.ParseInt(v, 10, 64)
		switch {
		case err == nil && (key == "timestamp" || key == "oldestProfileTime" || key == "newestProfileTime") && c.near(n):
			return fmt.Sprintf("{{%s}}", c.relative(n))
		case err == nil && key == "timeNanos" && c.near(n/1e6):
			return fmt.Sprintf("{{%s|ns}}", c.relative(n/1e6))
		}
		return c.normalText(v)
	}
	return v
}

func (c *clock) near(ms int64) bool {
	const days40 = 40 * 86400 * 1000
	return ms-c.base < days40 && c.base-ms < days40
}

func (c *clock) relative(ms int64) string {
	d := float64(ms-c.base) / 1000
	sign := "+"
	if d < 0 {
		sign, d = "-", -d
	}
	return "base" + sign + strconv.FormatFloat(d, 'f', -1, 64) + "s"
}

var textNorms = []struct {
	find *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`), "<uuid>"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?[+-]\d{4}( \w+)?|Z| UTC)?`), "<time>"},
}

func (c *clock) normalText(s string) string {
	for _, n := range textNorms {
		s = n.find.ReplaceAllString(s, n.with)
	}
	return s
}
