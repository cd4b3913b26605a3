package pyroscope

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// An answer within the limit of bytes may still take much memory: what is two bytes on the wire, an empty message, is
// fifty and more once it was read. These are more than any screen shows, and little enough to hold.
const (
	// mostLevels is how deep a flame graph may be.
	mostLevels = 1 << 16
	// A series weighs as much as some of its points, a label less.
	partsOfSeries, partsOfLabel = 6, 2
	// packedParts is how many bytes of packed numbers count as a part.
	packedParts = 8
)

// mostParts of an answer: nodes and names of a flame graph, points of series, messages and texts of the others. Tests that
// look for races cannot make so many.
var mostParts = 4 << 20

// tooMany refuses an answer with more parts than anybody has use for.
func tooMany(parts string, most int) *Fault {
	return Faulty(TooLarge, fmt.Sprintf("The answer has more than %d %s, which is more than can be shown. Ask for fewer nodes, a shorter "+
		"range or a narrower selector.", most, parts), nil)
}

// partsLeft counts the parts of an answer down.
type partsLeft int

func (p *partsLeft) take(parts int) error {
	if parts > int(*p) {
		return tooMany("parts", mostParts)
	}
	*p -= partsLeft(parts)
	return nil
}

// countParts refuses the bytes of a message that would become too many messages, texts and numbers, before they do.
func countParts(message []byte, kind protoreflect.MessageDescriptor, left *partsLeft) error {
	return eachField(message, func(number protowire.Number, wire protowire.Type, value []byte) error {
		field := kind.Fields().ByNumber(number)
		if field == nil {
			return nil // kept as it is
		}
		if err := left.take(1); err != nil {
			return err
		}
		switch {
		case wire != protowire.BytesType:
			return nil
		case field.Message() != nil:
			return countParts(value, field.Message(), left)
		case field.Kind() != protoreflect.StringKind && field.Kind() != protoreflect.BytesKind:
			return left.take(int(min(len(value)/packedParts, math.MaxInt32)))
		}
		return nil
	})
}
