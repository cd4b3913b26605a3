package main

import (
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
)

// otlpTables are what the profiles of a file share, as opentelemetry-proto's profiles/v1development has it since
// version 1.9.
type otlpTables struct {
	texts     []string
	functions []otlpFunction
	mappings  []int64 // their files
	locations []otlpLocation
	stacks    [][]int64 // innermost first
}

type otlpFunction struct{ name, file int64 }

type otlpLocation struct {
	mapping int64
	address uint64
	lines   []otlpLine // innermost first
}

type otlpLine struct{ function, line int64 }

// otlpProfile has one sample type.
type otlpProfile struct {
	kind, unit int64
	samples    []otlpSample
}

type otlpSample struct {
	stack, value int64
}

var errOTLPBefore = errors.New("the OTLP profiles are of a version of opentelemetry-proto before 1.9, in which stacks were laid out otherwise; record them with a collector or profiler that writes 1.9 or later, or as pprof")

var errOTLPDamaged = errors.New("the OTLP file is damaged: it refers to what is not there")

func (t *otlpTables) text(index int64) string { return at(t.texts, index) }

func at[T any](list []T, index int64) (value T) {
	if index >= 0 && index < int64(len(list)) {
		value = list[index]
	}
	return value
}

// sources makes a profile of the sample types that were taken together: of several profiles with the same type, which
// are of several processes, all are added up.
func (t *otlpTables) sources(profiles []otlpProfile) ([]source, error) {
	if len(profiles) == 0 {
		return nil, errors.New("the OTLP file holds no profile")
	}
	var all []source
	byType := map[sampleType]*stacks{}
	for _, one := range profiles {
		kind := sampleType{t.text(one.kind), t.text(one.unit)}
		if kind.name == "" {
			kind = sampleType{"samples", "count"}
		}
		s := byType[kind]
		if s == nil {
			s = newStacks(kind)
			byType[kind] = s
			all = append(all, source{s.profile})
		}
		for _, sample := range one.samples {
			frames, err := t.frames(sample.stack)
			if err != nil {
				return nil, err
			}
			s.add(frames, sample.value)
		}
	}
	return all, nil
}

// frames of a stack, outermost first.
func (t *otlpTables) frames(stack int64) ([]frame, error) {
	if stack < 0 || stack >= int64(len(t.stacks)) {
		return nil, errOTLPDamaged
	}
	var frames []frame
	indices := t.stacks[stack]
	for i := len(indices) - 1; i >= 0; i-- {
		if indices[i] < 0 || indices[i] >= int64(len(t.locations)) {
			return nil, errOTLPDamaged
		}
		location := t.locations[indices[i]]
		place := t.place(location)
		if len(location.lines) == 0 {
			frames = append(frames, frame{name: place})
		}
		for k := len(location.lines) - 1; k >= 0; k-- {
			line := location.lines[k]
			function := at(t.functions, line.function)
			f := frame{name: t.text(function.name), file: t.text(function.file), line: line.line}
			if f.name == "" {
				f.name = place
			}
			frames = append(frames, f)
		}
		if len(frames) > deepestStack {
			return nil, fmt.Errorf("a stack has more than %d frames", deepestStack)
		}
	}
	return frames, nil
}

// place names what has no function by its object and address.
func (t *otlpTables) place(location otlpLocation) string {
	file := t.text(at(t.mappings, location.mapping))
	address := ""
	if location.address != 0 {
		address = fmt.Sprintf("0x%x", location.address)
	}
	return strings.TrimSpace(file[strings.LastIndex(file, "/")+1:] + " " + address)
}

// otlpFields gives each field of a protobuf message to visit.
func otlpFields(raw []byte, visit func(field protowire.Number, wire protowire.Type, number uint64, inside []byte) error) error {
	for len(raw) > 0 {
		field, wire, n := protowire.ConsumeTag(raw)
		if n < 0 {
			return protowire.ParseError(n)
		}
		raw = raw[n:]
		var number uint64
		var inside []byte
		switch wire {
		case protowire.VarintType:
			number, n = protowire.ConsumeVarint(raw)
		case protowire.Fixed64Type:
			number, n = protowire.ConsumeFixed64(raw)
		case protowire.BytesType:
			inside, n = protowire.ConsumeBytes(raw)
		default:
			n = protowire.ConsumeFieldValue(field, wire, raw)
		}
		if n < 0 {
			return protowire.ParseError(n)
		}
		raw = raw[n:]
		if err := visit(field, wire, number, inside); err != nil {
			return err
		}
	}
	return nil
}

// otlpNumbers are the numbers of a repeated field, packed or one by one.
func otlpNumbers(list []int64, wire protowire.Type, number uint64, inside []byte) ([]int64, error) {
	if wire != protowire.BytesType {
		return append(list, int64(number)), nil
	}
	for len(inside) > 0 {
		value, n := protowire.ConsumeVarint(inside)
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		list, inside = append(list, int64(value)), inside[n:]
	}
	return list, nil
}
