package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
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

type sampleType struct{ name, unit string }

// stacks builds a profile of stacks of names.
type stacks struct {
	profile   *profile.Profile
	locations map[frame]*profile.Location
}

type frame struct {
	name, file string
	line       int64
}

func newStacks(types ...sampleType) *stacks {
	s := &stacks{profile: &profile.Profile{Period: 1}, locations: map[frame]*profile.Location{}}
	for _, one := range types {
		s.profile.SampleType = append(s.profile.SampleType, &profile.ValueType{Type: one.name, Unit: one.unit})
	}
	s.profile.PeriodType = s.profile.SampleType[0]
	return s
}

func (s *stacks) location(f frame) *profile.Location {
	at := s.locations[f]
	if at == nil {
		id := uint64(len(s.profile.Function) + 1)
		fn := &profile.Function{ID: id, Name: f.name, SystemName: f.name, Filename: f.file}
		at = &profile.Location{ID: id, Line: []profile.Line{{Function: fn, Line: f.line}}}
		s.profile.Function = append(s.profile.Function, fn)
		s.profile.Location = append(s.profile.Location, at)
		s.locations[f] = at
	}
	return at
}

// add takes a stack, outermost frame first, and a value of each type.
func (s *stacks) add(frames []frame, values ...int64) {
	sample := &profile.Sample{Value: values, Location: make([]*profile.Location, 0, len(frames))}
	for _, f := range slices.Backward(frames) {
		sample.Location = append(sample.Location, s.location(f))
	}
	s.profile.Sample = append(s.profile.Sample, sample)
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

// speedscopeFile is speedscope.app/file-format-schema.json, as far as it is read.
type speedscopeFile struct {
	Shared struct {
		Frames []struct {
			Name string
			File string
			Line float64
		}
	}
	Profiles []struct {
		Type, Name, Unit string
		EndValue         float64
		Samples          [][]int
		Weights          []float64
		Events           []struct {
			Type  string
			Frame int
			At    float64
		}
	}
}

// unitsOf are speedscope's units in pprof's words, and how many of them one is: times are whole nanoseconds.
var unitsOf = map[string]struct {
	unit  string
	scale float64
}{
	"nanoseconds": {"nanoseconds", 1}, "microseconds": {"nanoseconds", 1e3}, "milliseconds": {"nanoseconds", 1e6},
	"seconds": {"nanoseconds", 1e9}, "bytes": {"bytes", 1},
}

func readSpeedscope(raw []byte) ([]source, error) {
	var file speedscopeFile
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("the file begins as JSON, but cannot be read: %w", err)
	}
	if len(file.Profiles) == 0 || len(file.Shared.Frames) == 0 {
		return nil, errors.New("the speedscope file has no frames or no profiles")
	}
	var all []source
	for i, one := range file.Profiles {
		unit, known := unitsOf[one.Unit]
		if !known {
			unit.unit, unit.scale = "count", 1
		}
		s := newStacks(sampleType{"weight", unit.unit})
		fault := func(what string, at int) error {
			return fmt.Errorf("the speedscope file is damaged: profile %d, %s %d", i+1, what, at+1)
		}
		frames := func(indices []int) ([]frame, bool) {
			stack := make([]frame, len(indices))
			for k, index := range indices {
				if index < 0 || index >= len(file.Shared.Frames) {
					return nil, false
				}
				f := file.Shared.Frames[index]
				stack[k] = frame{f.Name, f.File, int64(f.Line)}
			}
			return stack, true
		}
		add := func(indices []int, weight float64) bool {
			stack, ok := frames(indices)
			if ok = ok && fits(weight*unit.scale); ok && weight != 0 {
				s.add(stack, int64(math.Round(weight*unit.scale)))
			}
			return ok
		}
		switch one.Type {
		case "sampled":
			if len(one.Samples) != len(one.Weights) {
				return nil, fmt.Errorf("the speedscope file is damaged: profile %d has %d samples and %d weights", i+1, len(one.Samples), len(one.Weights))
			}
			for k, stack := range one.Samples {
				if !add(stack, one.Weights[k]) {
					return nil, fault("sample", k)
				}
			}
		case "evented":
			var open []int
			last := 0.0
			for k, event := range one.Events {
				if len(open) > 0 && !add(open, event.At-last) || k > 0 && event.At < last {
					return nil, fault("event", k)
				}
				last = event.At
				switch {
				case event.Type == "O" && len(open) < deepestStack:
					open = append(open, event.Frame)
				case event.Type == "C" && len(open) > 0 && open[len(open)-1] == event.Frame:
					open = open[:len(open)-1]
				default:
					return nil, fault("event", k)
				}
			}
			if len(open) > 0 && !add(open, max(0, one.EndValue-last)) {
				return nil, fault("event", len(one.Events)-1)
			}
		default:
			return nil, fmt.Errorf("the speedscope file is damaged: profile %d is neither sampled nor evented", i+1)
		}
		all = append(all, source{s.profile})
	}
	return all, nil
}

// deepestStack keeps a file of nothing but opened frames from taking memory beyond measure.
const deepestStack = 16_384

// mergeSources adds profiles of the same sample types. sampleType, where given, is what is kept of each.
func mergeSources(all []source, sampleType string) (*profile.Profile, error) {
	kept := all
	if sampleType != "" {
		kept = nil
		for _, one := range all {
			index := slices.IndexFunc(one.SampleType, func(t *profile.ValueType) bool { return t.Type == sampleType })
			if index >= 0 {
				kept = append(kept, source{only(one.Profile, index)})
			}
		}
		if len(kept) == 0 {
			return nil, fmt.Errorf("there is no sample type %q; there are %s", sampleType, typeList(all))
		}
	}
	var profiles []*profile.Profile
	for _, one := range kept {
		if one.PeriodType == nil && len(one.SampleType) > 0 { // which merging asks for
			one.PeriodType = one.SampleType[0]
		}
		profiles = append(profiles, one.Profile)
	}
	merged, err := profile.Merge(profiles)
	if err != nil {
		return nil, fmt.Errorf("the profiles are of different sample types (%s); choose one by --sample-type", typeList(all))
	}
	return merged, nil
}

// only keeps one sample type.
func only(p *profile.Profile, index int) *profile.Profile {
	p = p.Copy()
	p.SampleType = p.SampleType[index : index+1]
	p.DefaultSampleType = ""
	for _, sample := range p.Sample {
		sample.Value = sample.Value[index : index+1]
	}
	return p
}
