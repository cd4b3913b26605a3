package pyroscope

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// Field numbers of querier.v1: SelectMergeStacktracesResponse (and the span
// profile's), FlameGraph and Level.
const (
	fieldFlamegraph = 1
	fieldNames      = 1
	fieldLevels     = 2
	fieldValues     = 1
)

// errMalformed is the cause of every fault found while reading a flame graph.
var errMalformed = errors.New("malformed flame graph")

// DecodeFlamegraph reads the bytes of a SelectMergeStacktracesResponse or a
// SelectMergeSpanProfileResponse into a call tree.
//
// The wire format is breadth first: one packed list of numbers a level, four a
// bar (distance from the end of the bar before, total, self, name index). Every
// level is read by a cursor of its own, all of them together in one depth-first
// walk, so that nothing is kept between the answer and the tree.
// No flame graph in the answer gives a tree without nodes.
func DecodeFlamegraph(answer []byte) (*calltree.Tree, error) {
	graph, err := joinedField(answer, fieldFlamegraph)
	if err != nil || graph == nil {
		return &calltree.Tree{}, err
	}
	names, levels, err := splitFlamegraph(graph)
	if err != nil {
		return nil, err
	}
	return walkLevels(names, levels)
}

// joinedField returns the bytes of a length-delimited field; occurrences after
// the first are appended, which is how protobuf merges messages.
func joinedField(message []byte, want protowire.Number) ([]byte, error) {
	var joined []byte
	err := eachField(message, func(number protowire.Number, kind protowire.Type, value []byte) error {
		if number != want || kind != protowire.BytesType {
			return nil
		}
		if joined == nil {
			joined = value
		} else {
			joined = append(joined[:len(joined):len(joined)], value...)
		}
		return nil
	})
	return joined, err
}

// eachField calls visit for every field of a message. For length-delimited
// fields value is the content, for others the raw bytes after the tag.
func eachField(message []byte, visit func(protowire.Number, protowire.Type, []byte) error) error {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return fmt.Errorf("%w: %w", errMalformed, protowire.ParseError(n))
		}
		message = message[n:]
		n = protowire.ConsumeFieldValue(number, kind, message)
		if n < 0 {
			return fmt.Errorf("%w: %w", errMalformed, protowire.ParseError(n))
		}
		value := message[:n]
		if kind == protowire.BytesType {
			value, _ = protowire.ConsumeBytes(message)
		}
		if err := visit(number, kind, value); err != nil {
			return err
		}
		message = message[n:]
	}
	return nil
}

// splitFlamegraph returns the names, which share one backing string, and a
// cursor for each level.
func splitFlamegraph(graph []byte) ([]string, []levelCursor, error) {
	var nameBytes, nameCount, levelCount int
	err := eachField(graph, func(number protowire.Number, kind protowire.Type, value []byte) error {
		switch {
		case number == fieldNames && kind == protowire.BytesType:
			nameCount++
			nameBytes += len(value)
		case number == fieldLevels && kind == protowire.BytesType:
			levelCount++
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, nil, err
	case nameCount > mostParts:
		return nil, nil, tooMany("names of functions", mostParts)
	case levelCount > mostLevels:
		return nil, nil, tooMany("levels", mostLevels)
	}
	var text strings.Builder
	text.Grow(nameBytes)
	names := make([]string, 0, nameCount)
	levels := make([]levelCursor, 0, levelCount)
	err = eachField(graph, func(number protowire.Number, kind protowire.Type, value []byte) error {
		switch {
		case number == fieldNames && kind == protowire.BytesType:
			start := text.Len()
			text.Write(value)
			names = append(names, text.String()[start:])
		case number == fieldLevels && kind == protowire.BytesType:
			values, err := packedValues(value)
			if err != nil {
				return err
			}
			levels = append(levels, levelCursor{rest: values})
		}
		return nil
	})
	if !utf8.ValidString(text.String()) {
		for i, name := range names {
			names[i] = validText(name)
		}
	}
	return names, levels, err
}

// validText replaces what is no UTF-8. Servers pass on what a profile holds, which
// may be Latin-1; Grafana refuses a frame with it.
func validText(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// packedValues returns the varints of a Level as one run of bytes. Senders pack
// them; the unpacked form, which protobuf allows as well, is put together here.
func packedValues(level []byte) ([]byte, error) {
	var values []byte
	err := eachField(level, func(number protowire.Number, kind protowire.Type, value []byte) error {
		switch {
		case number != fieldValues:
		case kind == protowire.BytesType && values == nil:
			values = value
		case kind == protowire.BytesType || kind == protowire.VarintType:
			values = append(values[:len(values):len(values)], value...)
		default:
			return fmt.Errorf("%w: values of wire type %d", errMalformed, kind)
		}
		return nil
	})
	return values, err
}
