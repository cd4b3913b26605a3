package regression

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
)

// What the method must reach, on generated services whose truth is known.
const (
	mostFalse       = 0.05
	leastOfOracle   = 0.9
	leastFirst      = 0.9
	mostAlertsAWeek = 0.1
	mostHarmless    = 0.05
	leastBegun      = 0.8
)

var full = flag.Bool("full", false, "draw five times as many services")

// howMany services are drawn: few enough for every run, five times as many to be sure.
func howMany(few int) int {
	if *full {
		return 5 * few
	}
	return few
}

// scenario is a way in which services differ.
type scenario struct {
	name          string
	habit, spikes float64
	isOtherwise   bool // the largest function goes away: every other share grows
	perBucket     float64
	leastG, mostG float64
	instances     int
	opposed       bool
}

var scenarios = []scenario{
	{name: "quiet", perBucket: 12_000, leastG: 1.25, mostG: 2},
	{name: "few samples", perBucket: 1_500, leastG: 1.4, mostG: 3},
	{name: "jobs by the clock", perBucket: 12_000, leastG: 1.25, mostG: 2, spikes: 0.004},
	{name: "another composition", perBucket: 12_000, leastG: 1.25, mostG: 2, isOtherwise: true},
	{name: "other instances", perBucket: 12_000, leastG: 1.4, mostG: 2, habit: 0.06, instances: 5},
}

// Half of the functions fall when the others rise: what the procedure for functions is not proved for.
var againstEachOther = scenario{name: "against each other", perBucket: 12_000, leastG: 1.25, mostG: 2, opposed: true}

// score adds up what was said against what was true.
type score struct {
	discoveries, falses   float64
	sought, found, oracle float64
	// Of packages, tested apart.
	packages, falsePackages float64
	ratios, zs              []rival // of rules that others use
}

// rival is what another rule says of one function: how striking, and whether it really grew.
type rival struct {
	striking       float64
	grew, isSought bool
}

func TestQuality(t *testing.T) {
	total := score{}
	for _, s := range scenarios {
		own := score{}
		for seed := range howMany(8) {
			s.compare(uint64(seed), &own)
		}
		t.Logf("%-20s false %.3f, found %.3f, oracle %.3f of %.0f", s.name, own.falses/max(1, own.discoveries),
			own.found/own.sought, own.oracle/own.sought, own.sought)
		total.add(own)
	}
	opposed := score{}
	for seed := range howMany(8) {
		againstEachOther.compare(uint64(seed), &opposed)
	}
	falseOpposed := opposed.falses / max(1, opposed.discoveries)
	falsePackages := (total.falsePackages + opposed.falsePackages) / max(1, total.packages+opposed.packages)
	t.Logf("%-20s false %.3f, found %.3f, oracle %.3f of %.0f", againstEachOther.name, falseOpposed,
		opposed.found/opposed.sought, opposed.oracle/opposed.sought, opposed.sought)
	alone, apart := thinlySpread(t)
	t.Logf("packages tested apart: false %.3f of %.0f; growth spread thin over one: found %.2f, by functions alone %.2f",
		falsePackages, total.packages+opposed.packages, apart, alone)
	if falseOpposed > mostFalse || falsePackages > mostFalse || apart < leastBegun || apart <= alone {
		t.Error("packages, or functions that move against each other, are not told as they must be")
	}
	first := namedFirst(t)
	woken := harmlessAlerts(t)
	begun, dated := deploysInTheMiddle(t)
	t.Logf("harmless changes that would wake somebody up: %.3f; growth that begins inside the window: %.2f found, %.2f of them dated to a bucket",
		woken, begun, dated)
	alerts, delay := alertsAWeek()
	fdr := total.falses / total.discoveries
	power, oracle := total.found/total.sought, total.oracle/total.sought
	rule := powerAt(total.ratios, fdr)
	t.Logf("two proportions at the same false discovery rate: power %.3f; a change is told after %.0f minutes (median)",
		powerAt(total.zs, fdr), delay)
	t.Logf("quality fdr=%.3f power=%.3f oracle=%.3f first=%.3f false_alerts_per_service_week=%.3f rule15_power=%.3f",
		fdr, power, oracle, first, alerts, rule)
	if fdr > mostFalse || power < leastOfOracle*oracle || first < leastFirst || alerts > mostAlertsAWeek {
		t.Error("the method does not reach what it must")
	}
	if woken > mostHarmless || begun < leastBegun || dated < leastBegun {
		t.Error("harmless changes wake people up, or growth inside a window is missed")
	}
	if oracle < 0.7 {
		t.Error("the scenarios are too hard to tell anything: the oracle itself finds little")
	}
}

func (s *score) add(other score) {
	s.packages += other.packages
	s.falsePackages += other.falsePackages
	s.discoveries += other.discoveries
	s.falses += other.falses
	s.sought += other.sought
	s.found += other.found
	s.oracle += other.oracle
	s.ratios = append(s.ratios, other.ratios...)
	s.zs = append(s.zs, other.zs...)
}

// compare draws one service twice and holds the test, and the oracle that knows each function's noise, to its truth.
func (s scenario) compare(seed uint64, into *score) {
	random := rand.New(rand.NewPCG(seed, 7))
	const functions = 300
	w := newWorld(random, functions)
	w.habit, w.spikes, w.perBucket, w.opposed = s.habit, s.spikes, s.perBucket, s.opposed
	growth := slices.Repeat([]float64{1}, functions)
	changed := map[int]bool{}
	for _, i := range w.pick(random, 12) {
		growth[i] = s.leastG + (s.mostG-s.leastG)*random.Float64()
		changed[i] = true
	}
	grown := len(changed)
	if s.isOtherwise {
		largest := w.largest(changed)
		growth[largest], changed[largest] = 0.2, true
	}
	scale := 0.0
	for i := range w.shares {
		scale += w.shares[i] * growth[i]
	}
	var habitsB, habitsC [][]float64
	if s.instances > 0 {
		habitsB, habitsC = w.habits(random, s.instances), w.habits(random, s.instances)
	}
	b, bi := w.window(random, slices.Repeat([]float64{1}, functions), habitsB)
	c, ci := w.window(random, growth, habitsC)
	compared := sides{
		baseline: b, comparison: c, baselineInstances: bi, comparisonInstances: ci,
		paired: s.instances == 0, leastShare: DefaultThresholds.Share / 2,
	}
	changes, measured := test(functions, compared)
	packages := compared
	packages.baseline, packages.comparison = w.inPackages(b), w.inPackages(c)
	packages.baselineInstances, packages.comparisonInstances = w.inPackages(bi), w.inPackages(ci)
	changedPackages := map[int]bool{}
	for i := range changed {
		changedPackages[w.group[i]] = true
	}
	for row, it := range testPackages(packages, compared, measured) {
		if isLargeAndSure(it) {
			into.packages++
			if !changedPackages[row] {
				into.falsePackages++
			}
		}
	}

	var ps []float64
	var family []int
	for i, it := range changes[0] {
		if !it.isTested {
			continue
		}
		variance := w.variance(i, b.sum(), s.instances) + w.variance(i, c.sum(), s.instances)
		z := (it.comparison*scale - it.baseline) / math.Sqrt(variance)
		family, ps = append(family, i), append(ps, 2*distuv.UnitNormal.Survival(math.Abs(z)))
	}
	oracle := map[int]bool{}
	for rank, q := range falseDiscoveryRates(ps, likewise) {
		oracle[family[rank]] = q <= DefaultThresholds.FalseDiscovery
	}
	for i, it := range changes[0] {
		grew := growth[i] > 1
		isLarge, isFound := isLargeChange(it), isLargeAndSure(it)
		if isFound {
			into.discoveries++
			if !changed[i] {
				into.falses++
			}
		}
		isSought := grew && it.isTested && w.oracleFinds(i, growth[i], b.sum(), c.sum(), s.instances, grown, len(family)) >= 0.7
		if isSought {
			into.sought++
			if isFound {
				into.found++
			}
			if isLarge && oracle[i] {
				into.oracle++
			}
		}
		if it.isTested {
			into.ratios = append(into.ratios, rival{it.comparison / max(it.baseline, 1e-9), grew, isSought})
			pooled := (b.of(i) + c.of(i)) / (b.sum() + c.sum())
			z := (it.comparison - it.baseline) / math.Sqrt(pooled*(1-pooled)*(1/b.sum()+1/c.sum()))
			into.zs = append(into.zs, rival{z, grew, isSought})
		}
	}
}

func isLargeChange(it change) bool {
	isFactor := it.scaled >= DefaultThresholds.Ratio*it.baseline || it.baseline >= DefaultThresholds.Ratio*it.scaled
	return isFactor && math.Abs(it.scaled-it.baseline) >= DefaultThresholds.Share
}

func isLargeAndSure(it change) bool {
	return isLargeChange(it) && it.q <= DefaultThresholds.FalseDiscovery
}

// thinlySpread is how often a package is told of which many small functions did half as much again: by the functions alone,
// and with packages tested apart.
func thinlySpread(t *testing.T) (alone, apart float64) {
	tries := howMany(20)
	for seed := range tries {
		random := rand.New(rand.NewPCG(uint64(seed), 29))
		s := service{}
		for i := range 60 {
			s[fmt.Sprintf("main.main;example.com/shop/cart.step%d", i)] = 40 + 160*random.Float64()
		}
		for i := range 40 {
			s[fmt.Sprintf("main.main;example.com/shop/cart.step%d;example.com/shop/codec.encode%d", i, i)] = 2 + 6*random.Float64()
		}
		grow := func(stack string, _ int) float64 {
			if strings.Contains(stack, "codec") {
				return 1.5
			}
			return 1
		}
		input := Input{SampleValue: 1}
		input.Baseline = s.window(random, midnight, 12, nil)
		input.Comparison = s.window(random, midnight.Add(time.Hour), 12, grow)
		report, err := Analyse(context.Background(), input)
		if err != nil {
			t.Fatal(err)
		}
		isAlone, isApart := false, false
		for _, finding := range report.Findings {
			if finding.Kind == Grew && strings.Contains(finding.Function, "codec") {
				isApart = true
				isAlone = isAlone || finding.Package == nil
			}
		}
		if isAlone {
			alone++
		}
		if isApart {
			apart++
		}
	}
	return alone / float64(tries), apart / float64(tries)
}

// powerAt is how many of the sought functions a rule finds when its threshold is set, in hindsight, so that no more of
// what it tells is false than that.
func powerAt(rivals []rival, falseShare float64) float64 {
	slices.SortStableFunc(rivals, func(a, b rival) int { return cmp.Compare(b.striking, a.striking) })
	sought, found, falses, best := 0.0, 0.0, 0.0, 0.0
	for _, it := range rivals {
		if it.isSought {
			sought++
		}
	}
	for i, it := range rivals {
		if it.isSought {
			found++
		}
		if !it.grew {
			falses++
		}
		if falses/float64(i+1) <= falseShare {
			best = found
		}
	}
	return best / sought
}

// alertsAWeek watches services in which nothing ever changes, evaluated every five minutes against the hour before, and
// tells how often somebody would have been woken; and how long it takes, in minutes, until a real change is told.
func alertsAWeek() (alerts, delay float64) {
	const functions, step = 120, 5
	weeks := howMany(2)
	for seed := range weeks {
		random := rand.New(rand.NewPCG(uint64(seed), 11))
		w := newWorld(random, functions)
		w.buckets, w.spikes, w.perBucket = 7*24*12, 0.0005, 6_000
		stream, _ := w.window(random, slices.Repeat([]float64{1}, functions), nil)
		var evaluations [][]string
		standing := map[string]bool{}
		for end := 24; end <= w.buckets; end++ {
			evaluations = append(evaluations, alertsOf(stream, end, functions))
			now := map[string]bool{}
			for _, fingerprint := range Standing(evaluations[max(0, len(evaluations)-12):]) {
				now[fingerprint] = true
				if !standing[fingerprint] {
					alerts++
				}
			}
			standing = now
		}
	}
	var delays []float64
	for seed := range 20 {
		random := rand.New(rand.NewPCG(uint64(seed), 13))
		w := newWorld(random, functions)
		w.perBucket = 6_000
		grown := w.pickLarge(random)
		w.buckets = 24
		before, _ := w.window(random, slices.Repeat([]float64{1}, functions), nil)
		growth := slices.Repeat([]float64{1}, functions)
		growth[grown] = 2
		after, _ := w.window(random, growth, nil)
		stream := joinCounts(before, after)
		var evaluations [][]string
		for end := 25; end <= 48; end++ {
			evaluations = append(evaluations, alertsOf(stream, end, functions))
			if slices.Contains(Standing(evaluations), fmt.Sprint(grown)) {
				delays = append(delays, float64((end-24)*step))
				break
			}
		}
	}
	return alerts / float64(weeks), median(append(delays, slices.Repeat([]float64{math.Inf(1)}, 20-len(delays))...))
}

// alertsOf are the functions that the hour before this bucket wakes somebody up for, held against the hour before that.
func alertsOf(stream counts, end, functions int) []string {
	b, c := stream.part(end-24, end-12), stream.part(end-12, end)
	changes, _ := test(functions, sides{baseline: b, comparison: c, paired: true, leastShare: DefaultThresholds.Share / 2})
	var alerts []string
	for i, it := range changes[0] {
		shares := make([]float64, 0, 24)
		for _, window := range []counts{b, c} {
			for column, n := range window.whole {
				shares = append(shares, window.samples[i][column]/n)
			}
		}
		if it.q <= DefaultThresholds.AlertFalseDiscovery && it.scaled >= DefaultThresholds.Ratio*it.baseline &&
			it.scaled-it.baseline >= DefaultThresholds.Share && !(course{shares, 12}).isTransient() {
			alerts = append(alerts, fmt.Sprint(i))
		}
	}
	return alerts
}

// namedFirst is how often the function that does more work is the first one told, in call trees of a real program: some
// by what they do themselves, some by all that they call.
func namedFirst(t *testing.T) float64 {
	right, told := 0.0, 0.0
	tries := howMany(20)
	for seed := range tries {
		random := rand.New(rand.NewPCG(uint64(seed), 17))
		shape := shapeOf(t, seed/2)
		grown, isWhole := pickFunction(random, shape), seed%2 == 0
		input := Input{SampleValue: 1}
		start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		noises := map[string]*latent{}
		for bucket := range 24 {
			factor := 1.0
			if bucket >= 12 {
				factor = 1.8
			}
			tree := drawTree(random, shape, noises, 6_000, func(node int) float64 {
				return growthOf(shape, node, grown, isWhole, factor)
			})
			it := Bucket{Start: start, End: start.Add(5 * time.Minute), Tree: tree, Instances: 1}
			start = it.End
			if bucket < 12 {
				input.Baseline.Buckets = append(input.Baseline.Buckets, it)
			} else {
				input.Comparison.Buckets = append(input.Comparison.Buckets, it)
			}
		}
		report, err := Analyse(context.Background(), input)
		if err != nil {
			t.Fatal(err)
		}
		index := slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Kind == Grew || f.Kind == New })
		if index < 0 {
			continue
		}
		told++
		if isSamePlace(shape, report.Findings[index].Function, grown) {
			right++
		} else {
			t.Logf("named %s, was %s (whole %v)", report.Findings[index].Function, grown, isWhole)
		}
	}
	if told < float64(tries)/2 {
		t.Errorf("only %.0f of %d changes were found", told, tries)
	}
	return right / told
}
