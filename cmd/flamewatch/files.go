package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/google/pprof/profile"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/regression"
)

// largestFile is the most that a file may hold, packed.
const largestFile = 128 << 20

// fromFiles compares two sets of pprof files; each file is a bucket of its side.
func (o checkOptions) fromFiles(ctx context.Context) (verdict, error) {
	input := regression.Input{Thresholds: o.thresholds()}
	unit := ""
	samples := map[*regression.Window]int64{}
	for _, side := range []struct {
		files  string
		window *regression.Window
	}{{o.baseline, &input.Baseline}, {o.comparison, &input.Comparison}} {
		files, err := filesOf(side.files)
		if err != nil {
			return verdict{}, err
		}
		for _, file := range files {
			tree, itsUnit, err := o.readFile(file)
			if err != nil {
				return verdict{}, err
			}
			if unit != "" && unit != itsUnit {
				return verdict{}, fmt.Errorf("%s is in %s, the files before in %s; choose one --sample-type that all have", file, itsUnit, unit)
			}
			unit = itsUnit
			for _, self := range tree.Self {
				for a := self; a != 0; {
					samples[side.window], a = a, samples[side.window]%a
				}
			}
			side.window.Buckets = append(side.window.Buckets, regression.Bucket{Tree: tree})
		}
	}
	// At different sampling rates counts cannot be compared, scatter can.
	if samples[&input.Baseline] == samples[&input.Comparison] {
		input.SampleValue = float64(samples[&input.Baseline])
	}
	report, err := regression.Analyse(ctx, input)
	if err != nil {
		return verdict{}, err
	}
	return verdict{reports: []serviceVerdict{{name: "files", Report: report}}}, nil
}

// readFile reads one pprof file as the call tree of one sample type, and says its unit.
func (o checkOptions) readFile(path string) (*calltree.Tree, string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", err
	}
	if info.Size() > largestFile {
		return nil, "", fmt.Errorf("%s has %d MB; a profile of at most %d MB is read", path, info.Size()>>20, largestFile>>20)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = file.Close() }()
	p, err := profile.Parse(file)
	if err != nil {
		return nil, "", fmt.Errorf("%s is no pprof file: %w", path, err)
	}
	index, err := p.SampleIndexByName(o.sampleType)
	if err != nil {
		var names []string
		for _, t := range p.SampleType {
			names = append(names, t.Type)
		}
		return nil, "", fmt.Errorf("%s has no sample type %q; it has %s", path, o.sampleType, strings.Join(names, ", "))
	}
	tree, err := calltree.FromPprof(p, index)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	return tree, p.SampleType[index].Unit, nil
}
