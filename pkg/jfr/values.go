package jfr

// seen is what the check wants to know of some values.
type seen struct {
	frames int    // of a stack
	stack  uint64 // that a sample names
	marked bool   // a sample belongs to a span, a trace or a context
}

// marks are the fields by which the parser keeps samples of the same stack apart.
var marks = map[string]bool{"contextId": true, "spanId": true, "spanName": true, "traceIdHi": true, "traceIdLo": true}

// values reads the values of a class's fields. Inside of a stack the frames are read by
// their own fields.
func (w *check) values(of *class, stacks bool) (all seen) {
	for i := range of.fields {
		f := &of.fields[i]
		count := 1
		if f.listed {
			count = w.count(1)
		}
		if stacks && f.kind == w.frame && f.listed {
			w.take(count, frameBytes)
			all.frames += count
		}
		for ; count > 0 && w.fault == nil; count-- {
			switch number, plain := w.plain(f, 64); {
			case plain && f.name == "stackTrace":
				if w.frames[number] >= w.frames[all.stack] {
					all.stack = number
				}
			case plain:
				all.marked = all.marked || number != 0 && marks[f.name]
			case stacks && f.kind == w.frame:
				w.values(w.byID[w.frame], false)
			default:
				w.nested(f)
			}
		}
		if w.fault != nil {
			return
		}
	}
	return
}

// plain reads a value that has no fields of its own, and says whether it has none.
// Numbers that stand for entries of a table are as long as poolBits allow.
func (w *check) plain(f *field, poolBits int) (number uint64, plain bool) {
	switch {
	case f.pooled:
		return w.number(poolBits), true
	case f.kind == w.text:
		w.skipText()
	case f.kind == w.int, f.kind == w.float:
		return w.number(32), true
	case f.kind == w.long:
		return w.number(64), true
	case f.kind == w.short:
		return w.number(16), true
	case f.kind == w.boolean:
		w.skip(1)
	default:
		return 0, false
	}
	return 0, true
}

// nested reads a value that has fields, which have none: deeper the parser does not go.
// Of a list it reads the length again before every entry, and lists inside as one value.
func (w *check) nested(f *field) {
	of := w.byID[f.kind]
	if of == nil || len(of.fields) == 0 {
		w.refuse("a value is of an unknown kind %d", f.kind)
		return
	}
	count := 1
	if f.listed {
		count = w.count(1)
	}
	for ; count > 0 && w.fault == nil; count-- {
		for i := range of.fields {
			if _, plain := w.plain(&of.fields[i], 32); !plain {
				w.refuse("a value is deeper than one is read")
				return
			}
		}
	}
}
