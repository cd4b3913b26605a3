package main

import (
	"errors"
	"fmt"
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
