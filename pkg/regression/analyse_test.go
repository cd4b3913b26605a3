package regression

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
)

func TestNothingChanged(t *testing.T) {
	report := compareShop(t, nil, nil, nil)
	if len(report.Findings) != 0 || report.Insufficient != nil {
		t.Errorf("%+v", report)
	}
}

func TestOneCauseIsOneFinding(t *testing.T) {
	finding := only(t, compareShop(t, nil, below("store", 1.8, 0, 12), nil))
	if finding.Function != "store" || finding.Kind != Grew || !finding.Alerts {
		t.Errorf("finding = %+v", finding)
	}
	if want := []string{"main", "serve", "order", "store"}; !slices.Equal(finding.Stack, want) {
		t.Errorf("stack = %v", finding.Stack)
	}
	for _, within := range []string{"store", "encode", "copy"} {
		if !slices.Contains(finding.Within, within) {
			t.Errorf("within = %v lacks %s", finding.Within, within)
		}
	}
	if want := midnight.Add(time.Hour); !finding.Since.Equal(want) {
		t.Errorf("since %v, want %v", finding.Since, want)
	}
}

func TestSinceIsWhenItBegan(t *testing.T) {
	finding := only(t, compareShop(t, nil, below("encode", 2.5, 5, 12), nil))
	if want := midnight.Add(time.Hour + 25*time.Minute); !finding.Since.Equal(want) {
		t.Errorf("since %v, want %v", finding.Since, want)
	}
}

func TestGrowthThatIsOverIsTransient(t *testing.T) {
	finding := only(t, compareShop(t, nil, below("encode", 3, 0, 8), nil))
	if finding.Kind != Transient || finding.Alerts {
		t.Errorf("finding = %+v", finding)
	}
}

func TestNewFunction(t *testing.T) {
	finding := only(t, compareShop(t, below("copy", 0, 0, 12), nil, nil))
	if finding.Function != "copy" || finding.Kind != New || finding.Ratio != 0 || !finding.Alerts {
		t.Errorf("finding = %+v", finding)
	}
}

func TestNewFunctionBelowACutIsCutOff(t *testing.T) {
	report := compareShop(t, nil, nil, func(input *Input) {
		input.MaxNodes = 10
		for i := range input.Baseline.Buckets {
			tree := input.Baseline.Buckets[i].Tree
			input.Baseline.Buckets[i].Tree = renamed(tree, "copy", calltree.Dropped)
		}
	})
	index := slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Function == "copy" })
	if index < 0 || report.Findings[index].Kind != CutOff || report.Findings[index].Alerts {
		t.Errorf("findings = %+v", report.Findings)
	}
}

func renamed(tree *calltree.Tree, from, to string) *calltree.Tree {
	same := *tree
	same.Symbols = slices.Clone(tree.Symbols)
	for i, name := range same.Symbols {
		if name == from {
			same.Symbols[i] = to
		}
	}
	return &same
}

// A renamed function costs what the old one did: its caller costs the same.
func TestRenamingIsAShift(t *testing.T) {
	report := compareShop(t, nil, nil, func(input *Input) {
		for i := range input.Comparison.Buckets {
			input.Comparison.Buckets[i].Tree = renamed(input.Comparison.Buckets[i].Tree, "encode", "encodeV2")
		}
	})
	index := slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Function == "encodeV2" })
	if index < 0 {
		t.Fatalf("findings = %+v", report.Findings)
	}
	if finding := report.Findings[index]; finding.Kind != Shifted || finding.GivesBack != "encode" || finding.Alerts {
		t.Errorf("finding = %+v", finding)
	}
}

// Closures and hashes change their numbers with every build; that is no change at all.
func TestNamesOfAnotherBuildMatch(t *testing.T) {
	report := compareShop(t, nil, nil, func(input *Input) {
		for i := range input.Baseline.Buckets {
			input.Baseline.Buckets[i].Tree = renamed(input.Baseline.Buckets[i].Tree, "encode", "shop.(*Store).Put.func1")
			input.Comparison.Buckets[i].Tree = renamed(input.Comparison.Buckets[i].Tree, "encode", "shop.(*Store).Put.func2")
		}
	})
	if len(report.Findings) != 0 {
		t.Errorf("findings = %+v", report.Findings)
	}
}

// Everything else grows by a quarter of its share when a large function goes.
func TestOtherSharesGrowWhenOneGoes(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	large := shop()
	large["main;serve;report"] = 1200
	report, err := Analyse(context.Background(), Input{
		SampleValue: 1,
		Baseline:    large.window(random, midnight, 12, nil),
		Comparison:  large.window(random, midnight.Add(time.Hour), 12, below("report", 0.1, 0, 12)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if grown := growths(report); len(grown) != 0 || report.Scale < 1.2 {
		t.Errorf("grown = %v, scale %v", grown, report.Scale)
	}
}

// Twice the traffic costs twice as much and changes no share.
func TestTrafficIsNoRegression(t *testing.T) {
	report := compareShop(t, nil, func(string, int) float64 { return 2.2 }, nil)
	if len(report.Findings) != 0 {
		t.Errorf("findings = %+v", report.Findings)
	}
}

func TestSameInputSameReport(t *testing.T) {
	change := below("store", 1.8, 0, 12)
	if a, b := compareShop(t, nil, change, nil), compareShop(t, nil, change, nil); !reflect.DeepEqual(a, b) {
		t.Errorf("%+v\n%+v", a, b)
	}
}

func TestUnknownSampleSizeStillFinds(t *testing.T) {
	report := compareShop(t, nil, below("store", 1.8, 0, 12), func(input *Input) { input.SampleValue = 0 })
	if finding := only(t, report); finding.Function != "store" {
		t.Errorf("finding = %+v", finding)
	}
}

func TestWindowsWithoutProfiles(t *testing.T) {
	full := shop().window(rand.New(rand.NewPCG(1, 2)), midnight, 4, nil)
	none := Window{Buckets: []Bucket{{Tree: &calltree.Tree{}}, {Tree: nil}}}
	if _, err := Analyse(context.Background(), Input{Baseline: none, Comparison: full}); !errors.Is(err, ErrNoBaseline) {
		t.Errorf("err = %v", err)
	}
	if _, err := Analyse(context.Background(), Input{Baseline: full, Comparison: none}); !errors.Is(err, ErrNoComparison) {
		t.Errorf("err = %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Analyse(ctx, Input{Baseline: full, Comparison: full}); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

func TestEmptyBucketsAmongFullOnes(t *testing.T) {
	report := compareShop(t, nil, below("store", 2, 0, 12), func(input *Input) {
		input.Baseline.Buckets[3].Tree = &calltree.Tree{}
		input.Comparison.Buckets[11].Tree = nil
	})
	if grown := growths(report); !slices.Contains(grown, "store") {
		t.Errorf("grown = %v", grown)
	}
}

// A library function that everybody calls must not lead to the handler above all of them.
func TestSharedLibraryFunctionDoesNotNameTheHandler(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	s := shop()
	for i, caller := range strings.Fields("price stock tax") {
		s["main;serve;order;"+caller+";runtime.mallocgc"] = 40 + 10*float64(i)
	}
	s["main;serve;order;store;encode;runtime.mallocgc"] = 60
	change := func(stack string, _ int) float64 {
		switch {
		case strings.Contains(stack, ";store"):
			return 4
		case strings.HasSuffix(stack, "mallocgc"):
			return 1.5 // the collector works harder for all
		}
		return 1
	}
	report, err := Analyse(context.Background(), Input{
		SampleValue: 1,
		Baseline:    s.window(random, midnight, 12, nil),
		Comparison:  s.window(random, midnight.Add(time.Hour), 12, change),
	})
	if err != nil {
		t.Fatal(err)
	}
	if grown := growths(report); len(grown) == 0 || grown[0] != "store" || slices.Contains(grown, "order") || slices.Contains(grown, "serve") {
		t.Errorf("grown = %v", grown)
	}
}
