package query

import (
	"encoding/binary"
	"strings"

	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"

	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// pprofBuilder writes stacks of one symbol table as a pprof message.
type pprofBuilder struct {
	view  *symbols.View
	shape PprofShape
	out   googlev1.Profile

	kept    []uint32 // by name node: names on its path that truncation keeps; nil without truncation
	depth   []uint32 // by name node: names on its path
	samples map[string]*googlev1.Sample
	key     []byte
	path    []uint32

	texts     map[string]int64
	locations map[placed]uint64
	functions map[uint32]uint64
	mappings  map[uint32]uint64
	remainder uint64 // id of the location named other, 0 where there is none
}

// placed is a location, with or without the line number of its leaf.
type placed struct {
	location uint32
	noLine   bool
}

func newPprofBuilder(view *symbols.View, shape PprofShape) *pprofBuilder {
	b := &pprofBuilder{
		view: view, shape: shape,
		samples:   map[string]*googlev1.Sample{},
		texts:     map[string]int64{},
		locations: map[placed]uint64{},
		functions: map[uint32]uint64{},
		mappings:  map[uint32]uint64{},
	}
	b.text("")
	return b
}

// add enters a stack; self are the values of all stack nodes.
func (b *pprofBuilder) add(node uint32, value int64, self []int64) {
	if b.shape.MaxNodes > 0 && b.kept == nil {
		b.findKept(self)
	}
	b.path = b.path[:0] // leaf first
	for at := node; at != symbols.Root; at = b.view.Parent[at] {
		b.path = append(b.path, b.view.Location[at])
	}
	path, cut := b.truncated(node)
	if n := int(b.shape.KeepLeaves); n > 0 && len(path) > n {
		path = path[:n]
	}
	b.key = b.key[:0]
	for i, l := range path {
		b.key = binary.LittleEndian.AppendUint64(b.key, b.location(placed{l, i == 0 && !cut && b.shape.AggregateCallees}))
	}
	if cut {
		b.key = append(binary.LittleEndian.AppendUint64(nil, b.other()), b.key...)
	}
	sample := b.samples[string(b.key)]
	if sample == nil {
		sample = &googlev1.Sample{Value: []int64{0}}
		for at := 0; at < len(b.key); at += 8 {
			sample.LocationId = append(sample.LocationId, binary.LittleEndian.Uint64(b.key[at:]))
		}
		b.samples[string(b.key)] = sample
		b.out.Sample = append(b.out.Sample, sample)
	}
	sample.Value[0] += value
}

// finish fills in what is said about the whole profile. The period is fixed by
// the kind of profile, whatever was pushed, as in Pyroscope.
func (b *pprofBuilder) finish(profileType string, endMs int64) *googlev1.Profile {
	parts := strings.SplitN(profileType, ":", 6)
	name := parts[0]
	value := &googlev1.ValueType{Type: b.text(parts[1]), Unit: b.text(parts[2])}
	b.out.SampleType = []*googlev1.ValueType{value}
	b.out.DefaultSampleType = value.Type
	b.out.PeriodType = &googlev1.ValueType{Type: b.text(parts[3]), Unit: b.text(parts[4])}
	b.out.TimeNanos = endMs * 1e6
	switch name {
	case "process_cpu":
		b.out.Period = 1_000_000_000
	case "memory":
		b.out.Period = 512 << 10
	default:
		b.out.Period = 1
	}
	return &b.out
}
