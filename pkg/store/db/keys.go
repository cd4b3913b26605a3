package db

import (
	"encoding/binary"
	"time"
)

// Layout of the database. A partition is what one service of one tenant pushed
// for one window of time; it has its own symbols, so dropping old windows drops
// their symbols too. Its id begins with the window, so that a window is one
// range of keys.
//
//	0x00000000 "format"                              version of this layout
//	partition 'a'                                    meta: tenant, service, times, sizes
//	partition 'b' chunk                              series added by one batch
//	partition 'c' chunk                              symbols added by one batch
//	partition 'd' series time profile                total of one profile
//	partition 'e' series time profile                samples of one profile
//
// partition is 8 bytes, chunk and series 4, time 8 (ms since the epoch),
// profile 16 (its id); all big-endian, so that keys sort by time.
const (
	kindMeta    = 'a'
	kindSeries  = 'b'
	kindSymbols = 'c'
	kindTotal   = 'd'
	kindSamples = 'e'
)

// formatKey sorts before the first hour since the epoch.
var formatKey = []byte("\x00\x00\x00\x00format")

// window is the length of time that a partition covers.
const window = time.Hour

// partitionID is the start of the window in seconds, then a running number.
type partitionID uint64

func windowOf(timeMs int64) uint32 {
	seconds := timeMs / 1000
	return uint32(seconds - seconds%int64(window/time.Second))
}

func newPartitionID(window, number uint32) partitionID {
	return partitionID(uint64(window)<<32 | uint64(number))
}

func (id partitionID) window() uint32 { return uint32(id >> 32) }
func (id partitionID) number() uint32 { return uint32(id) }

// startMs and endMs are the first and the last millisecond of the window.
func (id partitionID) startMs() int64 { return int64(id.window()) * 1000 }
func (id partitionID) endMs() int64   { return id.startMs() + window.Milliseconds() - 1 }

func (id partitionID) key(kind byte) []byte {
	key := make([]byte, 0, 37)
	key = binary.BigEndian.AppendUint64(key, uint64(id))
	return append(key, kind)
}

func (id partitionID) chunkKey(kind byte, chunk uint32) []byte {
	return binary.BigEndian.AppendUint32(id.key(kind), chunk)
}

// rowKey leads to the row of a profile; shorter forms bound ranges.
func (id partitionID) rowKey(kind byte, series uint32, timeMs int64) []byte {
	return binary.BigEndian.AppendUint64(id.chunkKey(kind, series), uint64(timeMs))
}

const rowKeyLength = 8 + 1 + 4 + 8 + 16

// parseRowKey takes a whole row key apart.
func parseRowKey(key []byte) (series uint32, timeMs int64, profile ProfileID, ok bool) {
	if len(key) != rowKeyLength {
		return 0, 0, profile, false
	}
	copy(profile[:], key[21:])
	return binary.BigEndian.Uint32(key[9:]), int64(binary.BigEndian.Uint64(key[13:])), profile, true
}

// windowSpan is the range of all keys of a window: [start, end).
func windowSpan(window uint32) (start, end []byte) {
	start = binary.BigEndian.AppendUint64(nil, uint64(newPartitionID(window, 0)))
	end = binary.BigEndian.AppendUint64(nil, uint64(newPartitionID(window+1, 0)))
	return start, end
}
