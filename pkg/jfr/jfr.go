// Package jfr turns files of Java's Flight Recorder, as the JDK and async-profiler
// write them, into pprof profiles: one for every kind of event that has stacks. It
// works in memory alone.
package jfr

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/google/pprof/profile"
	parser "github.com/grafana/jfr-parser/pprof"
)

// MaxBytes is how large a recording may be, unpacked.
const MaxBytes = 128 << 20

// Profile is what a recording has of one kind of event.
type Profile struct {
	// Name is the kind in the words of Pyroscope's Java agent: process_cpu, wall, memory, mutex, block.
	Name string
	*profile.Profile
}

// Refused says in a sentence for users why a file is not read.
type Refused struct{ Sentence string }

func (r *Refused) Error() string { return r.Sentence }

// Convert reads a recording, packed with gzip or not. Samples of CPU and wall clock
// are counted, because a recording does not say how long each stands for. It stops
// when ctx does. Errors are *Refused or those of ctx.
func Convert(ctx context.Context, raw []byte) ([]Profile, error) {
	raw, err := unpack(raw)
	if err != nil {
		return nil, err
	}
	if _, err := Check(raw); err != nil {
		return nil, err
	}
	chunks, err := split(raw)
	if err != nil {
		return nil, err
	}
	merged := map[string][]*profile.Profile{}
	names := map[string]string{}
	for i, chunk := range chunks {
		found, err := readBeside(ctx, chunk)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			return nil, &Refused{fmt.Sprintf("The recording is damaged: part %d of %d cannot be read (%v).", i+1, len(chunks), err)}
		}
		for _, one := range found {
			key := kindOf(one.Profile)
			names[key] = one.Name
			merged[key] = append(merged[key], one.Profile)
		}
	}
	var all []Profile
	for key, parts := range merged {
		whole := parts[0]
		if len(parts) > 1 {
			if whole, err = profile.Merge(parts); err != nil {
				return nil, &Refused{fmt.Sprintf("The parts of the recording do not fit together: %v.", err)}
			}
		}
		all = append(all, Profile{names[key], whole})
	}
	if len(all) == 0 {
		return nil, &Refused{"The recording has no events with stacks that can be shown: no samples of CPU or wall clock, allocations or locks. Record with settings=profile."}
	}
	slices.SortFunc(all, func(a, b Profile) int { return strings.Compare(order(a), order(b)) })
	return all, nil
}

// order puts CPU first, then wall clock, then the rest by name.
func order(p Profile) string {
	switch p.Name {
	case "process_cpu":
		return "0"
	case "wall":
		return "1"
	}
	return "2" + p.Name + kindOf(p.Profile)
}

func kindOf(p *profile.Profile) string {
	var types []string
	for _, t := range p.SampleType {
		types = append(types, t.Type)
	}
	return strings.Join(types, " ")
}

func unpack(raw []byte) ([]byte, error) {
	if len(raw) >= 2 && raw[0] == 0x1f && raw[1] == 0x8b {
		packed, err := gzip.NewReader(bytes.NewReader(raw))
		if err == nil {
			raw, err = io.ReadAll(io.LimitReader(packed, MaxBytes+1))
		}
		if err != nil {
			return nil, &Refused{"The file is packed with gzip and cannot be unpacked: it is damaged, or its end is missing."}
		}
	}
	if len(raw) > MaxBytes {
		return nil, &Refused{fmt.Sprintf("The recording is larger than %d MiB, which is the most that is read. Record a shorter time, or cut it with “jfr disassemble”.", MaxBytes>>20)}
	}
	return raw, nil
}

// readBeside reads a chunk on a goroutine of its own, because the parser hears of no
// context: who asked need not wait for it to end.
func readBeside(ctx context.Context, chunk []byte) ([]Profile, error) {
	type answer struct {
		found []Profile
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		found, err := read(chunk)
		done <- answer{found, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case it := <-done:
		return it.found, it.err
	}
}

// read guards against recordings that the parser was not made for: it indexes tables
// by numbers from the file.
func read(chunk []byte) (found []Profile, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = errors.New("it makes no sense")
		}
	}()
	parsed, err := parser.ParseJFR(chunk, &parser.ParseInput{SampleRate: countSamples}, nil)
	if err != nil {
		return nil, err
	}
	for _, one := range parsed.Profiles {
		raw, err := one.Profile.MarshalVT()
		if err != nil {
			return nil, err
		}
		p, err := profile.ParseUncompressed(raw)
		if err != nil {
			return nil, err
		}
		for _, f := range p.Function { // native code has no class
			f.Name, f.SystemName = strings.TrimPrefix(f.Name, "."), strings.TrimPrefix(f.SystemName, ".")
		}
		// Of the time, which the parser is told and does not know.
		p.TimeNanos, p.DurationNanos = 0, 0
		for _, t := range p.SampleType {
			if t.Type == "cpu" || t.Type == "wall" {
				t.Unit = "count"
				p.PeriodType, p.Period = &profile.ValueType{Type: t.Type, Unit: t.Unit}, 1
			}
		}
		if p.PeriodType == nil { // which merging asks for
			p.PeriodType = p.SampleType[0]
		}
		found = append(found, Profile{one.Metric, p})
	}
	return found, nil
}

// countSamples is the rate at which the parser values every sample 1.
const countSamples = 1_000_000_000
