package db

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
)

// A row holds the samples of one profile in one series: sections by span, each
// with its stack nodes ascending (as differences) and, after them, its values,
// divided by their greatest common divisor (CPU values are multiples of the
// sampling period, so most of them fit one byte).

// Span tells where a sample was taken: the span and trace it ran under, zero
// where unknown.
type Span struct {
	ID    uint64
	Trace [16]byte
}

func (s Span) compare(o Span) int {
	return cmp.Or(cmp.Compare(s.ID, o.ID), bytes.Compare(s.Trace[:], o.Trace[:]))
}

// sample is a stack node with its value, above zero.
type sample struct {
	span  Span
	node  uint32
	value int64
}

// appendRow appends a row of samples, which must be in order; those of the same
// span and stack are added up. It gives the sum of all values.
func appendRow(dst []byte, samples []sample) (row []byte, total int64) {
	merged := samples[:0]
	for _, s := range samples {
		total += s.value
		if n := len(merged); n > 0 && merged[n-1].node == s.node && merged[n-1].span == s.span {
			merged[n-1].value += s.value
			continue
		}
		merged = append(merged, s)
	}
	for len(merged) > 0 {
		n := 1
		for n < len(merged) && merged[n].span == merged[0].span {
			n++
		}
		dst = appendSection(dst, merged[:n])
		merged = merged[n:]
	}
	return dst, total
}

const (
	sectionHasSpan = 1 << iota
	sectionHasTrace
)

func appendSection(dst []byte, samples []sample) []byte {
	span := samples[0].span
	at := len(dst)
	dst = append(dst, 0)
	if span.ID != 0 {
		dst[at] |= sectionHasSpan
		dst = binary.BigEndian.AppendUint64(dst, span.ID)
	}
	if span.Trace != [16]byte{} {
		dst[at] |= sectionHasTrace
		dst = append(dst, span.Trace[:]...)
	}
	divisor := int64(0)
	for _, s := range samples {
		divisor = gcd(divisor, s.value)
	}
	dst = binary.AppendUvarint(dst, uint64(len(samples)))
	dst = binary.AppendUvarint(dst, uint64(divisor))
	previous := uint32(0)
	for _, s := range samples {
		dst = binary.AppendUvarint(dst, uint64(s.node-previous))
		previous = s.node
	}
	for _, s := range samples {
		dst = binary.AppendUvarint(dst, uint64(s.value/divisor))
	}
	return dst
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

var errDamagedRow = errors.New("damaged row of samples")

// Section is a part of a row: the samples of one span.
type Section struct {
	Span    Span
	n       int
	divisor int64
	nodes   []byte // n differences, then n values, then the rest of the row
}

// Sections calls visit for every section of a row, until it gives false.
func Sections(row []byte, visit func(*Section) bool) error {
	for len(row) > 0 {
		var s Section
		rest, err := s.open(row)
		if err != nil {
			return err
		}
		if !visit(&s) {
			return nil
		}
		row = rest
	}
	return nil
}

// open reads the head of a section and finds where the next begins.
func (s *Section) open(row []byte) (rest []byte, err error) {
	flags := row[0]
	row = row[1:]
	if flags&sectionHasSpan != 0 {
		if len(row) < 8 {
			return nil, errDamagedRow
		}
		s.Span.ID = binary.BigEndian.Uint64(row)
		row = row[8:]
	}
	if flags&sectionHasTrace != 0 {
		if len(row) < 16 {
			return nil, errDamagedRow
		}
		row = row[copy(s.Span.Trace[:], row):]
	}
	n, size := binary.Uvarint(row)
	if size <= 0 || n > uint64(len(row)) {
		return nil, errDamagedRow
	}
	row = row[size:]
	divisor, size := binary.Uvarint(row)
	if size <= 0 {
		return nil, errDamagedRow
	}
	s.n, s.divisor, s.nodes = int(n), int64(divisor), row[size:]
	values, err := skipVarints(s.nodes, s.n)
	if err != nil {
		return nil, err
	}
	return skipVarints(values, s.n)
}

func skipVarints(b []byte, n int) ([]byte, error) {
	for i, c := range b {
		if n == 0 {
			return b[i:], nil
		}
		if c < 0x80 {
			n--
		}
	}
	if n > 0 {
		return nil, errDamagedRow
	}
	return nil, nil
}

// Samples calls visit with every stack node and its value.
func (s *Section) Samples(visit func(node uint32, value int64)) error {
	nodes := s.nodes
	values, err := skipVarints(nodes, s.n)
	if err != nil {
		return err
	}
	node := uint64(0)
	for range s.n {
		step, a := binary.Uvarint(nodes)
		value, b := binary.Uvarint(values)
		if a <= 0 || b <= 0 {
			return errDamagedRow
		}
		nodes, values = nodes[a:], values[b:]
		node += step
		visit(uint32(node), int64(value)*s.divisor)
	}
	return nil
}

// AddTo adds every value to sums[node].
func (s *Section) AddTo(sums []int64) error {
	nodes := s.nodes
	values, err := skipVarints(nodes, s.n)
	if err != nil {
		return err
	}
	node := uint64(0)
	for range s.n {
		step, a := binary.Uvarint(nodes)
		value, b := binary.Uvarint(values)
		node += step
		if a <= 0 || b <= 0 || node >= uint64(len(sums)) {
			return errDamagedRow
		}
		nodes, values = nodes[a:], values[b:]
		sums[node] += int64(value) * s.divisor
	}
	return nil
}
