package datasource

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// maxPieces is how many calls a range that is longer than the server's limit is
// cut into: two months at the limit of a day that servers have as shipped.
const maxPieces = 62

// tree merges the profiles of one type. A range longer than the server answers
// is fetched in pieces, side by side; the pieces are merged and cut to maxNodes.
func (d *Datasource) tree(ctx context.Context, q pyroscope.TreeQuery) (*calltree.Tree, error) {
	if limit := d.queryLength(); limit == 0 || q.Range.Duration() <= limit {
		tree, err := d.client.Tree(ctx, q)
		if err == nil || !d.learnQueryLength(err) {
			return tree, err
		}
	}
	ranges, err := pieces(q.Range, d.queryLength(), 1)
	if err != nil {
		return nil, err
	}
	trees := make([]*calltree.Tree, len(ranges))
	err = sideBySide(ctx, len(ranges), func(ctx context.Context, i int) (err error) {
		piece := q
		piece.Range = ranges[i]
		trees[i], err = d.client.Tree(ctx, piece)
		return err
	})
	if err != nil {
		return nil, err
	}
	return calltree.Merge(trees...).Truncate(int(q.MaxNodes)), nil
}

// sums returns the sums of the buckets of a grid, without the point at the
// grid's start, in as many calls as the server's limit asks for. A series has
// its points in order of time.
func (d *Datasource) sums(ctx context.Context, q pyroscope.SeriesQuery) ([]pyroscope.Series, error) {
	if limit := d.queryLength(); limit == 0 || q.Range.Duration() <= limit {
		series, err := d.client.SelectSeries(ctx, q)
		if err == nil {
			return joinSeries([][]pyroscope.Series{series}, []int64{q.Range.Start}), nil
		}
		if !d.learnQueryLength(err) {
			return nil, err
		}
	}
	// A piece begins where the one before ended: the point there is the former's.
	limit := d.queryLength().Truncate(q.Step)
	if limit < q.Step {
		return nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The step of %s is longer than the %s of profiles that "+
			"the server answers at once. Narrow the range.", q.Step, d.queryLength()), nil)
	}
	ranges, err := pieces(q.Range, limit, 0)
	if err != nil {
		return nil, err
	}
	parts, starts := make([][]pyroscope.Series, len(ranges)), make([]int64, len(ranges))
	err = sideBySide(ctx, len(ranges), func(ctx context.Context, i int) (err error) {
		piece := q
		piece.Range, starts[i] = ranges[i], ranges[i].Start
		parts[i], err = d.client.SelectSeries(ctx, piece)
		return err
	})
	if err != nil {
		return nil, err
	}
	return joinSeries(parts, starts), nil
}

// joinSeries puts the parts of each label set one after the other and leaves out
// the point at the start of each part.
func joinSeries(parts [][]pyroscope.Series, starts []int64) []pyroscope.Series {
	var joined []pyroscope.Series
	place := map[string]int{}
	for i, part := range parts {
		for _, s := range part {
			key := fmt.Sprintf("%q", s.Labels)
			at, known := place[key]
			if !known {
				at = len(joined)
				place[key] = at
				joined = append(joined, pyroscope.Series{Labels: s.Labels})
			}
			first := 0
			for first < len(s.Time) && s.Time[first] <= starts[i] {
				first++
			}
			joined[at].Time = append(joined[at].Time, s.Time[first:]...)
			joined[at].Value = append(joined[at].Value, s.Value[first:]...)
		}
	}
	joined = slices.DeleteFunc(joined, func(s pyroscope.Series) bool { return len(s.Time) == 0 })
	for i := range joined {
		joined[i] = inOrder(joined[i])
	}
	return joined
}

// inOrder gives back a series whose times ascend and differ, as a Pyroscope server
// sends them. Of points at one time the values are added up.
func inOrder(s pyroscope.Series) pyroscope.Series {
	ascending := true
	for i := 1; i < len(s.Time); i++ {
		ascending = ascending && s.Time[i-1] < s.Time[i]
	}
	if ascending {
		return s
	}
	tidy := addUp([]line{{at: s.Time, value: s.Value}, {}})
	return pyroscope.Series{Labels: s.Labels, Time: tidy.at, Value: tidy.value}
}

// pieces cuts a range into stretches no longer than limit. Each begins gap
// milliseconds after the end of the one before.
func pieces(r pyroscope.Range, limit time.Duration, gap int64) ([]pyroscope.Range, error) {
	length := limit.Milliseconds()
	if (r.End-r.Start)/length >= maxPieces {
		return nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The range of %s is too long: the server answers %s at once, "+
			"and at most %d such pieces are put together. Narrow the range.", r.Duration(), limit, maxPieces), nil)
	}
	var all []pyroscope.Range
	for start := r.Start; ; start += length + gap {
		end := min(start+length, r.End)
		all = append(all, pyroscope.Range{Start: start, End: end})
		if end == r.End {
			return all, nil
		}
	}
}

// sideBySide runs n tasks at the same time; the client bounds how many calls are
// under way. The first error stops the others.
func sideBySide(ctx context.Context, n int, task func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(maxPieces)
	for i := range n {
		group.Go(func() error { return guarded(ctx, func() error { return task(ctx, i) }) })
	}
	return group.Wait()
}

// queryLength is the longest range that the server is known to answer, 0 as long
// as it has refused none.
func (d *Datasource) queryLength() time.Duration { return time.Duration(d.longest.Load()) }

// learnQueryLength says whether err is a refusal of a range that is too long, and
// keeps the limit it names.
func (d *Datasource) learnQueryLength(err error) bool {
	limit, tooLong := pyroscope.QueryLength(err)
	if tooLong {
		d.longest.Store(int64(limit))
	}
	return tooLong
}

// recent is the part of a range that one call may ask about labels for: its end.
func (d *Datasource) recent(r pyroscope.Range) pyroscope.Range {
	limit := d.queryLength()
	if limit == 0 {
		limit = pyroscope.DefaultQueryLength
	}
	return pyroscope.Range{Start: max(r.Start, r.End-limit.Milliseconds()), End: r.End}
}
