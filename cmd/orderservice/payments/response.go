// Package payments charges orders at a payment provider.
package payments

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// The provider answers with a field for every combination of these: 120 in all.
var (
	parts   = []string{"card", "issuer", "acquirer", "network", "merchant", "risk", "settlement", "fee", "dispute", "receipt"}
	aspects = []string{
		"id", "status", "country", "currency", "amount", "reference", "created_at", "updated_at", "score", "rule", "version",
		"signature",
	}
)

// Response is the provider's whole answer by field name.
type Response map[string]string

// providerAnswer makes the answer to a charge.
func providerAnswer(orderID string, cents int64) Response {
	response := make(Response, len(parts)*len(aspects))
	for i, part := range parts {
		for j, aspect := range aspects {
			response[part+"_"+aspect] = fmt.Sprintf("%s-%s-%d-%d", orderID, aspect, cents, i*len(aspects)+j)
		}
	}
	return response
}

// MarshalJSON writes the fields in the order of their names, so that two answers can be compared as text.
func (r Response) MarshalJSON() ([]byte, error) {
	names := make([]string, 0, len(r))
	for name := range r {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	out.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := writeField(&out, name, r[name]); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

func writeField(out *bytes.Buffer, name, value string) error {
	for i, text := range []string{name, value} {
		encoded, err := json.Marshal(text)
		if err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(':')
		}
		out.Write(encoded)
	}
	return nil
}
