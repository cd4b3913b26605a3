package contract

import (
	"encoding/base64"
	"fmt"
	"math/big"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
)

// view gives what of an answer is compared under a mode of comparison. Errors
// are compared by status and code: their wording is each server's own.
func (c *clock) view(a answer, mode string) map[string]any {
	if mode == "status" {
		return map[string]any{"status": float64(a.Status)}
	}
	headers := map[string]any{}
	for name, value := range a.Headers {
		headers[name] = value
	}
	v := map[string]any{"status": float64(a.Status), "headers": headers}
	switch mode {
	case "keys":
		v["keys"] = shape(a.JSON)
		return v
	case "total":
		v["total"] = total(a.JSON)
		return v
	case "nodes":
		v["nodes"] = nodes(a.JSON)
		return v
	case "pprof":
		v["profile"] = foldedPprof(pprofIn(a.JSON))
		return v
	case "pprof-binary":
		v["fields"] = withoutTime(a.Base64)
		return v
	}
	if a.Status >= 400 {
		v["code"] = get(a.JSON, "code")
		return v
	}
	switch {
	case mode == "no-exemplars":
		v["json"] = without(c.normal(a.JSON, ""), "exemplars")
	case a.JSON != nil:
		v["json"] = c.normal(a.JSON, "")
	case a.Text != nil:
		v["text"] = c.normalText(*a.Text)
	case a.Base64 != nil:
		v["base64"] = *a.Base64
	}
	return v
}

// get walks a JSON value by keys and indexes.
func get(v any, path ...string) any {
	for _, key := range path {
		switch at := v.(type) {
		case map[string]any:
			v = at[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(at) {
				return nil
			}
			v = at[i]
		default:
			return nil
		}
	}
	return v
}

func list(v any, path ...string) []any {
	l, _ := get(v, path...).([]any)
	return l
}

func str(v any, path ...string) string {
	s, _ := get(v, path...).(string)
	return s
}

// shape keeps the keys of a value and the kinds of its leaves.
func shape(v any) any {
	switch v := v.(type) {
	case []any:
		if len(v) == 0 {
			return []any{}
		}
		return []any{shape(v[0])}
	case map[string]any:
		out := map[string]any{}
		for key, value := range v {
			out[key] = shape(value)
		}
		return out
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		return "number"
	}
	return "object"
}

func total(v any) any {
	if f, ok := get(v, "flamegraph").(map[string]any); ok {
		out := map[string]any{}
		for _, key := range []string{"total", "leftTicks", "rightTicks"} {
			if value, ok := f[key]; ok {
				out[key] = value
			}
		}
		out["root"] = get(f, "names", "0")
		return out
	}
	return map[string]any{"numTicks": get(v, "flamebearer", "numTicks")}
}

func nodes(v any) any {
	if f, ok := get(v, "flamegraph").(map[string]any); ok {
		levels := list(f, "levels")
		var perLevel []any
		for _, level := range levels {
			perLevel = append(perLevel, float64(len(list(level, "values"))/4))
		}
		last := list(levels[len(levels)-1], "values")
		return map[string]any{
			"total": f["total"], "names": float64(len(list(f, "names"))), "nodesPerLevel": perLevel,
			"lastLevelTail": last[len(last)-4:], "largestName": get(f, "names", "1"),
		}
	}
	samples := list(pprofIn(v), "sample")
	sum := new(big.Int)
	for _, s := range samples {
		n, _ := new(big.Int).SetString(str(s, "value", "0"), 10)
		sum.Add(sum, n)
	}
	return map[string]any{"samples": float64(len(samples)), "sum": sum.String()}
}

func pprofIn(v any) any {
	if inner := get(v, "pprof", "profile"); inner != nil {
		return inner
	}
	return v
}

// foldedPprof reduces a pprof message in JSON to its stacks by name.
func foldedPprof(p any) any {
	text := func(v any) string {
		i, _ := strconv.Atoi(fmt.Sprint(v))
		return str(list(p, "stringTable"), strconv.Itoa(i))
	}
	function, location := map[string]string{}, map[string][]string{}
	for _, f := range list(p, "function") {
		function[str(f, "id")] = text(get(f, "name"))
	}
	for _, l := range list(p, "location") {
		var names []string
		for _, line := range list(l, "line") {
			names = append(names, function[str(line, "functionId")])
		}
		if names == nil {
			address, _ := strconv.ParseUint(str(l, "address"), 10, 64)
			names = []string{fmt.Sprintf("0x%x", address)}
		}
		location[str(l, "id")] = names
	}
	sums := map[string]int64{}
	for _, s := range list(p, "sample") {
		var names []string
		for _, id := range list(s, "locationId") {
			names = append(names, location[id.(string)]...)
		}
		for i, j := 0, len(names)-1; i < j; i, j = i+1, j-1 {
			names[i], names[j] = names[j], names[i]
		}
		value, _ := strconv.ParseInt(str(s, "value", "0"), 10, 64)
		sums[strings.Join(names, ";")] += value
	}
	stacks := []string{}
	for stack, value := range sums {
		stacks = append(stacks, fmt.Sprintf("%s %d", stack, value))
	}
	sort.Strings(stacks)
	valueType := func(v any) string { return text(get(v, "type")) + "/" + text(get(v, "unit")) }
	types, period, periodType := []any{}, "0", ""
	for _, t := range list(p, "sampleType") {
		types = append(types, valueType(t))
	}
	if s := str(p, "period"); s != "" {
		period = s
	}
	if t := get(p, "periodType"); t != nil {
		periodType = valueType(t)
	}
	return map[string]any{"sampleType": types, "periodType": periodType, "period": period, "stacks": toAny(stacks)}
}

func toAny(in []string) []any {
	out := make([]any, len(in))
	for i := range in {
		out[i] = in[i]
	}
	return out
}

// withoutTime drops time_nanos from a pprof message.
func withoutTime(encoded *string) string {
	if encoded == nil {
		return ""
	}
	raw, _ := base64.StdEncoding.DecodeString(*encoded)
	var kept []byte
	for len(raw) > 0 {
		field, _, n := protowire.ConsumeField(raw)
		if n < 0 {
			return ""
		}
		if field != 9 {
			kept = append(kept, raw[:n]...)
		}
		raw = raw[n:]
	}
	return base64.StdEncoding.EncodeToString(kept)
}

func without(v any, key string) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = without(v[i], key)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, value := range v {
			if k != key {
				out[k] = without(value, key)
			}
		}
		return out
	}
	return v
}

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
