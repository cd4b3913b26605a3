package query

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"

	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"

	"github.com/flamewatch/profiles/pkg/store/profile"
	"github.com/flamewatch/profiles/pkg/store/symbols"
	"github.com/flamewatch/profiles/pkg/store/tree"
)

// PprofShape says how a merged profile is cut. Zero values cut nothing.
type PprofShape struct {
	// MaxNodes shortens stacks: they end one location below their deepest
	// function that is among the MaxNodes greatest by total, followed by a
	// frame named other. Stacks without any such function become other alone.
	MaxNodes int64
	// KeepLeaves keeps that many locations at the leaf end of every stack.
	KeepLeaves uint32
	// AggregateCallees drops the line number of the leaf, so that stacks which
	// differ in nothing else become one.
	AggregateCallees bool
}

// Pprof merges to a pprof message with one sample type. Labels of samples are
// not in it; lines, addresses and mappings are. It is empty when nothing matches.
func (e *Engine) Pprof(ctx context.Context, m Merge, shape PprofShape) (*googlev1.Profile, error) {
	merged := symbols.New()
	var self []int64
	err := e.sums(ctx, m, 1, func(ctx context.Context, v *symbols.View, sums []int64) error {
		nodes := merged.Graft(v, sums)
		view := merged.View()
		if len(view.Parent) > e.Limits.Stacks {
			return tree.ErrTooLarge
		}
		self = append(self, make([]int64, len(view.Parent)-len(self))...)
		for i, value := range sums {
			if value != 0 {
				self[nodes[i]] += value
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	view := merged.View()
	b := newPprofBuilder(&view, shape)
	for node, value := range self {
		if value != 0 {
			b.add(uint32(node), value, self)
		}
	}
	if len(b.out.Sample) == 0 {
		return &googlev1.Profile{}, nil
	}
	return b.finish(m.ProfileType, m.Range.End), nil
}

// keepUnder clears the values of stacks that do not begin with callSite.
func keepUnder(v *symbols.View, sums []int64, callSite []string) {
	if len(callSite) == 0 {
		return
	}
	// matched[i] is how many names of callSite the path to name node i
	// matches, -1 once it left it.
	matched := make([]int, len(v.NameParent))
	for i := 1; i < len(matched); i++ {
		above := matched[v.NameParent[i]]
		switch {
		case above < 0 || above < len(callSite) && v.Strings[v.NameText[i]] != callSite[above]:
			matched[i] = -1
		default:
			matched[i] = min(above+1, len(callSite))
		}
	}
	for i := range sums {
		if matched[v.Name[i]] != len(callSite) {
			sums[i] = 0
		}
	}
}

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

// findKept ranks functions by their totals in the merged tree of names.
func (b *pprofBuilder) findKept(self []int64) {
	v := b.view
	totals := make([]int64, len(v.NameParent))
	for node, value := range self {
		totals[v.Name[node]] += value
	}
	for i := len(totals) - 1; i > 0; i-- {
		totals[v.NameParent[i]] += totals[i]
	}
	limit := int64(0)
	if n := int(b.shape.MaxNodes); n < len(totals)-1 {
		limit = tree.NthGreatest(slices.Clone(totals[1:]), n)
	}
	b.kept, b.depth = make([]uint32, len(totals)), make([]uint32, len(totals))
	for i := 1; i < len(totals); i++ {
		parent := v.NameParent[i]
		b.kept[i], b.depth[i] = b.kept[parent], b.depth[parent]+1
		if totals[i] >= limit {
			b.kept[i]++
		}
	}
}

// truncated shortens the path of a stack; cut tells that something is missing
// at its leaf end.
func (b *pprofBuilder) truncated(node uint32) (path []uint32, cut bool) {
	if b.kept == nil {
		return b.path, false
	}
	name := b.view.Name[node]
	kept := b.kept[name]
	switch {
	case kept == b.depth[name]:
		return b.path, false
	case kept == 0:
		return nil, true
	}
	functions := uint32(0)
	at := len(b.path)
	for at > 0 && functions <= kept {
		at--
		functions += uint32(len(b.view.LocationLines(b.path[at])))
	}
	return b.path[at:], at > 0
}

func (b *pprofBuilder) text(s string) int64 {
	at, ok := b.texts[s]
	if !ok {
		at = int64(len(b.out.StringTable))
		b.out.StringTable = append(b.out.StringTable, s)
		b.texts[s] = at
	}
	return at
}

func (b *pprofBuilder) location(at placed) uint64 {
	if id, ok := b.locations[at]; ok {
		return id
	}
	from := b.view.Locations[at.location]
	to := &googlev1.Location{
		Id: uint64(len(b.out.Location) + 1), MappingId: b.mapping(from.Mapping),
		Address: from.Address, IsFolded: from.Folded,
	}
	for i, line := range b.view.LocationLines(at.location) {
		number := line.Line
		if i == 0 && at.noLine {
			number = 0
		}
		to.Line = append(to.Line, &googlev1.Line{FunctionId: b.function(line.Function), Line: number})
	}
	b.out.Location = append(b.out.Location, to)
	b.locations[at] = to.Id
	return to.Id
}

func (b *pprofBuilder) function(i uint32) uint64 {
	if id, ok := b.functions[i]; ok {
		return id
	}
	f, texts := b.view.Functions[i], b.view.Strings
	id := uint64(len(b.out.Function) + 1)
	b.out.Function = append(b.out.Function, &googlev1.Function{
		Id: id, Name: b.text(texts[f.Name]), SystemName: b.text(texts[f.SystemName]),
		Filename: b.text(texts[f.File]), StartLine: f.StartLine,
	})
	b.functions[i] = id
	return id
}

func (b *pprofBuilder) mapping(i uint32) uint64 {
	if id, ok := b.mappings[i]; ok {
		return id
	}
	id := uint64(len(b.out.Mapping) + 1)
	to := &googlev1.Mapping{Id: id}
	if i != profile.NoMapping {
		m := b.view.Mappings[i]
		to.MemoryStart, to.MemoryLimit, to.FileOffset = m.Start, m.Limit, m.Offset
		to.Filename, to.BuildId = b.text(b.view.Strings[m.File]), b.text(b.view.Strings[m.BuildID])
		to.HasFunctions = m.Flags&profile.HasFunctions != 0
		to.HasFilenames = m.Flags&profile.HasFilenames != 0
		to.HasLineNumbers = m.Flags&profile.HasLineNumbers != 0
		to.HasInlineFrames = m.Flags&profile.HasInlineFrames != 0
	}
	b.out.Mapping = append(b.out.Mapping, to)
	b.mappings[i] = id
	return id
}

// other gives the location of the frame that stands for what was cut.
func (b *pprofBuilder) other() uint64 {
	if b.remainder == 0 {
		name := b.text(tree.RemainderText)
		f := &googlev1.Function{Id: uint64(len(b.out.Function) + 1), Name: name, SystemName: name}
		b.out.Function = append(b.out.Function, f)
		b.remainder = uint64(len(b.out.Location) + 1)
		b.out.Location = append(b.out.Location, &googlev1.Location{Id: b.remainder, Line: []*googlev1.Line{{FunctionId: f.Id}}})
	}
	return b.remainder
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
