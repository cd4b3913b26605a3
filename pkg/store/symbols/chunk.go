package symbols

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

// AppendChunk writes what was added since mark, so that Load on tables that
// stood at mark gives the present tables. It writes nothing when nothing was added.
func (s *Symbols) AppendChunk(dst []byte, mark Mark) []byte {
	if s.Mark() == mark {
		return dst
	}
	v := &s.view
	u := func(n uint64) { dst = binary.AppendUvarint(dst, n) }
	u(uint64(len(v.Strings) - mark.strings))
	for _, text := range v.Strings[mark.strings:] {
		u(uint64(len(text)))
		dst = append(dst, text...)
	}
	u(uint64(len(v.Functions) - mark.functions))
	for _, f := range v.Functions[mark.functions:] {
		u(uint64(f.Name))
		u(uint64(f.SystemName))
		u(uint64(f.File))
		dst = binary.AppendVarint(dst, f.StartLine)
	}
	u(uint64(len(v.Mappings) - mark.mappings))
	for _, m := range v.Mappings[mark.mappings:] {
		u(m.Start)
		u(m.Limit)
		u(m.Offset)
		u(uint64(m.File))
		u(uint64(m.BuildID))
		dst = append(dst, m.Flags)
	}
	u(uint64(len(v.Locations) - mark.locations))
	for i := mark.locations; i < len(v.Locations); i++ {
		l := v.Locations[i]
		u(uint64(l.Mapping + 1)) // 0 for no mapping
		u(l.Address)
		lines := v.LocationLines(uint32(i))
		folded := uint64(0)
		if l.Folded {
			folded = 1
		}
		u(uint64(len(lines))<<1 | folded)
		for _, line := range lines {
			u(uint64(line.Function))
			dst = binary.AppendVarint(dst, line.Line)
		}
	}
	u(uint64(len(v.Parent) - mark.stacks))
	for i := mark.stacks; i < len(v.Parent); i++ {
		u(uint64(i) - uint64(v.Parent[i])) // most parents are close
		u(uint64(v.Location[i]))
	}
	return dst
}

var errDamaged = errors.New("damaged symbol chunk")

// Load appends a chunk. Chunks are loaded in the order they were written.
// After an error the tables are of no use.
func (s *Symbols) Load(chunk []byte) error {
	if s.index != nil {
		return errors.New("symbols: Load after Intern")
	}
	if len(chunk) == 0 {
		return nil
	}
	r := &reader{b: chunk}
	v := &s.view
	for n := r.count(); n > 0 && r.ok(); n-- {
		text := string(r.bytes(r.count()))
		v.Strings = append(v.Strings, text)
		s.texts += int64(len(text))
	}
	for n := r.count(); n > 0 && r.ok(); n-- {
		v.Functions = append(v.Functions, profile.Function{
			Name: r.below(len(v.Strings)), SystemName: r.below(len(v.Strings)), File: r.below(len(v.Strings)), StartLine: r.varint()})
	}
	for n := r.count(); n > 0 && r.ok(); n-- {
		m := profile.Mapping{Start: r.uvarint(), Limit: r.uvarint(), Offset: r.uvarint(),
			File: r.below(len(v.Strings)), BuildID: r.below(len(v.Strings))}
		if b := r.bytes(1); b != nil {
			m.Flags = b[0]
		}
		v.Mappings = append(v.Mappings, m)
	}
	for n := r.count(); n > 0 && r.ok(); n-- {
		s.loadLocation(r)
	}
	for n := r.count(); n > 0 && r.ok(); n-- {
		back := r.below(len(v.Parent) + 1)
		location := r.below(len(v.Locations))
		if r.err == nil && back == 0 {
			r.err = errDamaged
		}
		if r.err == nil {
			s.push(uint32(len(v.Parent))-back, location)
		}
	}
	if r.err == nil && len(r.b) > 0 {
		r.err = errDamaged
	}
	if r.err != nil {
		return fmt.Errorf("symbols: %w", r.err)
	}
	return nil
}

func (s *Symbols) loadLocation(r *reader) {
	v := &s.view
	l := profile.Location{Mapping: r.below(len(v.Mappings)+1) - 1, Address: r.uvarint(), LineStart: uint32(len(v.Lines))}
	flags := r.uvarint()
	l.Folded = flags&1 != 0
	for n := flags >> 1; n > 0 && r.ok(); n-- {
		v.Lines = append(v.Lines, profile.Line{Function: r.below(len(v.Functions)), Line: r.varint()})
	}
	l.LineEnd = uint32(len(v.Lines))
	v.Locations = append(v.Locations, l)
}

// reader reads varints and remembers the first fault.
type reader struct {
	b   []byte
	err error
}

func (r *reader) ok() bool { return r.err == nil }

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) varint() int64 {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) fail() {
	if r.err == nil {
		r.err = errDamaged
	}
	r.b = nil
}

// count reads a number of things, each at least a byte long.
func (r *reader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.fail()
		return 0
	}
	return int(n)
}

// below reads an index that must be less than limit.
func (r *reader) below(limit int) uint32 {
	n := r.uvarint()
	if n >= uint64(limit) {
		r.fail()
		return 0
	}
	return uint32(n)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.b) {
		r.fail()
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}
