package datasource

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// tail is how far back the last profiles of instances are looked for.
	tail = 10 * time.Minute
	// fine is the bucket in which two profiles of one instance do not meet.
	fine = time.Second
	// maxWindows is how many calls the last profiles may be spread over.
	maxWindows = 24
)

// stateTree is a flame graph of a state and what it was made of.
type stateTree struct {
	tree      *calltree.Tree
	instances int
	notices   []string
}

// latest adds up the last profile of each instance that is still there at the
// end of the range: whose last profile is at most two collection intervals older.
// Where the range reaches into the time in which profiles still arrive, the
// newest profile stands for its end.
func (d *Datasource) latest(ctx context.Context, q pyroscope.TreeQuery, o Operand, t pyroscope.ProfileType) (stateTree, error) {
	seen, err := d.lately(ctx, o, t)
	if err != nil || len(seen.Instances) == 0 {
		return stateTree{}, err
	}
	since := o.Range.Start // where the interval is not known, the range alone counts
	if seen.Interval > 0 {
		since = d.stateEnd(o, seen) - 2*seen.Interval
	}
	alive := slices.DeleteFunc(slices.Clone(seen.Instances), func(s scrapes) bool {
		return s.At[len(s.At)-1] < since-fine.Milliseconds()
	})
	if len(alive) == 0 {
		last := time.UnixMilli(seen.newest()).UTC().Format(time.DateTime)
		return stateTree{notices: []string{fmt.Sprintf("No instance sent a profile shortly before the end of the range. "+
			"The last one is from %s UTC: let the range end there to see it.", last)}}, nil
	}
	windows := windowsOf(alive)
	if len(windows) > maxWindows {
		return stateTree{}, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The %d instances send their profiles at too many "+
			"different intervals to look at the last one of each. Narrow the selector, or choose the mode average.", len(alive)), nil)
	}
	made := stateTree{instances: len(alive)}
	if seen.Label == "" {
		made.notices = append(made.notices, noInstanceLabel())
	}
	var queries []pyroscope.TreeQuery
	for _, w := range windows {
		q.Range = pyroscope.Range{Start: w.start + 1, End: o.Range.End}
		selectors := []pyroscope.Selector{o.Selector}
		if seen.Label != "" && !w.holdsOnly(seen.Instances) {
			if selectors, err = seen.selecting(o.Selector, w.instances); err != nil {
				return stateTree{}, err
			}
		}
		for _, selector := range selectors {
			q.Selector = selector
			queries = append(queries, q)
		}
	}
	made.tree, err = d.treesOf(ctx, queries, nil)
	return made, err
}

// stateEnd is the moment whose state is shown: the end of the range, or, while
// profiles of that moment may still be on their way, the time of the newest one.
func (d *Datasource) stateEnd(o Operand, seen observation) int64 {
	arrived := d.now().Add(-d.settings.IngestDelay).UnixMilli()
	return min(o.Range.End, max(seen.newest(), arrived))
}

// lately observes the instances shortly before the end of the range, or, when
// there were none, before the last profile of the range: for ten minutes, and for
// two collection intervals where these are longer.
func (d *Datasource) lately(ctx context.Context, o Operand, t pyroscope.ProfileType) (observation, error) {
	last := o.Range.End
	seen, err := d.observe(ctx, o, t, pyroscope.Range{Start: last - tail.Milliseconds(), End: last}, fine)
	if err != nil {
		return seen, err
	}
	interval := seen.Interval
	if interval == 0 && o.Range.Duration() > tail {
		coarse := max(15*time.Second, (o.Range.Duration() / 2000).Truncate(time.Second))
		whole, err := d.observe(ctx, o, t, o.Range, coarse)
		if err != nil || len(whole.Instances) == 0 {
			return whole, err
		}
		interval = whole.Interval
		if len(seen.Instances) == 0 {
			last = whole.newest()
		}
	}
	length := max(tail.Milliseconds(), 2*interval+fine.Milliseconds())
	if last != o.Range.End || length > tail.Milliseconds() {
		seen, err = d.observe(ctx, o, t, pyroscope.Range{Start: last - length, End: last}, fine)
	}
	if seen.Interval == 0 {
		seen.Interval = interval
	}
	return seen, err
}

// window is a stretch of time, from after start to the end of the range, in which
// each of these instances has exactly one profile, its last.
type window struct {
	start     int64
	instances []instance
}

// windowsOf finds the fewest windows: an instance's window may begin anywhere
// from its last but one profile to just before its last. Instances that send
// regularly share one.
func windowsOf(alive []scrapes) []window {
	ordered := slices.SortedFunc(slices.Values(alive), func(a, b scrapes) int {
		return cmp.Compare(a.At[len(a.At)-1], b.At[len(b.At)-1])
	})
	var all []window
	for len(ordered) > 0 {
		last := ordered[0].At
		w := window{start: last[len(last)-1] - fine.Milliseconds()}
		var rest []scrapes
		for _, s := range ordered {
			if n := len(s.At); n > 1 && s.At[n-2] > w.start {
				rest = append(rest, s)
			} else {
				w.instances = append(w.instances, s.instance)
			}
		}
		all = append(all, w)
		ordered = rest
	}
	return all
}

// holdsOnly says that no other instance has a profile in the window.
func (w window) holdsOnly(all []scrapes) bool {
	for _, s := range all {
		if s.At[len(s.At)-1] > w.start && !slices.Contains(w.instances, s.instance) {
			return false
		}
	}
	return true
}

// treesOf merges the trees of several queries, each multiplied by its weight if
// there are weights, and cuts the result to the queries' limit.
func (d *Datasource) treesOf(ctx context.Context, queries []pyroscope.TreeQuery, weights []float64) (*calltree.Tree, error) {
	trees := make([]*calltree.Tree, len(queries))
	err := sideBySide(ctx, len(queries), func(ctx context.Context, i int) error {
		tree, err := d.tree(ctx, queries[i])
		if err == nil && weights != nil && weights[i] != 1 {
			tree = tree.Scaled(weights[i])
		}
		trees[i] = tree
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case len(trees) == 1:
		return trees[0], nil
	default:
		return calltree.Merge(trees...).Truncate(int(queries[0].MaxNodes)), nil
	}
}
