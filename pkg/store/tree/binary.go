package tree

import "encoding/binary"

// Binary writes the first side in Pyroscope's tree format: nodes depth first,
// the greatest name first among siblings; per node the length of the name, the
// name, the self value and the number of children, numbers as varints. The
// first node is a nameless root. An empty tree is no bytes at all.
func (t *Tree) Binary() []byte {
	if t.Len() == 1 {
		return nil
	}
	below := t.sortedChildren(false)
	var out []byte
	stack := []uint32{Root}
	for len(stack) > 0 {
		node := stack[len(stack)-1]
		children := below.of(node)
		stack = append(stack[:len(stack)-1], children...)
		name, self := "", int64(0)
		if node != Root {
			name, self = t.text(node), t.Sides[0].Self[node]
		}
		out = binary.AppendUvarint(out, uint64(len(name)))
		out = append(out, name...)
		out = binary.AppendUvarint(out, uint64(self))
		out = binary.AppendUvarint(out, uint64(len(children)))
	}
	return out
}
