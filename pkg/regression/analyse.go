package regression

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// Errors of an input that nothing can be said of.
var (
	ErrNoBaseline   = errors.New("the baseline has no profiles: choose a range in which the service was running")
	ErrNoComparison = errors.New("the comparison has no profiles: choose a range in which the service was running")
)

// assumedDispersion stands for the scatter that a single bucket on either side cannot show: well above the 1.1 of the two
// runs of one binary that testdata/profiles holds, because other hours and other machines differ more.
const assumedDispersion = 2

// Analyse finds the functions that cost more than before, or less. It is deterministic: the same input gives the same
// report. It stops with the context's error when the context ends.
func Analyse(ctx context.Context, input Input) (Report, error) {
	limits := input.Thresholds.orDefault()
	f := newFamily()
	input.Baseline, input.Comparison = withProfiles(input.Baseline), withProfiles(input.Comparison)
	a := analysis{input: input, limits: limits, family: f}
	a.baseline = a.trees(input.Baseline)
	a.comparison = a.trees(input.Comparison)
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	if len(a.baseline) == 0 {
		return Report{}, ErrNoBaseline
	}
	if len(a.comparison) == 0 {
		return Report{}, ErrNoComparison
	}
	a.test()
	a.testPackages()
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	a.joined = join(a.baseline, a.comparison, a.scale)
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	return a.report(), nil
}

type analysis struct {
	input                Input
	limits               Thresholds
	family               *family
	baseline, comparison []*calltree.Tree // normalized, by bucket
	sides                sides
	scale                float64
	own, total           []change
	packages             *packages
	packageSides         sides
	ofPackages           []change
	joined               *joined
	cutBaseline          map[string]int64
	cutComparison        map[string]int64
}

func (a *analysis) trees(window Window) []*calltree.Tree {
	trees := make([]*calltree.Tree, len(window.Buckets))
	for i, bucket := range window.Buckets {
		trees[i] = a.family.normalized(bucket.Tree)
	}
	return trees
}

// withProfiles leaves out the buckets in which nothing was sampled: they say nothing about shares.
func withProfiles(window Window) Window {
	var kept []Bucket
	for _, bucket := range window.Buckets {
		if bucket.Tree.Sum() > 0 {
			kept = append(kept, bucket)
		}
	}
	window.Buckets = kept
	return window
}

func (a *analysis) test() {
	sample := a.input.SampleValue
	own := sides{
		scatterOnly: sample <= 0,
		paired:      sameInstances(a.input.Baseline.Instances, a.input.Comparison.Instances),
		assumed:     assumedDispersion,
		leastShare:  a.limits.Share / 2,
	}
	if own.scatterOnly {
		sample = 1
	}
	total := own
	baselineInstances, comparisonInstances := a.instances(a.input.Baseline), a.instances(a.input.Comparison)
	own.baseline, total.baseline = a.family.count(a.baseline, sample)
	own.comparison, total.comparison = a.family.count(a.comparison, sample)
	own.baselineInstances, total.baselineInstances = a.family.count(baselineInstances, sample)
	own.comparisonInstances, total.comparisonInstances = a.family.count(comparisonInstances, sample)
	a.sides = own
	changes, scale := test(len(a.family.names), own, total)
	a.own, a.total, a.scale = changes[0], changes[1], scale
}

func (a *analysis) instances(window Window) []*calltree.Tree {
	trees := make([]*calltree.Tree, len(window.Instances))
	for i, instance := range window.Instances {
		trees[i] = a.family.normalized(instance.Tree)
	}
	return trees
}

// sameInstances says that most instances are on both sides: what is peculiar to one then cancels out.
func sameInstances(baseline, comparison []Instance) bool {
	common := 0
	for _, instance := range comparison {
		if slices.ContainsFunc(baseline, func(other Instance) bool { return other.Name == instance.Name }) {
			common++
		}
	}
	return common > 0 && 2*common >= max(len(baseline), len(comparison))
}

func (a *analysis) report() Report {
	report := Report{
		BaselineSamples:   a.sides.baseline.sum(),
		ComparisonSamples: a.sides.comparison.sum(),
		Scale:             a.scale,
	}
	if a.input.MaxNodes > 0 {
		a.cutBaseline, a.cutComparison = a.joined.CutOff()
	}
	ownGrown, ownShrunk := a.sift(a.own, &report)
	totalGrown, _ := a.sift(a.total, &report)
	causes := events(a.joined, ownGrown, a.limits.Ratio)
	causes = a.joined.within(a.joined.subtreeEvents(totalGrown, causes, a.limits.Ratio), causes)
	causes = append(causes, a.packageEvents(causes)...)
	for _, cause := range causes {
		report.Findings = append(report.Findings, a.growth(cause))
	}
	for _, name := range ownShrunk {
		report.Findings = append(report.Findings, a.shrinkage(name))
	}
	slices.SortStableFunc(report.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(math.Abs(y.Comparison-y.Baseline), math.Abs(x.Comparison-x.Baseline)),
			cmp.Compare(x.Function, y.Function))
	})
	slices.SortStableFunc(report.Rejected, func(x, y Rejected) int { return cmp.Compare(x.Q, y.Q) })
	report.Insufficient = a.insufficient()
	return report
}

// sift tells functions that grew, or shrank, from those that did not; what only looks changed goes to the report.
func (a *analysis) sift(changes []change, report *Report) (grown, shrunk []string) {
	for row, it := range changes {
		if it.isTested {
			report.Tested++
		}
		if a.input.MaxNodes > 0 && a.family.names[row] == calltree.Dropped {
			continue
		}
		why, isFinding := a.judge(it)
		switch {
		case isFinding && it.scaled > it.baseline:
			grown = append(grown, a.family.names[row])
		case isFinding:
			shrunk = append(shrunk, a.family.names[row])
		case why != "":
			report.reject(Rejected{
				Function: a.family.shown[row], Baseline: it.baseline, Comparison: it.scaled, Q: it.q, Why: why,
			})
		}
	}
	return grown, shrunk
}

// reject keeps one reason a function, the clearer one.
func (r *Report) reject(rejected Rejected) {
	for i, other := range r.Rejected {
		if other.Function == rejected.Function {
			if rejected.Q < other.Q {
				r.Rejected[i] = rejected
			}
			return
		}
	}
	r.Rejected = append(r.Rejected, rejected)
}

// judge says whether a function's change is a finding, or else, when it looks like one, why it is none.
func (a *analysis) judge(it change) (why string, isFinding bool) {
	difference := it.scaled - it.baseline
	isLarge := math.Abs(difference) >= a.limits.Share &&
		(it.scaled >= a.limits.Ratio*it.baseline || it.baseline >= a.limits.Ratio*it.scaled)
	isSure := it.q <= a.limits.FalseDiscovery
	switch {
	case isLarge && isSure:
		return "", true
	case isLarge && !it.isTested:
		return "It has too few samples to tell.", false
	case isLarge:
		return fmt.Sprintf("It may be chance: of %d functions tested, one differs as much by itself in %.0f of 100 comparisons.",
			a.tested(), 100*min(1, it.p*float64(a.tested()))), false
	case isSure:
		return fmt.Sprintf("It changed, but by less than a factor of %.2g or %.2g %% of the profile.",
			a.limits.Ratio, 100*a.limits.Share), false
	}
	return "", false
}

func (a *analysis) tested() int {
	n := 0
	for _, changes := range [][]change{a.own, a.total} {
		for _, it := range changes {
			if it.isTested {
				n++
			}
		}
	}
	return n
}

// insufficient tells the smallest change that could have been seen of a function with a tenth of the profile: the size
// that an engineer asks about. There is too little data when a growth by three quarters of that would have been missed.
func (a *analysis) insufficient() *Insufficient {
	const share = 0.1
	it := change{baseline: share, freedom: math.Inf(1)}
	wholeB, wholeC := a.sides.baseline.sum(), a.sides.comparison.sum()
	dispersion := a.typicalDispersion()
	it.error = math.Sqrt(dispersion * (1/wholeB + 1/(wholeC*a.scale)) / 4)
	smallest := it.smallestSeen(a.limits.FalseDiscovery / float64(max(1, a.tested())))
	if smallest <= 0.75*share {
		return nil
	}
	return &Insufficient{
		BaselineSamples: wholeB, ComparisonSamples: wholeC, Share: share, SmallestChange: smallest,
		Why: fmt.Sprintf("Too little data: with %.0f and %.0f samples, a function with %.0f %% of the profile must gain %.0f points to be seen. "+
			"Take a longer range.", wholeB, wholeC, 100*share, 100*smallest),
	}
}

// typicalDispersion is the median of the functions that were tested.
func (a *analysis) typicalDispersion() float64 {
	var dispersions []float64
	wholeB, wholeC := a.sides.baseline.sum(), a.sides.comparison.sum()
	for _, it := range a.own {
		if it.isTested {
			dispersions = append(dispersions, 4*it.error*it.error/(1/wholeB+1/(wholeC*a.scale)))
		}
	}
	if len(dispersions) == 0 {
		return assumedDispersion
	}
	return median(dispersions)
}
