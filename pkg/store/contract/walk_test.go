package contract

import (
	"strconv"
)

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

func toAny(in []string) []any {
	out := make([]any, len(in))
	for i := range in {
		out[i] = in[i]
	}
	return out
}
