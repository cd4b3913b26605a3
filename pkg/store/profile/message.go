package profile

import (
	"errors"

	"google.golang.org/protobuf/encoding/protowire"
)

// eachVarint visits the fields of a small message. Varint fields arrive as
// number; length-delimited ones as value. Other kinds are skipped.
func eachVarint(b []byte, visit func(field protowire.Number, value []byte, number uint64) error) error {
	for len(b) > 0 {
		field, wire, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errTruncated
		}
		b = b[n:]
		var value []byte
		var number uint64
		switch wire {
		case protowire.VarintType:
			number, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			value, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(field, wire, b)
		}
		if n < 0 {
			return errTruncated
		}
		b = b[n:]
		if err := visit(field, value, number); err != nil {
			return err
		}
	}
	return nil
}

func valueType(b []byte) (t ValueType, err error) {
	err = eachVarint(b, func(field protowire.Number, _ []byte, number uint64) error {
		switch field {
		case 1:
			t.Type = index(number)
		case 2:
			t.Unit = index(number)
		}
		return nil
	})
	return t, err
}

// index narrows a reference; what does not fit becomes an index that resolve refuses.
func index(number uint64) uint32 {
	if number >= uint64(NoMapping) {
		return NoMapping
	}
	return uint32(number)
}

func (d *decoder) mapping(b []byte) error {
	var m Mapping
	var id uint64
	flag := func(number uint64, bit uint8) {
		if number != 0 {
			m.Flags |= bit
		}
	}
	err := eachVarint(b, func(field protowire.Number, _ []byte, number uint64) error {
		switch field {
		case 1:
			id = number
		case 2:
			m.Start = number
		case 3:
			m.Limit = number
		case 4:
			m.Offset = number
		case 5:
			m.File = index(number)
		case 6:
			m.BuildID = index(number)
		case 7:
			flag(number, HasFunctions)
		case 8:
			flag(number, HasFilenames)
		case 9:
			flag(number, HasLineNumbers)
		case 10:
			flag(number, HasInlineFrames)
		}
		return nil
	})
	d.mappingIDs.put(id, uint32(len(d.p.Mappings)))
	d.p.Mappings = append(d.p.Mappings, m)
	return err
}

func (d *decoder) function(b []byte) error {
	var f Function
	var id uint64
	err := eachVarint(b, func(field protowire.Number, _ []byte, number uint64) error {
		switch field {
		case 1:
			id = number
		case 2:
			f.Name = index(number)
		case 3:
			f.SystemName = index(number)
		case 4:
			f.File = index(number)
		case 5:
			f.StartLine = int64(number)
		}
		return nil
	})
	d.functionIDs.put(id, uint32(len(d.p.Functions)))
	d.p.Functions = append(d.p.Functions, f)
	return err
}

func (d *decoder) location(b []byte) error {
	p := d.p
	l := Location{Mapping: NoMapping, LineStart: uint32(len(p.Lines))}
	var id uint64
	err := eachVarint(b, func(field protowire.Number, value []byte, number uint64) error {
		switch field {
		case 1:
			id = number
		case 2:
			if number != 0 {
				l.Mapping = index(number)
			}
		case 3:
			l.Address = number
		case 4:
			line, err := decodeLine(value)
			p.Lines = append(p.Lines, line)
			return err
		case 5:
			l.Folded = number != 0
		}
		return nil
	})
	l.LineEnd = uint32(len(p.Lines))
	d.locationIDs.put(id, uint32(len(p.Locations)))
	p.Locations = append(p.Locations, l)
	return err
}

func decodeLine(b []byte) (l Line, err error) {
	err = eachVarint(b, func(field protowire.Number, _ []byte, number uint64) error {
		switch field {
		case 1:
			l.Function = index(number)
		case 2:
			l.Line = int64(number)
		}
		return nil
	})
	return l, err
}

func (d *decoder) sample(b []byte) error {
	p := d.p
	s := Sample{StackStart: uint32(len(p.Stacks)), LabelStart: uint32(len(p.Labels))}
	values := len(p.Values)
	err := eachVarint(b, func(field protowire.Number, value []byte, number uint64) (err error) {
		switch field {
		case 1:
			if value == nil {
				p.Stacks = append(p.Stacks, index(number))
				return nil
			}
			return packed(value, func(n uint64) { p.Stacks = append(p.Stacks, index(n)) })
		case 2:
			if value == nil {
				p.Values = append(p.Values, int64(number))
				return nil
			}
			return packed(value, func(n uint64) { p.Values = append(p.Values, int64(n)) })
		case 3:
			l, isText, err := decodeLabel(value)
			if isText {
				p.Labels = append(p.Labels, l)
			}
			return err
		}
		return nil
	})
	s.StackEnd, s.LabelEnd = uint32(len(p.Stacks)), uint32(len(p.Labels))
	if depth := d.limits.Depth; depth > 0 && int(s.StackEnd-s.StackStart) > depth {
		kept := copy(p.Stacks[s.StackStart:], p.Stacks[int(s.StackEnd)-depth:])
		p.Stacks = p.Stacks[:int(s.StackStart)+kept]
		s.StackEnd = uint32(len(p.Stacks))
	}
	p.Samples = append(p.Samples, s)
	d.sampleValues = append(d.sampleValues, uint32(len(p.Values)-values))
	return err
}

func packed(b []byte, visit func(uint64)) error {
	for len(b) > 0 {
		v, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return errors.New("a packed list ends in the middle of a number")
		}
		visit(v)
		b = b[n:]
	}
	return nil
}

// decodeLabel reads a sample label; isText is false for number labels.
func decodeLabel(b []byte) (l Label, isText bool, err error) {
	err = eachVarint(b, func(field protowire.Number, _ []byte, number uint64) error {
		switch field {
		case 1:
			l.Key = index(number)
		case 2:
			l.Value = index(number)
		}
		return nil
	})
	return l, l.Value != 0, err
}
