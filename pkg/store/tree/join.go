package tree

// Join aligns two trees by path of names: the result has two sides and a node
// for every path of either tree. Remainders are aligned like a function called
// RemainderText, and become ordinary nodes.
func Join(left, right *Tree) *Tree {
	b := newBuilder(2)
	b.add(left, 0)
	b.add(right, 1)
	return b.Tree()
}
