package main

import (
	"fmt"
	"slices"

	"github.com/google/pprof/profile"
)

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
