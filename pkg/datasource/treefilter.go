package datasource

import (
	"fmt"
	"regexp"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// TreeFilter says which stacks and frames of a call tree are shown. nil patterns
// let everything through.
type TreeFilter struct {
	// Function and Focus keep the stacks through functions that match.
	Function, Focus *regexp.Regexp
	// Hide removes frames; what they cost becomes their caller's.
	Hide *regexp.Regexp
}

func treeFilterOf(q Query) (f TreeFilter, err error) {
	for _, pattern := range []struct {
		name, text string
		into       **regexp.Regexp
	}{{"function", q.Function, &f.Function}, {"focus", q.Focus, &f.Focus}, {"hide", q.Hide, &f.Hide}} {
		if pattern.text == "" {
			continue
		}
		if *pattern.into, err = regexp.Compile(pattern.text); err != nil {
			return f, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The pattern of %s is not a regular expression: %s. "+
				"Lookahead and lookbehind are not supported.", pattern.name, err), err)
		}
	}
	return f, nil
}

// apply filters a tree.
func (f TreeFilter) apply(tree *calltree.Tree) *calltree.Tree {
	for _, keep := range []*regexp.Regexp{f.Focus, f.Function} {
		if keep != nil && !tree.Empty() {
			tree = tree.Focus(keep.MatchString)
		}
	}
	if f.Hide != nil && !tree.Empty() {
		tree = tree.Hide(f.Hide.MatchString)
	}
	return tree
}

// narrows says that some stacks are left out.
func (f TreeFilter) narrows() bool { return f.Function != nil || f.Focus != nil }
