package pyroscope

import (
	"errors"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// Label is a name and a value. Order matters: a server sends the labels of a
// series in the order in which they were asked for.
type Label struct{ Name, Value string }

// Series is the points of one label set. Time[i] is the END of a bucket in
// milliseconds since the epoch, Value[i] the sum of the profiles in it, in the
// unit of the sample type. A bucket without profiles has no point.
type Series struct {
	Labels []Label
	Time   []int64
	Value  []float64
}

// errMalformedSeries is the cause of every fault found while reading series.
var errMalformedSeries = errors.New("malformed series")

// Field numbers of types.v1: Series, LabelPair and Point.
const (
	fieldSeries      = 1
	fieldLabels      = 1
	fieldPoints      = 2
	fieldLabelName   = 1
	fieldLabelValue  = 2
	fieldPointValue  = 1
	fieldPointMillis = 2
)

// decodeSeries reads the bytes of a SelectSeriesResponse.
func decodeSeries(answer []byte) ([]Series, error) {
	var all []Series
	left := partsLeft(mostParts)
	err := eachField(answer, func(number protowire.Number, kind protowire.Type, value []byte) error {
		if number != fieldSeries || kind != protowire.BytesType {
			return nil
		}
		if err := left.take(partsOfSeries); err != nil {
			return err
		}
		one, err := decodeOneSeries(value, &left)
		all = append(all, one)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errMalformedSeries, err)
	}
	return all, nil
}

func decodeOneSeries(bytes []byte, left *partsLeft) (Series, error) {
	var s Series
	err := eachField(bytes, func(number protowire.Number, kind protowire.Type, value []byte) error {
		switch {
		case number == fieldLabels && kind == protowire.BytesType:
			if err := left.take(partsOfLabel); err != nil {
				return err
			}
			label, err := decodeLabel(value)
			s.Labels = append(s.Labels, label)
			return err
		case number == fieldPoints && kind == protowire.BytesType:
			if err := left.take(1); err != nil {
				return err
			}
			at, sum, err := decodePoint(value)
			s.Time = append(s.Time, at)
			s.Value = append(s.Value, sum)
			return err
		}
		return nil
	})
	return s, err
}

func decodeLabel(bytes []byte) (Label, error) {
	var l Label
	err := eachField(bytes, func(number protowire.Number, kind protowire.Type, value []byte) error {
		switch {
		case number == fieldLabelName && kind == protowire.BytesType:
			l.Name = validText(string(value))
		case number == fieldLabelValue && kind == protowire.BytesType:
			l.Value = validText(string(value))
		}
		return nil
	})
	return l, err
}

func decodePoint(bytes []byte) (millis int64, sum float64, err error) {
	err = eachField(bytes, func(number protowire.Number, kind protowire.Type, value []byte) error {
		switch {
		case number == fieldPointValue && kind == protowire.Fixed64Type:
			raw, _ := protowire.ConsumeFixed64(value)
			sum = math.Float64frombits(raw)
		case number == fieldPointMillis && kind == protowire.VarintType:
			raw, _ := protowire.ConsumeVarint(value)
			millis = int64(raw)
		}
		return nil
	})
	return millis, sum, err
}
