package calltree

import (
	"fmt"
	"path"

	"github.com/google/pprof/profile"
)

// FromPprof merges the samples of a pprof profile by path of function names.
// value is the index of the sample type. Inlined functions are nodes of their
// own, below the function they were inlined into. A location without symbols is
// named by its mapping and address.
func FromPprof(p *profile.Profile, value int) (*Tree, error) {
	if value < 0 || value >= len(p.SampleType) {
		return nil, fmt.Errorf("sample type %d of %d does not exist", value, len(p.SampleType))
	}
	b := newBuilder(1, len(p.Sample))
	for _, s := range p.Sample {
		node := int32(0)
		for i := len(s.Location) - 1; i >= 0; i-- { // the leaf comes first
			location := s.Location[i]
			for j := len(location.Line) - 1; j >= 0; j-- { // and so does what was inlined last
				node = b.under(node, b.symbol(functionName(location, location.Line[j].Function)))
			}
			if len(location.Line) == 0 {
				node = b.under(node, b.symbol(functionName(location, nil)))
			}
		}
		b.gain(node, 0, s.Value[value])
	}
	return b.tree(0), nil
}

func functionName(l *profile.Location, f *profile.Function) string {
	switch {
	case f != nil && f.Name != "":
		return f.Name
	case f != nil && f.SystemName != "":
		return f.SystemName
	case l.Mapping != nil && l.Mapping.File != "":
		return fmt.Sprintf("%s 0x%x", path.Base(l.Mapping.File), l.Address)
	default:
		return fmt.Sprintf("0x%x", l.Address)
	}
}

// Pprof writes the tree as a pprof profile with one sample type: a sample for
// every node with a self value, a function and location for every name. sampleType
// and unit are as in a profile type id (cpu, nanoseconds).
func (t *Tree) Pprof(sampleType, unit string) *profile.Profile {
	p := &profile.Profile{SampleType: []*profile.ValueType{{Type: sampleType, Unit: unit}}}
	locations := map[string]*profile.Location{}
	var stack []*profile.Location // root first, without the root node
	for i := range t.Len() {
		level := int(t.Level[i])
		if level > 0 {
			name := t.Name(i)
			at := locations[name]
			if at == nil {
				f := &profile.Function{ID: uint64(len(p.Function) + 1), Name: name, SystemName: name}
				at = &profile.Location{ID: f.ID, Line: []profile.Line{{Function: f}}}
				p.Function = append(p.Function, f)
				p.Location = append(p.Location, at)
				locations[name] = at
			}
			stack = append(stack[:level-1], at)
		}
		if t.Self[i] == 0 {
			continue
		}
		sample := &profile.Sample{Value: []int64{t.Self[i]}, Location: make([]*profile.Location, level)}
		for k, at := range stack[:level] {
			sample.Location[level-1-k] = at
		}
		p.Sample = append(p.Sample, sample)
	}
	return p
}
