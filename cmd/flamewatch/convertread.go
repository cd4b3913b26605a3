package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/google/pprof/profile"

	"github.com/flamewatch/profiles/pkg/jfr"
)

// source is a profile of a file.
type source struct{ *profile.Profile }

// readProfiles reads a file of any of the formats, told by what is in it.
func readProfiles(ctx context.Context, raw []byte) ([]source, error) {
	trimmed := bytes.TrimSpace(raw)
	switch {
	case len(trimmed) == 0:
		return nil, errors.New("the file is empty")
	case bytes.HasPrefix(raw, []byte("FLR\x00")):
		found, err := jfr.Convert(ctx, raw)
		var all []source
		for _, one := range found {
			all = append(all, source{one.Profile})
		}
		return all, err
	case trimmed[0] == '{', trimmed[0] == '[' && json.Valid(raw):
		return readJSON(raw)
	case isOTLP(raw):
		return readOTLP(raw)
	case isPerfScript(raw):
		return readPerfScript(raw)
	}
	if p, err := profile.ParseData(raw); err == nil {
		if err := p.CheckValid(); err != nil {
			return nil, fmt.Errorf("the pprof profile is damaged: %w", err)
		}
		return []source{{p}}, nil
	}
	return readCollapsed(raw)
}

// readCollapsed reads lines of a stack, white space and a value.
func readCollapsed(raw []byte) ([]source, error) {
	s := newStacks(sampleType{"samples", "count"})
	number := 0
	for line := range strings.Lines(string(raw)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		space := strings.LastIndexAny(line, " \t")
		value, err := strconv.ParseFloat(line[space+1:], 64)
		if space <= 0 || err != nil || !fits(value) {
			return nil, fmt.Errorf("the file is of no format that is read here: line %d is no stack with a value, such as “main;handle;parse 12”", number)
		}
		var frames []frame
		for name := range strings.SplitSeq(strings.TrimSpace(line[:space]), ";") {
			frames = append(frames, frame{name: strings.TrimSpace(name)})
		}
		s.add(frames, int64(math.Round(value)))
	}
	if len(s.profile.Sample) == 0 {
		return nil, errors.New("the file has no stacks")
	}
	return []source{{s.profile}}, nil
}

// fits tells whether a value is a whole number of 64 bits when it is rounded.
func fits(value float64) bool { return math.Abs(value) < 1<<62 }
