package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

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
