package regression

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// shapes are call trees of real programs, in Go, Java and Python.
var shapes = []string{
	"go-runtime-pprof/cpu.before.collapsed.txt.gz", "from-google-pprof/java.cpu.collapsed.txt.gz",
	"async-profiler/cpu.collapsed.txt.gz", "go-net-http-pprof/profile.collapsed.txt.gz",
}

func shapeOf(t *testing.T, number int) *calltree.Tree {
	return collapsed(t, "../../testdata/profiles/"+shapes[number%len(shapes)])
}

// drawWindows draws 24 buckets: before from one shape, after from another, each node's growth by bucket.
func drawWindows(random *rand.Rand, before, after *calltree.Tree, growth func(bucket, node int) float64) Input {
	input := Input{SampleValue: 1}
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	noises := map[string]*latent{}
	for bucket := range 24 {
		shape, window := before, &input.Baseline
		if bucket >= 12 {
			shape, window = after, &input.Comparison
		}
		traffic := math.Exp(0.25*random.NormFloat64() - 0.03)
		tree := drawTree(random, shape, noises, 6_000*traffic, func(node int) float64 { return growth(bucket, node) })
		window.Buckets = append(window.Buckets, Bucket{Start: start, End: start.Add(5 * time.Minute), Tree: tree, Instances: 1})
		start = start.Add(5 * time.Minute)
	}
	return input
}

func steadily(int, int) float64 { return 1 }

// harmless are changes that nobody must be woken for, of one function of a program.
var harmless = map[string]func(random *rand.Rand, shape *calltree.Tree, name string) Input{
	"renamed": func(random *rand.Rand, shape *calltree.Tree, name string) Input {
		after := *shape
		after.Symbols = slices.Clone(shape.Symbols)
		for i, symbol := range after.Symbols {
			if symbol == name {
				after.Symbols[i] = name + "Renamed"
			}
		}
		return drawWindows(random, shape, &after, steadily)
	},
	"inlined": func(random *rand.Rand, shape *calltree.Tree, name string) Input {
		return drawWindows(random, shape, shape.Hide(func(symbol string) bool { return symbol == name }), steadily)
	},
	"another build": func(random *rand.Rand, shape *calltree.Tree, _ string) Input {
		after := *shape
		after.Symbols = slices.Clone(shape.Symbols)
		for i, symbol := range after.Symbols {
			after.Symbols[i] = strings.ReplaceAll(symbol, ".func1", ".func7")
		}
		return drawWindows(random, shape, &after, steadily)
	},
	"one-off spike": func(random *rand.Rand, shape *calltree.Tree, name string) Input {
		at := 12 + random.IntN(10)
		return drawWindows(random, shape, shape, func(bucket, node int) float64 {
			if bucket == at && shape.Name(node) == name {
				return 6
			}
			return 1
		})
	},
	"slow drift": func(random *rand.Rand, shape *calltree.Tree, name string) Input {
		return drawWindows(random, shape, shape, func(bucket, node int) float64 {
			if shape.Name(node) == name {
				return 0.95 + 0.1*float64(bucket)/24
			}
			return 1
		})
	},
	"nothing": func(random *rand.Rand, shape *calltree.Tree, _ string) Input {
		return drawWindows(random, shape, shape, steadily)
	},
}

// harmlessAlerts is the share of harmless changes that would wake somebody up.
func harmlessAlerts(t *testing.T) float64 {
	woken, tries := 0.0, 0.0
	for _, kind := range []string{"nothing", "renamed", "inlined", "another build", "one-off spike", "slow drift"} {
		own := 0.0
		for seed := range howMany(8) {
			random := rand.New(rand.NewPCG(uint64(seed), 19))
			shape := shapeOf(t, seed)
			name := pickFunction(random, shape)
			report, err := Analyse(context.Background(), harmless[kind](random, shape, name))
			if err != nil {
				t.Fatal(err)
			}
			tries++
			if index := slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Alerts }); index >= 0 {
				own++
				f := report.Findings[index]
				t.Logf("%s: %s of shape %d: %s %s %.3f to %.3f", kind, name, seed%len(shapes), f.Function, f.Kind, f.Baseline, f.Comparison)
			}
		}
		t.Logf("%-20s %.0f of %d would wake somebody up", kind, own, howMany(8))
		woken += own
	}
	return woken / tries
}

// firstGrowth is the first finding that grew or is new.
func firstGrowth(t *testing.T, input Input) (Finding, bool) {
	t.Helper()
	report, err := Analyse(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	index := slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Kind == Grew || f.Kind == New })
	if index < 0 {
		return Finding{}, false
	}
	return report.Findings[index], true
}

// deploysInTheMiddle is how often a growth that begins inside the comparison is found, and dated to within a bucket.
func deploysInTheMiddle(t *testing.T) (found, dated float64) {
	tries := howMany(12)
	for seed := range tries {
		random := rand.New(rand.NewPCG(uint64(seed), 23))
		shape := shapeOf(t, seed)
		name, begins := pickFunction(random, shape), 13+random.IntN(4)
		input := drawWindows(random, shape, shape, func(bucket, node int) float64 {
			if bucket >= begins {
				return growthOf(shape, node, name, true, 2)
			}
			return 1
		})
		finding, isFound := firstGrowth(t, input)
		if !isFound {
			continue
		}
		found++
		truth := input.Comparison.Buckets[begins-12].Start
		if away := finding.Since.Sub(truth); away.Abs() <= 5*time.Minute {
			dated++
		}
	}
	return found / float64(tries), dated / max(1, found)
}
