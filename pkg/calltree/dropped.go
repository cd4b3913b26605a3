package calltree

// Remainder says how much of a tree the server cut off, and whether a function
// of the program bears the name of that remainder.
type Remainder struct {
	// Nodes and Total count what the server cut off. Total is in the unit of the
	// sample type.
	Nodes int
	Total int64
	// Real is true when a function of the profiled program is itself called
	// `other`. The server then joins its callees with the remainder, so the two
	// cannot be told apart below that name.
	Real bool
}

// FindRemainder looks for nodes called `other` and judges by structure which of
// them are the server's. A remainder is a leaf whose self is its total, and it
// stands only in an answer that was cut: a server keeps every node whose total
// reaches the maxNodes-th largest one, so an answer with fewer than maxNodes
// nodes below the root was not cut, and an `other` in it is a real function.
// maxNodes is the limit that was sent to the server, never 0.
func (t *Tree) FindRemainder(maxNodes int64) Remainder {
	var found Remainder
	uncut := int64(t.Len()-1) < maxNodes
	for i := 1; i < t.Len(); i++ {
		if t.Name(i) != Dropped {
			continue
		}
		if uncut || t.Self[i] != t.Total[i] {
			found.Real = true
			continue
		}
		found.Nodes++
		found.Total += t.Total[i]
	}
	return found
}
