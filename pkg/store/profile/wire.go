package profile

import "errors"

var errTruncated = errors.New("the message ends in the middle of a field")

// The readers below work on a slice and a position, which the compiler keeps in
// registers: a profile has hundreds of thousands of numbers. A position below
// zero means that the bytes ended or made no sense.

// uvarint reads a number at i and gives the position after it.
func uvarint(b []byte, i int) (uint64, int) {
	if uint(i) < uint(len(b)) && b[i] < 0x80 {
		return uint64(b[i]), i + 1
	}
	return longUvarint(b, i)
}

func longUvarint(b []byte, i int) (n uint64, next int) {
	if i < 0 {
		return 0, -1
	}
	for shift := uint(0); i < len(b) && shift < 70; shift += 7 {
		c := b[i]
		i++
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n, i
		}
	}
	return 0, -1
}

// Kinds of fields on the wire.
const (
	wireVarint = 0
	wire64     = 1
	wireBytes  = 2
	wire32     = 5
)

// field is one field of a message: its number, its kind, and its value as a
// number or as bytes.
type field struct {
	no    int
	kind  int
	value uint64
	bytes []byte
}

// next reads the field at i and gives the position after it.
func (f *field) next(b []byte, i int) int {
	tag, i := uvarint(b, i)
	f.no, f.kind = int(tag>>3), int(tag&7)
	if i < 0 || tag>>3 == 0 || tag>>3 >= 1<<29 {
		return -1
	}
	switch f.kind {
	case wireVarint:
		f.value, i = uvarint(b, i)
		return i
	case wireBytes:
		n, i := uvarint(b, i)
		if i < 0 || n > uint64(len(b)-i) {
			return -1
		}
		f.bytes = b[i : i+int(n)]
		return i + int(n)
	case wire64:
		i += 8
	case wire32:
		i += 4
	default:
		return -1
	}
	if i > len(b) {
		return -1
	}
	return i
}
