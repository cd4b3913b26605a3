package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// object is one of JSON, of which little is known.
type object map[string]any

// readJSON reads profiles that are JSON, told by what is in them.
func readJSON(raw []byte) ([]source, error) {
	var content any
	if err := json.Unmarshal(raw, &content); err != nil {
		return nil, fmt.Errorf("the file begins as JSON, but cannot be read: %w", err)
	}
	if events, is := content.([]any); is {
		return readTraceEvents(events)
	}
	top, _ := content.(map[string]any)
	file := object(top)
	head := file.object("head")
	switch {
	case file["shared"] != nil && file["profiles"] != nil:
		return readSpeedscope(raw)
	case head["selfSize"] != nil && head["callFrame"] != nil:
		return readHeapProfile(head)
	case file["samples"] != nil && (file["nodes"] != nil || file["head"] != nil):
		return readCPUProfile(file)
	case file["resourceProfiles"] != nil:
		return readOTLPJSON(file)
	case file["traceEvents"] != nil:
		return readTraceEvents(file.list("traceEvents"))
	}
	return nil, errors.New("the file is JSON of no format that is read here (speedscope, .cpuprofile, .heapprofile, trace events, OTLP profiles); others are opened in the app under Captures")
}

func (o object) object(name string) object {
	inside, _ := o[name].(map[string]any)
	return inside
}

func (o object) list(name string) []any {
	inside, _ := o[name].([]any)
	return inside
}

// objects are the entries of a list; what is none stays as an empty one, because entries count by their place.
func (o object) objects(name string) []object {
	entries := o.list(name)
	all := make([]object, len(entries))
	for i, entry := range entries {
		all[i], _ = entry.(map[string]any)
	}
	return all
}

func (o object) text(name string) string {
	text, _ := o[name].(string)
	return text
}

// number reads a number, also one that is written as text, as 64-bit numbers of protobuf are.
func (o object) number(name string) (float64, bool) { return numberOf(o[name]) }

func numberOf(value any) (float64, bool) {
	switch value := value.(type) {
	case float64:
		return value, true
	case string:
		n, err := strconv.ParseFloat(value, 64)
		return n, err == nil && !math.IsNaN(n)
	}
	return 0, false
}

// whole reads a whole number; 0 where there is none.
func (o object) whole(name string) int64 { return wholeOf(o[name]) }

func wholeOf(value any) int64 {
	n, is := numberOf(value)
	if !is || !fits(n) {
		return 0
	}
	return int64(math.Round(n))
}
