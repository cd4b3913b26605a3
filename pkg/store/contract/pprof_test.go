package contract

import (
	"encoding/base64"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
)

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
