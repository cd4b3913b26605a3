package main

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// isOTLP tells whether the bytes are resource profiles with a profile inside. In pprof the first field is a sample type,
// whose second field is no message.
func isOTLP(raw []byte) bool {
	var resource []byte
	for resource == nil {
		field, wire, n := protowire.ConsumeTag(raw)
		if n < 0 || field > 2 || wire != protowire.BytesType {
			return false
		}
		inside, m := protowire.ConsumeBytes(raw[n:])
		if m < 0 {
			return false
		}
		if raw = raw[n+m:]; field == 1 { // the dictionary may come first
			resource = inside
		}
	}
	found := false
	err := otlpFields(resource, func(field protowire.Number, wire protowire.Type, _ uint64, scope []byte) error {
		if field > 3 && field != 1000 {
			return errOTLPDamaged
		}
		if field != 2 || wire != protowire.BytesType {
			return nil
		}
		return otlpFields(scope, func(field protowire.Number, wire protowire.Type, _ uint64, _ []byte) error {
			found = found || field == 2 && wire == protowire.BytesType
			return nil
		})
	})
	return err == nil && found
}

// readOTLP reads OTLP profiles as protobuf.
func readOTLP(raw []byte) ([]source, error) {
	var tables otlpTables
	var profiles []otlpProfile
	err := otlpFields(raw, func(field protowire.Number, wire protowire.Type, _ uint64, inside []byte) error {
		switch {
		case wire != protowire.BytesType:
			return nil
		case field == 1:
			return otlpFields(inside, func(field protowire.Number, _ protowire.Type, _ uint64, scope []byte) error {
				if field != 2 {
					return nil
				}
				return otlpFields(scope, func(field protowire.Number, _ protowire.Type, _ uint64, raw []byte) error {
					if field != 2 {
						return nil
					}
					one, err := readOTLPProfile(raw)
					profiles = append(profiles, one)
					return err
				})
			})
		case field == 2:
			return tables.read(inside)
		case field <= 8: // tables of version 1.6
			return errOTLPBefore
		}
		return nil
	})
	if err != nil {
		return nil, otlpFault(err)
	}
	return tables.sources(profiles)
}

func otlpFault(err error) error {
	if err == errOTLPBefore || err == errOTLPDamaged { //nolint:errorlint // both are ours, unwrapped
		return err
	}
	return fmt.Errorf("the OTLP file is damaged: %w", err)
}

func readOTLPProfile(raw []byte) (one otlpProfile, err error) {
	err = otlpFields(raw, func(field protowire.Number, wire protowire.Type, _ uint64, inside []byte) error {
		switch {
		case field == 1:
			return otlpFields(inside, func(field protowire.Number, _ protowire.Type, number uint64, _ []byte) error {
				switch field {
				case 1:
					one.kind = int64(number)
				case 2:
					one.unit = int64(number)
				}
				return nil
			})
		case field == 2:
			sample, err := readOTLPSample(inside)
			one.samples = append(one.samples, sample)
			return err
		case field == 10 && wire == protowire.BytesType && len(one.samples) > 0: // texts of version 1.5 and before
			return errOTLPBefore
		}
		return nil
	})
	return one, err
}

// readOTLPSample reads a sample; one without values counts each of its moments once. Before 1.9 the fields 1 to 3 were
// where the locations begin, how many there are, and the values.
func readOTLPSample(raw []byte) (one otlpSample, err error) {
	var values []int64
	moments := 0
	err = otlpFields(raw, func(field protowire.Number, wire protowire.Type, number uint64, inside []byte) (err error) {
		switch {
		case field == 2 && wire == protowire.VarintType, field == 3 && wire == protowire.BytesType:
			return errOTLPBefore
		case field == 1:
			one.stack = int64(number)
		case field == 4:
			values, err = otlpNumbers(values, wire, number, inside)
		case field == 5 && wire == protowire.BytesType:
			moments += len(inside) / 8
		case field == 5:
			moments++
		}
		return err
	})
	if one.value = int64(moments); len(values) > 0 {
		one.value = 0
		for _, value := range values {
			one.value += value
		}
	}
	return one, err
}

// read takes the tables of the dictionary.
func (t *otlpTables) read(raw []byte) error {
	return otlpFields(raw, func(field protowire.Number, _ protowire.Type, _ uint64, inside []byte) error {
		switch field {
		case 1:
			numbers, err := otlpNamed(inside)
			t.mappings = append(t.mappings, numbers[4])
			return err
		case 2:
			location, err := readOTLPLocation(inside)
			t.locations = append(t.locations, location)
			return err
		case 3:
			numbers, err := otlpNamed(inside)
			function := otlpFunction{numbers[1], numbers[3]}
			if function.name == 0 {
				function.name = numbers[2]
			}
			t.functions = append(t.functions, function)
			return err
		case 5:
			t.texts = append(t.texts, string(inside))
		case 7:
			var stack []int64
			err := otlpFields(inside, func(field protowire.Number, wire protowire.Type, number uint64, inside []byte) (err error) {
				if field == 1 {
					stack, err = otlpNumbers(stack, wire, number, inside)
				}
				return err
			})
			t.stacks = append(t.stacks, stack)
			return err
		}
		return nil
	})
}

// otlpNamed are the numbers of a message's first fields.
func otlpNamed(raw []byte) (numbers [5]int64, err error) {
	err = otlpFields(raw, func(field protowire.Number, _ protowire.Type, number uint64, _ []byte) error {
		if int(field) < len(numbers) {
			numbers[field] = int64(number)
		}
		return nil
	})
	return numbers, err
}

func readOTLPLocation(raw []byte) (one otlpLocation, err error) {
	err = otlpFields(raw, func(field protowire.Number, _ protowire.Type, number uint64, inside []byte) error {
		switch field {
		case 1:
			one.mapping = int64(number)
		case 2:
			one.address = number
		case 3:
			numbers, err := otlpNamed(inside)
			one.lines = append(one.lines, otlpLine{numbers[1], numbers[2]})
			return err
		}
		return nil
	})
	return one, err
}
