package profile

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
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

var errTruncated = errors.New("the message ends in the middle of a field")

// Field numbers of profile.proto.
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

// Decode reads an uncompressed pprof message. Field order does not matter.
// An error names what is wrong and where; the message is then of no use.
func Decode(raw []byte, limits Limits) (*Profile, error) {
	if len(raw) == 0 {
		return nil, errors.New("the profile is empty: no bytes")
	}
	d := &decoder{raw: raw, limits: limits, p: &Profile{}}
	if err := d.measure(); err != nil {
		return nil, err
	}
	if limits.Samples > 0 && d.samples > limits.Samples {
		return nil, &ErrTooManySamples{Actual: d.samples, Limit: limits.Samples}
	}
	d.allocate()
	if err := d.fill(); err != nil {
		return nil, err
	}
	if err := d.resolve(); err != nil {
		return nil, err
	}
	return d.p, nil
}

// decoder reads the message twice: measure counts, so that fill allocates once.
type decoder struct {
	raw    []byte
	limits Limits
	p      *Profile

	samples, locations, functions, mappings, strings int

	locationIDs, functionIDs, mappingIDs ids
	sampleValues                         []uint32 // values seen for each sample
}

// fields calls visit for every top-level field.
func (d *decoder) fields(visit func(field protowire.Number, value []byte, number uint64) error) error {
	b := d.raw
	for len(b) > 0 {
		at := len(d.raw) - len(b)
		field, wire, n := protowire.ConsumeTag(b)
		if n < 0 {
			return fmt.Errorf("not a pprof message: bad field tag at byte %d", at)
		}
		b = b[n:]
		var value []byte
		var number uint64
		switch wire {
		case protowire.BytesType:
			value, n = protowire.ConsumeBytes(b)
		case protowire.VarintType:
			number, n = protowire.ConsumeVarint(b)
		default:
			n = protowire.ConsumeFieldValue(field, wire, b)
		}
		if n < 0 {
			return fmt.Errorf("not a pprof message: field %d at byte %d: %w", field, at, errTruncated)
		}
		b = b[n:]
		if isMessage(field) != (wire == protowire.BytesType) && known(field) {
			return fmt.Errorf("not a pprof message: field %d at byte %d has the wrong kind", field, at)
		}
		if err := visit(field, value, number); err != nil {
			return fmt.Errorf("field %d at byte %d: %w", field, at, err)
		}
	}
	return nil
}

func known(field protowire.Number) bool { return field >= 1 && field <= 12 && field != 7 && field != 8 }

func isMessage(field protowire.Number) bool {
	return field <= fieldString || field == fieldPeriodType
}

func (d *decoder) measure() error {
	return d.fields(func(field protowire.Number, _ []byte, _ uint64) error {
		switch field {
		case fieldSample:
			d.samples++
		case fieldMapping:
			d.mappings++
		case fieldLocation:
			d.locations++
		case fieldFunction:
			d.functions++
		case fieldString:
			d.strings++
		}
		return nil
	})
}

func (d *decoder) allocate() {
	p := d.p
	p.Strings = make([]string, 0, max(d.strings, 1))
	p.Mappings = make([]Mapping, 0, d.mappings)
	p.Functions = make([]Function, 0, d.functions)
	p.Locations = make([]Location, 0, d.locations)
	p.Lines = make([]Line, 0, d.locations+d.locations/4)
	p.Samples = make([]Sample, 0, d.samples)
	p.Stacks = make([]uint32, 0, d.samples*16)
	d.sampleValues = make([]uint32, 0, d.samples)
	d.locationIDs.grow(d.locations)
	d.functionIDs.grow(d.functions)
	d.mappingIDs.grow(d.mappings)
}

func (d *decoder) fill() error {
	p := d.p
	// Mapping, function and location ids are references that may point
	// forward, so they are kept as they are until resolve.
	return d.fields(func(field protowire.Number, value []byte, number uint64) (err error) {
		switch field {
		case fieldSampleType:
			var t ValueType
			t, err = valueType(value)
			p.SampleTypes = append(p.SampleTypes, t)
		case fieldPeriodType:
			p.PeriodType, err = valueType(value)
		case fieldSample:
			err = d.sample(value)
		case fieldMapping:
			err = d.mapping(value)
		case fieldLocation:
			err = d.location(value)
		case fieldFunction:
			err = d.function(value)
		case fieldString:
			p.Strings = append(p.Strings, validText(value))
		case fieldTime:
			p.TimeNanos = int64(number)
		case fieldDuration:
			p.DurationNs = int64(number)
		case fieldPeriod:
			p.Period = int64(number)
		}
		return err
	})
}

// validText makes a string of bytes that may not be UTF-8: answers are JSON.
func validText(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}
