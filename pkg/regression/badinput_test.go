package regression

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// filled is a window of so many buckets of the same tree; zeros of them have no samples, at its end.
func filled(tree *calltree.Tree, buckets, zeros int) Window {
	var window Window
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for i := range buckets {
		it := Bucket{Start: start, End: start.Add(5 * time.Minute), Tree: tree, Instances: 1}
		if i >= buckets-zeros {
			it.Tree = &calltree.Tree{Symbols: []string{"total"}, Level: []int64{0}, Total: []int64{0}, Self: []int64{0}, Symbol: []uint32{0}}
		}
		window.Buckets = append(window.Buckets, it)
		start = it.End
	}
	return window
}

func TestWindowsWithoutSamples(t *testing.T) {
	tree := largeTree(200, 50)
	for name, c := range map[string]struct {
		baseline, comparison Window
		want                 error
	}{
		"no baseline":       {Window{}, filled(tree, 4, 0), ErrNoBaseline},
		"all-zero baseline": {filled(tree, 4, 4), filled(tree, 4, 0), ErrNoBaseline},
		"no comparison":     {filled(tree, 4, 0), Window{Buckets: []Bucket{{}, {}}}, ErrNoComparison},
	} {
		if _, err := Analyse(context.Background(), Input{SampleValue: 1, Baseline: c.baseline, Comparison: c.comparison}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBucketsWithoutSamplesAreLeftOut(t *testing.T) {
	report, err := Analyse(context.Background(), Input{SampleValue: 1, Baseline: filled(largeTree(200, 50), 6, 2), Comparison: filled(largeTree(200, 50), 6, 3)})
	if err != nil || len(report.Findings) > 0 {
		t.Errorf("%v, %+v", err, report.Findings)
	}
}

func TestOneBucketASide(t *testing.T) {
	shape := collapsed(t, "../../testdata/profiles/go-runtime-pprof/cpu.before.collapsed.txt.gz")
	report, err := Analyse(context.Background(), Input{SampleValue: goSample, Baseline: filled(shape, 1, 0), Comparison: filled(shape, 1, 0)})
	if err != nil || len(report.Findings) > 0 || report.Tested == 0 {
		t.Errorf("%v, %d tested, %+v", err, report.Tested, report.Findings)
	}
}

// A profile of a million nodes on either side is analysed like any other.
func TestAMillionNodes(t *testing.T) {
	large := largeTree(1_000_000, 300)
	report, err := Analyse(context.Background(), Input{SampleValue: 1, Baseline: filled(large, 1, 0), Comparison: filled(large, 1, 0)})
	if err != nil || len(report.Findings) > 0 || report.Tested == 0 {
		t.Errorf("%v, %d tested, %d findings", err, report.Tested, len(report.Findings))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Analyse(ctx, Input{SampleValue: 1, Baseline: filled(large, 1, 0), Comparison: filled(large, 1, 0)}); !errors.Is(err, context.Canceled) {
		t.Errorf("went on after it was cancelled: %v", err)
	}
}

// At another sampling rate values stand for other numbers of samples: only the scatter between buckets can be used.
func TestOtherSamplingRates(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	shape := shapeOf(t, 0)
	name := pickFunction(random, shape)
	input := drawWindows(random, shape, shape, func(bucket, node int) float64 {
		if bucket >= 12 {
			return growthOf(shape, node, name, true, 2)
		}
		return 1
	})
	for i := range input.Comparison.Buckets {
		input.Comparison.Buckets[i].Tree = input.Comparison.Buckets[i].Tree.Scaled(10)
	}
	input.SampleValue = 0
	report, err := Analyse(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	if grown := growths(report); len(grown) != 1 || !isSamePlace(shape, grown[0], name) {
		t.Errorf("%v, wanted %s", grown, name)
	}
}

func TestQuietServicesAreLeftAlone(t *testing.T) {
	shape := shapeOf(t, 0)
	name := pickFunction(rand.New(rand.NewPCG(1, 2)), shape)
	grown := calltree.MakeTree(shape.Symbols, shape.Len())
	for node := range shape.Len() {
		factor := int64(1)
		if shape.Name(node) == name {
			factor = 2
		}
		grown.Append(shape.Level[node], 0, shape.Self[node]*factor, shape.Symbol[node])
	}
	grown = calltree.Keep(grown).Tree() // adds the totals up
	if !IsQuiet(Input{Baseline: filled(shape, 1, 0), Comparison: filled(shape, 1, 0)}) {
		t.Error("the same profile twice is not quiet")
	}
	if IsQuiet(Input{Baseline: filled(shape, 1, 0), Comparison: filled(grown, 1, 0)}) {
		t.Errorf("quiet, though %s doubled", name)
	}
	if IsQuiet(Input{Baseline: Window{}, Comparison: filled(shape, 1, 0)}) {
		t.Error("a service that appeared is quiet")
	}
}

func TestLeaksAreNamed(t *testing.T) {
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var input LeakInput
	var levels []Level
	for i := range 12 {
		tree := calltree.MakeTree([]string{"total", "main.serve", "main.session", "main.cache"}, 4)
		held := int64(100 + 20*i)
		tree.Append(0, held+100, 0, 0)
		tree.Append(1, held+100, 0, 1)
		tree.Append(2, held, held, 2)
		tree.Append(2, 100, 100, 3)
		at := start.Add(time.Duration(i) * 5 * time.Minute)
		input.Buckets = append(input.Buckets, Bucket{Start: at, End: at.Add(5 * time.Minute), Tree: tree})
		levels = append(levels, Level{At: at, Value: float64(held + 100)})
	}
	input.Instances = [][]Level{levels, levels, {{At: start, Value: 5}}}
	leak, growth, isLeak := FindLeak(input)
	if !isLeak || leak.Function != "main.session" || leak.Kind != Leak || !leak.Alerts || growth.PerHour != 240 || growth.Instances != 2 {
		t.Errorf("%v %+v %+v", isLeak, leak, growth)
	}
	if words := growth.Hourly(func(v float64) string { return "x" }); !strings.HasSuffix(words, "on 2 of 2") {
		t.Error(words)
	}
	input.Instances = [][]Level{levels[:5]}
	if _, _, isLeak := FindLeak(input); isLeak {
		t.Error("five points are a leak")
	}
	if got := LevelsAfter(levels, start.Add(-time.Hour), 10*time.Minute); len(got) != 10 {
		t.Errorf("%d levels after the first minutes", len(got))
	}
}
