package main

import (
	"fmt"
	"math"
	"slices"
)

type traceEvent struct {
	phase    string
	named    bool
	frame    frame
	at, ends float64 // in µs
}

func newTraceEvent(file object, at float64) traceEvent {
	_, named := file["name"]
	args := file.object("args")
	lasts, is := file.number("dur")
	if !is {
		lasts, _ = file.number("tdur")
	}
	e := traceEvent{phase: file.text("ph"), named: named, frame: frame{file.text("name"), args.text("filename"), args.whole("line")}, at: at}
	if e.ends = math.Inf(1); e.phase == "X" {
		e.ends = at + max(0, lasts)
	}
	return e
}

// over is when the event is over, or of an end when it stands.
func (e *traceEvent) over() float64 {
	if e.phase == "E" {
		return e.at
	}
	return e.ends
}

// closes tells whether an end is of an open event: a complete event ends by itself, an end closes what has its name, or
// the innermost when it has none.
func (e *traceEvent) closes(open *traceEvent) bool {
	if e.phase == "X" {
		return e == open
	}
	return open.phase != "X" && (!e.named || e.frame.name == open.frame.name)
}

// thread turns the events of one thread into stacks that last.
type thread struct {
	*stacks
	open   []*traceEvent // outermost first
	closed map[*traceEvent]bool
	last   float64 // up to which the stacks are told, in µs
}

func addThread(s *stacks, events []traceEvent) error {
	begins, ends := inOrder(events)
	t := thread{stacks: s, closed: map[*traceEvent]bool{}}
	for len(begins) > 0 || len(ends) > 0 {
		if len(ends) > 0 && (len(begins) == 0 || t.endsFirst(ends[0], begins[0])) {
			if err := t.goOn(ends[0].over()); err != nil {
				return err
			}
			t.end(ends[0])
			ends = ends[1:]
			continue
		}
		if err := t.goOn(begins[0].at); err != nil {
			return err
		}
		if len(t.open) == deepestStack {
			return fmt.Errorf("the trace has more than %d events inside each other", deepestStack)
		}
		t.open = append(t.open, begins[0])
		begins = begins[1:]
	}
	return nil
}

// inOrder are the events by when they begin, and by when they are over. Of what begins at the same time the longest is
// the caller; the order of the file decides the rest.
func inOrder(events []traceEvent) (begins, ends []*traceEvent) {
	for i := range events {
		if events[i].phase != "E" {
			begins = append(begins, &events[i])
		}
		if events[i].phase != "B" {
			ends = append(ends, &events[i])
		}
	}
	slices.SortStableFunc(begins, func(a, b *traceEvent) int {
		if a.at != b.at {
			return compare(a.at, b.at)
		}
		return compare(b.ends, a.ends)
	})
	slices.SortStableFunc(ends, func(a, b *traceEvent) int { return compare(a.over(), b.over()) })
	return begins, ends
}

func (t *thread) endsFirst(end, begin *traceEvent) bool {
	return end.over() < begin.at || end.over() == begin.at && len(t.open) > 0 && end.closes(t.open[len(t.open)-1])
}

// goOn adds what is open as a stack that lasted until then.
func (t *thread) goOn(at float64) error {
	if lasts := (at - t.last) * 1000; len(t.open) > 0 && lasts > 0 {
		if !fits(lasts) {
			return fmt.Errorf("the trace is damaged: %q lasts %v µs", t.open[len(t.open)-1].frame.name, lasts/1000)
		}
		stack := make([]frame, len(t.open))
		for i, one := range t.open {
			stack[i] = one.frame
		}
		t.add(stack, int64(math.Round(lasts)))
	}
	t.last = at
	return nil
}

// end closes the innermost event that it is of, and what is open inside that.
func (t *thread) end(end *traceEvent) {
	if t.closed[end] {
		return
	}
	for at := len(t.open) - 1; at >= 0; at-- {
		if end.closes(t.open[at]) {
			for _, one := range t.open[at:] {
				t.closed[one] = true
			}
			t.open = t.open[:at]
			return
		}
	}
}
