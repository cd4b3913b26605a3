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
		Frames []speedscopeFrame
	}
	Profiles []speedscopeProfile
}

type speedscopeFrame struct {
	Name, File string
	Line       float64
}

type speedscopeProfile struct {
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
		r := speedscopeReader{newStacks(sampleType{"weight", unit.unit}), file.Shared.Frames, unit.scale, i + 1}
		var err error
		switch one.Type {
		case "sampled":
			err = r.readSamples(one)
		case "evented":
			err = r.readEvents(one)
		default:
			err = fmt.Errorf("the speedscope file is damaged: profile %d is neither sampled nor evented", r.number)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, source{r.profile})
	}
	return all, nil
}

// speedscopeReader reads one profile of a file.
type speedscopeReader struct {
	*stacks
	frames []speedscopeFrame
	scale  float64
	number int // of the profile in the file, from 1
}

func (r *speedscopeReader) fault(what string, at int) error {
	return fmt.Errorf("the speedscope file is damaged: profile %d, %s %d", r.number, what, at+1)
}

// addStack takes indices of frames, outermost first; false says that there is no such frame, or that the weight is no
// number that a profile can hold.
func (r *speedscopeReader) addStack(indices []int, weight float64) bool {
	stack := make([]frame, len(indices))
	for k, index := range indices {
		if index < 0 || index >= len(r.frames) {
			return false
		}
		f := r.frames[index]
		stack[k] = frame{f.Name, f.File, int64(f.Line)}
	}
	if !fits(weight * r.scale) {
		return false
	}
	if weight != 0 {
		r.add(stack, int64(math.Round(weight*r.scale)))
	}
	return true
}

func (r *speedscopeReader) readSamples(one speedscopeProfile) error {
	if len(one.Samples) != len(one.Weights) {
		return fmt.Errorf("the speedscope file is damaged: profile %d has %d samples and %d weights", r.number, len(one.Samples), len(one.Weights))
	}
	for k, stack := range one.Samples {
		if !r.addStack(stack, one.Weights[k]) {
			return r.fault("sample", k)
		}
	}
	return nil
}

func (r *speedscopeReader) readEvents(one speedscopeProfile) error {
	var open []int
	last := 0.0
	for k, event := range one.Events {
		if len(open) > 0 && !r.addStack(open, event.At-last) || k > 0 && event.At < last {
			return r.fault("event", k)
		}
		last = event.At
		switch {
		case event.Type == "O" && len(open) < deepestStack:
			open = append(open, event.Frame)
		case event.Type == "C" && len(open) > 0 && open[len(open)-1] == event.Frame:
			open = open[:len(open)-1]
		default:
			return r.fault("event", k)
		}
	}
	if len(open) > 0 && !r.addStack(open, max(0, one.EndValue-last)) {
		return r.fault("event", len(one.Events)-1)
	}
	return nil
}

// deepestStack keeps a file of nothing but opened frames from taking memory beyond measure.
const deepestStack = 16_384
