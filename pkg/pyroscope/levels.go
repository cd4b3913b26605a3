package pyroscope

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// valuesPerBar: distance from the end of the bar before, total, self, name index.
const valuesPerBar = 4

// levelCursor reads the bars of one level from left to right.
type levelCursor struct {
	rest []byte // varints not read yet
	// The next bar, valid while ready. start and end are absolute positions.
	start, end, self int64
	name             uint32
	ready            bool
}

// walkLevels makes the depth-first tree. A bar belongs to the bar above it whose
// span holds its start; bars of a level stand in order, so that a look at the
// next bar of each level is enough.
func walkLevels(names []string, levels []levelCursor) (*calltree.Tree, error) {
	nodes := 0
	for i := range levels {
		nodes += countVarints(levels[i].rest) / valuesPerBar
		if err := levels[i].advance(len(names), i == 0); err != nil {
			return nil, err
		}
	}
	if nodes > mostParts {
		return nil, tooMany("nodes", mostParts)
	}
	tree := calltree.MakeTree(names, nodes)
	if len(levels) == 0 || !levels[0].ready {
		return tree, nil
	}
	ends := make([]int64, len(levels)) // where the open bar of each level ends
	for depth := 0; ; {
		bar := &levels[depth]
		tree.Append(int64(depth), bar.end-bar.start, bar.self, bar.name)
		ends[depth] = bar.end
		if err := bar.advance(len(names), false); err != nil {
			return nil, err
		}
		// Down if a bar starts under this one, else on to the next bar under the
		// same parent, else up.
		next := depth + 1
		if next == len(levels) {
			next--
		}
		for next > 0 && !(levels[next].ready && levels[next].start < ends[next-1]) {
			next--
		}
		if next == 0 {
			break
		}
		if levels[next].end > ends[next-1] {
			return nil, fmt.Errorf("%w: a bar of level %d is wider than the one above it", errMalformed, next)
		}
		depth = next
	}
	for i := range levels {
		if levels[i].ready {
			return nil, fmt.Errorf("%w: a bar of level %d has none above it", errMalformed, i)
		}
	}
	return tree, nil
}

// advance reads the next bar. Bars without a width are passed over unless keep
// is set: they are worth nothing, and nothing says which bar they belong to.
func (c *levelCursor) advance(names int, keep bool) error {
	for len(c.rest) > 0 {
		var bar [valuesPerBar]int64
		rest := c.rest
		for i := range bar {
			// Most values are small: one byte is read without a call.
			if len(rest) > 0 && rest[0] < 0x80 {
				bar[i], rest = int64(rest[0]), rest[1:]
				continue
			}
			value, n := binary.Uvarint(rest)
			if n <= 0 {
				return fmt.Errorf("%w: a level ends inside a bar", errMalformed)
			}
			bar[i], rest = int64(value), rest[n:]
		}
		c.rest = rest
		start := c.end + bar[0]
		end := start + bar[1]
		if bar[0]|bar[1]|bar[2]|start|end < 0 { // sums that do not fit turn negative
			return fmt.Errorf("%w: a bar with a negative place or value", errMalformed)
		}
		if uint64(bar[3]) >= uint64(names) {
			return fmt.Errorf("%w: name %d of %d", errMalformed, bar[3], names)
		}
		c.start, c.end, c.self, c.name = start, end, bar[2], uint32(bar[3])
		if keep || end > start {
			c.ready = true
			return nil
		}
	}
	c.ready = false
	return nil
}

// countVarints counts the bytes that end a varint, those below 0x80.
func countVarints(packed []byte) int {
	const continued = 0x8080808080808080
	count := 0
	for len(packed) >= 8 {
		count += bits.OnesCount64(^binary.LittleEndian.Uint64(packed) & continued)
		packed = packed[8:]
	}
	for _, b := range packed {
		if b < 0x80 {
			count++
		}
	}
	return count
}
