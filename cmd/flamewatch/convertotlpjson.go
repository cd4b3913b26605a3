package main

import "strconv"

// readOTLPJSON reads OTLP profiles as protobuf's JSON: names in camelCase, 64-bit numbers as text, zeros left out.
func readOTLPJSON(file object) ([]source, error) {
	if file["stringTable"] != nil {
		return nil, errOTLPBefore
	}
	var profiles []otlpProfile
	for _, resource := range file.objects("resourceProfiles") {
		for _, scope := range resource.objects("scopeProfiles") {
			for _, sent := range scope.objects("profiles") {
				for _, before := range []string{"sample", "locationIndices", "stringTable", "profile"} {
					if sent[before] != nil {
						return nil, errOTLPBefore
					}
				}
				profiles = append(profiles, otlpProfileOf(sent))
			}
		}
	}
	return otlpTablesOf(file.object("dictionary")).sources(profiles)
}

func otlpProfileOf(sent object) otlpProfile {
	kind := sent.object("sampleType")
	one := otlpProfile{kind: kind.whole("typeStrindex"), unit: kind.whole("unitStrindex")}
	for _, sample := range sent.objects("samples") {
		values := sample.list("values")
		taken := otlpSample{stack: sample.whole("stackIndex")}
		for _, value := range values {
			taken.value += wholeOf(value)
		}
		if len(values) == 0 {
			taken.value = int64(len(sample.list("timestampsUnixNano")))
		}
		one.samples = append(one.samples, taken)
	}
	return one
}

func otlpTablesOf(dictionary object) *otlpTables {
	t := &otlpTables{}
	for _, text := range dictionary.list("stringTable") {
		written, _ := text.(string)
		t.texts = append(t.texts, written)
	}
	for _, one := range dictionary.objects("functionTable") {
		name := one.whole("nameStrindex")
		if name == 0 {
			name = one.whole("systemNameStrindex")
		}
		t.functions = append(t.functions, otlpFunction{name, one.whole("filenameStrindex")})
	}
	for _, one := range dictionary.objects("mappingTable") {
		t.mappings = append(t.mappings, one.whole("filenameStrindex"))
	}
	for _, one := range dictionary.objects("locationTable") {
		location := otlpLocation{mapping: one.whole("mappingIndex")}
		// An address may have more digits than a number of JSON keeps.
		location.address, _ = strconv.ParseUint(one.text("address"), 10, 64)
		for _, line := range one.objects("lines") {
			location.lines = append(location.lines, otlpLine{line.whole("functionIndex"), line.whole("line")})
		}
		t.locations = append(t.locations, location)
	}
	for _, one := range dictionary.objects("stackTable") {
		var stack []int64
		for _, index := range one.list("locationIndices") {
			stack = append(stack, wholeOf(index))
		}
		t.stacks = append(t.stacks, stack)
	}
	return t
}
