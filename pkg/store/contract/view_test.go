package contract

import (
	"math/big"
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
