package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// readTraceEvents reads trace events of Chrome, `dotnet-trace convert --format chromium`, py-spy and many others: how
// long functions took. What Chrome's CPU profiler put into a trace is a profile of its own.
func readTraceEvents(list []any) ([]source, error) {
	threads := map[string][]traceEvent{}
	var order []string
	chunks := map[string]object{}
	var profiles []string
	for _, entry := range list {
		event, _ := entry.(map[string]any)
		file := object(event)
		switch file.text("ph") {
		case "B", "E", "X":
			at, is := file.number("ts")
			if !is {
				continue
			}
			key := fmt.Sprint(file["pid"], ":", file["tid"])
			if threads[key] == nil {
				order = append(order, key)
			}
			threads[key] = append(threads[key], newTraceEvent(file, at))
		case "P":
			key := fmt.Sprint(file["pid"], ":", file["id"])
			if chunks[key] == nil {
				profiles = append(profiles, key)
				chunks[key] = object{"nodes": []any{}, "samples": []any{}, "timeDeltas": []any{}}
			}
			addChunk(chunks[key], file)
		}
	}
	var all []source
	sampled := newStacks(sampleType{"samples", "count"}, sampleType{"time", "nanoseconds"})
	for _, key := range profiles {
		if len(chunks[key].list("samples")) == 0 {
			continue
		}
		if err := addCPUProfile(sampled, chunks[key]); err != nil {
			return nil, err
		}
	}
	if len(sampled.profile.Sample) > 0 {
		all = append(all, source{sampled.profile})
	}
	lasting := newStacks(sampleType{"duration", "nanoseconds"})
	for _, key := range order {
		if err := addThread(lasting, threads[key]); err != nil {
			return nil, err
		}
	}
	if len(lasting.profile.Sample) > 0 {
		all = append(all, source{lasting.profile})
	}
	if len(all) == 0 {
		return nil, errors.New("the trace has no events that last: no pair of “B” and “E” and no “X”")
	}
	return all, nil
}

// addChunk adds a piece of a CPU profile, as Chrome writes them.
func addChunk(profile, event object) {
	facts := event.object("args").object("data")
	if start, is := facts.number("startTime"); is {
		profile["startTime"] = start
	}
	chunk := facts.object("cpuProfile")
	deltas := facts.list("timeDeltas")
	if deltas == nil {
		deltas = chunk.list("timeDeltas")
	}
	profile["nodes"] = append(profile.list("nodes"), chunk.list("nodes")...)
	profile["samples"] = append(profile.list("samples"), chunk.list("samples")...)
	profile["timeDeltas"] = append(profile.list("timeDeltas"), deltas...)
}

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

// closes tells whether an end is of an open event: a complete event ends by itself, an end closes what has its name, or
// the innermost when it has none.
func (e *traceEvent) closes(open *traceEvent) bool {
	if e.phase == "X" {
		return e == open
	}
	return open.phase != "X" && (!e.named || e.frame.name == open.frame.name)
}

// addThread adds the events of one thread as stacks that last.
func addThread(s *stacks, events []traceEvent) error {
	var begins, ends []*traceEvent
	for i := range events {
		if events[i].phase != "E" {
			begins = append(begins, &events[i])
		}
		if events[i].phase != "B" {
			ends = append(ends, &events[i])
		}
	}
	endOf := func(e *traceEvent) float64 {
		if e.phase == "E" {
			return e.at
		}
		return e.ends
	}
	// Of what begins at the same time the longest is the caller; the order of the file decides the rest.
	slices.SortStableFunc(begins, func(a, b *traceEvent) int {
		if a.at != b.at {
			return compare(a.at, b.at)
		}
		return compare(b.ends, a.ends)
	})
	slices.SortStableFunc(ends, func(a, b *traceEvent) int { return compare(endOf(a), endOf(b)) })
	var open []*traceEvent
	closed := map[*traceEvent]bool{}
	last := 0.0
	goOn := func(at float64) error {
		if lasts := (at - last) * 1000; len(open) > 0 && lasts > 0 {
			if !fits(lasts) {
				return fmt.Errorf("the trace is damaged: %q lasts %v µs", open[len(open)-1].frame.name, lasts/1000)
			}
			stack := make([]frame, len(open))
			for i, one := range open {
				stack[i] = one.frame
			}
			s.add(stack, int64(math.Round(lasts)))
		}
		last = at
		return nil
	}
	for b, e := 0, 0; b < len(begins) || e < len(ends); {
		endsFirst := e < len(ends) && (b >= len(begins) || endOf(ends[e]) < begins[b].at ||
			endOf(ends[e]) == begins[b].at && len(open) > 0 && ends[e].closes(open[len(open)-1]))
		if !endsFirst {
			if err := goOn(begins[b].at); err != nil {
				return err
			}
			if len(open) == deepestStack {
				return fmt.Errorf("the trace has more than %d events inside each other", deepestStack)
			}
			open = append(open, begins[b])
			b++
			continue
		}
		end := ends[e]
		e++
		if err := goOn(endOf(end)); err != nil {
			return err
		}
		if closed[end] {
			continue
		}
		for at := len(open) - 1; at >= 0; at-- {
			if end.closes(open[at]) {
				for _, one := range open[at:] {
					closed[one] = true
				}
				open = open[:at]
				break
			}
		}
	}
	return nil
}
