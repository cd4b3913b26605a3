package main

import (
	"slices"

	"github.com/google/pprof/profile"
)

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
