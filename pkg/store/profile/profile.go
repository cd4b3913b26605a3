// Package profile reads pprof messages (google/pprof profile.proto) into flat
// arrays, without an object for each sample, location or line, so that a store
// can take hundreds of profiles a second.
package profile

// Profile is one pprof message. Every reference between parts is an index
// (not a pprof id) and is valid once Decode returned without an error.
// Strings share one buffer: clone those that are kept.
type Profile struct {
	Code
	SampleTypes []ValueType
	PeriodType  ValueType // zero when the message has none
	Period      int64
	TimeNanos   int64 // 0 when the message has none
	DurationNs  int64

	// Stacks holds the location indexes of all samples, leaf first.
	Stacks  []uint32
	Samples []Sample
	// Values has len(SampleTypes) values for each sample.
	Values []int64
	// Labels are the string labels of all samples; number labels are dropped.
	Labels []Label

	owner *decoder // whose arrays these are, nil for a profile made otherwise
}

// Code is what stacks refer to. Indexes of its parts point at each other.
type Code struct {
	Strings   []string // Strings[0] is ""
	Mappings  []Mapping
	Functions []Function
	Locations []Location
	Lines     []Line // of all locations; see LocationLines
}

// ValueType names what is measured, as indexes into Strings.
type ValueType struct{ Type, Unit uint32 }

// Mapping is a loaded binary.
type Mapping struct {
	Start, Limit, Offset uint64
	File, BuildID        uint32
	// HasFunctions and so on are bits of Flags.
	Flags uint8
}

// Bits of Mapping.Flags.
const (
	HasFunctions = 1 << iota
	HasFilenames
	HasLineNumbers
	HasInlineFrames
)

// Function is a function of the source, names as indexes into Strings.
type Function struct {
	Name, SystemName, File uint32
	StartLine              int64
}

// NoMapping is Location.Mapping of a location without a mapping.
const NoMapping = ^uint32(0)

// Location is a program counter; its lines are Lines[LineStart:LineEnd], the
// innermost inlined frame first.
type Location struct {
	Mapping            uint32
	Address            uint64
	LineStart, LineEnd uint32
	Folded             bool
}

// Line is a source line in a function.
type Line struct {
	Function uint32
	Line     int64
}

// Sample is a stack Stacks[StackStart:StackEnd] (leaf first) with labels
// Labels[LabelStart:LabelEnd].
type Sample struct {
	StackStart, StackEnd uint32
	LabelStart, LabelEnd uint32
}

// Label is a string label of a sample.
type Label struct{ Key, Value uint32 }

// Stack gives the location indexes of sample i, leaf first.
func (p *Profile) Stack(i int) []uint32 {
	s := p.Samples[i]
	return p.Stacks[s.StackStart:s.StackEnd]
}

// SampleLabels gives the string labels of sample i.
func (p *Profile) SampleLabels(i int) []Label {
	s := p.Samples[i]
	return p.Labels[s.LabelStart:s.LabelEnd]
}

// Value is the value of sample i for sample type t.
func (p *Profile) Value(i, t int) int64 { return p.Values[i*len(p.SampleTypes)+t] }

// LocationLines gives the lines of location l, the innermost frame first.
func (c *Code) LocationLines(l uint32) []Line {
	loc := c.Locations[l]
	return c.Lines[loc.LineStart:loc.LineEnd]
}
