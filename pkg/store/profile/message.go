package profile

// The messages inside a profile. Each reader gives false where the bytes end in
// the middle of a field.

// twoNumbers reads a message of which fields 1 and 2 are wanted, both numbers.
func twoNumbers(b []byte) (first, second uint64, ok bool) {
	var f field
	for i := 0; i < len(b); {
		if i = f.next(b, i); i < 0 {
			return 0, 0, false
		}
		switch f.no {
		case 1:
			first = f.value
		case 2:
			second = f.value
		}
	}
	return first, second, true
}

func valueType(b []byte) (ValueType, bool) {
	kind, unit, ok := twoNumbers(b)
	return ValueType{Type: index(kind), Unit: index(unit)}, ok
}

// index narrows a reference; what does not fit becomes an index that resolve refuses.
func index(number uint64) uint32 {
	if number >= uint64(NoMapping) {
		return NoMapping
	}
	return uint32(number)
}

func (d *decoder) mapping(b []byte) bool {
	var m Mapping
	var id uint64
	var f field
	for i := 0; i < len(b); {
		if i = f.next(b, i); i < 0 {
			return false
		}
		switch f.no {
		case 1:
			id = f.value
		case 2:
			m.Start = f.value
		case 3:
			m.Limit = f.value
		case 4:
			m.Offset = f.value
		case 5:
			m.File = index(f.value)
		case 6:
			m.BuildID = index(f.value)
		case 7, 8, 9, 10:
			if f.value != 0 {
				m.Flags |= 1 << (f.no - 7)
			}
		}
	}
	d.mappingIDs.put(id, uint32(len(d.p.Mappings)))
	d.p.Mappings = append(d.p.Mappings, m)
	return true
}

func (d *decoder) function(b []byte) bool {
	var fn Function
	var id uint64
	var f field
	for i := 0; i < len(b); {
		if i = f.next(b, i); i < 0 {
			return false
		}
		switch f.no {
		case 1:
			id = f.value
		case 2:
			fn.Name = index(f.value)
		case 3:
			fn.SystemName = index(f.value)
		case 4:
			fn.File = index(f.value)
		case 5:
			fn.StartLine = int64(f.value)
		}
	}
	d.functionIDs.put(id, uint32(len(d.p.Functions)))
	d.p.Functions = append(d.p.Functions, fn)
	return true
}

func (d *decoder) location(b []byte) bool {
	p := &d.p
	l := Location{Mapping: NoMapping, LineStart: uint32(len(p.Lines))}
	var id uint64
	var f field
	for i := 0; i < len(b); {
		if i = f.next(b, i); i < 0 {
			return false
		}
		switch {
		case f.no == 1:
			id = f.value
		case f.no == 2 && f.value != 0:
			l.Mapping = index(f.value)
		case f.no == 3:
			l.Address = f.value
		case f.no == 4 && f.kind == wireBytes:
			line, ok := decodeLine(f.bytes)
			if !ok {
				return false
			}
			p.Lines = append(p.Lines, line)
		case f.no == 5:
			l.Folded = f.value != 0
		}
	}
	l.LineEnd = uint32(len(p.Lines))
	d.locationIDs.put(id, uint32(len(p.Locations)))
	p.Locations = append(p.Locations, l)
	return true
}

func decodeLine(b []byte) (Line, bool) {
	function, line, ok := twoNumbers(b)
	return Line{Function: index(function), Line: int64(line)}, ok
}

func (d *decoder) sample(b []byte) bool {
	p := &d.p
	s := Sample{StackStart: uint32(len(p.Stacks)), LabelStart: uint32(len(p.Labels))}
	values := len(p.Values)
	var f field
	for i := 0; i < len(b); {
		if i = f.next(b, i); i < 0 {
			return false
		}
		switch {
		case f.no == 1 && f.kind == wireVarint:
			p.Stacks = append(p.Stacks, index(f.value))
		case f.no == 1 && f.kind == wireBytes:
			for at := 0; at < len(f.bytes); {
				var id uint64
				if id, at = uvarint(f.bytes, at); at < 0 {
					return false
				}
				p.Stacks = append(p.Stacks, index(id))
			}
		case f.no == 2 && f.kind == wireVarint:
			p.Values = append(p.Values, int64(f.value))
		case f.no == 2 && f.kind == wireBytes:
			for at := 0; at < len(f.bytes); {
				var value uint64
				if value, at = uvarint(f.bytes, at); at < 0 {
					return false
				}
				p.Values = append(p.Values, int64(value))
			}
		case f.no == 3 && f.kind == wireBytes:
			l, ok := decodeLabel(f.bytes)
			if !ok {
				return false
			}
			if l.Value != 0 { // else a number label
				p.Labels = append(p.Labels, l)
			}
		}
	}
	s.StackEnd, s.LabelEnd = uint32(len(p.Stacks)), uint32(len(p.Labels))
	if depth := d.limits.Depth; depth > 0 && int(s.StackEnd-s.StackStart) > depth {
		kept := copy(p.Stacks[s.StackStart:], p.Stacks[int(s.StackEnd)-depth:])
		p.Stacks = p.Stacks[:int(s.StackStart)+kept]
		s.StackEnd = uint32(len(p.Stacks))
	}
	p.Samples = append(p.Samples, s)
	d.sampleValues = append(d.sampleValues, uint32(len(p.Values)-values))
	return true
}

func decodeLabel(b []byte) (Label, bool) {
	key, value, ok := twoNumbers(b)
	return Label{Key: index(key), Value: index(value)}, ok
}
