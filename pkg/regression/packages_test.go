package regression

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
)

func TestAPackagesSubtreeCountsAStackOnce(t *testing.T) {
	tree := calltree.Merge(
		stackTree([]string{"main.main", "a/x.f", "b/y.g", "a/x.h"}, 5),
		stackTree([]string{"main.main", "b/y.g"}, 3),
		stackTree([]string{"main.main", "malloc"}, 2),
	)
	p := newPackages([]string{calltree.RootName, "main.main", "a/x.f", "b/y.g", "a/x.h", "malloc"})
	c := p.count([]*calltree.Tree{tree, tree}, 1)
	for name, want := range map[string]float64{"main": 10, "a/x": 5, "b/y": 8} {
		if got := c.samples[p.row[name]]; got[0] != want || got[1] != want {
			t.Errorf("%s has %v, want %v twice", name, got, want)
		}
	}
	if c.whole[0] != 10 || len(p.names) != 3 {
		t.Errorf("whole %v, packages %v", c.whole, p.names)
	}
}

// thinService has a package whose many functions are each too small to be told.
func thinService(codec string, samples float64) service {
	s := service{}
	for i := range 60 {
		s[fmt.Sprintf("main.main;shop/cart.step%d", i)] = 120
		s[fmt.Sprintf("main.main;shop/cart.step%d;%s.encode%d", i, codec, i)] = samples
	}
	return s
}

func analyseThin(t *testing.T, before, after service) []Finding {
	t.Helper()
	random := rand.New(rand.NewPCG(5, 6))
	report, err := Analyse(context.Background(), Input{
		SampleValue: 1, Baseline: before.window(random, midnight, 12, nil), Comparison: after.window(random, midnight.Add(time.Hour), 12, nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	return report.Findings
}

func TestGrowthSpreadThinOverAPackageIsTold(t *testing.T) {
	findings := analyseThin(t, thinService("shop/codec", 4), thinService("shop/codec", 6))
	if len(findings) != 1 || findings[0].Package == nil || findings[0].Package.Name != "shop/codec" {
		t.Fatalf("%+v", findings)
	}
	it := findings[0]
	if !strings.HasPrefix(it.Function, "shop/codec.encode") || it.Kind != Grew || !it.Alerts || it.Q > 0.00002 {
		t.Errorf("%+v", it)
	}
	if ratio := it.Package.Comparison / it.Package.Baseline; ratio < 1.3 || ratio > 1.6 || it.Low <= 0 {
		t.Errorf("%+v, %v to %v", it.Package, it.Low, it.High)
	}
}

func TestAPackageThatMovedWakesNobody(t *testing.T) {
	for _, finding := range analyseThin(t, thinService("shop/codec", 4), thinService("shop/wire", 4)) {
		if finding.Alerts {
			t.Errorf("%s %s: %+v", finding.Function, finding.Kind, finding.Package)
		}
	}
}

func TestAFunctionToldAlreadyIsNotToldAgainAsItsPackage(t *testing.T) {
	after := thinService("shop/codec", 4)
	after["main.main;shop/cart.step7"] = 480
	findings := analyseThin(t, thinService("shop/codec", 4), after)
	if len(findings) != 1 || findings[0].Function != "shop/cart.step7" || findings[0].Package != nil {
		t.Errorf("%+v", findings)
	}
}

func TestAThinPackageIsNotQuiet(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	one := func(s service) Window { // a day's worth, in which hardly anything is chance
		for stack := range s {
			s[stack] *= 40
		}
		return s.window(random, midnight, 1, nil)
	}
	if IsQuiet(Input{Baseline: one(thinService("shop/codec", 4)), Comparison: one(thinService("shop/codec", 6))}) {
		t.Error("growth of a package was taken for quiet")
	}
	if !IsQuiet(Input{Baseline: one(thinService("shop/codec", 4)), Comparison: one(thinService("shop/codec", 4))}) {
		t.Error("a service that did not change was not taken for quiet")
	}
}

// Five tests in which the two smallest are 0.01: twice as sure by the procedure for tests that rise together.
func TestFalseDiscoveryRatesOfAnyDependence(t *testing.T) {
	ps := []float64{0.01, 0.5, 0.01, 0.9, 1}
	likely, any := falseDiscoveryRates(ps, likewise), falseDiscoveryRates(ps, anyDependence)
	const factor = 1 + 1./2 + 1./3 + 1./4 + 1./5
	for i := range ps {
		if want := min(1, likely[i]*factor); any[i]-want > 1e-12 || want-any[i] > 1e-12 {
			t.Errorf("q %v, want %v", any[i], want)
		}
	}
	if likely[0] != 0.025 {
		t.Errorf("q %v, want 0.025", likely[0])
	}
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
