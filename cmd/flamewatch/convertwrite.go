package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/google/pprof/profile"
)

// profileWriters write a profile, by the name of the format.
var profileWriters = map[string]func(io.Writer, *profile.Profile, convertOptions) error{
	"pprof": writePprof, "collapsed": writeCollapsed, "speedscope": writeSpeedscope,
}

func writePprof(out io.Writer, p *profile.Profile, _ convertOptions) error { return p.Write(out) }

// framesOf are the frames of a sample, outermost first; places without names are named by their address.
func framesOf(sample *profile.Sample) []frame {
	var frames []frame
	for _, location := range slices.Backward(sample.Location) {
		if len(location.Line) == 0 {
			frames = append(frames, frame{name: fmt.Sprintf("0x%x", location.Address)})
		}
		for _, line := range slices.Backward(location.Line) {
			f := frame{name: fmt.Sprintf("0x%x", location.Address), line: line.Line}
			if line.Function != nil {
				f.file = line.Function.Filename
				if line.Function.Name != "" {
					f.name = line.Function.Name
				}
			}
			frames = append(frames, f)
		}
	}
	return frames
}

// writeCollapsed writes a line a stack. What would end a frame or a line becomes a space.
func writeCollapsed(out io.Writer, p *profile.Profile, o convertOptions) error {
	index, err := p.SampleIndexByName(o.sampleType)
	if err != nil {
		return err
	}
	clean := strings.NewReplacer(";", " ", "\n", " ", "\r", " ")
	sums := map[string]int64{}
	for _, sample := range p.Sample {
		var names []string
		for _, f := range framesOf(sample) {
			names = append(names, clean.Replace(f.name))
		}
		stack := strings.Join(names, ";")
		if stack == "" {
			stack = "(no stack)"
		}
		sums[stack] += sample.Value[index]
	}
	var text strings.Builder
	for _, stack := range slices.Sorted(maps.Keys(sums)) {
		if sums[stack] != 0 {
			fmt.Fprintf(&text, "%s %d\n", stack, sums[stack])
		}
	}
	_, err = io.WriteString(out, text.String())
	return err
}

// speedscopeUnits are the units that speedscope knows; everything else is none.
var speedscopeUnits = []string{"nanoseconds", "microseconds", "milliseconds", "seconds", "bytes"}

// writeSpeedscope writes one sampled profile a sample type.
func writeSpeedscope(out io.Writer, p *profile.Profile, _ convertOptions) error {
	type sharedFrame struct {
		Name string `json:"name"`
		File string `json:"file,omitempty"`
		Line int64  `json:"line,omitempty"`
	}
	type sampled struct {
		Type       string  `json:"type"`
		Name       string  `json:"name"`
		Unit       string  `json:"unit"`
		StartValue int64   `json:"startValue"`
		EndValue   int64   `json:"endValue"`
		Samples    [][]int `json:"samples"`
		Weights    []int64 `json:"weights"`
	}
	ids := map[frame]int{}
	frames := []sharedFrame{}
	stacks := make([][]int, len(p.Sample))
	for i, sample := range p.Sample {
		stacks[i] = []int{}
		for _, f := range framesOf(sample) {
			id, known := ids[f]
			if !known {
				id = len(frames)
				ids[f] = id
				frames = append(frames, sharedFrame{f.name, f.file, f.line})
			}
			stacks[i] = append(stacks[i], id)
		}
	}
	profiles := []sampled{}
	for index, t := range p.SampleType {
		one := sampled{Type: "sampled", Name: t.Type, Unit: "none", Samples: stacks, Weights: make([]int64, len(p.Sample))}
		if slices.Contains(speedscopeUnits, t.Unit) {
			one.Unit = t.Unit
		}
		for i, sample := range p.Sample {
			one.Weights[i] = sample.Value[index]
			one.EndValue += sample.Value[index]
		}
		profiles = append(profiles, one)
	}
	return json.NewEncoder(out).Encode(map[string]any{
		"$schema":  "https://www.speedscope.app/file-format-schema.json",
		"exporter": "flamewatch", "shared": map[string]any{"frames": frames}, "profiles": profiles,
	})
}
