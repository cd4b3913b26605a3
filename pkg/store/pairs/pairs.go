// Package pairs finds pairs of integers, such as a node of a tree by its parent
// and its name, without an allocation per pair.
package pairs

import "math/rand/v2"

// Table maps a pair of 32-bit numbers to the position where it stands in two
// parallel columns. It is a hash table with open addressing that stores
// positions only; the columns hold the keys. Looking up a node of a stack is
// what ingest does most, and a Go map is three times slower at it.
type Table struct {
	slots []uint32 // position+1, 0 where free
	mask  uint32
}

// Find gives the position of (a, b), or the free slot where it belongs.
func (t *Table) Find(as, bs []uint32, a, b uint32) (position uint32, slot uint32, ok bool) {
	if len(t.slots) == 0 {
		return 0, 0, false
	}
	slot = hash(a, b) & t.mask
	for {
		entry := t.slots[slot]
		if entry == 0 {
			return 0, slot, false
		}
		if as[entry-1] == a && bs[entry-1] == b {
			return entry - 1, slot, true
		}
		slot = (slot + 1) & t.mask
	}
}

// Add enters the last position of the columns. Call it after a Find that
// failed, with the columns already longer by one.
func (t *Table) Add(as, bs []uint32, slot uint32) {
	n := uint32(len(as))
	if uint64(n)*4 >= uint64(len(t.slots))*3 {
		t.Rebuild(as, bs, max(64, len(t.slots)*2))
		return
	}
	t.slots[slot] = n
}

// Rebuild enters all positions of the columns, with room for at least size.
func (t *Table) Rebuild(as, bs []uint32, size int) {
	for slots := 64; ; slots *= 2 {
		if slots >= size && slots*3 > len(as)*4 {
			size = slots
			break
		}
	}
	t.slots = make([]uint32, size)
	t.mask = uint32(size - 1)
	for i := range as {
		slot := hash(as[i], bs[i]) & t.mask
		for t.slots[slot] != 0 {
			slot = (slot + 1) & t.mask
		}
		t.slots[slot] = uint32(i) + 1
	}
}

// seed keeps senders of profiles from choosing pairs that collide.
var seed = rand.Uint64()

// hash mixes both numbers into all bits (the finaliser of MurmurHash3).
func hash(a, b uint32) uint32 {
	h := (uint64(a)<<32 | uint64(b)) ^ seed
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	h ^= h >> 33
	return uint32(h)
}
