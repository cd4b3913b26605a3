package regression

import (
	"cmp"
	"context"
	"errors"
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
