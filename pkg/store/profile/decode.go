package profile

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// ErrTooManySamples says that a profile has more samples than Limits.Samples.
type ErrTooManySamples struct{ Actual, Limit int }

func (e *ErrTooManySamples) Error() string {
	return fmt.Sprintf("the profile has %d samples; the limit is %d", e.Actual, e.Limit)
}

// Limits bound what Decode accepts. Zero means no limit.
type Limits struct {
	Samples int // samples of a profile
	Depth   int // locations of a stack; deeper stacks keep those nearest to the root
}

// Field numbers of the message Profile in profile.proto.
const (
	fieldSampleType = 1
	fieldSample     = 2
	fieldMapping    = 3
	fieldLocation   = 4
	fieldFunction   = 5
	fieldString     = 6
	fieldTime       = 9
	fieldDuration   = 10
	fieldPeriodType = 11
	fieldPeriod     = 12
)

// kinds of the fields that are read.
var kinds = [13]int8{
	-1, wireBytes, wireBytes, wireBytes, wireBytes, wireBytes, wireBytes, -1, -1,
	wireVarint, wireVarint, wireBytes, wireVarint,
}

// decoders keeps the arrays of profiles that were freed.
var decoders = sync.Pool{New: func() any { return new(decoder) }}

// Decode reads an uncompressed pprof message, of which it keeps nothing. Field
// order does not matter. An error names what is wrong and where. Free the
// profile when it is not needed any more.
func Decode(raw []byte, limits Limits) (*Profile, error) {
	if len(raw) == 0 {
		return nil, errors.New("the profile is empty: no bytes")
	}
	d := decoders.Get().(*decoder)
	d.raw, d.limits, d.count = raw, limits, [len(kinds)]int{}
	p, err := d.decode()
	d.raw, d.text = nil, ""
	if err != nil {
		decoders.Put(d)
		return nil, err
	}
	p.owner = d
	return p, nil
}

func (d *decoder) decode() (*Profile, error) {
	if err := d.measure(); err != nil {
		return nil, err
	}
	if limit := d.limits.Samples; limit > 0 && d.count[fieldSample] > limit {
		return nil, &ErrTooManySamples{Actual: d.count[fieldSample], Limit: limit}
	}
	d.allocate()
	if err := d.fill(); err != nil {
		return nil, err
	}
	if err := d.resolve(); err != nil {
		return nil, err
	}
	return &d.p, nil
}

// Free gives the arrays of a profile back for the next; do not use it any more.
// Strings taken from it stay valid.
func (p *Profile) Free() {
	if p.owner != nil {
		d := p.owner
		p.owner = nil
		if len(p.Stacks) <= largestStacks {
			decoders.Put(d)
		}
	}
}

// largestStacks is how many locations the stacks of a profile may have whose
// arrays are kept for the next.
const largestStacks = 1 << 20

// decoder reads the message twice: measure counts, so that fill allocates once.
type decoder struct {
	raw    []byte
	text   string // raw as a string, of which all strings are parts
	limits Limits
	p      Profile
	count  [len(kinds)]int // fields by number

	locationIDs, functionIDs, mappingIDs ids
	sampleValues                         []uint32 // values seen for each sample
}

// measure checks that the message is made of fields of the right kinds.
func (d *decoder) measure() error {
	var f field
	for i := 0; i < len(d.raw); {
		next := f.next(d.raw, i)
		if next < 0 {
			return fmt.Errorf("not a pprof message: no field can be read at byte %d of %d", i, len(d.raw))
		}
		if f.no < len(kinds) && kinds[f.no] >= 0 {
			if int(kinds[f.no]) != f.kind {
				return fmt.Errorf("not a pprof message: field %d at byte %d is of the wrong kind", f.no, i)
			}
			d.count[f.no]++
		}
		i = next
	}
	return nil
}

func (d *decoder) allocate() {
	p := &d.p
	d.text = string(d.raw)
	p.SampleTypes = p.SampleTypes[:0]
	p.PeriodType, p.Period, p.TimeNanos, p.DurationNs = ValueType{}, 0, 0, 0
	p.Strings = room(p.Strings, max(d.count[fieldString], 1))
	p.Mappings = room(p.Mappings, d.count[fieldMapping])
	p.Functions = room(p.Functions, d.count[fieldFunction])
	p.Locations = room(p.Locations, d.count[fieldLocation])
	p.Lines = room(p.Lines, d.count[fieldLocation]+d.count[fieldLocation]/4)
	p.Samples = room(p.Samples, d.count[fieldSample])
	p.Stacks = room(p.Stacks, d.count[fieldSample]*16)
	p.Values = room(p.Values, d.count[fieldSample]*d.count[fieldSampleType])
	p.Labels = p.Labels[:0]
	d.sampleValues = room(d.sampleValues, d.count[fieldSample])
	d.locationIDs.reset(d.count[fieldLocation])
	d.functionIDs.reset(d.count[fieldFunction])
	d.mappingIDs.reset(d.count[fieldMapping])
}

// room gives an empty slice with room for n, the old one where it is long enough.
func room[T any](old []T, n int) []T {
	if cap(old) >= n {
		return old[:0]
	}
	return make([]T, 0, n)
}

// fill reads all fields. Mapping, function and location ids are references that
// may point forward, so they are kept as they are until resolve.
func (d *decoder) fill() error {
	p := &d.p
	var f field
	for i := 0; i < len(d.raw); {
		next := f.next(d.raw, i)
		ok := true
		switch f.no {
		case fieldSampleType:
			var t ValueType
			t, ok = valueType(f.bytes)
			p.SampleTypes = append(p.SampleTypes, t)
		case fieldPeriodType:
			p.PeriodType, ok = valueType(f.bytes)
		case fieldSample:
			ok = d.sample(f.bytes)
		case fieldMapping:
			ok = d.mapping(f.bytes)
		case fieldLocation:
			ok = d.location(f.bytes)
		case fieldFunction:
			ok = d.function(f.bytes)
		case fieldString:
			p.Strings = append(p.Strings, validText(d.text[next-len(f.bytes):next]))
		case fieldTime:
			p.TimeNanos = int64(f.value)
		case fieldDuration:
			p.DurationNs = int64(f.value)
		case fieldPeriod:
			p.Period = int64(f.value)
		}
		if !ok {
			return fmt.Errorf("field %d at byte %d: %w", f.no, i, errTruncated)
		}
		i = next
	}
	return nil
}

// validText makes text of bytes that may not be UTF-8: answers are JSON.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
