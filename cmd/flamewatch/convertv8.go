package main

import (
	"errors"
	"fmt"
	"slices"
)

// v8Frame is a function as V8 names it, whose lines count from 0.
func v8Frame(call object) frame {
	f := frame{name: call.text("functionName"), file: call.text("url")}
	if f.name == "" {
		f.name = "(anonymous)"
	}
	if line, is := call.number("lineNumber"); is && fits(line) {
		f.line = int64(line) + 1
	}
	return f
}

// readCPUProfile reads a .cpuprofile of Chrome's developer tools, Node's --cpu-prof, 0x and clinic.
func readCPUProfile(file object) ([]source, error) {
	s := newStacks(sampleType{"samples", "count"}, sampleType{"time", "nanoseconds"})
	if err := addCPUProfile(s, file); err != nil {
		return nil, err
	}
	return []source{{s.profile}}, nil
}

// addCPUProfile adds the samples of a profile of V8's: each lasts until the next one.
func addCPUProfile(s *stacks, file object) error {
	nodes, err := v8Nodes(file.objects("nodes"))
	if err != nil {
		return err
	}
	ids, deltas := file.list("samples"), file.list("timeDeltas")
	if len(ids) == 0 {
		return errors.New("the CPU profile has no samples")
	}
	if len(deltas) == 0 {
		return errors.New("the CPU profile is of Chrome of 2015 or before; open it in the app under Captures")
	}
	start, _ := file.number("startTime")
	times := make([]float64, len(ids)+1)
	at := start
	for i := range ids {
		if i < len(deltas) {
			delta, _ := numberOf(deltas[i])
			at += delta
		}
		times[i] = at
	}
	times[len(ids)] = at
	if end, is := file.number("endTime"); is {
		times[len(ids)] = max(at, end)
	}
	// V8 writes samples out of order now and then.
	order := make([]int, len(ids))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compare(times[a], times[b]) })
	for k, i := range order {
		until := times[len(ids)]
		if k+1 < len(order) {
			until = times[order[k+1]]
		}
		stack, known := nodes[wholeOf(ids[i])]
		if !known {
			return fmt.Errorf("the CPU profile is damaged: sample %d refers to node %v, which is not there", i+1, ids[i])
		}
		lasts := max(0, until-times[i]) * 1000
		if !fits(lasts) {
			return fmt.Errorf("the CPU profile is damaged: sample %d lasts %v µs", i+1, lasts/1000)
		}
		s.add(stack, 1, int64(lasts))
	}
	return nil
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// v8Nodes gives the stack of each node: nodes name their children, or their parent, and come in any order.
func v8Nodes(nodes []object) (map[int64][]frame, error) {
	byID, parents := map[int64]object{}, map[int64]int64{}
	for _, node := range nodes {
		if _, is := node.number("id"); !is {
			return nil, errors.New("the CPU profile is damaged: it has a node without an id")
		}
		id := node.whole("id")
		byID[id] = node
		if parent, is := node.number("parent"); is {
			parents[id] = int64(parent)
		}
		for _, child := range node.list("children") {
			parents[wholeOf(child)] = id
		}
	}
	stacks := map[int64][]frame{}
	for id := range byID {
		var stack []frame
		for at, there := id, true; there; at, there = parents[at], has(parents, at) {
			node, known := byID[at]
			if !known {
				break
			}
			if len(stack) == deepestStack {
				return nil, fmt.Errorf("the CPU profile is damaged, or too deep: node %d has more than %d callers", id, deepestStack)
			}
			stack = append(stack, v8Frame(node.object("callFrame")))
		}
		slices.Reverse(stack)
		stacks[id] = stack
	}
	return stacks, nil
}

func has[V any](m map[int64]V, key int64) bool {
	_, there := m[key]
	return there
}

// readHeapProfile reads a .heapprofile of Chrome's developer tools and Node's --heap-prof: bytes that sampled
// allocations still hold.
func readHeapProfile(head object) ([]source, error) {
	s := newStacks(sampleType{"inuse_space", "bytes"})
	var walk func(node object, stack []frame) error
	walk = func(node object, stack []frame) error {
		if len(stack) == deepestStack {
			return fmt.Errorf("the heap profile has a stack of more than %d frames", deepestStack)
		}
		stack = append(stack[:len(stack):len(stack)], v8Frame(node.object("callFrame")))
		if size := node.whole("selfSize"); size != 0 {
			s.add(stack, size)
		}
		for _, child := range node.objects("children") {
			if err := walk(child, stack); err != nil {
				return err
			}
		}
		return nil
	}
	if err := walk(head, nil); err != nil {
		return nil, err
	}
	return []source{{s.profile}}, nil
}
