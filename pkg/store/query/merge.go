package query

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/symbols"
	"github.com/flamewatch/profiles/pkg/store/tree"
)

// Merge asks for the sum of all profiles of a type that match.
type Merge struct {
	Tenant, ProfileType, Selector string
	Range                         Range
	CallSite                      []string // keep stacks that begin with these names
	ProfileIDs                    []string // UUIDs
	Spans                         []string // 16 hex digits each
	Traces                        []string // 32 hex digits each
}

// filter is what narrows samples; nil sets let everything pass.
type filter struct {
	profiles map[db.ProfileID]bool
	spans    map[uint64]bool
	traces   map[[16]byte]bool
}

// parseFilter gives malformed ids the code that Pyroscope gives them: they are
// found deep inside, as an unknown error.
func (m *Merge) parseFilter() (f filter, err error) {
	if len(m.Spans) > 0 && len(m.Traces) > 0 {
		return f, invalid("span_selector and trace_id_selector cannot be combined")
	}
	inside := func(format string, args ...any) error {
		return connect.NewError(connect.CodeUnknown, fmt.Errorf(format, args...))
	}
	for _, text := range m.ProfileIDs {
		var id db.ProfileID
		digits := strings.ReplaceAll(text, "-", "")
		if n, err := hex.Decode(id[:], []byte(digits[:min(len(digits), 32)])); err != nil || n != 16 || len(digits) != 32 {
			return f, inside("%q is not a profile id: it must be a UUID, such as exemplars carry", text)
		}
		f.profiles = enter(f.profiles, id)
	}
	for _, text := range m.Spans {
		b, err := hex.DecodeString(text)
		if err != nil || len(b) != 8 {
			return f, inside("%q is not a span id: it must have 16 hex digits", text)
		}
		f.spans = enter(f.spans, binary.BigEndian.Uint64(b))
	}
	for _, text := range m.Traces {
		b, err := hex.DecodeString(text)
		if err != nil || len(b) != 16 {
			return f, inside("%q is not a trace id: it must have 32 hex digits", text)
		}
		f.traces = enter(f.traces, [16]byte(b))
	}
	return f, nil
}

func enter[K comparable](set map[K]bool, key K) map[K]bool {
	if set == nil {
		set = map[K]bool{}
	}
	set[key] = true
	return set
}

func (f *filter) section(s *db.Section) bool {
	return (f.spans == nil || f.spans[s.Span.ID]) && (f.traces == nil || f.traces[s.Span.Trace])
}

// sums adds up the values of every block by stack node, and hands the block's
// tables and sums to add. Up to atOnce blocks are worked on at the same time, in
// an order that is left to chance above one.
func (e *Engine) sums(ctx context.Context, m Merge, atOnce int, add func(context.Context, *symbols.View, []int64) error) error {
	sel, ok, err := e.selection(m.Tenant, m.ProfileType, m.Selector, m.Range)
	if err != nil {
		return err
	}
	f, err := m.parseFilter()
	if err != nil || !ok {
		return err
	}
	return e.DB.EachOf(ctx, sel, atOnce, func(ctx context.Context, b *db.Block) error {
		var view *symbols.View
		var sums []int64
		err := b.Samples(ctx, func(v *symbols.View) func(db.Row, []byte) error {
			view, sums = v, make([]int64, len(v.Parent))
			return func(row db.Row, samples []byte) error {
				if f.profiles != nil && !f.profiles[row.Profile] {
					return nil
				}
				return addRow(samples, &f, sums)
			}
		})
		if err != nil || view == nil {
			return err
		}
		keepUnder(view, sums, m.CallSite)
		return add(ctx, view, sums)
	})
}

func addRow(samples []byte, f *filter, sums []int64) (err error) {
	damaged := db.Sections(samples, func(s *db.Section) bool {
		if f.section(s) {
			err = s.AddTo(sums)
		}
		return err == nil
	})
	return errors.Join(err, damaged)
}

// keepUnder clears the values of stacks that do not begin with callSite.
func keepUnder(v *symbols.View, sums []int64, callSite []string) {
	if len(callSite) == 0 {
		return
	}
	// matched[i] is how many names of callSite the path to name node i
	// matches, -1 once it left it.
	matched := make([]int, len(v.NameParent))
	for i := 1; i < len(matched); i++ {
		above := matched[v.NameParent[i]]
		switch {
		case above < 0 || above < len(callSite) && v.Strings[v.NameText[i]] != callSite[above]:
			matched[i] = -1
		default:
			matched[i] = min(above+1, len(callSite))
		}
	}
	for i := range sums {
		if matched[v.Name[i]] != len(callSite) {
			sums[i] = 0
		}
	}
}

// Tree merges to a call tree by function name, cut to about maxNodes nodes as
// tree.Truncate does.
func (e *Engine) Tree(ctx context.Context, m Merge, maxNodes int) (*tree.Tree, error) {
	merger := tree.NewMerger(e.Limits.Stacks)
	err := e.sums(ctx, m, runtime.GOMAXPROCS(0), func(_ context.Context, v *symbols.View, sums []int64) error {
		byName := make([]int64, len(v.NameParent))
		for node, value := range sums {
			byName[v.Name[node]] += value
		}
		return merger.Add(tree.Of(v, byName))
	})
	if err != nil {
		return nil, err
	}
	return merger.Truncated(ctx, maxNodes)
}

// Nodes holds the limit of a flame graph to the limits; 0 means the default.
func (e *Engine) Nodes(asked int64) (int, error) {
	switch {
	case asked == 0:
		return defaultNodes, nil
	case asked < 0:
		return 0, invalid("max flamegraph nodes limit must be set (max allowed %d)", e.Limits.MaxNodes)
	case asked > e.Limits.MaxNodes:
		return 0, invalid("max flamegraph nodes limit %d is greater than allowed %d", asked, e.Limits.MaxNodes)
	}
	return int(asked), nil
}
