package tree

import (
	"context"
	"errors"
	"math"
	"sync"
)

// ErrTooLarge says that a merged tree has more nodes than it may.
var ErrTooLarge = errors.New("the merged profiles have too many different stacks: narrow the range or the selector")

// Merger sums up trees of which only the greatest nodes are wanted. Looking up
// every node of every tree in every other is what a merge of many different
// stacks would spend its time with, and nearly all of them are cut at the end:
// so trees are kept as they are, and only what is worth keeping is looked up,
// from the root down. Trees of more than mostHeld nodes are summed up meanwhile.
type Merger struct {
	mu       sync.Mutex
	maxNodes int
	parts    []part
	held     int // nodes of parts
	whole    *builder
}

// part is a tree with the children of its nodes.
type part struct {
	*Tree
	below children
}

// mostHeld bounds memory: a held node takes 24 bytes.
const mostHeld = 4 << 20

// NewMerger gives a merger of trees that together have at most maxNodes nodes,
// or any number for 0.
func NewMerger(maxNodes int) *Merger {
	if maxNodes == 0 {
		maxNodes = math.MaxInt
	}
	return &Merger{maxNodes: maxNodes}
}

// Add adds a tree with one side and its totals, which the merger keeps. Nodes
// without a total count as if they were not there. It may be called from several
// goroutines at once.
func (m *Merger) Add(t *Tree) error {
	p := part{t, t.children()}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.parts = append(m.parts, p)
	m.held += t.Len()
	if m.held <= min(mostHeld, m.maxNodes) {
		return nil
	}
	if m.whole == nil {
		m.whole = newBuilder(1)
	}
	for _, p := range m.parts {
		if m.whole.add(p.Tree, 0); m.whole.tree.Len() > m.maxNodes {
			return ErrTooLarge
		}
	}
	m.parts, m.held = nil, 0
	return nil
}

// Truncated gives the sum of all trees, cut as Truncate cuts it.
func (m *Merger) Truncated(ctx context.Context, maxNodes int) (*Tree, error) {
	if m.whole != nil {
		whole := m.whole.Tree()
		m.parts = append(m.parts, part{whole, whole.children()})
	}
	t, err := greatest(ctx, m.parts, maxNodes)
	if err != nil {
		return nil, err
	}
	return t.Truncate(maxNodes), nil
}
