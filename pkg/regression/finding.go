package regression

import (
	"fmt"
	"slices"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/names"
)

// growth describes a cause.
func (a *analysis) growth(cause event) Finding {
	finding := a.describe(cause.arises, Grew)
	finding.Stack = a.shownAll(a.joined.stack(cause.node))
	finding.Within = a.shownAll(cause.grown)
	speaker := a.speaker(cause)
	finding.P, finding.Q = speaker.p, speaker.q
	a.bound(&finding, speaker)
	it := course{shares: finding.Course, baseline: len(a.baseline)}
	if thin := cause.thin; thin != nil {
		finding.Package = &PackageShares{Name: thin.name, Baseline: thin.baseline, Comparison: thin.scaled}
		finding.Low, finding.High = thin.low, thin.high
		it = thin.course
	}
	if finding.Baseline == 0 {
		finding.Kind = New
		if a.mayBeCutOff(cause.arises, finding.Comparison) {
			finding.Kind = CutOff
		}
	}
	finding.Since = a.start(it.begins())
	switch {
	case finding.Kind == CutOff:
		finding.Why = "The server cut the baseline's profile off there; it may have been running before."
	case it.isTransient():
		finding.Kind = Transient
		finding.Why = "It is over, or was one peak."
	case cause.thin != nil: // the function's own numbers are too small to tell what became of them
		if cause.thin.givesBack != "" {
			finding.shift(cause.thin.givesBack, "What its package grew by, another one costs less: moved, not added.")
		}
	default:
		if from, isShift := a.joined.tookOver(cause.arises); isShift {
			finding.shift(a.shown(from), "What it grew by itself, a function that it calls costs less: moved into it, not added.")
		} else if from, isShift := a.joined.givenBack(cause.node, a.uncertainty(speaker)); isShift {
			finding.shift(a.shown(from), "What it grew by, its caller or a function beside it costs less: moved, not added.")
		}
	}
	a.setAlert(&finding)
	return finding
}

func (it *Finding) shift(from, why string) { it.Kind, it.GivesBack, it.Why = Shifted, from, why }

// speaker is the test that speaks most clearly for a cause.
func (a *analysis) speaker(cause event) change {
	if cause.thin != nil {
		return cause.thin.change
	}
	best := a.total[a.family.row[cause.arises]]
	if cause.proof != "" {
		if proof := a.total[a.family.row[cause.proof]]; proof.p < best.p {
			best = proof
		}
	}
	for _, name := range cause.grown {
		if own := a.own[a.family.row[name]]; own.p < best.p {
			best = own
		}
	}
	return best
}

func (a *analysis) shrinkage(name string) Finding {
	finding := a.describe(name, Shrank)
	finding.Stack = a.shownAll(a.joined.stack(a.joined.heaviestLoss(name)))
	finding.Within = []string{finding.Function}
	it := a.own[a.family.row[name]]
	finding.P, finding.Q = it.p, it.q
	a.bound(&finding, it)
	if finding.Comparison == 0 {
		finding.Kind = Gone
	}
	finding.Since = a.start(course{shares: finding.Course, baseline: len(a.baseline)}.begins())
	return finding
}

// describe fills in what every finding has.
func (a *analysis) describe(name string, kind Kind) Finding {
	shares := a.joined.functions[name]
	finding := Finding{
		Kind: kind, Function: a.shown(name), Baseline: shares.baseline, Comparison: min(1, shares.comparison),
		Measured: shares.comparison * a.scale,
	}
	if shares.baseline > 0 {
		finding.Ratio = shares.comparison / shares.baseline
	}
	finding.Course = append(courseOf(a.baseline, name, 1), courseOf(a.comparison, name, a.scale)...)
	finding.BaselineBuckets = len(a.baseline)
	for _, bucket := range slices.Concat(a.input.Baseline.Buckets, a.input.Comparison.Buckets) {
		finding.Ends = append(finding.Ends, bucket.End)
	}
	finding.BaselineRate = rateOf(a.input.Baseline.Buckets, a.baseline, name)
	finding.ComparisonRate = rateOf(a.input.Comparison.Buckets, a.comparison, name)
	finding.countInstances(a.instances(a.input.Comparison), name, a.scale)
	return finding
}

// uncertainty is the standard error of a share's change.
func (a *analysis) uncertainty(it change) float64 {
	it.bound()
	return (it.high - it.low) / 4
}

// bound gives the finding the reach of the test of the function that speaks for it.
func (a *analysis) bound(finding *Finding, speaker change) {
	it := change{baseline: finding.Baseline, scaled: finding.Comparison, freedom: speaker.freedom, error: speaker.error}
	it.bound()
	finding.Low, finding.High = it.low, it.high
}

// setAlert decides whether a growth wakes somebody up, and says why it does not.
func (a *analysis) setAlert(finding *Finding) {
	if finding.Kind != Grew && finding.Kind != New {
		return
	}
	switch {
	case finding.Q > a.limits.AlertFalseDiscovery:
		finding.Why = fmt.Sprintf("Not sure enough to wake somebody up: q = %.2g, wanted %.2g.", finding.Q, a.limits.AlertFalseDiscovery)
	case finding.BaselineRate > 0 && finding.ComparisonRate < a.limits.Ratio*finding.BaselineRate:
		finding.Why = "Its share grew, its cost per instance did not: the rest of the service does less."
	case finding.Instances == 1 && len(a.input.Baseline.Instances) == 1 && !a.sides.paired:
		finding.Why = "One instance on either side: what is the instance's and what is the version's cannot be told apart."
	default:
		finding.Alerts = true
	}
}

// mayBeCutOff says whether what the server cut off of the baseline, where the function would have stood, is about as
// large as what seems new.
func (a *analysis) mayBeCutOff(name string, share float64) bool {
	whole := 0.0
	for _, tree := range a.baseline {
		whole += float64(tree.Sum())
	}
	return float64(a.cutBaseline[name]) >= share*whole/2
}

func (a *analysis) shown(name string) string { return a.family.shown[a.family.row[name]] }

func (a *analysis) shownAll(names []string) []string {
	shown := make([]string, len(names))
	for i, name := range names {
		shown[i] = a.shown(name)
	}
	return shown
}

// start of the bucket with this index, the baseline's counted first.
func (a *analysis) start(index int) time.Time {
	if index < len(a.input.Baseline.Buckets) {
		return a.input.Baseline.Buckets[index].Start
	}
	return a.input.Comparison.Buckets[min(index-len(a.input.Baseline.Buckets), len(a.input.Comparison.Buckets)-1)].Start
}

func courseOf(trees []*calltree.Tree, name string, scale float64) []float64 {
	shares := totals(trees, name)
	for i, tree := range trees {
		if whole := float64(tree.Sum()); whole > 0 {
			shares[i] = min(1, shares[i]/(whole*scale))
		}
	}
	return shares
}

// rateOf is the cost per instance and second, 0 when the number of instances is not known.
func rateOf(buckets []Bucket, trees []*calltree.Tree, name string) float64 {
	cost, seconds := 0.0, 0.0
	for i, total := range totals(trees, name) {
		if buckets[i].Instances <= 0 {
			return 0
		}
		cost += total
		seconds += buckets[i].Instances * buckets[i].End.Sub(buckets[i].Start).Seconds()
	}
	if seconds <= 0 {
		return 0
	}
	return cost / seconds
}

// CountInstances tells findings on how many of these instances of the comparison the function's share lies above the
// middle between baseline and comparison. scale is that of the report.
func CountInstances(findings []Finding, instances []Instance, scale float64) {
	f := newFamily()
	trees := make([]*calltree.Tree, len(instances))
	for i, instance := range instances {
		trees[i] = f.normalized(instance.Tree)
	}
	for i := range findings {
		if it := &findings[i]; it.Kind != Leak {
			it.countInstances(trees, names.Normalize(it.Function), scale)
		}
	}
}

func (it *Finding) countInstances(trees []*calltree.Tree, name string, scale float64) {
	it.Instances, it.InstancesGrown = len(trees), 0
	middle := (it.Baseline + it.Comparison) / 2
	for i, cost := range totals(trees, name) {
		if whole := float64(trees[i].Sum()); whole > 0 && cost/whole/scale > middle {
			it.InstancesGrown++
		}
	}
}
