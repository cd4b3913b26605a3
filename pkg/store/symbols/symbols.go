package symbols

import (
	"errors"

	"github.com/flamewatch/profiles/pkg/store/pairs"
	"github.com/flamewatch/profiles/pkg/store/profile"
)

// ErrFull says that a table holds as many stacks as it may.
var ErrFull = errors.New("too many different stacks")

// Symbols are growing tables. Callers serialise Intern, Load and View.
type Symbols struct {
	view  View
	names pairs.Table
	// index finds what is already there. It is built when something is first
	// interned: tables that are only read never pay for it.
	index *index
	texts int64 // bytes of all strings
}

type index struct {
	strings   map[string]uint32
	functions map[profile.Function]uint32
	mappings  map[profile.Mapping]uint32
	locations map[string]uint32 // key: locationKey
	stacks    pairs.Table

	// Working space of Intern and Graft.
	key                        []byte
	fromStrings, fromLocations []uint32
	path                       []uint32
}

// New gives tables that hold only the empty string and the empty stack.
func New() *Symbols {
	s := &Symbols{view: View{
		Code:       profile.Code{Strings: []string{""}},
		Parent:     []uint32{Root},
		Location:   []uint32{^uint32(0)}, // no location: never equal to a real pair
		Name:       []uint32{Root},
		NameParent: []uint32{Root},
		NameText:   []uint32{^uint32(0)},
	}}
	s.names.Rebuild(s.view.NameParent, s.view.NameText, 64)
	return s
}

// View gives the tables as they are now.
func (s *Symbols) View() View { return s.view }

// Memory estimates the bytes that the tables take.
func (s *Symbols) Memory() int64 {
	v := &s.view
	n := s.texts + int64(len(v.Strings))*16 + int64(len(v.Functions))*24 + int64(len(v.Mappings))*40 +
		int64(len(v.Locations))*32 + int64(len(v.Lines))*16 + int64(len(v.Parent))*12 + int64(len(v.NameParent))*24
	if s.index != nil {
		n += int64(len(v.Strings))*40 + int64(len(v.Functions))*48 + int64(len(v.Locations))*80 + int64(len(v.Parent))*16
	}
	return n
}

// Mark is the length of every table, to tell what was added since.
type Mark struct{ strings, functions, mappings, locations, stacks int }

// Mark gives the present lengths.
func (s *Symbols) Mark() Mark {
	v := &s.view
	return Mark{len(v.Strings), len(v.Functions), len(v.Mappings), len(v.Locations), len(v.Parent)}
}

// Intern enters the stacks of a profile and gives the stack node of every
// sample, in nodes when that is long enough. Once there are maxStacks stacks it
// gives ErrFull; what was entered until then stays.
func (s *Symbols) Intern(p *profile.Profile, maxStacks int, nodes []uint32) ([]uint32, error) {
	in := s.interning(&p.Code)
	nodes = nodes[:0]
	// path holds the nodes of the stack before, from the root on: stacks have
	// their first calls in common with it more often than not.
	var before []uint32
	path := s.index.path[:0]
	for i := range p.Samples {
		if len(s.view.Parent) >= maxStacks {
			return nil, ErrFull
		}
		stack := p.Stack(i)
		same := commonEnd(before, stack)
		path, before = path[:same], stack
		node := uint32(Root)
		if same > 0 {
			node = path[same-1]
		}
		for at := len(stack) - 1 - same; at >= 0; at-- {
			node = s.stack(node, in.location(stack[at]))
			path = append(path, node)
		}
		nodes = append(nodes, node)
	}
	s.index.path = path
	return nodes, nil
}

// commonEnd counts the last elements that two stacks have in common: the
// locations nearest to the root.
func commonEnd(a, b []uint32) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// stack gives the node of a stack that is one location longer than parent.
func (s *Symbols) stack(parent, location uint32) uint32 {
	v := &s.view
	node, slot, ok := s.index.stacks.Find(v.Parent, v.Location, parent, location)
	if ok {
		return node
	}
	node = s.push(parent, location)
	s.index.stacks.Add(v.Parent, v.Location, slot)
	return node
}

// push appends a stack node and the name nodes that it needs.
func (s *Symbols) push(parent, location uint32) uint32 {
	v := &s.view
	name := v.Name[parent]
	lines := v.LocationLines(location)
	for i := len(lines) - 1; i >= 0; i-- { // the outermost inlined frame first
		name = s.name(name, v.Functions[lines[i].Function].Name)
	}
	v.Parent = append(v.Parent, parent)
	v.Location = append(v.Location, location)
	v.Name = append(v.Name, name)
	return uint32(len(v.Parent) - 1)
}

func (s *Symbols) name(parent, text uint32) uint32 {
	v := &s.view
	node, slot, ok := s.names.Find(v.NameParent, v.NameText, parent, text)
	if ok {
		return node
	}
	v.NameParent = append(v.NameParent, parent)
	v.NameText = append(v.NameText, text)
	s.names.Add(v.NameParent, v.NameText, slot)
	return uint32(len(v.NameParent) - 1)
}

// Graft enters stacks of another table: those nodes of from that have a value
// themselves or below them. It gives for each node of from its node here, or
// Root where it was left out.
func (s *Symbols) Graft(from *View, self []int64) []uint32 {
	wanted := make([]bool, len(self))
	for i := len(self) - 1; i > 0; i-- {
		wanted[i] = wanted[i] || self[i] != 0
		if wanted[i] {
			wanted[from.Parent[i]] = true
		}
	}
	in := s.interning(&from.Code)
	nodes := make([]uint32, len(self))
	for i := 1; i < len(self); i++ {
		if wanted[i] {
			nodes[i] = s.stack(nodes[from.Parent[i]], in.location(from.Location[i]))
		}
	}
	return nodes
}
