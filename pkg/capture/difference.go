package capture

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"

	"github.com/google/pprof/profile"
)

const (
	// maxUnpacked is the most that a profile may hold when it is unpacked.
	maxUnpacked = 256 << 20
	// maxParsed is the same for one that is parsed, which takes several times its size.
	maxParsed = 64 << 20
)

// parse reads a pprof profile, packed or not.
func parse(packed []byte) (*profile.Profile, error) {
	raw := packed
	if bytes.HasPrefix(packed, gzipMagic) {
		reader, err := gzip.NewReader(bytes.NewReader(packed))
		if err == nil {
			raw, err = io.ReadAll(io.LimitReader(reader, maxParsed+1))
		}
		if err != nil {
			return nil, problem(upstream, "The profile cannot be unpacked; it was cut off, or changed on its way.", err)
		}
	}
	if len(raw) > maxParsed {
		return nil, problem(tooLarge, fmt.Sprintf("The profile unpacks to more than %d MiB, too much for a difference. Take a pair instead.", maxParsed>>20), nil)
	}
	if hasManyParts(raw) {
		return nil, problem(tooLarge, fmt.Sprintf("The profile has more than %d samples, locations and texts, which is more than can be read. Record fewer seconds.", mostParts), nil)
	}
	parsed, err := profile.ParseUncompressed(raw)
	if err == nil {
		err = parsed.CheckValid()
	}
	if err != nil {
		return nil, problem(upstream, "The profile cannot be read as pprof: "+clip(err.Error()), err)
	}
	return parsed, nil
}

// cumulativeTypes are the sample types that only grow while a program runs; of others, such as memory in use, a
// difference may be negative, and is seen by comparing the two.
var cumulativeTypes = []string{"alloc_objects", "alloc_space", "contentions", "delay"}

// Difference is what was added between two takes of a profile: the cumulative sample types of after less those of before,
// by stack. What shrank nevertheless (values are estimates, and are rounded) counts as nothing. The duration of the
// result is the time between the two.
func Difference(before, after []byte) ([]byte, error) {
	first, err := parse(before)
	if err != nil {
		return nil, err
	}
	second, err := parse(after)
	if err != nil {
		return nil, err
	}
	for _, one := range []*profile.Profile{first, second} {
		if keepCumulative(one); len(one.SampleType) == 0 {
			return nil, problem(upstream, "The profile has no totals of which a difference could be taken.", nil)
		}
	}
	if wasRestarted(first, second) {
		return nil, problem(upstream, "The totals of the second take are smaller than the first's: the program was restarted in between. Capture again.", nil)
	}
	first.Scale(-1)
	added, err := profile.Merge([]*profile.Profile{first, second})
	if err != nil {
		return nil, problem(upstream, "The two takes do not fit together: "+clip(err.Error()), err)
	}
	for _, sample := range added.Sample {
		for index, value := range sample.Value {
			sample.Value[index] = max(value, 0)
		}
	}
	added.Sample = slices.DeleteFunc(added.Sample, func(sample *profile.Sample) bool {
		return !slices.ContainsFunc(sample.Value, func(value int64) bool { return value != 0 })
	})
	added.TimeNanos = first.TimeNanos
	added.DurationNanos = max(0, second.TimeNanos-first.TimeNanos)
	var packed bytes.Buffer
	if err := added.Compact().Write(&packed); err != nil {
		return nil, problem(upstream, "The difference cannot be written.", err)
	}
	return packed.Bytes(), nil
}

// keepCumulative drops the other sample types.
func keepCumulative(p *profile.Profile) {
	var kept []int
	for index, kind := range p.SampleType {
		if slices.Contains(cumulativeTypes, kind.Type) {
			kept = append(kept, index)
		}
	}
	pick := func(values []int64) []int64 {
		picked := make([]int64, len(kept))
		for to, from := range kept {
			picked[to] = values[from]
		}
		return picked
	}
	types := make([]*profile.ValueType, len(kept))
	for to, from := range kept {
		types[to] = p.SampleType[from]
	}
	p.SampleType = types
	for _, sample := range p.Sample {
		sample.Value = pick(sample.Value)
	}
	if p.DefaultSampleType != "" && !slices.Contains(cumulativeTypes, p.DefaultSampleType) {
		p.DefaultSampleType = ""
	}
}

// wasRestarted says that a total of the second take is much smaller than the first's.
func wasRestarted(first, second *profile.Profile) bool {
	for index := range min(len(first.SampleType), len(second.SampleType)) {
		// Totals are estimates, and shake a little.
		if float64(totalOf(second, index)) < 0.9*float64(totalOf(first, index)) {
			return true
		}
	}
	return false
}

func totalOf(p *profile.Profile, index int) (total int64) {
	for _, sample := range p.Sample {
		total += sample.Value[index]
	}
	return total
}
