package symbols

import (
	"strings"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

// interning translates the indexes of one profile, or of another table, to
// those of the tables, and enters what is not there.
type interning struct {
	*Symbols
	from      *profile.Code
	strings   []uint32 // index in the tables, 0 where not known yet
	locations []uint32 // index in the tables + 1, 0 where not known yet
}

func (s *Symbols) interning(from *profile.Code) interning {
	if s.index == nil {
		s.index = newIndex(&s.view)
	}
	ix := s.index
	ix.fromStrings = cleared(ix.fromStrings, len(from.Strings))
	ix.fromLocations = cleared(ix.fromLocations, len(from.Locations))
	return interning{s, from, ix.fromStrings, ix.fromLocations}
}

// cleared gives n zeros, in the old slice where it is long enough.
func cleared(old []uint32, n int) []uint32 {
	if cap(old) < n {
		return make([]uint32, n)
	}
	old = old[:n]
	clear(old)
	return old
}

// location gives the index in the tables of a location of the profile.
func (in *interning) location(i uint32) uint32 {
	if in.locations[i] == 0 {
		in.locations[i] = in.enterLocation(i) + 1
	}
	return in.locations[i] - 1
}

func (in *interning) string(i uint32) uint32 {
	if i == 0 {
		return 0
	}
	if at := in.strings[i]; at != 0 {
		return at
	}
	text := in.from.Strings[i]
	at, ok := in.index.strings[text]
	if !ok {
		at = uint32(len(in.view.Strings))
		text = strings.Clone(text)
		in.view.Strings = append(in.view.Strings, text)
		in.texts += int64(len(text))
		in.index.strings[text] = at
	}
	in.strings[i] = at
	return at
}

func (in *interning) enterLocation(i uint32) uint32 {
	from := in.from.Locations[i]
	l := profile.Location{Mapping: profile.NoMapping, Address: from.Address, Folded: from.Folded}
	if from.Mapping != profile.NoMapping {
		l.Mapping = in.mapping(in.from.Mappings[from.Mapping])
	}
	key := appendLocation(in.index.key[:0], l)
	lines := in.from.LocationLines(i)
	start := len(in.view.Lines)
	for _, line := range lines {
		line.Function = in.function(in.from.Functions[line.Function])
		in.view.Lines = append(in.view.Lines, line)
		key = appendLine(key, line)
	}
	in.index.key = key
	if at, ok := in.index.locations[string(key)]; ok {
		in.view.Lines = in.view.Lines[:start]
		return at
	}
	l.LineStart, l.LineEnd = uint32(start), uint32(len(in.view.Lines))
	at := uint32(len(in.view.Locations))
	in.view.Locations = append(in.view.Locations, l)
	in.index.locations[string(key)] = at
	return at
}

func (in *interning) function(from profile.Function) uint32 {
	f := profile.Function{
		Name: in.string(from.Name), SystemName: in.string(from.SystemName),
		File: in.string(from.File), StartLine: from.StartLine,
	}
	at, ok := in.index.functions[f]
	if !ok {
		at = uint32(len(in.view.Functions))
		in.view.Functions = append(in.view.Functions, f)
		in.index.functions[f] = at
	}
	return at
}

func (in *interning) mapping(m profile.Mapping) uint32 {
	m.File, m.BuildID = in.string(m.File), in.string(m.BuildID)
	at, ok := in.index.mappings[m]
	if !ok {
		at = uint32(len(in.view.Mappings))
		in.view.Mappings = append(in.view.Mappings, m)
		in.index.mappings[m] = at
	}
	return at
}
