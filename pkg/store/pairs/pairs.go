// Package pairs finds pairs of integers, such as a node of a tree by its parent
// and its name, without an allocation per pair.
package pairs

import "math/rand/v2"

// Table maps a pair of 32-bit numbers to the position where it stands in two
// parallel columns. It is a hash table with open addressing that stores
// positions and a part of the hash; the columns hold the keys, and are looked
// at only where that part is the same: in a table of a million pairs each look
// is a cache miss. Looking up a node of a stack is what ingest does most, and a
// Go map is three times slower at it.
type Table struct {
	slots []uint64 // upper half of the hash, then position+1; 0 where free
	mask  uint32
}

const tagMask = 0xffffffff << 32

// Find gives the position of (a, b), or the free slot where it belongs.
func (t *Table) Find(as, bs []uint32, a, b uint32) (position uint32, slot uint32, ok bool) {
	if len(t.slots) == 0 {
		return 0, 0, false
	}
	h := hash(a, b)
	slot = uint32(h) & t.mask
	for {
		entry := t.slots[slot]
		if entry == 0 {
			return 0, slot, false
		}
		if at := uint32(entry) - 1; (entry^h)&tagMask == 0 && as[at] == a && bs[at] == b {
			return at, slot, true
		}
		slot = (slot + 1) & t.mask
	}
}

// Add enters the last position of the columns. Call it after a Find that
// failed, with the columns already longer by one.
func (t *Table) Add(as, bs []uint32, slot uint32) {
	n := len(as)
	if uint64(n)*4 >= uint64(len(t.slots))*3 {
		t.Rebuild(as, bs, max(64, len(t.slots)*2))
		return
	}
	t.slots[slot] = hash(as[n-1], bs[n-1])&tagMask | uint64(n)
}

// Rebuild enters all positions of the columns, with room for at least size.
func (t *Table) Rebuild(as, bs []uint32, size int) {
	for slots := 64; ; slots *= 2 {
		if slots >= size && slots*3 > len(as)*4 {
			size = slots
			break
		}
	}
	t.slots = make([]uint64, size)
	t.mask = uint32(size - 1)
	for i := range as {
		h := hash(as[i], bs[i])
		slot := uint32(h) & t.mask
		for t.slots[slot] != 0 {
			slot = (slot + 1) & t.mask
		}
		t.slots[slot] = h&tagMask | uint64(i+1)
	}
}

// seed keeps senders of profiles from choosing pairs that collide.
var seed = rand.Uint64()

// hash mixes both numbers into all bits (the finaliser of MurmurHash3).
func hash(a, b uint32) uint64 {
	h := (uint64(a)<<32 | uint64(b)) ^ seed
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	h ^= h >> 33
	return h
}
