package jfr

import "encoding/binary"

// Check walks a recording the way jfr-parser reads it, before that parser is called: it
// follows tables in a circle, takes memory by numbers from the file, and reads on where
// an event has ended. What Check lets through is read in time and memory that the file's
// own length and the cost bound, which is about how many bytes the parser will take.
// Errors are *Refused.
func Check(recording []byte) (cost int64, err error) {
	chunks, err := split(recording)
	if err != nil {
		return 0, err
	}
	for _, chunk := range chunks {
		if err := checkChunk(chunk, &cost); err != nil {
			return 0, err
		}
	}
	return cost, nil
}

// MaxCost is the most memory that a recording may take while it is read.
const MaxCost = 2 << 30

// What one of each takes in the parser, with its place in a map.
const (
	pooledBytes = 96
	frameBytes  = 24
	sampleBytes = 256
)

const mostPools = 1 << 16

// check walks one chunk.
type check struct {
	*cursor
	*classes
	// The numbers of the kinds that the parser treats in ways of their own.
	text, int, long, short, boolean, float, frame int64

	cost   *int64
	frames map[uint64]int // of each stack, by its number
	// taken are the stacks that samples without marks of their own have taken already, by kind of event.
	taken map[takenStack]struct{}
}

type takenStack struct {
	event int64
	stack uint64
}

func checkChunk(chunk []byte, cost *int64) error {
	w := &check{cursor: &cursor{raw: chunk}, cost: cost, frames: map[uint64]int{}, taken: map[takenStack]struct{}{}}
	if w.seek(binary.BigEndian.Uint64(chunk[metadataAt:])) {
		w.classes = readClasses(w.cursor)
	}
	if w.fault != nil {
		return w.fault
	}
	w.text, w.int, w.long, w.short = w.id("java.lang.String"), w.id("int"), w.id("long"), w.id("short")
	w.boolean, w.float, w.frame = w.id("boolean"), w.id("float"), w.id("jdk.types.StackFrame")
	if frame := w.byID[w.frame]; frame == nil || len(frame.fields) == 0 {
		w.refuse("its frames are made of nothing")
	}
	w.pools(binary.BigEndian.Uint64(chunk[poolsAt:]))
	if w.fault == nil {
		w.events()
	}
	return w.fault
}

func (w *check) seek(at uint64) bool {
	if at < headerBytes || at >= uint64(len(w.raw)) {
		w.refuse("a table is outside of it")
		return false
	}
	w.at = int(at)
	return true
}

// take counts memory.
func (w *check) take(things, bytesEach int) {
	if *w.cost += int64(things) * int64(bytesEach); *w.cost > MaxCost && w.fault == nil {
		w.fault = &Refused{"The recording has more stacks than are read at once. Record a shorter time, or cut it with “jfr disassemble”."}
		w.at = len(w.raw)
	}
}

// pools walks the tables of names and stacks. Each says how far before it the one is
// that was written before; each has to end before the one that was looked at last.
func (w *check) pools(at uint64) {
	end := len(w.raw)
	for range mostPools {
		if !w.seek(at) {
			return
		}
		start := w.at
		size := w.number(64)
		w.number(64) // type
		w.number(64) // start
		w.number(64) // duration
		delta := int64(w.number(64))
		w.number(32) // whether it is flushed
		if delta > 0 || -delta > int64(start) {
			w.refuse("its tables of names lead nowhere")
		}
		if size > uint64(end-start) {
			w.refuse("a table of names at byte %d has no end", start)
		}
		for tables := w.count(2); tables > 0 && w.fault == nil; tables-- {
			w.table(int64(w.number(64)))
		}
		if w.fault == nil && w.at > start+int(size) {
			w.refuse("a table of names at byte %d is longer than it says", start)
		}
		if w.fault != nil || delta == 0 {
			return
		}
		end, at = start, uint64(int64(start)+delta)
	}
	w.refuse("it has too many tables of names")
}

// table reads the entries of one kind.
func (w *check) table(kind int64) {
	of := w.byID[kind]
	if of == nil {
		w.refuse("a table of names is of an unknown kind %d", kind)
		return
	}
	if of.name == "jdk.types.ChunkHeader" {
		w.skip(headerBytes)
		return
	}
	entries := w.count(1)
	w.take(max(entries, 128), pooledBytes)
	stacks := of.name == "jdk.types.StackTrace"
	for ; entries > 0 && w.fault == nil; entries-- {
		id := w.number(64)
		if of.name == "java.lang.String" {
			w.skipText()
			continue
		}
		seen := w.values(of, stacks)
		if stacks {
			w.frames[id] = seen.frames
		}
	}
}

// samples are the events that the parser makes samples of.
var samples = map[string]bool{
	"jdk.ExecutionSample": true, "profiler.WallClockSample": true, "profiler.Malloc": true, "profiler.Free": true,
	"jdk.ObjectAllocationInNewTLAB": true, "jdk.ObjectAllocationOutsideTLAB": true, "jdk.ObjectAllocationSample": true,
	"profiler.LiveObject": true, "jdk.JavaMonitorEnter": true, "jdk.ThreadPark": true, "jdk.ActiveSetting": true,
}

// events walks the events, each of which says how long it is.
func (w *check) events() {
	whole := w.raw
	for at := headerBytes; at < len(whole) && w.fault == nil; {
		w.raw, w.at = whole, at
		size := w.number(64)
		if w.fault != nil || size == 0 || size > uint64(len(whole)-at) {
			w.refuse("an event at byte %d has no end", at)
			return
		}
		end := at + int(size)
		w.raw = whole[:max(end, w.at)]
		if kind := int64(w.number(64)); w.fault == nil && w.byID[kind] != nil && samples[w.byID[kind].name] {
			w.sample(kind)
		}
		at = end
	}
}

// sample counts what a sample takes: every one with marks of its own (of a span, say) has its stack for itself.
func (w *check) sample(kind int64) {
	seen := w.values(w.byID[kind], false)
	if w.fault != nil {
		return
	}
	if !seen.marked {
		key := takenStack{kind, seen.stack}
		if _, taken := w.taken[key]; taken {
			return
		}
		w.taken[key] = struct{}{}
	}
	w.take(1, sampleBytes)
	w.take(w.frames[seen.stack], 8)
}
