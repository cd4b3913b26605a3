package capture

import "google.golang.org/protobuf/encoding/protowire"

// mostParts is how many samples, locations, texts and the like a profile may have that is parsed. What is two bytes on
// the wire, an empty sample, is a hundred in memory.
const mostParts = 4 << 20

// Numbers of profile.proto whose messages repeat others.
const (
	sampleField, sampleLabelField    = 2, 3
	locationField, locationLineField = 4, 4
	packedNumbers                    = 8 // bytes of packed numbers that count as a part
)

// hasManyParts says that a profile is more in memory than its bytes let fear. What is no profile is for the parser to say.
func hasManyParts(raw []byte) bool {
	parts := 0
	eachField(raw, func(number protowire.Number, content []byte) bool {
		parts++
		if number == sampleField || number == locationField {
			eachField(content, func(inner protowire.Number, content []byte) bool {
				if number == sampleField && inner == sampleLabelField || number == locationField && inner == locationLineField {
					parts++
				} else {
					parts += len(content) / packedNumbers
				}
				return parts <= mostParts
			})
		}
		return parts <= mostParts
	})
	return parts > mostParts
}

// eachField visits the fields of a message until something is none or the visitor has seen enough; content is nil for
// numbers.
func eachField(message []byte, visit func(protowire.Number, []byte) bool) {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return
		}
		message = message[n:]
		if n = protowire.ConsumeFieldValue(number, kind, message); n < 0 {
			return
		}
		var content []byte
		if kind == protowire.BytesType {
			content, _ = protowire.ConsumeBytes(message)
		}
		if !visit(number, content) {
			return
		}
		message = message[n:]
	}
}
