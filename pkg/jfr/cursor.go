package jfr

import "fmt"

// cursor reads a chunk as the parser does, and stops where the parser would trust a
// number of the file that cannot be: what a count announces has to be there.
type cursor struct {
	raw []byte
	at  int
	// fault is the first one; nothing is read after it.
	fault error
}

func (c *cursor) refuse(what string, values ...any) {
	if c.fault == nil {
		c.fault = &Refused{"The recording is damaged: " + fmt.Sprintf(what, values...) + "."}
	}
	c.at = len(c.raw)
}

func (c *cursor) left() int { return len(c.raw) - c.at }

// skip leaves bytes out.
func (c *cursor) skip(bytes int) {
	if bytes > c.left() {
		c.refuse("a value at byte %d is longer than what it is in", c.at)
		return
	}
	c.at += bytes
}

// number reads one of so many bits, seven of them a byte.
func (c *cursor) number(bits int) uint64 {
	if bits == 64 {
		value, n := varLong(c.raw[c.at:])
		if n == 0 {
			c.refuse("a number at byte %d has no end", c.at)
		}
		c.at += n
		return uint64(value)
	}
	value := uint64(0)
	for shift := 0; shift < bits; shift += 7 {
		if c.at >= len(c.raw) {
			break
		}
		b := c.raw[c.at]
		c.at++
		value |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return value & (1<<bits - 1)
		}
	}
	c.refuse("a number at byte %d has no end", c.at)
	return 0
}

// count reads how many things follow, each of them of some bytes at least.
func (c *cursor) count(bytesEach int) int {
	n := c.number(32)
	if int64(n)*int64(bytesEach) > int64(c.left()) {
		c.refuse("at byte %d it says that %d entries follow, for which there is no room", c.at, n)
		return 0
	}
	return int(n)
}

// Of a string, how it is written.
const (
	stringNull   = 0
	stringEmpty  = 1
	stringUTF8   = 3
	stringChars  = 4
	stringLatin1 = 5
)

// text reads a string, and takes no copy: letters that are written one by one are left out.
func (c *cursor) text() string {
	if c.left() == 0 {
		c.refuse("a text at byte %d has no end", c.at)
		return ""
	}
	kind := c.raw[c.at]
	c.at++
	switch kind {
	case stringNull, stringEmpty:
	case stringUTF8, stringLatin1:
		length := c.count(1)
		start := c.at
		c.skip(length)
		if c.fault == nil {
			return string(c.raw[start:c.at])
		}
	case stringChars:
		var letters []rune
		for range c.count(1) {
			letters = append(letters, rune(c.number(32)))
		}
		return string(letters)
	default:
		c.refuse("at byte %d a text is written in an unknown way (%d)", c.at, kind)
	}
	return ""
}

// skipText leaves a string out.
func (c *cursor) skipText() {
	if c.left() > 0 && (c.raw[c.at] == stringUTF8 || c.raw[c.at] == stringLatin1) {
		c.at++
		c.skip(c.count(1))
		return
	}
	c.text()
}
