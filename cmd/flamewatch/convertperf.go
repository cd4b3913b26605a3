package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// perfHead is the first line of a sample as `perf script` prints it: command, thread or process/thread, perhaps [cpu],
// the time in seconds, the period, the event.
var perfHead = regexp.MustCompile(`^(\S.*?)\s+(-?\d+(?:/-?\d+)?)\s+(?:\[\d+\]\s+)?(?:\S{4,6}\s+)?(\d+\.\d+):\s+(?:(\d+)\s+)?(\S+?):?\s*$`)

// perfFrame is a line of a stack: address, symbol, object. perfOffset is what perf prints behind a symbol.
var (
	perfFrame  = regexp.MustCompile(`^\s+([0-9a-f]+)\s(.*)$`)
	perfOffset = regexp.MustCompile(`\+0x[0-9a-f]+$`)
)

// longestPerfHead keeps long lines from being matched.
const longestPerfHead = 1024

func perfHeadOf(line string) []string {
	if len(line) > longestPerfHead {
		return nil
	}
	return perfHead.FindStringSubmatch(line)
}

// isPerfScript looks for a sample in the beginning of a file.
func isPerfScript(raw []byte) bool {
	lines := strings.Split(string(raw[:min(len(raw), 16<<10)]), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " \r")
		if perfHeadOf(line) != nil && (strings.HasSuffix(line, ":") || i+1 < len(lines) && perfFrame.MatchString(lines[i+1])) {
			return true
		}
	}
	return false
}

// readPerfScript reads the output of `perf script`: a profile for every event. Samples of a clock count time, others
// what they counted.
func readPerfScript(raw []byte) ([]source, error) {
	events := map[string]*stacks{}
	var order []string
	var event *stacks
	var period int64
	var frames []frame // innermost first
	finish := func() {
		if event != nil {
			slices.Reverse(frames)
			event.add(frames, 1, period)
		}
		event, frames = nil, nil
	}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\r\n")
		if head := perfHeadOf(line); head != nil {
			finish()
			kind, _, _ := strings.Cut(head[5], ":")
			if event = events[kind]; event == nil {
				event = newStacks(sampleType{"samples", "count"}, perfCounts(kind))
				events[kind] = event
				order = append(order, kind)
			}
			period = 1
			if n, err := strconv.ParseInt(head[4], 10, 64); err == nil {
				period = n
			}
		} else if strings.TrimSpace(line) == "" {
			finish()
		} else if event != nil && perfFrame.MatchString(line) {
			if len(frames) == deepestStack {
				return nil, fmt.Errorf("a stack has more than %d frames", deepestStack)
			}
			frames = append(frames, perfFrameOf(line))
		}
	}
	finish()
	if len(order) == 0 {
		return nil, errors.New("there is no sample in the output of perf script; record with call graphs: perf record -g")
	}
	var all []source
	for _, kind := range order {
		all = append(all, source{events[kind].profile})
	}
	return all, nil
}

func perfCounts(event string) sampleType {
	if event == "cpu-clock" || event == "task-clock" {
		return sampleType{"cpu", "nanoseconds"}
	}
	return sampleType{event, "count"}
}

// perfFrameOf reads `address symbol+0xoffset (object)`; symbols hold spaces and brackets too. A place without a symbol
// is named by the object that it is in, as perf's own report does.
func perfFrameOf(line string) frame {
	parts := perfFrame.FindStringSubmatch(line)
	address, symbol, object := parts[1], strings.TrimSpace(parts[2]), ""
	searched := strings.TrimSuffix(symbol, " (deleted))")
	if opens := strings.LastIndex(searched, "("); strings.HasSuffix(symbol, ")") && opens >= 0 && (opens == 0 || symbol[opens-1] == ' ') {
		symbol, object = strings.TrimSpace(symbol[:opens]), symbol[opens+1:len(symbol)-1]
	}
	symbol = perfOffset.ReplaceAllString(symbol, "")
	if symbol != "" && symbol != "[unknown]" {
		return frame{name: symbol, file: object}
	}
	if object != "" && object != "[unknown]" {
		base := object[strings.LastIndex(object, "/")+1:]
		return frame{name: "[" + strings.Trim(base, "[]") + "]", file: object}
	}
	return frame{name: "0x" + address}
}
