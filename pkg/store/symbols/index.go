package symbols

import (
	"encoding/binary"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

func newIndex(v *View) *index {
	ix := &index{
		strings:   make(map[string]uint32, len(v.Strings)),
		functions: make(map[profile.Function]uint32, len(v.Functions)),
		mappings:  make(map[profile.Mapping]uint32, len(v.Mappings)),
		locations: make(map[string]uint32, len(v.Locations)),
	}
	for i, s := range v.Strings {
		ix.strings[s] = uint32(i)
	}
	for i, f := range v.Functions {
		ix.functions[f] = uint32(i)
	}
	for i, m := range v.Mappings {
		ix.mappings[m] = uint32(i)
	}
	for i, l := range v.Locations {
		ix.key = appendLocation(ix.key[:0], l)
		for _, line := range v.LocationLines(uint32(i)) {
			ix.key = appendLine(ix.key, line)
		}
		ix.locations[string(ix.key)] = uint32(i)
	}
	ix.stacks.Rebuild(v.Parent, v.Location, 64)
	return ix
}

// appendLocation and appendLine write what makes a location the same location.
func appendLocation(key []byte, l profile.Location) []byte {
	key = binary.LittleEndian.AppendUint32(key, l.Mapping)
	key = binary.LittleEndian.AppendUint64(key, l.Address)
	if l.Folded {
		return append(key, 1)
	}
	return append(key, 0)
}

func appendLine(key []byte, line profile.Line) []byte {
	key = binary.LittleEndian.AppendUint32(key, line.Function)
	return binary.AppendVarint(key, line.Line)
}
