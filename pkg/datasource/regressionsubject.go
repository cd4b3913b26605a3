package datasource

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// subject is what is compared of one service in the end, after its deploys were looked at.
type subject struct {
	windows
	service string
	// comparison and baseline have the selectors and types of the sides; their ranges are those of the windows.
	comparison, baseline Operand
	// version runs in the comparison, versionBefore in the baseline, as far as a deploy tells; empty else.
	version, versionBefore string
	// deployedAt is when the version came whose predecessor is the baseline, in milliseconds; 0 where time is compared.
	deployedAt int64
	deploys    []deploy
	notices    []string
	// missing says why there is nothing to compare with.
	missing string
}

// sides are the operands with the ranges of the windows.
func (s subject) sides() [2]Operand {
	sides := [2]Operand{s.comparison, s.baseline}
	sides[0].Range, sides[1].Range = s.windows.comparison.span(s.step), s.windows.baseline.span(s.step)
	return sides
}

// subjectOf finds what to compare of a service. A deploy inside a window cuts it: of the comparison the part after its
// last deploy counts, of the baseline the part before its first, as long as that has the fewest buckets.
func (d *Datasource) subjectOf(ctx context.Context, plan Plan, w windows, service string) (subject, error) {
	s := subject{windows: w, service: service, comparison: plan.Operands[0], baseline: plan.Operands[1]}
	for _, o := range []*Operand{&s.comparison, &s.baseline} {
		var err error
		if o.Selector, err = o.Selector.Without(serviceLabel).With(matchEqual, serviceLabel, service); err != nil {
			return s, err
		}
	}
	if plan.PreviousVersion {
		return d.againstPreviousVersion(ctx, s, plan.WarmUp)
	}
	if s.comparison.Selector.String() != s.baseline.Selector.String() {
		return s, nil // the sides differ by what the query says, not by time alone
	}
	var found [2][]deploy
	sides := s.sides()
	err := sideBySide(ctx, len(sides), func(ctx context.Context, i int) (err error) {
		found[i], err = d.deploysDuring(ctx, sides[i])
		return err
	})
	if err != nil {
		return s, err
	}
	s.deploys = slices.Concat(found[1], found[0])
	s.cutAfter(found[0], plan.WarmUp)
	s.cutBefore(found[1])
	return s, nil
}

// deploysDuring are the deploys of a service in a range that is over; they are kept.
func (d *Datasource) deploysDuring(ctx context.Context, o Operand) ([]deploy, error) {
	key := fmt.Sprintf("%v|%s|%d|%d", o.Types, o.Selector, o.Range.Start, o.Range.End)
	return d.deployed.get(key, func() ([]deploy, error) {
		found, _, err := d.deploys(ctx, o)
		if pyroscope.Is(err, pyroscope.Unsupported) {
			return nil, nil
		}
		return found, err
	})
}

func (s *subject) cutAfter(found []deploy, warmUp time.Duration) {
	if len(found) == 0 {
		return
	}
	last := found[len(found)-1]
	left := s.bucketsSince(last, warmUp)
	if left < fewestBuckets {
		s.notices = append(s.notices, fmt.Sprintf("%s was deployed at %s: %s after that, it is compared by itself.",
			last.Version, clockTime(last.At), warmUp+fewestBuckets*s.step))
		return
	}
	s.version, s.versionBefore = last.Version, last.Before
	if left < s.windows.comparison.count {
		s.windows.comparison.count = left
	}
}

// bucketsSince is how many buckets of the comparison began after the first instances of a deploy had warmed up.
func (s *subject) bucketsSince(one deploy, warmUp time.Duration) int {
	return int((s.windows.comparison.end - one.At - warmUp.Milliseconds()) / s.step.Milliseconds())
}

func (s *subject) cutBefore(found []deploy) {
	if len(found) == 0 {
		return
	}
	first := found[0]
	span := s.windows.baseline.span(s.step)
	// A deploy is seen at the end of the first small bucket that has the new version.
	whole := int((first.At - span.Start - deployStep(span).Milliseconds() + 1) / s.step.Milliseconds())
	if whole < fewestBuckets || whole >= s.windows.baseline.count {
		return
	}
	s.windows.baseline = stretch{span.Start - 1 + int64(whole)*s.step.Milliseconds(), whole}
	s.versionBefore = first.Before
}

// deployLookback is how far back the previous version is looked for: first in a day, where the deploy's time is known to a
// few minutes, then in a week; at last in an hour, for a service whose first two versions came within those few minutes.
var deployLookback = []time.Duration{24 * time.Hour, 7 * 24 * time.Hour, time.Hour}

// againstPreviousVersion holds the version that was deployed last against the one before it: over the same time where that
// one still runs, as beside a canary, else over as long just before the deploy.
func (d *Datasource) againstPreviousVersion(ctx context.Context, s subject, warmUp time.Duration) (subject, error) {
	o := s.comparison
	var last deploy
	var label string
	for _, back := range deployLookback {
		o.Range = pyroscope.Range{Start: s.windows.comparison.end - back.Milliseconds(), End: s.windows.comparison.end}
		found, named, err := d.deploys(ctx, o)
		if err != nil {
			return s, err
		}
		label = named
		if len(found) > 0 {
			last, s.deploys = found[len(found)-1], found
			break
		}
	}
	if last.Version == "" {
		s.missing = "no other version was found in the last week"
		if label == "" {
			s.missing = fmt.Sprintf("its profiles have no label of the version (%s, …)", versionLabels[0])
		}
		return s, nil
	}
	last, precision, err := d.datedExactly(ctx, o, last)
	if err != nil {
		return s, err
	}
	if newest := s.deploys[len(s.deploys)-1]; last.Version != newest.Version {
		s.deploys = append(slices.Clone(s.deploys), last) // a roll-back that the longer look was too coarse for
	}
	s.version, s.versionBefore, s.deployedAt = last.Version, last.Before, last.At
	if s.comparison.Selector, err = s.comparison.Selector.Without(label).With(matchEqual, label, last.Version); err != nil {
		return s, err
	}
	if s.baseline.Selector, err = s.baseline.Selector.Without(label).With(matchEqual, label, last.Before); err != nil {
		return s, err
	}
	step := s.step.Milliseconds()
	s.windows.comparison.count = min(s.windows.comparison.count, s.bucketsSince(last, warmUp))
	if s.windows.comparison.count < fewestBuckets {
		s.missing = fmt.Sprintf("%s was deployed at %s, and needs %s of profiles", last.Version, clockTime(last.At),
			warmUp+fewestBuckets*s.step)
		return s, nil
	}
	still, err := d.runsThrough(ctx, s.baseline, s.windows.comparison, s.step)
	if err != nil {
		return s, err
	}
	s.windows.baseline = s.windows.comparison
	if !still {
		before := last.At - precision.Milliseconds()
		s.windows.baseline = stretch{floorTo(before, step), max(fewestBuckets, s.windows.comparison.count)}
	}
	return s, nil
}

// datedExactly looks at a deploy again in the time around it: over a day it is known to a few minutes only, which would be
// lost to a comparison of minutes, and a version that was rolled back within them looks as if it still ran. The precision
// is by how much it may have been earlier.
func (d *Datasource) datedExactly(ctx context.Context, o Operand, one deploy) (deploy, time.Duration, error) {
	coarse := deployStep(o.Range)
	closely := o
	closely.Range = pyroscope.Range{Start: one.At - 2*coarse.Milliseconds(), End: min(o.Range.End, one.At+3*coarse.Milliseconds())}
	found, err := d.deploysDuring(ctx, closely)
	if len(found) > 0 {
		last := found[len(found)-1]
		if last.Version == one.Version || last.Before == one.Version {
			return last, max(d.settings.MinStep, deployStep(closely.Range)), err
		}
	}
	return one, max(d.settings.MinStep, coarse), err
}

// runsThrough says that an operand has profiles in nearly all buckets.
func (d *Datasource) runsThrough(ctx context.Context, o Operand, s stretch, step time.Duration) (bool, error) {
	all, err := d.sums(ctx, pyroscope.SeriesQuery{Type: o.Type().ID, Selector: o.Selector, Step: step,
		Range: pyroscope.Range{Start: s.span(step).Start - 1, End: s.end}})
	buckets := map[int64]bool{}
	for _, series := range all {
		for _, at := range series.Time {
			buckets[at] = true
		}
	}
	return len(buckets) >= s.count-1, err
}

// clockTime is a time of day, as sentences name it.
func clockTime(at int64) string { return time.UnixMilli(at).UTC().Format("15:04") + " UTC" }
