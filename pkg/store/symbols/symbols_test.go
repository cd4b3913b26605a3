package symbols_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/flamewatch/profiles/pkg/store/profile"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// stacks is a profile of stacks such as `main;work`; a `+` joins frames that
// were inlined into one location.
func stacks(texts ...string) *profile.Profile {
	p := &profile.Profile{Code: profile.Code{Strings: []string{""}}}
	locations := map[string]uint32{}
	for _, text := range texts {
		start := uint32(len(p.Stacks))
		frames := strings.Split(text, ";")
		slices.Reverse(frames)
		for _, frame := range frames {
			at, ok := locations[frame]
			if !ok {
				at = uint32(len(p.Locations))
				locations[frame] = at
				l := profile.Location{Mapping: profile.NoMapping, Address: uint64(at), LineStart: uint32(len(p.Lines))}
				inlined := strings.Split(frame, "+")
				slices.Reverse(inlined)
				for _, name := range inlined {
					p.Lines = append(p.Lines, profile.Line{Function: uint32(len(p.Functions))})
					p.Functions = append(p.Functions, profile.Function{Name: uint32(len(p.Strings))})
					p.Strings = append(p.Strings, name)
				}
				l.LineEnd = uint32(len(p.Lines))
				p.Locations = append(p.Locations, l)
			}
			p.Stacks = append(p.Stacks, at)
		}
		p.Samples = append(p.Samples, profile.Sample{StackStart: start, StackEnd: uint32(len(p.Stacks))})
	}
	return p
}

// names is the path of function names of a stack node.
func names(v symbols.View, node uint32) string {
	var path []string
	for at := v.Name[node]; at != symbols.Root; at = v.NameParent[at] {
		path = append(path, v.Strings[v.NameText[at]])
	}
	slices.Reverse(path)
	return strings.Join(path, ";")
}

func TestInternKeepsEveryStackOnce(t *testing.T) {
	s := symbols.New()
	first, err := s.Intern(stacks("main;work", "main;work+inlined;leaf", "main"), 1000, nil)
	if err != nil {
		t.Fatal(err)
	}
	size := len(s.View().Parent)
	again, err := s.Intern(stacks("main;work", "main;work+inlined;leaf", "main"), 1000, nil)
	if err != nil || !slices.Equal(first, again) || len(s.View().Parent) != size {
		t.Errorf("%v, then %v, %v; %d stacks, then %d", first, again, err, size, len(s.View().Parent))
	}
	for i, want := range []string{"main;work", "main;work;inlined;leaf", "main"} {
		if got := names(s.View(), first[i]); got != want {
			t.Errorf("stack %d is %s, want %s", i, got, want)
		}
	}
}

func TestFullTables(t *testing.T) {
	s := symbols.New()
	if _, err := s.Intern(stacks("a", "b", "c"), 3, nil); !errors.Is(err, symbols.ErrFull) {
		t.Errorf("got %v", err)
	}
}

// TestChunks writes tables in pieces, as pushes do, and reads them again.
func TestChunks(t *testing.T) {
	s := symbols.New()
	var chunks [][]byte
	want := map[uint32]string{}
	mark := s.Mark()
	for round := range 5 {
		nodes, err := s.Intern(stacks("main;work", fmt.Sprintf("main;round%d+inlined;leaf", round)), 1000, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, node := range nodes {
			want[node] = names(s.View(), node)
		}
		chunks = append(chunks, s.AppendChunk(nil, mark))
		mark = s.Mark()
	}
	if more := s.AppendChunk(nil, mark); len(more) != 0 {
		t.Errorf("%d bytes were written though nothing was added", len(more))
	}
	loaded := symbols.New()
	for i, chunk := range chunks {
		if err := loaded.Load(chunk); err != nil {
			t.Fatalf("chunk %d: %v", i, err)
		}
	}
	for node, path := range want {
		if got := names(loaded.View(), node); got != path {
			t.Errorf("node %d is %s, want %s", node, got, path)
		}
	}
	for n := 1; n < len(chunks[0]); n++ {
		if err := symbols.New().Load(chunks[0][:n]); err == nil {
			t.Errorf("%d of %d bytes of a chunk were taken for a chunk", n, len(chunks[0]))
		}
	}
}

func FuzzLoad(f *testing.F) {
	s := symbols.New()
	mark := s.Mark()
	if _, err := s.Intern(stacks("main;work+inlined;leaf", "main;other"), 1000, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(s.AppendChunk(nil, mark))
	f.Fuzz(func(t *testing.T, chunk []byte) {
		s := symbols.New()
		if s.Load(chunk) != nil {
			return
		}
		for node := range s.View().Parent {
			names(s.View(), uint32(node)) // every reference leads somewhere
		}
	})
}
