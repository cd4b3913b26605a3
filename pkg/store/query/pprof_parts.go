package query

import (
	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

// What a stack refers to is entered in the message when a stack first needs it.

func (b *pprofBuilder) text(s string) int64 {
	at, ok := b.texts[s]
	if !ok {
		at = int64(len(b.out.StringTable))
		b.out.StringTable = append(b.out.StringTable, s)
		b.texts[s] = at
	}
	return at
}

func (b *pprofBuilder) location(at placed) uint64 {
	if id, ok := b.locations[at]; ok {
		return id
	}
	from := b.view.Locations[at.location]
	to := &googlev1.Location{
		Id: uint64(len(b.out.Location) + 1), MappingId: b.mapping(from.Mapping),
		Address: from.Address, IsFolded: from.Folded,
	}
	for i, line := range b.view.LocationLines(at.location) {
		number := line.Line
		if i == 0 && at.noLine {
			number = 0
		}
		to.Line = append(to.Line, &googlev1.Line{FunctionId: b.function(line.Function), Line: number})
	}
	b.out.Location = append(b.out.Location, to)
	b.locations[at] = to.Id
	return to.Id
}

func (b *pprofBuilder) function(i uint32) uint64 {
	if id, ok := b.functions[i]; ok {
		return id
	}
	f, texts := b.view.Functions[i], b.view.Strings
	id := uint64(len(b.out.Function) + 1)
	b.out.Function = append(b.out.Function, &googlev1.Function{
		Id: id, Name: b.text(texts[f.Name]), SystemName: b.text(texts[f.SystemName]),
		Filename: b.text(texts[f.File]), StartLine: f.StartLine,
	})
	b.functions[i] = id
	return id
}

func (b *pprofBuilder) mapping(i uint32) uint64 {
	if id, ok := b.mappings[i]; ok {
		return id
	}
	id := uint64(len(b.out.Mapping) + 1)
	to := &googlev1.Mapping{Id: id}
	if i != profile.NoMapping {
		m := b.view.Mappings[i]
		to.MemoryStart, to.MemoryLimit, to.FileOffset = m.Start, m.Limit, m.Offset
		to.Filename, to.BuildId = b.text(b.view.Strings[m.File]), b.text(b.view.Strings[m.BuildID])
		to.HasFunctions = m.Flags&profile.HasFunctions != 0
		to.HasFilenames = m.Flags&profile.HasFilenames != 0
		to.HasLineNumbers = m.Flags&profile.HasLineNumbers != 0
		to.HasInlineFrames = m.Flags&profile.HasInlineFrames != 0
	}
	b.out.Mapping = append(b.out.Mapping, to)
	b.mappings[i] = id
	return id
}
