package pyroscope

import (
	"fmt"

	"google.golang.org/protobuf/proto"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// wireCodec is Connect's protobuf codec, except that answers which know how to
// read themselves are handed the bytes. The bytes belong to Connect's buffer
// pool: a reader must not keep them.
type wireCodec struct{}

// selfDecoding is an answer that reads its own bytes.
type selfDecoding interface{ decode(answer []byte) error }

func (wireCodec) Name() string { return "proto" }

func (wireCodec) Marshal(message any) ([]byte, error) {
	known, ok := message.(proto.Message)
	if !ok {
		return nil, fmt.Errorf("%T is no protobuf message", message)
	}
	return proto.Marshal(known)
}

func (wireCodec) Unmarshal(bytes []byte, message any) error {
	switch known := message.(type) {
	case selfDecoding:
		return known.decode(bytes)
	case proto.Message:
		left := partsLeft(mostParts)
		if err := countParts(bytes, known.ProtoReflect().Descriptor(), &left); err != nil {
			return err
		}
		return proto.Unmarshal(bytes, known)
	default:
		return fmt.Errorf("%T is no protobuf message", message)
	}
}

// treeAnswer is a SelectMergeStacktracesResponse or SelectMergeSpanProfileResponse.
type treeAnswer struct{ tree *calltree.Tree }

func (a *treeAnswer) decode(answer []byte) error {
	tree, err := DecodeFlamegraph(answer)
	a.tree = tree
	return err
}

// seriesAnswer is a SelectSeriesResponse.
type seriesAnswer struct{ series []Series }

func (a *seriesAnswer) decode(answer []byte) error {
	series, err := decodeSeries(answer)
	a.series = series
	return err
}
