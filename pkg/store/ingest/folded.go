package ingest

import (
	"bytes"
	"strconv"
	"strings"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

// foldedType is what a folded profile measures, by the suffix of its name.
type foldedType struct {
	metric, kind, unit string
	// sampled counts are samples of a timer, to be multiplied by its period.
	sampled bool
}

var foldedTypes = map[string]foldedType{
	"cpu":                        {"process_cpu", "cpu", "nanoseconds", true},
	"itimer":                     {"process_cpu", "cpu", "nanoseconds", true},
	"wall":                       {"wall", "wall", "nanoseconds", true},
	"inuse_objects":              {"memory", "inuse_objects", "count", false},
	"inuse_space":                {"memory", "inuse_space", "bytes", false},
	"alloc_objects":              {"memory", "alloc_objects", "count", false},
	"alloc_space":                {"memory", "alloc_space", "bytes", false},
	"alloc_in_new_tlab_objects":  {"memory", "alloc_in_new_tlab_objects", "count", false},
	"alloc_in_new_tlab_bytes":    {"memory", "alloc_in_new_tlab_bytes", "bytes", false},
	"alloc_outside_tlab_objects": {"memory", "alloc_outside_tlab_objects", "count", false},
	"alloc_outside_tlab_bytes":   {"memory", "alloc_outside_tlab_bytes", "bytes", false},
	"live":                       {"memory", "live", "count", false},
	"goroutines":                 {"goroutine", "goroutines", "count", false},
	"mutex_count":                {"mutex", "contentions", "count", false},
	"mutex_duration":             {"mutex", "delay", "nanoseconds", false},
	"block_count":                {"block", "contentions", "count", false},
	"block_duration":             {"block", "delay", "nanoseconds", false},
	"lock_count":                 {"block", "contentions", "count", false},
	"lock_duration":              {"block", "delay", "nanoseconds", false},
	"exceptions":                 {"exceptions", "samples", "count", false},
}

// splitFoldedName takes the type off the name of an application.
func splitFoldedName(app string) (string, foldedType, error) {
	suffix := "cpu"
	if at := strings.LastIndexByte(app, '.'); at >= 0 {
		app, suffix = app[:at], app[at+1:]
	}
	t, ok := foldedTypes[suffix]
	if !ok {
		return "", t, refuse(connect.CodeInvalidArgument, "label_invalid",
			"pyroscopeIngesterAdapter failed to convert metadata: unknown profile type: %s (the part of name after the last dot says what is measured: cpu, wall, alloc_space, inuse_space and so on)", suffix)
	}
	return app, t, nil
}

// foldedProfile builds a profile of folded stacks: `a;b;c 10` per line, or with
// lines one stack per line that counts one.
func foldedProfile(body []byte, lines bool, t foldedType, sampleRate int64) (*profile.Profile, error) {
	p := &profile.Profile{Code: profile.Code{Strings: []string{""}}}
	texts := map[string]uint32{"": 0}
	text := func(s string) uint32 {
		at, ok := texts[s]
		if !ok {
			at = uint32(len(p.Strings))
			p.Strings = append(p.Strings, s)
			texts[s] = at
		}
		return at
	}
	p.SampleTypes = []profile.ValueType{{Type: text(t.kind), Unit: text(t.unit)}}
	scale := int64(1)
	if t.sampled {
		scale = int64(1e9) / sampleRate
		p.Period = scale
		p.PeriodType = profile.ValueType{Type: text("cpu"), Unit: text("nanoseconds")}
	}
	locations := map[uint32]uint32{}
	location := func(name uint32) uint32 {
		at, ok := locations[name]
		if !ok {
			at = uint32(len(p.Locations))
			p.Functions = append(p.Functions, profile.Function{Name: name})
			p.Lines = append(p.Lines, profile.Line{Function: at})
			p.Locations = append(p.Locations, profile.Location{Mapping: profile.NoMapping, LineStart: at, LineEnd: at + 1})
			locations[name] = at
		}
		return at
	}
	number := 0
	for line := range bytes.Lines(body) {
		number++
		stack := strings.ToValidUTF8(strings.TrimRight(string(line), "\r\n"), "\uFFFD")
		if stack == "" {
			continue
		}
		count := int64(1)
		if !lines {
			at := strings.LastIndexByte(stack, ' ')
			n, err := strconv.ParseInt(stack[at+1:], 10, 64)
			if at < 0 || err != nil || n > (1<<63-1)/scale {
				return nil, refuse(connect.CodeUnknown, "malformed_profile",
					"line %d: a folded stack ends with a space and a whole number, this one with %.40q", number, stack[at+1:])
			}
			stack, count = stack[:at], n
		}
		start := uint32(len(p.Stacks))
		frames := strings.Split(stack, ";")
		for i := len(frames) - 1; i >= 0; i-- {
			p.Stacks = append(p.Stacks, location(text(frames[i])))
		}
		p.Samples = append(p.Samples, profile.Sample{StackStart: start, StackEnd: uint32(len(p.Stacks))})
		p.Values = append(p.Values, count*scale)
	}
	return p, nil
}
