// Package symbols keeps the stacks of many profiles once: strings, functions,
// locations and, above all, stacks as paths in a prefix tree of integers.
//
// A stack is a node: its parent is the stack without its leaf. So a profile is
// a list of (node, value), merging profiles is adding to an array indexed by
// node, and the subtree totals of a whole merge are one pass from the last node
// to the first, for a parent always comes before its children.
//
// Beside the stack nodes, which know locations (addresses, lines, mappings),
// runs a second prefix tree that knows only function names: a flame graph needs
// nothing else. Every stack node points at its name node.
//
// Tables only grow. A View taken under the owner's lock stays valid while
// others append.
package symbols

import "github.com/flamewatch/profiles/pkg/store/profile"

// Root is the node of the empty stack, in both trees.
const Root = 0

// View is the content of the tables at one moment. Treat it as read-only.
type View struct {
	profile.Code

	// Stack nodes. Parent[i] < i for i > 0; node 0 is Root.
	Parent   []uint32 // node of the stack without the leaf
	Location []uint32 // location of the leaf
	Name     []uint32 // name node of the stack

	// Name nodes. NameParent[i] < i for i > 0; node 0 is Root.
	NameParent []uint32
	NameText   []uint32 // index into Strings
}
