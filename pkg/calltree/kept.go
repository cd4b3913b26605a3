package calltree

import (
	"encoding/binary"
	"unique"
)

// Kept is a tree as it is kept for later: a fifth of the size, names shared by all kept trees of the process. The zero
// value is the empty tree.
type Kept struct {
	symbols []unique.Handle[string]
	nodes   []byte // level, symbol and self of each, in varints
	count   int
}

// Keep packs a tree. Totals are not kept: they are the sums of what is below.
func Keep(tree *Tree) Kept {
	if tree.Len() == 0 {
		return Kept{}
	}
	kept := Kept{symbols: make([]unique.Handle[string], len(tree.Symbols)), count: tree.Len()}
	for i, name := range tree.Symbols {
		kept.symbols[i] = unique.Make(name)
	}
	nodes := make([]byte, 0, 6*tree.Len())
	for i := range tree.Len() {
		nodes = binary.AppendUvarint(nodes, uint64(tree.Level[i]))
		nodes = binary.AppendUvarint(nodes, uint64(tree.Symbol[i]))
		nodes = binary.AppendVarint(nodes, tree.Self[i])
	}
	kept.nodes = append(make([]byte, 0, len(nodes)), nodes...)
	return kept
}

// Bytes is about what a kept tree takes, its share of the names included.
func (k Kept) Bytes() int { return len(k.nodes) + 16*len(k.symbols) + 64 }

// Tree unpacks.
func (k Kept) Tree() *Tree {
	symbols := make([]string, len(k.symbols))
	for i, symbol := range k.symbols {
		symbols[i] = symbol.Value()
	}
	tree := MakeTree(symbols, k.count)
	nodes := k.nodes
	for len(nodes) > 0 {
		level, n := binary.Uvarint(nodes)
		symbol, m := binary.Uvarint(nodes[n:])
		self, l := binary.Varint(nodes[n+m:])
		nodes = nodes[n+m+l:]
		tree.Append(int64(level), self, self, uint32(symbol))
	}
	var open []int
	for i := range tree.Len() {
		for len(open) > int(tree.Level[i]) {
			tree.close(&open)
		}
		open = append(open, i)
	}
	for len(open) > 0 {
		tree.close(&open)
	}
	return tree
}

// close adds the innermost open node to the one it lies in.
func (t *Tree) close(open *[]int) {
	last := len(*open) - 1
	if last > 0 {
		t.Total[(*open)[last-1]] += t.Total[(*open)[last]]
	}
	*open = (*open)[:last]
}
